//! The savings projects of a unit: their list, the form that makes one of what is on screen, and one in detail.

mod detail;
mod make;
mod steps;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::savings::{SavingsProjectList, SavingsProjectRow, SavingsView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::words;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};
use crate::url_state::use_url_state;

#[component]
pub(super) fn Projects(code: Memo<String>, load: Load<SavingsView>) -> impl IntoView {
    let (url, session) = (use_url_state(), use_session());
    let sees = move || session.may(Permission::Submissions);
    let list = use_load::<SavingsProjectList>(move || {
        sees().then(|| format!("/api/v1/units/{}/savings-projects", code.get()))
    });
    let changed = Callback::new(move |()| list.retry());
    let chosen = Memo::new(move |_| url.get("project").filter(|it| it.parse::<u64>().is_ok()));
    let can_make = Memo::new(move |_| {
        session.may(Permission::Submit)
            && load.data.with(|it| it.as_ref().is_some_and(|it| it.outcome.is_some()))
    });
    view! {
        <Show when=sees>
            <Show when=move || can_make.get()><make::MakeForm code changed /></Show>
            <Loaded load=list height=160 let:data><ListPanel data /></Loaded>
            {move || chosen.get().map(|id| view! { <detail::Detail code id changed /> })}
        </Show>
    }
}

#[component]
fn ListPanel(data: Signal<Arc<SavingsProjectList>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let subtitle = Signal::derive(move || {
        let (kept, most) = data.with(|it| (it.kept, it.most));
        match lang {
            Lang::Zh => format!("在册 {kept} 个，最多 {most} 个 · 点行看结果与复算"),
            Lang::En => format!("{kept} kept, {most} at most; a click opens result and repetition"),
        }
    });
    view! {
        <Panel id="savings-projects" class="apart" title=t(lang, "节能项目", "Savings projects") subtitle>
            <DataTable
                label=t(lang, "节能项目", "Savings projects")
                columns=columns(lang)
                rows
                key=|row: &SavingsProjectRow| row.project_id.to_string()
                selected=Signal::derive(move || url.get("project").into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[("project", Some(id))]))
                empty=t(lang, "还没有建立节能项目。", "No savings project was made yet.")
            />
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<SavingsProjectRow>> {
    vec![
        Column::new(t(lang, "项目", "Project"), |it: &SavingsProjectRow| {
            Cell::text(it.name.clone())
        })
        .in_narrow()
        .class("sentence"),
        Column::new(t(lang, "状态", "State"), move |it: &SavingsProjectRow| {
            Cell::text(state(it, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "节能量", "Saving"), |it: &SavingsProjectRow| {
            Cell::Figure(Some(it.outcome.saved), 1)
        })
        .number()
        .unit("tce")
        .in_narrow(),
        Column::new(t(lang, "90% 置信 ±", "± at 90 %"), |it: &SavingsProjectRow| {
            Cell::Figure(Some(it.outcome.half_width_90), 1)
        })
        .number()
        .unit("tce"),
        Column::new(t(lang, "结论", "Verdict"), move |it: &SavingsProjectRow| {
            Cell::text(words::verdict(&it.outcome.verdict, lang))
        })
        .class("narrow"),
        Column::new(t(lang, "签署", "Signed"), |it: &SavingsProjectRow| {
            Cell::text(moment(&it.signed_by, &it.signed_at))
        }),
        Column::new(t(lang, "复算", "Redone"), move |it: &SavingsProjectRow| {
            Cell::text(repetition(it, lang))
        }),
    ]
}

/// 「manager 2026-11-27 09:12」
fn moment(by: &Option<String>, at: &Option<String>) -> String {
    match (by, at) {
        (Some(by), Some(at)) => format!("{by} {}", at.get(..16).unwrap_or(at)),
        _ => number::MISSING.to_owned(),
    }
}

fn repetition(it: &SavingsProjectRow, lang: Lang) -> String {
    let said = match it.redone_same {
        None => return t(lang, "未复算", "not redone").to_owned(),
        Some(true) => t(lang, "结果一致", "same figures"),
        Some(false) => t(lang, "结果不同", "other figures"),
    };
    format!("{said} · {}", moment(&it.redone_by, &it.redone_at))
}

fn state(it: &SavingsProjectRow, lang: Lang) -> &'static str {
    match it.state.as_str() {
        "computed" => t(lang, "待签署", "to be signed"),
        "signed" => t(lang, "已签署", "signed"),
        _ => t(lang, "已撤回", "withdrawn"),
    }
}
