//! The efficiency curve: units from best to worst, as wide as their output; a click chooses the unit.

use leptos::prelude::*;
use nengce_charts::comparisons::efficiency_curve::{Bar, EfficiencyCurve, Words};
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::{select_unit, selected, unit_of};
use super::words::{OutputScale, limits, reference_word, subject_name, value, value_with_unit};
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::export::{Cell, TableData};
use crate::format::{short_name, sign_class, sized_tce, span, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

#[component]
pub fn CurvePanel(load: Load<BenchmarkView>, hover: RwSignal<Option<usize>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = t(lang, "能效曲线", "Efficiency curve");
    let subtitle = load.text(move |it| {
        let period = span(&it.scope.from, &it.scope.to, lang);
        let (subject, units) = (subject_name(&it.subject, lang), it.rows.len());
        match lang {
            Lang::Zh => format!("{subject} · 从优到差 · {units} 家 · {period}"),
            Lang::En => format!("{subject} · best to worst · {units} units · {period}"),
        }
    });
    view! {
        <ChartPanel
            source=Source::Request(load)
            title
            subtitle
            class="span-8 wide-6"
            id="curve"
            height=370.0
            layout=move |it, width, height| scene(it, width, height, lang)
            tip=move |it, row| tip(it, it.rows.get(row)?, lang)
            table=move |it| table(it, lang)
            is_empty=Box::new(|it| it.rows.is_empty())
            empty=t(lang, "所选范围没有可比的单位。", "No comparable unit in this scope.")
            hover
            on_select=Box::new(move |it, row| select_unit(url, unit_of(it, row)))
            drill_down=Box::new(|it, row| unit_of(it, row).map(|it| DrillDown::of("unit", it)))
            crosshair=false
        />
    }
}

fn scene(view: &BenchmarkView, width: f64, height: f64, lang: Lang) -> Scene {
    let scale = OutputScale::of(&view.subject, &view.rows, lang);
    let bars: Vec<Bar> = view
        .rows
        .iter()
        .map(|it| Bar {
            value: it.value,
            output: it.output / scale.divisor,
            beyond_baseline: it.beyond_baseline,
        })
        .collect();
    let selected = selected(view);
    let (name, note) =
        selected.map_or_else(Default::default, |(_, it)| callout(view, it, &scale, lang));
    let word = reference_word(view, lang);
    let output = if view.subject.kind == "industry" {
        t(lang, "增加值", "value added")
    } else {
        t(lang, "产量", "output")
    };
    let foot = match lang {
        Lang::Zh if width < 480.0 => format!("累计{output}，{}", scale.unit),
        Lang::Zh => {
            format!("累计{output}，{}；柱宽 = {output}，{word}线以上面积 = 节能潜力", scale.unit)
        }
        Lang::En if width < 480.0 => format!("Cumulative {output}, {}", scale.unit),
        Lang::En => format!(
            "Cumulative {output}, {}; width = {output}, area above the {word} = saving potential",
            scale.unit
        ),
    };
    let words = Words {
        unit: unit_words(&view.subject.unit, lang),
        foot,
        selected: name,
        chosen_note: note,
        better: match lang {
            Lang::Zh => format!("优于{word}"),
            Lang::En => format!("better than the {word}"),
        },
    };
    let limits = limits(view, lang);
    let curve = EfficiencyCurve {
        bars: &bars,
        limits: &limits,
        reference: view.reference_value,
        selected: selected.map(|it| it.0),
        words: &words,
    };
    curve.scene(width, height)
}

fn callout(
    view: &BenchmarkView,
    row: &BenchmarkRow,
    scale: &OutputScale,
    lang: Lang,
) -> (String, String) {
    let (saving, unit) = sized_tce(row.potential_tce, lang);
    let output = scale.figure(row.output);
    let note = match lang {
        Lang::Zh => format!("产出 {output} {} · 潜力 {saving} {unit}", scale.unit),
        Lang::En => format!("output {output} {} · potential {saving} {unit}", scale.unit),
    };
    (format!("{} {}", short_name(&row.unit.name), value(&view.subject, row.value)), note)
}

/// What a unit says under the pointer, here and in the distribution.
pub fn tip(view: &BenchmarkView, row: &BenchmarkRow, lang: Lang) -> Option<Tip> {
    let scale = OutputScale::of(&view.subject, &view.rows, lang);
    let ink = if row.beyond_baseline { Ink::Lv1 } else { Ink::Seq6 };
    let (saving, unit) = sized_tce(row.potential_tce, lang);
    let rank = match lang {
        Lang::Zh => {
            format!("第 {} 位 · {}", row.rank, lang.pick(&row.unit.region.zh, &row.unit.region.en))
        }
        Lang::En => {
            format!("rank {} · {}", row.rank, lang.pick(&row.unit.region.zh, &row.unit.region.en))
        }
    };
    let rests = basis_note(view.scope.basis, row.completeness, None, lang);
    Some(Tip {
        title: row.unit.name.clone(),
        note: format!("{rank} · {rests}"),
        rows: vec![
            TipRow::new(
                Some(ink),
                t(lang, "单耗", "Value"),
                value_with_unit(&view.subject, row.value, lang),
            )
            .delta(number::signed_percent(row.gap), sign_class(row.gap)),
            TipRow::new(
                None,
                t(lang, "产出", "Output"),
                format!("{} {}", scale.figure(row.output), scale.unit),
            ),
            TipRow::new(None, t(lang, "节能潜力", "Potential"), format!("{saving} {unit}")),
        ],
    })
}

/// The ranked rows with every figure, for all exports of this page.
pub fn table(view: &BenchmarkView, lang: Lang) -> TableData {
    let output_unit = unit_words(&view.subject.output_unit, lang);
    let head = vec![
        t(lang, "位次", "Rank").to_owned(),
        t(lang, "单位", "Unit").to_owned(),
        t(lang, "区", "District").to_owned(),
        unit_words(&view.subject.unit, lang),
        format!("{} {output_unit}", t(lang, "产出", "Output")),
        t(lang, "百分位", "Percentile").to_owned(),
        t(lang, "较参照", "Against reference").to_owned(),
        t(lang, "节能潜力 tce", "Potential tce").to_owned(),
        t(lang, "完整率", "Completeness").to_owned(),
    ];
    let rows = view
        .rows
        .iter()
        .map(|it| {
            vec![
                Cell::Figure(Some(f64::from(it.rank)), 0),
                Cell::text(it.unit.name.clone()),
                Cell::text(lang.pick(&it.unit.region.zh, &it.unit.region.en)),
                Cell::Figure(Some(it.value), 3),
                Cell::Figure(Some(it.output), 0),
                Cell::Percent(Some(it.percentile)),
                Cell::Change(it.gap),
                Cell::Figure(Some(it.potential_tce), 1),
                Cell::Completeness(it.completeness),
            ]
        })
        .collect();
    TableData { head, rows }
}
