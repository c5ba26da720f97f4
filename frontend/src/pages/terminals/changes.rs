//! The changes that terminals propose for approved units; a row opens the difference.

use leptos::prelude::*;
use nengce_shared::api::unit_change::{UnitChangeList, UnitChangeRow};
use nengce_shared::lang::Lang;

use super::change::ChangeDetails;
use super::list::{ListFilter, SelectedRow, empty, query, use_selected_row};
use super::words::{
    CHANGE_STATES, change_flag_words, change_flags, minute, options, state_badge, word,
};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The selected change in the address.
const CHOSEN_KEY: &str = "change";

#[component]
pub fn Changes() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<UnitChangeList>(move || {
        Some(format!("/api/v1/unit-changes?{}", query(url, Some("pending"))))
    });
    let SelectedRow { key: open, row, waits, changed, close, select } =
        use_selected_row(load, CHOSEN_KEY, |it| &it.rows, key, |it| it.state == "pending");
    let subtitle = move |pending: u64| match lang {
        Lang::Zh => format!("{pending} 件待批准 · 点行看现在与拟改"),
        Lang::En => format!("{pending} to approve; a click on a row shows what differs"),
    };
    view! {
        <div class="with-details evidence-first" class:open=move || open.get().is_some()>
            <div class="list">
                <Loaded load height=420 let:data>
                    <Panel
                        id="changes"
                        title=t(lang, "单位变更", "Changes of units")
                        subtitle=Signal::derive(move || subtitle(data.with(|it| it.pending)))
                        note=t(lang, "批准之前，各项数字和清单都按现在的算。", "Until approved, figures and lists stay as they are.")
                    >
                        <ListFilter
                            all=t(lang, "待批准", "waiting")
                            options=options(&CHANGE_STATES[1..], lang)
                            placeholder=t(lang, "单位、代码", "Unit, code")
                        />
                        <DataTable
                            label=t(lang, "单位变更", "Changes of units")
                            columns=columns(lang)
                            rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                            key
                            selected=Signal::derive(move || open.get().into_iter().collect::<Vec<_>>())
                            on_select=select
                            empty=empty(url, lang, t(lang, "没有变更在等：终端报来的与现有档案一致。", "No change waits: what terminals say is what stands."))
                        />
                        <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
                    </Panel>
                </Loaded>
            </div>
            {move || open.get().map(|_| view! { <ChangeDetails row waits changed close /> })}
        </div>
    }
}

fn key(row: &UnitChangeRow) -> String {
    row.change_id.to_string()
}

/// The names of the fields that differ: 「名称、区划」.
fn fields(row: &UnitChangeRow, lang: Lang) -> String {
    let names: Vec<&str> = row.fields.iter().map(|it| lang.pick(&it.zh, &it.en)).collect();
    names.join(lang.pick("、", ", "))
}

fn columns(lang: Lang) -> Vec<Column<UnitChangeRow>> {
    let flags =
        |row: &UnitChangeRow| row.fields.iter().flat_map(|it| it.flags.clone()).collect::<Vec<_>>();
    vec![
        Column::new(t(lang, "单位", "Unit"), |row: &UnitChangeRow| {
            Cell::text(row.unit_name.clone())
        })
        .in_narrow()
        .show(|row| view! { <b>{row.unit_name.clone()}</b> })
        .sort_text(|row| row.unit_name.clone()),
        Column::new(t(lang, "变更", "Changes"), move |row: &UnitChangeRow| {
            Cell::text(fields(row, lang))
        })
        .class("narrow")
        .in_narrow(),
        Column::new(t(lang, "提请注意", "Worth a look"), move |row: &UnitChangeRow| {
            Cell::text(change_flag_words(flags(row).iter(), lang))
        })
        .class("marks")
        .show(move |row| change_flags(flags(row).iter(), lang)),
        Column::new(t(lang, "报送", "Sent"), |row: &UnitChangeRow| {
            Cell::text(row.sent_at.clone())
        })
        .show(|row| minute(&row.sent_at).to_owned())
        .sort_text(|row| row.sent_at.clone()),
        Column::new(t(lang, "状态", "State"), move |row: &UnitChangeRow| {
            Cell::text(word(CHANGE_STATES, &row.state, lang))
        })
        .in_narrow()
        .show(move |row| state_badge(CHANGE_STATES, &row.state, lang)),
    ]
}
