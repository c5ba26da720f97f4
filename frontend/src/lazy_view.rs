//! Views whose code is downloaded when they are first shown, so that the first load holds little more than the shell.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::i18n::{t, use_lang};

/// Makes a view at its place in the tree.
pub type MakeView = fn() -> AnyView;

/// The code could not be loaded: the network is down, or the server has a newer portal than this page.
pub struct CodeNotLoaded;

impl From<SplitLoaderError> for CodeNotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Declares functions that load the code of components: `module: function => Component, …;`.
macro_rules! lazy_views {
    ($($module:ident: $($name:ident => $component:ident),*;)*) => {
        $($(
            #[::leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn $name() -> Result<$crate::lazy_view::MakeView, $crate::lazy_view::CodeNotLoaded> {
                Ok(|| view! { <$component /> }.into_any())
            }
        )*)*
    };
}
pub(crate) use lazy_views;

/// Shows a view as soon as its code has arrived.
pub fn show(code: impl Future<Output = Result<MakeView, CodeNotLoaded>> + 'static) -> AnyView {
    let loaded = RwSignal::new(None::<MakeView>);
    leptos::task::spawn_local(async move {
        loaded.try_set(Some(code.await.unwrap_or(failure)));
    });
    (move || loaded.get().map(|make| make())).into_any()
}

/// Said in place of a view whose code could not be loaded.
pub fn failure() -> AnyView {
    let lang = use_lang();
    view! {
        <div class="state" role="alert">
            <p>{t(lang, "页面没有加载成功：网络中断，或平台已更新。", "The page could not be loaded: the network is down, or the platform was updated.")}</p>
            <button type="button" class="control" on:click=|_| { location().reload().ok(); }>{t(lang, "重新加载", "Reload")}</button>
        </div>
    }
    .into_any()
}
