//! The programmes, newest first; a click shows one.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::programme::{ProgrammeList, ProgrammeSummary};

use super::{PROGRAMME, WITH};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn ListPanel(
    data: Signal<Arc<ProgrammeList>>,
    chosen: Memo<Option<String>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let count = |title: &str, of: fn(&ProgrammeSummary) -> u32| {
        Column::new(title.to_owned(), move |it: &ProgrammeSummary| {
            Cell::Figure(Some(of(it).into()), 0)
        })
        .number()
    };
    let columns = vec![
        count(t(lang, "编号", "No."), |it| it.programme_id as u32).in_narrow(),
        Column::new(t(lang, "名称", "Name"), |it: &ProgrammeSummary| Cell::text(it.name.clone()))
            .in_narrow(),
        Column::new(t(lang, "周期", "Cycle"), |it: &ProgrammeSummary| {
            Cell::text(it.cycle.clone())
        })
        .in_narrow(),
        count(t(lang, "按得分", "By score"), |it| it.by_score),
        count(t(lang, "随机", "Drawn"), |it| it.by_draw),
        Column::new(t(lang, "编制", "Made"), |it: &ProgrammeSummary| {
            Cell::text(format!("{} {}", it.made_at, it.made_by))
        }),
        Column::new(t(lang, "状态", "State"), move |it: &ProgrammeSummary| {
            Cell::text(match &it.withdrawn {
                Some(gone) => {
                    format!("{} {} {}", t(lang, "已撤回", "withdrawn"), gone.at, gone.reason)
                }
                None => t(lang, "执行中", "in force").to_owned(),
            })
        })
        .in_narrow()
        .class("sentence"),
    ];
    view! {
        <Panel id="programmes" class="capped" title=t(lang, "全部方案", "All programmes") subtitle=t(lang, "点一行看它的名单", "a click on a row shows its units")>
            <DataTable
                label=t(lang, "监察方案", "Inspection programmes")
                columns
                rows
                key=|it: &ProgrammeSummary| it.programme_id.to_string()
                selected=Signal::derive(move || chosen.get().into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |id| url.set(&[(PROGRAMME, Some(id)), (WITH, None)]))
                empty=t(lang, "还没有方案：在「监察对象」里调好准则，按「存为方案」。", "No programme yet: set the criteria on Inspection targets and press Keep it.")
            />
        </Panel>
    }
}
