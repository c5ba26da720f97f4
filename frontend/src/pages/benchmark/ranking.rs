//! The ranked table; a click on a row makes it the selected unit. Units without a usable figure are listed under it.

use leptos::prelude::*;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use super::load::select_unit;
use super::words::{OutputScale, grade, reference_word, subject_name};
use crate::components::panel::Panel;
use crate::components::spark::lollipop;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub fn RankingPanel(load: Load<BenchmarkView>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = t(lang, "排名", "Ranking");
    let subtitle = Signal::derive(move || {
        load.data.with(|it| {
            let Some(it) = it.as_ref() else {
                return String::new();
            };
            match lang {
                Lang::Zh => format!(
                    "{} · {} 家 · 点行换成该单位",
                    subject_name(&it.subject, lang),
                    it.rows.len()
                ),
                Lang::En => format!(
                    "{} · {} units · click a row to choose it",
                    subject_name(&it.subject, lang),
                    it.rows.len()
                ),
            }
        })
    });
    let note = Signal::derive(move || {
        load.data.with(|it| it.as_ref().map(|it| left_out(it, lang))).unwrap_or_default()
    });
    // Columns carry the subject's units: another subject is another table.
    let subject = Memo::new(move |_| load.data.with(|it| it.as_ref().map(|it| it.subject.clone())));
    view! {
        <Panel title subtitle note class="span-7 wide-12" id="ranking">
            <Loaded load height=300 let:data>
                {
                    let rows = Signal::derive(move || data.with(|it| it.rows.clone()));
                    let select = Callback::new(move |code: String| select_unit(url, Some(code)));
                    let selected = Signal::derive(move || data.with(|it| it.selected.clone()));
                    move || {
                        subject.track();
                        let columns = data.with_untracked(|it| columns(it, lang));
                        view! {
                            <div class="fold">
                                <DataTable
                                    label=title
                                    columns
                                    rows
                                    key=|it: &BenchmarkRow| it.unit.enterprise_code.clone()
                                    on_select=select
                                    selected=Signal::derive(move || selected.get().into_iter().collect::<Vec<_>>())
                                    empty=t(lang, "所选范围没有可比的单位。", "No comparable unit in this scope.")
                                />
                            </div>
                        }
                    }
                }
            </Loaded>
        </Panel>
    }
}

fn columns(view: &BenchmarkView, lang: Lang) -> Vec<Column<BenchmarkRow>> {
    let url = use_url_state();
    let scale = OutputScale::of(&view.subject, &view.rows, lang);
    let decimals = super::words::decimals(&view.subject);
    let reach =
        view.rows.iter().filter_map(|it| it.gap).fold(0.0_f64, |most, it| most.max(it.abs()));
    let limited = view.limits.as_ref().is_some_and(|it| it.level3.is_some());
    let view = view.clone();
    let output_name = if view.subject.kind == "industry" {
        t(lang, "增加值", "Value added")
    } else {
        t(lang, "产量", "Output")
    };
    let gap_head = format!("{}{}", t(lang, "较", "vs "), reference_word(&view, lang));
    let (divisor, output_unit) = (scale.divisor, scale.unit.clone());
    let saving = |it: &BenchmarkRow| it.potential_tce;
    let mut columns = vec![
        Column::new(t(lang, "单位", "Unit"), |it: &BenchmarkRow| {
            Cell::text(it.unit.name.clone())
        })
        .in_narrow()
        .show(move |it| {
            let code = it.unit.enterprise_code.clone();
            view! { <a href=move || url.href(&format!("/units/{code}"))>{it.unit.name.clone()}</a> }
        })
        .sort_text(|it| it.unit.name.clone()),
        Column::new(t(lang, "位次", "Rank"), |it: &BenchmarkRow| {
            Cell::Figure(Some(f64::from(it.rank)), 0)
        })
        .number()
        .in_narrow()
        .sort_number(|it| Some(f64::from(it.rank))),
        Column::new(t(lang, "区", "District"), move |it: &BenchmarkRow| {
            Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en))
        })
        .sort_text(|it| it.unit.region.code.clone()),
        Column::new(output_name, move |it: &BenchmarkRow| {
            Cell::Figure(Some(it.output / divisor), 1)
        })
        .unit(output_unit)
        .number()
        .show(move |it| scale.figure(it.output))
        .sort_number(|it| Some(it.output)),
        Column::new(t(lang, "单耗", "Value"), move |it: &BenchmarkRow| {
            Cell::Figure(Some(it.value), decimals)
        })
        .unit(unit_words(&view.subject.unit, lang))
        .number()
        .in_narrow()
        .class("strong")
        .sort_number(|it| Some(it.value)),
        Column::new(t(lang, "百分位", "Percentile"), |it: &BenchmarkRow| {
            Cell::Figure(Some(it.percentile * 100.0), 1)
        })
        .number()
        .sort_number(|it| Some(it.percentile)),
        Column::new(gap_head, |it: &BenchmarkRow| Cell::Change(it.gap))
            .number()
            .in_narrow()
            .show(move |it| lollipop(it.gap, reach, number::signed_percent(it.gap)))
            .sort_number(|it| it.gap),
        Column::new(t(lang, "潜力", "Potential"), move |it: &BenchmarkRow| {
            Cell::Figure(Some(saving(it)), 0)
        })
        .unit("tce")
        .number()
        .show(move |it| {
            let decimals = if (0.05..10.0).contains(&it.potential_tce) { 1 } else { 0 };
            number::grouped(it.potential_tce, decimals)
        })
        .sort_number(|it| Some(it.potential_tce)),
        Column::new(t(lang, "完整率", "Complete"), |it: &BenchmarkRow| {
            Cell::Completeness(it.completeness)
        })
        .number()
        .show(|it| {
            let low = it.completeness.is_some_and(|it| it < COMPLETENESS_THRESHOLD);
            view! { <span class:worse=low>{number::completeness(it.completeness)}</span> }
        })
        .sort_number(|it| it.completeness),
    ];
    if limited {
        let shown = view.clone();
        columns.push(
            Column::new(t(lang, "限额", "Limit"), move |it: &BenchmarkRow| Cell::text(grade(it, &view, lang)))
                .show(move |it| view! { <span class="tag" class:lv1-text=it.grade.is_none()>{grade(it, &shown, lang)}</span> }),
        );
    }
    columns
}

/// Who is not in the list, and why.
fn left_out(view: &BenchmarkView, lang: Lang) -> String {
    let reasons = [
        ("no_output", t(lang, "没有产出", "no output")),
        ("no_energy", t(lang, "没有能耗", "no energy")),
        ("too_incomplete", t(lang, "数据太不完整", "too incomplete")),
    ];
    let parts: Vec<String> = reasons
        .into_iter()
        .filter_map(|(code, word)| {
            let names: Vec<&str> = view
                .without_value
                .iter()
                .filter(|it| it.reason == code)
                .map(|it| it.unit.name.as_str())
                .collect();
            let more = names.len().saturating_sub(3);
            let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(t(lang, "、", ", "));
            match (names.is_empty(), more, lang) {
                (true, _, _) => None,
                (_, 0, Lang::Zh) => Some(format!("{word}：{shown}")),
                (_, 0, Lang::En) => Some(format!("{word}: {shown}")),
                (_, _, Lang::Zh) => Some(format!("{word}：{shown}等 {} 家", names.len())),
                (_, _, Lang::En) => Some(format!("{word}: {shown} and {more} more")),
            }
        })
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}{}", t(lang, "未列入：", "Not listed: "), parts.join(t(lang, "；", "; ")))
}
