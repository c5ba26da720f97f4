//! Five cells: the value, rank and percentile, against the benchmark, against the baseline, saving potential;
//! of the selected unit, or of the whole group.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::selected;
use super::words::{decimals, grade, reference, reference_word, subject_name, value};
use crate::components::kpi::{Kpi, KpiStrip};
use crate::format::{level_figure, sign_class, sized_tce, unit_words};
use crate::i18n::{t, use_lang};

#[component]
pub fn Kpis(data: Signal<Arc<BenchmarkView>>) -> impl IntoView {
    let lang = use_lang();
    let cells = Memo::new(move |_| {
        data.with(|view| match selected(view) {
            Some((_, row)) => of_unit(view, row, lang),
            None => of_group(view, lang),
        })
    });
    let cell = move |at: usize| Signal::derive(move || cells.with(|it| it[at].clone()));
    let ids = ["value", "rank", "against-benchmark", "against-baseline", "potential"];
    let views = ids
        .into_iter()
        .enumerate()
        .map(|(at, id)| {
            let it = cell(at);
            view! {
                <Kpi
                    label=Signal::derive(move || it.with(|it| it.label.clone()))
                    value=Signal::derive(move || it.with(|it| it.value.clone()))
                    unit=Signal::derive(move || it.with(|it| it.unit.clone()))
                    class=Signal::derive(move || it.with(|it| it.class))
                    id
                >
                    <p class="kpi-note">{move || it.with(|it| it.note.clone())}</p>
                </Kpi>
            }
        })
        .collect_view();
    view! { <KpiStrip label=t(lang, "主要指标", "Key figures")>{views}</KpiStrip> }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Cell {
    label: String,
    value: String,
    unit: String,
    class: &'static str,
    note: String,
}

/// A gap's figure without its percent sign, which stands in the unit.
fn gap_figure(gap: Option<f64>) -> String {
    gap.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it * 100.0, 1))
}

fn of_unit(view: &BenchmarkView, row: &BenchmarkRow, lang: Lang) -> [Cell; 5] {
    let subject = &view.subject;
    let unit = unit_words(&subject.unit, lang);
    let change = row.previous_value.filter(|it| *it != 0.0).map(|it| (row.value - it) / it.abs());
    let year = t(lang, "同比", "Year on year");
    let grade = grade(row, view, lang);
    let grade = if grade == number::MISSING {
        String::new()
    } else {
        format!(" · {}{grade}", t(lang, "限额 ", "limit "))
    };
    let source = match row.source.as_str() {
        "reported" => t(lang, " · 单位报送", " · as reported"),
        _ => "",
    };
    let before = match (row.previous_rank, lang) {
        (Some(rank), Lang::Zh) => format!("上年同期第 {rank} 位"),
        (Some(rank), Lang::En) => format!("rank {rank} a year earlier"),
        (None, _) => String::new(),
    };
    let percentile = number::grouped(row.percentile * 100.0, 1);
    let rank_unit = match lang {
        Lang::Zh => format!("/ {} 家 · 百分位 {percentile}", view.rows.len()),
        Lang::En => format!("/ {} · percentile {percentile}", view.rows.len()),
    };
    let distance = view.reference_value.map(|it| row.value - it);
    let away =
        |distance: f64| format!("{} {unit}", number::grouped(distance.abs(), decimals(subject)));
    let gap_note = distance.map(|it| match (it > 0.0, lang) {
        (true, Lang::Zh) => format!("高 {}", away(it)),
        (false, Lang::Zh) => format!("低 {}，优于{}", away(it), reference_word(view, lang)),
        (true, Lang::En) => format!("{} above", away(it)),
        (false, Lang::En) => format!("{} below, better", away(it)),
    });
    let baseline = view.limits.as_ref().and_then(|it| it.baseline);
    let baseline_note = baseline.map(|it| match (row.value > it, lang) {
        (true, Lang::Zh) => format!("劣于基准 {}", away(row.value - it)),
        (false, Lang::Zh) => format!("优于基准 · 余量 {}", away(it - row.value)),
        (true, Lang::En) => format!("{} beyond the baseline", away(row.value - it)),
        (false, Lang::En) => format!("within, {} to spare", away(it - row.value)),
    });
    let (saving, saving_unit) = sized_tce(row.potential_tce, lang);
    let share =
        (view.total_potential_tce > 0.0).then(|| row.potential_tce / view.total_potential_tce);
    let (all, all_unit) = sized_tce(view.total_potential_tce, lang);
    [
        Cell {
            label: format!("{} · {}", value_word(view, lang), subject_name(subject, lang)),
            value: value(subject, row.value),
            unit: unit.clone(),
            class: "",
            note: format!("{year} {}{grade}{source}", number::signed_percent(change)),
        },
        Cell {
            label: t(lang, "位次 / 百分位（低为优）", "Rank / percentile (low is good)").to_owned(),
            value: row.rank.to_string(),
            unit: rank_unit,
            class: "",
            note: before,
        },
        Cell {
            label: format!("{}{}", t(lang, "较", "Against "), reference(view, lang)),
            value: gap_figure(row.gap),
            unit: "%".to_owned(),
            class: sign_class(row.gap),
            note: gap_note.unwrap_or_default(),
        },
        Cell {
            label: match baseline {
                Some(it) => {
                    format!("{} {}", t(lang, "较基准", "Against baseline"), level_figure(it))
                }
                None => t(lang, "较基准", "Against baseline").to_owned(),
            },
            value: gap_figure(row.gap_baseline),
            unit: if row.gap_baseline.is_some() { "%".to_owned() } else { String::new() },
            class: sign_class(row.gap_baseline),
            note: baseline_note
                .unwrap_or_else(|| t(lang, "没有基准水平", "no baseline level").to_owned()),
        },
        Cell {
            label: t(lang, "节能潜力", "Saving potential").to_owned(),
            value: saving,
            unit: saving_unit.to_owned(),
            class: "",
            note: match lang {
                Lang::Zh => format!("占全部潜力 {all} {all_unit} 的 {}", number::percent(share)),
                Lang::En => format!("{} of the whole {all} {all_unit}", number::percent(share)),
            },
        },
    ]
}

