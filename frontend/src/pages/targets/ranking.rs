//! The ranking: the score, its parts, and the sentence that gives the reasons.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::targets::{Criterion, InspectionTargets, TargetRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::{class, selected_rows};
use crate::components::panel::Panel;
use crate::components::spark::score_bar;
use crate::components::table::{Column, Data, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn RankingPanel(data: Signal<Arc<InspectionTargets>>, visits: Memo<usize>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| selected_rows(it, url.get("reason").as_deref())));
    let selected = Signal::derive(move || {
        url.get("selected")
            .or_else(|| rows.with(|it| it.first().map(|it| it.unit.enterprise_code.clone())))
    });
    let subtitle = move || {
        let (n, until) =
            (rows.with(Vec::len), data.with(|it| it.scope.data_until.clone()).unwrap_or_default());
        match lang {
            Lang::Zh => format!("{n} 家 · 同一家可有多条理由 · 截至 {until}"),
            Lang::En => format!("{n} units, each may have several reasons · until {until}"),
        }
    };
    view! {
        <Panel id="ranking" class="capped tall" title=t(lang, "排序", "Ranking") subtitle=Signal::derive(subtitle)>
            {
                let whole = Memo::new(move |_| {
                    data.with(|it| it.rows.iter().map(|it| it.score).fold(0.0, f64::max))
                });
                view! {
                    <DataTable
                        label=t(lang, "监察对象排序", "Ranking of inspection targets")
                        columns=data.with_untracked(|it| columns(lang, url, (whole, visits), &it.criteria))
                        rows
                        key=|row: &TargetRow| row.unit.enterprise_code.clone()
                        selected=Signal::derive(move || selected.get().into_iter().collect::<Vec<_>>())
                        on_select=Callback::new(move |code| url.set(&[("selected", Some(code))]))
                        empty=t(lang, "没有单位有这条理由。", "No unit has this reason.")
                    />
                }
            }
        </Panel>
    }
}

fn columns(
    lang: Lang,
    url: UrlState,
    (whole, visits): (Memo<f64>, Memo<usize>),
    criteria: &[Criterion],
) -> Vec<Column<TargetRow>> {
    vec![
        Column::new(t(lang, "位次", "Rank"), |row: &TargetRow| {
            Cell::Figure(row.rank.map(f64::from), 0)
        })
        .number()
        .in_narrow()
        .show(move |row| {
            let rank = row.rank.unwrap_or_default();
            let visited = move || rank as usize <= visits.get();
            view! { <span class:chosen=visited>{rank}</span> }
        })
        .sort_number(|row| row.rank.map(f64::from)),
        Column::new(t(lang, "单位", "Unit"), |row: &TargetRow| Cell::text(row.unit.name.clone()))
            .in_narrow()
            .show(move |row| {
                let path = format!("/units/{}", row.unit.enterprise_code);
                view! { <a href=move || url.href(&path)>{row.unit.name.clone()}</a> }
            })
            .sort_text(|row| row.unit.name.clone())
            .in_file(identity(lang)),
        Column::new(t(lang, "区", "District"), move |row: &TargetRow| {
            Cell::text(lang.pick(&row.unit.region.zh, &row.unit.region.en))
        })
        .sort_text(|row| row.unit.region.code.clone()),
        Column::new(t(lang, "行业", "Industry"), |row: &TargetRow| {
            Cell::text(row.unit.industry.code.clone())
        })
        .show(move |row| {
            let name = lang.pick(&row.unit.industry.zh, &row.unit.industry.en).to_owned();
            view! { <span title=name>{row.unit.industry.code.clone()}</span> }
        })
        .sort_text(|row| row.unit.industry.code.clone()),
        Column::new(t(lang, "分", "Score"), |row: &TargetRow| Cell::Figure(Some(row.score), 1))
            .number()
            .in_narrow()
            .show(|row| view! { <b>{number::grouped(row.score, 1)}</b> })
            .sort_number(|row| Some(row.score)),
        Column::new(t(lang, "构成", "Made up of"), |_: &TargetRow| Cell::text(""))
            .in_file(criteria.iter().map(|it| points_of(it, lang)).collect())
            .show(move |row| {
                let parts: Vec<_> =
                    row.parts.iter().map(|it| (it.points, class(it.reason))).collect();
                // The whole changes with the weights, also where the row does not.
                move || score_bar(&parts, whole.get())
            }),
        Column::new(t(lang, "理由", "Reasons"), move |row: &TargetRow| {
            Cell::text(row.sentence(lang))
        })
        .in_narrow()
        .class("sentence"),
    ]
}

/// The columns of a file that say which unit it is.
fn identity(lang: Lang) -> Vec<(String, Data<TargetRow>)> {
    vec![
        (t(lang, "单位", "Unit").to_owned(), Box::new(|row| Cell::text(row.unit.name.clone()))),
        (
            t(lang, "统一社会信用代码", "Credit code").to_owned(),
            Box::new(|row| Cell::text(row.unit.enterprise_code.clone())),
        ),
        (
            t(lang, "类别", "Class").to_owned(),
            Box::new(move |row| Cell::text(row.unit.class.label(lang))),
        ),
    ]
}

/// The points of one criterion; 0 where it gave none.
fn points_of(criterion: &Criterion, lang: Lang) -> (String, Data<TargetRow>) {
    let reason = criterion.reason;
    let points = move |row: &TargetRow| Cell::Figure(Some(row.points_of(reason)), 1);
    (lang.pick(&criterion.zh, &criterion.en).to_owned(), Box::new(points))
}
