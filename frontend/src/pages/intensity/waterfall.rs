//! The decomposition of the change of energy into activity, structure and intensity, as a waterfall.

use leptos::prelude::*;
use nengce_charts::comparisons::waterfall::{Kind, Step, Waterfall};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::common::Scope;
use nengce_shared::api::intensity::{Decomposition, LeftOut};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::undecomposable;
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::{basis_word, city_tce, city_unit, span};
use crate::i18n::{t, use_lang};
use crate::load::Load;

#[component]
pub fn WaterfallPanel(load: Load<Decomposition>) -> impl IntoView {
    let lang = use_lang();
    let title = t(lang, "因素分解", "Decomposition");
    let subtitle = load.text(move |it| {
        let (industries, basis) = (it.members.len(), basis_word(it.scope.basis, lang));
        match lang {
            Lang::Zh => format!("LMDI · {industries} 个行业 · 逐年链接 · {basis}"),
            Lang::En => format!("LMDI · {industries} industries · chained yearly · {basis}"),
        }
    });
    let note = load.text(move |it| note(it, lang));
    let layout = move |it: &Decomposition, width: f64, height: f64| {
        let mut steps = steps(it, lang);
        if width < 480.0 {
            shorten(&mut steps, lang);
        }
        let unit = format!("{} · {}", city_unit(lang), basis_word(it.scope.basis, lang));
        Waterfall { steps: &steps, unit: &unit, decimals: decimals(it) }.scene(width, height)
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            unavailable=Signal::derive(move || undecomposable(load))
            id="decomposition"
            title
            subtitle
            note
            height=236.0
            waiting_height=250
            layout
            tip=move |it, row| tip(it, row, lang)
            table=move |it| table(it, lang)
            drill_down=Box::new(|it: &Decomposition, row| {
                // The first bar is the span compared with.
                let scope = &it.scope;
                Some(match row {
                    0 => DrillDown::of("from", &scope.compare_from).with("to", &scope.compare_to),
                    _ => DrillDown::all(),
                })
            })
            crosshair=false
        />
    }
}

fn decimals(it: &Decomposition) -> usize {
    if it.total.value.unwrap_or(0.0).abs() < 1e5 { 2 } else { 1 }
}

fn steps(it: &Decomposition, lang: Lang) -> Vec<Step> {
    let step = |name: String, note: String, kind: Kind| Step { name, note, kind };
    let city = |tce: f64| tce / 1e4;
    let scope = &it.scope;
    let sum = t(lang, "合计", "total").to_owned();
    let structure = match (it.structure_tce < 0.0, lang) {
        (true, Lang::Zh) => "高强度行业占比下降",
        (false, Lang::Zh) => "高强度行业占比上升",
        (true, Lang::En) => "less of the intensive",
        (false, Lang::En) => "more of the intensive",
    };
    let activity = format!(
        "{} {}",
        t(lang, "增加值", "value added"),
        number::signed_percent(it.value_added.change)
    );
    vec![
        step(
            span(&scope.compare_from, &scope.compare_to, lang),
            sum.clone(),
            Kind::Before(city(it.total.previous.unwrap_or(0.0))),
        ),
        step(t(lang, "规模", "Activity").to_owned(), activity, Kind::Effect(city(it.activity_tce))),
        step(
            t(lang, "结构", "Structure").to_owned(),
            structure.to_owned(),
            Kind::Effect(city(it.structure_tce)),
        ),
        step(
            t(lang, "强度", "Intensity").to_owned(),
            t(lang, "行业内强度变化", "within industries").to_owned(),
            Kind::Effect(city(it.intensity_tce)),
        ),
        step(
            span(&scope.from, &scope.to, lang),
            sum,
            Kind::After(city(it.total.value.unwrap_or(0.0))),
        ),
    ]
}

/// Names that fit under a narrow chart; the tooltip keeps the whole words.
fn shorten(steps: &mut [Step], lang: Lang) {
    for step in steps {
        step.note.clear();
        match step.kind {
            Kind::Before(_) => step.name = t(lang, "上年", "Before").to_owned(),
            Kind::After(_) => step.name = t(lang, "本期", "Now").to_owned(),
            Kind::Effect(_) => {}
        }
    }
}

fn note(it: &Decomposition, lang: Lang) -> String {
    let left_out = city_tce(Some(it.left_out_tce), lang);
    let index = |it: f64| number::grouped(it, 3);
    let indices = format!(
        "{} × {} × {}",
        index(it.activity_index),
        index(it.structure_index),
        index(it.intensity_index)
    );
    let (later, below): (Vec<_>, Vec<_>) =
        it.left_out.iter().partition(|it| it.reason == "no_comparison");
    let named = |of: Vec<&LeftOut>, zh: &str, en: &str| {
        let count = of.len();
        let names: Vec<_> =
            of.iter().take(3).map(|it| lang.pick(&it.name.zh, &it.name.en)).collect();
        match (count, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("{zh}的 {count} 家不参与：{}。", names.join("、")),
            (_, Lang::En) => format!(" {count} {en} are left out: {}.", names.join(", ")),
        }
    };
    let below = named(below, "增加值或能耗为负", "with value added or energy below zero")
        + &named(later, "前一时段数据不足", "without data of the period before");
    match lang {
        Lang::Zh => format!(
            "乘法形式：规模 × 结构 × 强度 = {indices}。没有增加值的单位不参与，未参与的能耗 {left_out}。{below}"
        ),
        Lang::En => format!(
            "Multiplicative: activity × structure × intensity = {indices}. Units without value added are left out; energy left out: {left_out}.{below}"
        ),
    }
}

/// What the figures of the whole decomposition rest on.
pub fn of_scope(scope: &Scope, lang: Lang) -> String {
    basis_note(scope.basis, scope.completeness, Some(scope.units), lang)
}

fn tip(it: &Decomposition, row: usize, lang: Lang) -> Option<Tip> {
    let step = steps(it, lang).into_iter().nth(row)?;
    let (ink, value, index) = match step.kind {
        Kind::Before(value) => (Ink::Line3, number::grouped(value, 1), None),
        Kind::After(value) => (Ink::Accent, number::grouped(value, 1), None),
        Kind::Effect(value) => {
            let index =
                [it.activity_index, it.structure_index, it.intensity_index].get(row - 1).copied();
            (Ink::of_sign(value), number::signed(value, 1), index)
        }
    };
    let mut rows = vec![TipRow::new(Some(ink), city_unit(lang), value)];
    if let Some(index) = index {
        rows.push(TipRow::new(None, t(lang, "指数", "Index"), number::grouped(index, 4)));
    }
    Some(Tip {
        title: step.name,
        note: format!("{} · {}", step.note, of_scope(&it.scope, lang)),
        rows,
    })
}

fn table(it: &Decomposition, lang: Lang) -> TableData {
    let head = vec![
        t(lang, "项", "Item").to_owned(),
        city_unit(lang).to_owned(),
        t(lang, "指数", "Index").to_owned(),
    ];
    let indices =
        [None, Some(it.activity_index), Some(it.structure_index), Some(it.intensity_index), None];
    let rows = steps(it, lang)
        .into_iter()
        .zip(indices)
        .map(|(step, index)| {
            let (Kind::Before(value) | Kind::Effect(value) | Kind::After(value)) = step.kind;
            vec![Cell::text(step.name), Cell::Figure(Some(value), 1), Cell::Figure(index, 4)]
        })
        .collect();
    TableData { head, rows }
}