/// 「单位产品能耗」 for a product, 「单位增加值能耗」 for an industry.
fn value_word(view: &BenchmarkView, lang: Lang) -> &'static str {
    if view.subject.kind == "industry" {
        lang.pick("单位增加值能耗", "Energy per value added")
    } else {
        lang.pick("单位产品能耗", "Unit consumption")
    }
}

fn of_group(view: &BenchmarkView, lang: Lang) -> [Cell; 5] {
    let subject = &view.subject;
    let unit = unit_words(&subject.unit, lang);
    let d = view.distribution.as_ref();
    let figure =
        |it: Option<f64>| it.map_or_else(|| number::MISSING.to_owned(), |it| value(subject, it));
    let n = view.rows.len();
    let better = view.rows.iter().filter(|it| it.gap.is_some_and(|gap| gap <= 0.0)).count();
    let beyond = view.rows.iter().filter(|it| it.beyond_baseline).count();
    let baseline = view.limits.as_ref().and_then(|it| it.baseline);
    let (saving, saving_unit) = sized_tce(view.total_potential_tce, lang);
    let of_all = match lang {
        Lang::Zh => format!("/ {n} 家"),
        Lang::En => format!("/ {n}"),
    };
    let without = view.without_value.len();
    [
        Cell {
            label: format!("{} · {}", value_word(view, lang), subject_name(subject, lang)),
            value: figure(d.map(|it| it.group_value)),
            unit: unit.clone(),
            class: "",
            note: t(lang, "Σ能耗 / Σ产出，不取均值", "Σ energy / Σ output, not a mean").to_owned(),
        },
        Cell {
            label: t(lang, "中位 · P25–P75", "Median · P25–P75").to_owned(),
            value: figure(d.map(|it| it.p50)),
            unit: format!("{} – {}", figure(d.map(|it| it.p25)), figure(d.map(|it| it.p75))),
            class: "",
            note: match (without, lang) {
                (0, Lang::Zh) => format!("{n} 家可比"),
                (0, Lang::En) => format!("{n} comparable units"),
                (_, Lang::Zh) => format!("{n} 家可比，另 {without} 家没有可用的值"),
                (_, Lang::En) => format!("{n} comparable, {without} without a usable figure"),
            },
        },
        Cell {
            label: format!("{}{}", t(lang, "优于", "Better than "), reference(view, lang)),
            value: better.to_string(),
            unit: of_all.clone(),
            class: "",
            note: String::new(),
        },
        Cell {
            label: match baseline {
                Some(it) => {
                    format!("{} {}", t(lang, "劣于基准", "Beyond baseline"), level_figure(it))
                }
                None => t(lang, "劣于基准", "Beyond baseline").to_owned(),
            },
            value: if baseline.is_some() { beyond.to_string() } else { number::MISSING.to_owned() },
            unit: if baseline.is_some() { of_all } else { String::new() },
            class: if beyond > 0 { "worse" } else { "" },
            note: if baseline.is_some() {
                String::new()
            } else {
                t(lang, "没有基准水平", "no baseline level").to_owned()
            },
        },
        Cell {
            label: t(lang, "节能潜力", "Saving potential").to_owned(),
            value: saving,
            unit: saving_unit.to_owned(),
            class: "",
            note: format!("{}{}", t(lang, "都达到", "all reaching "), reference(view, lang)),
        },
    ]
}
