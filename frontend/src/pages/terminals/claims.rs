//! Registrations that wait because the enterprise already has a terminal: what they ask for, and what speaks for or
//! against them.

use leptos::prelude::*;
use nengce_shared::api::claim::{ClaimList, ClaimRow};
use nengce_shared::lang::Lang;

use super::claim::ClaimDetails;
use super::list::{ListFilter, SelectedRow, empty, query, use_selected_row};
use super::words::{
    CLAIM_STATES, claim_flag_words, claim_flags, kind, minute, options, profile, state_badge, word,
};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The selected claim in the address.
const CHOSEN_KEY: &str = "claim";

#[component]
pub fn Claims() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<ClaimList>(move || {
        Some(format!("/api/v1/claims?{}", query(url, Some("pending"))))
    });
    let SelectedRow { key: open, row, waits, changed, close, select } =
        use_selected_row(load, CHOSEN_KEY, |it| &it.rows, key, |it| it.state == "pending");
    let hours = Memo::new(move |_| load.data.with(|it| it.as_ref().map(|it| it.pickup_hours)));
    let subtitle = move |open: u64| match lang {
        Lang::Zh => format!("{open} 件待确认 · 点行看证据并决定"),
        Lang::En => format!("{open} to decide; a click on a row shows the evidence"),
    };
    view! {
        <div class="with-details evidence-first" class:open=move || open.get().is_some()>
            <div class="list">
                <Loaded load height=420 let:data>
                    <Panel
                        id="claims"
                        title=t(lang, "更换申请", "Claims")
                        subtitle=Signal::derive(move || subtitle(data.with(|it| it.open)))
                        note=Signal::derive(move || data.with(|it| proofs(&it.proofs, lang)))
                    >
                        <ListFilter
                            all=t(lang, "待确认", "waiting")
                            options=options(&CLAIM_STATES[1..], lang)
                            placeholder=t(lang, "单位、代码、地址", "Unit, code, address")
                        />
                        <DataTable
                            label=t(lang, "更换申请", "Claims")
                            columns=columns(lang)
                            rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                            key
                            selected=Signal::derive(move || open.get().into_iter().collect::<Vec<_>>())
                            on_select=select
                            empty=empty(url, lang, t(lang, "没有申请在等：在用终端之外没有谁来注册。", "No claim waits: nobody but the terminals in place has registered."))
                        />
                        <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
                    </Panel>
                </Loaded>
            </div>
            {move || open.get().map(|_| view! { <ClaimDetails row hours waits changed close /> })}
        </div>
    }
}

fn key(row: &ClaimRow) -> String {
    row.claim_id.to_string()
}

/// Which proofs let a terminal register again without anybody.
fn proofs(codes: &[String], lang: Lang) -> String {
    let words: Vec<String> = codes.iter().map(|it| super::words::proof(it, lang)).collect();
    match (words.is_empty(), lang) {
        (true, Lang::Zh) => "没有启用自动凭据：每次重新注册都要人确认。".to_owned(),
        (true, Lang::En) => {
            "No proof is in force: every registration anew has to be confirmed.".to_owned()
        }
        (false, Lang::Zh) => format!("凭{}重新注册的终端自动放行，不在此列。", words.join("、")),
        (false, Lang::En) => {
            format!("Pass without a claim when they register again: {}.", words.join(", "))
        }
    }
}

fn columns(lang: Lang) -> Vec<Column<ClaimRow>> {
    let name = |row: &ClaimRow| {
        if row.unit_name.is_empty() { row.enterprise_code.clone() } else { row.unit_name.clone() }
    };
    vec![
        Column::new(t(lang, "单位", "Unit"), move |row: &ClaimRow| Cell::text(name(row)))
            .in_narrow()
            .show(move |row| view! { <b>{name(row)}</b> })
            .sort_text(name),
        Column::new(t(lang, "要什么", "Wants"), move |row: &ClaimRow| {
            Cell::text(kind(row, lang))
        })
        .in_narrow()
        .show(move |row| {
            let to = profile(&row.claimant.profile, lang);
            view! { {kind(row, lang)}" "<span class="note">{to}</span> }
        }),
        Column::new(t(lang, "提请注意", "Worth a look"), move |row: &ClaimRow| {
            Cell::text(claim_flag_words(&row.flags, lang))
        })
        .class("marks")
        .show(move |row| claim_flags(&row.flags, lang)),
        Column::new(t(lang, "次数", "Attempts"), |row: &ClaimRow| {
            Cell::Figure(Some(row.attempts as f64), 0)
        })
        .number()
        .class("spare")
        .sort_number(|row| Some(row.attempts as f64)),
        Column::new(t(lang, "首次", "First"), |row: &ClaimRow| Cell::text(row.first_at.clone()))
            .class("spare")
            .show(|row| minute(&row.first_at).to_owned())
            .sort_text(|row| row.first_at.clone()),
        Column::new(t(lang, "最近", "Last"), |row: &ClaimRow| Cell::text(row.last_at.clone()))
            .show(|row| minute(&row.last_at).to_owned())
            .sort_text(|row| row.last_at.clone()),
        Column::new(t(lang, "状态", "State"), move |row: &ClaimRow| {
            Cell::text(word(CLAIM_STATES, &row.state, lang))
        })
        .in_narrow()
        .show(move |row| state_badge(CLAIM_STATES, &row.state, lang)),
    ]
}
