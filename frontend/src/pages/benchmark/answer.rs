//! The page's answer in one sentence: where the unit stands, or, without a unit, what the whole could save.

use leptos::prelude::*;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::selected;
use super::words::{reference, reference_word, subject_name, value_with_unit};
use crate::format::{short_name, sign_class, sized_tce};
use crate::load::Load;

pub fn sentence(load: Load<BenchmarkView>, lang: Lang) -> impl IntoView {
    load.data.with(|it| {
        let view = it.as_ref()?;
        Some(match selected(view) {
            Some((_, row)) => of_unit(view, row, lang).into_any(),
            None => of_whole(view, lang).into_any(),
        })
    })
}

fn energy(tce: f64, lang: Lang) -> String {
    let (figure, unit) = sized_tce(tce, lang);
    let words = match (unit, lang) {
        ("tce", Lang::Zh) => "吨标准煤",
        (_, Lang::Zh) => "万吨标准煤",
        (unit, Lang::En) => unit,
    };
    format!("{figure} {words}")
}

fn of_unit(view: &BenchmarkView, row: &BenchmarkRow, lang: Lang) -> impl IntoView + use<> {
    let name = short_name(&row.unit.name);
    let value = value_with_unit(&view.subject, row.value, lang);
    let (subject, word) = (subject_name(&view.subject, lang), reference_word(view, lang));
    let (n, rank) = (view.rows.len(), row.rank);
    let gap =
        row.gap.map(|gap| (number::percent(Some(gap.abs())), gap > 0.0, sign_class(Some(gap))));
    let saving = (row.potential_tce > 0.0).then(|| energy(row.potential_tce, lang));
    match lang {
        Lang::Zh => view! {
            {name} " " <b>{value}</b> {format!("，在 {n} 家{subject}单位中列第 ")} <b>{rank}</b> " 位"
            {gap.map(|(gap, above, class)| view! {
                {format!("，比{word}水平{} ", if above { "高" } else { "低" })} <b class=class>{gap}</b>
            })}
            {saving.map(|it| view! { {format!("；达到{word}可节约 ")} <b>{it}</b> })}
            "。"
        }
        .into_any(),
        Lang::En => view! {
            {name} ": " <b>{value}</b> ", rank " <b>{rank}</b> {format!(" of {n} ({subject})")}
            {gap.map(|(gap, above, class)| view! {
                ", " <b class=class>{gap}</b> {format!(" {} the {word}", if above { "above" } else { "below" })}
            })}
            {saving.map(|it| view! { {format!("; reaching the {word} would save ")} <b>{it}</b> })}
            "."
        }
        .into_any(),
    }
}

fn of_whole(view: &BenchmarkView, lang: Lang) -> impl IntoView + use<> {
    let subject = subject_name(&view.subject, lang);
    let n = view.rows.len();
    let median = view.distribution.as_ref().map(|it| value_with_unit(&view.subject, it.p50, lang));
    let reference = reference(view, lang);
    let beyond = view.rows.iter().filter(|it| it.beyond_baseline).count();
    let saving = (view.total_potential_tce > 0.0).then(|| energy(view.total_potential_tce, lang));
    let Some(median) = median else {
        return match lang {
            Lang::Zh => format!("{subject}：没有可以对标的单位。"),
            Lang::En => format!("{subject}: no unit with a usable figure."),
        }
        .into_any();
    };
    match lang {
        Lang::Zh => view! {
            <b>{n}</b> {format!(" 家{subject}单位，中位 ")} <b>{median}</b> {format!("，{reference}")}
            {saving.map(|it| view! { "；都达到可节约 " <b>{it}</b> })}
            {(beyond > 0).then(|| view! { "；" <b class="worse">{beyond}</b> " 家劣于基准" })}
            "。"
        }
        .into_any(),
        Lang::En => view! {
            <b>{n}</b> {format!(" units ({subject}), median ")} <b>{median}</b> {format!(", {reference}")}
            {saving.map(|it| view! { "; all reaching it would save " <b>{it}</b> })}
            {(beyond > 0).then(|| view! { "; " <b class="worse">{beyond}</b> " beyond the baseline" })}
            "."
        }
        .into_any(),
    }
}
