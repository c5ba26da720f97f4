//! The period in words. It opens a menu for exact days, because the brush moves by months.

use leptos::prelude::*;
use nengce_shared::api::common::Scope;

use crate::components::menu::{Menu, MenuItem, MenuOpen};
use crate::data::meta::use_meta;
use crate::format::span;
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::url_state::use_url_state;

/// The first and the last day that an answer covers.
type Covered = Signal<Option<(String, String)>>;

#[component]
pub fn PeriodMenu(
    /// What the page's answer covers.
    scope: Signal<Option<Scope>>,
) -> impl IntoView {
    let covered = Signal::derive(move || {
        scope.with(|it| it.as_ref().map(|it| (it.from.clone(), it.to.clone())))
    });
    view! { <SpanMenu covered usual=t(use_lang(), "本年至今", "This year so far") /> }
}

/// The same for an answer without a scope; `usual` says what it covers when the address names no span.
#[component]
pub fn SpanMenu(covered: Covered, usual: &'static str) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let words =
        Memo::new(move |_| covered.with(|it| it.as_ref().map(|it| span(&it.0, &it.1, lang))));
    let spanless =
        Memo::new(move |_| url.selection.with(|it| it.from.is_none() && it.to.is_none()));
    let button = move || {
        view! {
            <span class="sr">{t(lang, "时段 ", "Span ")}</span>
            <span class="period">{words}</span>
            {Icon::Chevron.view()}
        }
    };
    view! {
        <Show when=move || words.with(Option::is_some)>
            <Menu button=button class="text-button period-button" right=true>
                <MenuItem
                    text=usual
                    selected=spanless
                    on_select=move || url.set(&[("from", None), ("to", None)])
                />
                <Days covered />
            </Menu>
        </Show>
    }
}

/// The first and the last day, as they are until they are selected anew.
#[component]
fn Days(covered: Covered) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let open = use_context::<MenuOpen>();
    let (first, last) = untrack(|| covered.get().unwrap_or_default());
    let (first, last) = (RwSignal::new(first), RwSignal::new(last));
    let edge = move |until: bool| {
        meta.with(|it| {
            let it = it.as_deref()?;
            if until { it.data_until.clone() } else { it.data_from.clone() }
        })
    };
    let in_order = Memo::new(move |_| {
        first.with(|first| last.with(|last| !first.is_empty() && first <= last))
    });
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if in_order.get_untracked() {
            url.set(&[("from", Some(first.get_untracked())), ("to", Some(last.get_untracked()))]);
            if let Some(MenuOpen(open)) = open {
                open.set(false);
            }
        }
    };
    let day = move |name: &'static str, value: RwSignal<String>| {
        view! {
            <label>
                {name}
                <input
                    type="date"
                    required
                    min=move || edge(false)
                    max=move || edge(true)
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
        }
    };
    view! {
        <form class="days" on:submit=apply>
            {day(t(lang, "自", "From"), first)}
            {day(t(lang, "至", "To"), last)}
            <p class="pop-note" role="status">
                {move || (!in_order.get()).then(|| t(lang, "起始日应不晚于截止日", "The first day must not come after the last"))}
            </p>
            <button type="submit" class="control" disabled=move || !in_order.get()>{t(lang, "按日期看", "Show these days")}</button>
        </form>
    }
}
