//! The lists of a platform above: units and how they stand there, values that it refused. The address says which is open.

mod columns;
mod refused;
mod units;

use leptos::html;
use leptos::prelude::*;

use super::words::{LIST, UPPER, path};
use crate::components::decision::focus;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, push_pair, use_url_state};

/// The list that the address opens: the platform above and the word of the list.
type Open = Memo<Option<(String, String)>>;

#[component]
pub fn Lists(
    /// Rises when something was sent again.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let open: Open = Memo::new(move |_| Some((url.get(UPPER)?, url.get(LIST)?)));
    let place = NodeRef::<html::Div>::new();
    // Whoever opens a list sees it; a page that comes with one stays at its top.
    Effect::new(move |before: Option<Option<(String, String)>>| {
        let now = open.get();
        if let (Some(before), Some(_), Some(place)) = (&before, &now, place.get_untracked())
            && *before != now
        {
            request_animation_frame(move || {
                place.scroll_into_view();
                focus(&place);
            });
        }
        now
    });
    let list = move || {
        let (upper, list) = open.get()?;
        Some(match list.as_str() {
            "units" => view! { <units::Units upper changes /> }.into_any(),
            "refused" => view! { <refused::Refused upper changes /> }.into_any(),
            _ => view! {
                <div class="panel apart state" data-testid="no-list">
                    <p>{t(lang, "地址里的清单不存在，有的是：单位、被拒绝的数据。", "There is no such list; there are: units, refused values.")}</p>
                    <Close />
                </div>
            }
            .into_any(),
        })
    };
    view! { <div class="details" tabindex="-1" node_ref=place>{list}</div> }
}

/// The question for a list, and for its file.
fn question(url: UrlState, upper: &str, list: &str, format: Option<&str>) -> String {
    let mut query = String::new();
    push_pair(&mut query, "q", url.get("q").filter(|_| list == "units").as_deref());
    push_pair(&mut query, "format", format);
    match query.as_str() {
        "" => path(upper, list),
        query => format!("{}?{query}", path(upper, list)),
    }
}

/// Asks for a list again when something was sent again.
fn follow(changes: RwSignal<u32>, refresh: impl Fn() + 'static) {
    Effect::new(move |before: Option<u32>| {
        let now = changes.get();
        if before.is_some_and(|it| it != now) {
            refresh();
        }
        now
    });
}

/// The whole list as a file. A link carries the session's cookie, and no token.
#[component]
fn Files(upper: String, list: &'static str) -> impl IntoView {
    let (url, session) = (use_url_state(), use_session());
    move || {
        let upper = upper.clone();
        session.account().map(|_| ["csv", "xlsx"].map(|format| {
            let upper = upper.clone();
            let href = move || question(url, &upper, list, Some(format));
            view! { <a class="control" href=href rel="external" download data-testid=format!("{list}-{format}")>{format.to_uppercase()}</a> }
        }).collect_view())
    }
}

#[component]
fn Close() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let close = move |_| url.set(&[(UPPER, None), (LIST, None), ("q", None)]);
    view! { <button type="button" class="control" on:click=close data-testid="close-list">{t(lang, "关闭清单", "Close the list")}</button> }
}
