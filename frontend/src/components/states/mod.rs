//! How a panel or page looks while data load, are empty, are old, or failed to load. `load` sends the requests.

use std::sync::Arc;

use leptos::prelude::*;

use crate::data::api_client::ApiError;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Ready,
    Failed,
}

/// Shows the children once there is an answer. They are built once and follow the answer as a signal,
/// so a refresh disturbs neither sorting nor focus; while another answer is on its way they stay at 60 %.
#[component]
pub fn Loaded<T, V, F>(
    load: Load<T>,
    /// Height to keep free while waiting, in pixels.
    #[prop(default = 240)]
    height: u32,
    children: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Signal<Arc<T>>) -> V + Send + Sync + 'static,
{
    let children = Arc::new(children);
    let phase = Memo::new(move |_| {
        let failed = load.error.with(Option::is_some) && !load.loading.get();
        match (load.data.with(Option::is_some), failed) {
            (_, true) => Phase::Failed,
            (true, false) => Phase::Ready,
            (false, false) => Phase::Waiting,
        }
    });
    move || match phase.get() {
        Phase::Waiting => view! { <Skeleton height /> }.into_any(),
        Phase::Failed => {
            view! { <Failed error=load.error on_retry=move || load.retry() /> }.into_any()
        }
        Phase::Ready => {
            let Some(first) = load.data.get_untracked() else {
                return ().into_any();
            };
            let data = Memo::new_with_compare(
                move |before: Option<&Arc<T>>| {
                    load.data.get().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                },
                |a, b| match (a, b) {
                    (Some(a), Some(b)) => !Arc::ptr_eq(a, b),
                    _ => true,
                },
            );
            let body = children(data.into());
            view! {
                <div class="loaded" class:stale=load.loading aria-busy=move || load.loading.get().to_string()>
                    {body}
                </div>
            }
            .into_any()
        }
    }
}

/// Grey bars in a chart's shape; CSS shows them after 150 ms.
#[component]
pub fn Skeleton(#[prop(default = 240)] height: u32) -> impl IntoView {
    let lang = use_lang();
    let bars = [52, 60, 71, 66, 63, 68, 80, 77, 64, 58, 70, 74]
        .map(|share| view! { <i style:height=format!("{share}%")></i> });
    view! {
        <div class="skeleton" style:height=format!("{height}px") role="status">
            <span class="sr">{t(lang, "正在读取", "Loading")}</span>
            <div aria-hidden="true">{bars.collect_view()}</div>
        </div>
    }
}

/// What failed, its code, and another try.
#[component]
pub fn Failed(
    #[prop(into)] error: Signal<Option<ApiError>>,
    on_retry: impl Fn() + 'static,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    view! {
        <div class="state" role="alert">
            <p>
                <b class="lv1-text">{move || error.get().map(|it| it.title)}</b>
                <span class="note">
                    {move || error.get().map(|it| if it.status == 0 { it.code } else { format!("{} · {}", it.status, it.code) })}
                </span>
            </p>
            <p>{move || error.get().and_then(|it| it.detail)}</p>
            {move || error.get().and_then(|it| it.nearest).map(|nearest| {
                let href = url.href(&beside(&url.path(), &nearest));
                view! {
                    <p>
                        <a class="control" href=href data-testid="nearest">
                            {t(lang, "去最接近的 ", "Go to the nearest: ")}{nearest.clone()}
                        </a>
                    </p>
                }
            })}
            <button type="button" class="control" on:click=move |_| on_retry()>
                {t(lang, "重试", "Retry")}
            </button>
        </div>
    }
}

/// The path of another resource of the same kind: its last part is another name.
fn beside(path: &str, name: &str) -> String {
    let parent = path.trim_end_matches('/').rsplit_once('/').map_or("", |it| it.0);
    format!("{parent}/{name}")
}

/// Nothing to show: why, and the nearest way out.
#[component]
pub fn Empty(
    #[prop(into)] why: Signal<String>,
    /// The way out: words and address.
    #[prop(optional, into)]
    out: Signal<Option<(String, String)>>,
) -> impl IntoView {
    view! {
        <div class="state">
            <p>{why}</p>
            {move || out.get().map(|(words, href)| view! { <a class="control" href=href>{words}</a> })}
        </div>
    }
}
