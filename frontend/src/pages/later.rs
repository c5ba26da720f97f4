//! Pages whose code is downloaded when they are first opened; the first load holds the shell and what one page needs.
//! There are five parts, grouped by who opens what together, because more parts would mean more small files and round
//! trips.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use nengce_shared::lang::Lang;

use super::benchmark::BenchmarkPage;
use super::dual_control::DualControlPage;
use super::import::ImportPage;
use super::intensity::IntensityPage;
use super::quality::QualityPage;
use super::targets::TargetsPage;
use super::terminals::TerminalsPage;
use super::unit::UnitPage;
use super::units::UnitsPage;
use super::uploads::UploadsPage;
use crate::behind::Behind;
use crate::behind::drawer::BehindDrawer;
use crate::i18n::{t, use_lang};
use crate::url_state::Filters;

/// Makes a page where its place in the tree is.
pub type Make = fn() -> AnyView;

macro_rules! later {
    ($($module:ident: $($name:ident => $page:ident),*;)*) => {
        $($(
            #[wasm_split($module, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn $name() -> Result<Make, NotHere> {
                Ok(|| view! { <$page /> }.into_any())
            }
        )*)*
    };
}

later! {
    overview: dual_control => DualControlPage;
    analysis: intensity => IntensityPage, benchmark => BenchmarkPage;
    units: targets => TargetsPage, units => UnitsPage, unit => UnitPage, uploads => UploadsPage, behind => BehindDrawer;
    data: quality => QualityPage, import => ImportPage;
    operator: terminals => TerminalsPage;
}

/// Fetches what the list of a mark opens with; its code comes with the drawer's.
pub type Ahead = fn(&Filters, &Behind, u64, Lang);

#[wasm_split(units, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn ahead() -> Result<Ahead, NotHere> {
    Ok(crate::behind::ahead_of_units)
}

/// The code did not come: the network is down, or the server has a newer portal than this page.
pub struct NotHere;

impl From<SplitLoaderError> for NotHere {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Shows a page as soon as its code is here.
pub fn show(code: impl Future<Output = Result<Make, NotHere>> + 'static) -> AnyView {
    let page = RwSignal::new(None::<Make>);
    leptos::task::spawn_local(async move {
        page.try_set(Some(code.await.unwrap_or(missing)));
    });
    (move || page.get().map(|make| make())).into_any()
}

fn missing() -> AnyView {
    let lang = use_lang();
    view! {
        <div class="state" role="alert">
            <p>{t(lang, "页面没有加载成功：网络中断，或平台已更新。", "The page could not be loaded: the network is down, or the platform was updated.")}</p>
            <button type="button" class="control" on:click=|_| { location().reload().ok(); }>{t(lang, "重新加载", "Reload")}</button>
        </div>
    }
    .into_any()
}
