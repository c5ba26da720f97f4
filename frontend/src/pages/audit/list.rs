//! The entries, newest first, with what stood before and after; filters stand in the address.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::audit::{AuditList, AuditRow};
use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, grouped};

use super::words::{action, actor, outcome};
use crate::components::filter_bar::{Chip, ChipOption};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// Characters of a hash that a row shows.
const HASH_LENGTH: usize = 12;

/// Characters of a change that a row shows before it is opened.
const LINE_LENGTH: usize = 48;

#[component]
pub fn EntriesPanel(data: Signal<Arc<AuditList>>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = move || {
        let total = grouped(data.with(|it| it.page.total) as f64, 0);
        match lang {
            Lang::Zh => format!("共 {total} 条 · 新的在前"),
            Lang::En => format!("{total} entries, newest first"),
        }
    };
    let outcomes =
        ["done", "refused", "failed"].map(|it| ChipOption::new(it, outcome(it, lang), "")).to_vec();
    let set = move |key: &'static str, value: Option<String>| {
        url.set(&[(key, value.filter(|it| !it.is_empty())), ("cursor", None)]);
    };
    let field = move |key: &'static str, kind: &'static str, words: &'static str| {
        view! {
            <label class="chip">
                <span class="chip-name">{words}</span>
                <input
                    type=kind
                    data-testid=format!("audit-{key}")
                    prop:value=move || url.get(key).unwrap_or_default()
                    on:change=move |event| set(key, Some(event_target_value(&event)))
                />
            </label>
        }
        .into_any()
    };
    // A link carries the session's cookie, and no token.
    let file = move || {
        session.account().map(|_| {
            ["csv", "xlsx"].map(|format| {
                let path = format!("/api/v1/audit?{}", super::query(url, format!("format={format}")));
                view! { <a class="control" href=path rel="external" download>{format.to_uppercase()}</a> }
            }).collect_view()
        })
    };
    view! {
        <Panel id="audit" title=t(lang, "记录", "Entries") subtitle=Signal::derive(subtitle)>
            <div class="chips inline">
                <Chip
                    name=t(lang, "结果", "Outcome")
                    all=t(lang, "全部", "All")
                    options=Signal::stored(outcomes)
                    value=Signal::derive(move || url.get("outcome"))
                    on_select=move |it| set("outcome", it)
                />
                {field("since", "date", t(lang, "自", "From"))}
                {field("until", "date", t(lang, "至", "to"))}
                {field("actor", "search", t(lang, "何人", "Who"))}
                {field("object", "search", t(lang, "对象", "Object"))}
                {file}
            </div>
            <DataTable
                label=t(lang, "审计记录", "Entries of the audit log")
                columns=columns(lang)
                rows
                key=|row: &AuditRow| row.number.to_string()
                empty=t(lang, "所选条件下没有记录。", "No entries match.")
            />
            <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<AuditRow>> {
    vec![
        Column::new(t(lang, "编号", "No."), |row: &AuditRow| {
            Cell::Figure(Some(row.number as f64), 0)
        })
        .number(),
        Column::new(t(lang, "时间", "Time"), |row: &AuditRow| Cell::text(row.event.at.clone()))
            .in_narrow()
            .show(|row| row.event.at.get(5..).unwrap_or_default().to_owned()),
        Column::new(t(lang, "何人", "Who"), move |row: &AuditRow| {
            Cell::text(actor(&row.event, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "自何处", "From"), |row: &AuditRow| {
            Cell::text(row.event.address.clone())
        }),
        Column::new(t(lang, "做了什么", "Did what"), move |row: &AuditRow| {
            Cell::text(action(&row.event.action, lang))
        })
        .in_narrow()
        .class("narrow"),
        Column::new(t(lang, "对象", "Object"), |row: &AuditRow| {
            Cell::text(row.event.object.clone())
        })
        .class("narrow")
        .show(|row| view! { <code>{row.event.object.clone()}</code> }),
        Column::new(t(lang, "结果", "Outcome"), move |row: &AuditRow| {
            Cell::text(outcome(&row.event.outcome, lang))
        })
        .show(move |row| {
            let is_done = row.event.outcome == "done";
            view! { <span class:lv1-text=!is_done>{outcome(&row.event.outcome, lang)}</span> }
        }),
        Column::new(t(lang, "之前 → 之后", "Before → after"), |row: &AuditRow| {
            Cell::text(change(row).join(" → "))
        })
        .class("change")
        .show(|row| shown_change(&change(row).join(" → "))),
        Column::new(t(lang, "散列", "Hash"), |row: &AuditRow| Cell::text(row.hash.clone()))
            .show(|row| view! { <code>{row.hash.get(..HASH_LENGTH).unwrap_or_default().to_owned()}"…"</code> }),
    ]
}

/// What stood before and what stands after, where the entry has either; or its reason.
fn change(row: &AuditRow) -> Vec<String> {
    let it = &row.event;
    let text = |of: &Option<String>| of.clone().unwrap_or_else(|| MISSING.to_owned());
    match (&it.before, &it.after) {
        (None, None) => it.reason.iter().cloned().collect(),
        _ => vec![text(&it.before), text(&it.after)],
    }
}

/// A change in one line; a longer one opens.
fn shown_change(text: &str) -> AnyView {
    let Some((end, _)) = text.char_indices().nth(LINE_LENGTH) else {
        return view! { <code>{text.to_owned()}</code> }.into_any();
    };
    view! { <details><summary><code>{text[..end].to_owned()}"…"</code></summary><code>{text.to_owned()}</code></details> }
        .into_any()
}
