//! One effect of the decomposition by industry, as signed bars; which effect is in the address.

use leptos::prelude::*;
use nengce_charts::comparisons::bars::{Bars, Row, Titles};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::intensity::{Decomposition, DecompositionMember};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::order::{by_falling, by_rising};

use super::load::undecomposable;
use super::waterfall::of_scope;
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::selecting::{adds_to_selection, positions_of};
use crate::export::{Cell, TableData};
use crate::format::{brief_industry, city_unit};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{toggle_value, use_url_state};

/// The industries with the largest effects; the rest are one row.
const SHOWN: usize = 9;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Activity,
    Structure,
    Intensity,
}

impl Effect {
    const ALL: [Self; 3] = [Self::Intensity, Self::Structure, Self::Activity];

    fn of(word: Option<&str>) -> Self {
        match word {
            Some("activity") => Self::Activity,
            Some("structure") => Self::Structure,
            _ => Self::Intensity,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Structure => "structure",
            Self::Intensity => "intensity",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Activity => lang.pick("规模", "Activity"),
            Self::Structure => lang.pick("结构", "Structure"),
            Self::Intensity => lang.pick("强度", "Intensity"),
        }
    }

    fn tce(self, it: &DecompositionMember) -> f64 {
        match self {
            Self::Activity => it.activity_tce,
            Self::Structure => it.structure_tce,
            Self::Intensity => it.intensity_tce,
        }
    }
}

#[component]
pub fn EffectsPanel(load: Load<Decomposition>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let effect = Memo::new(move |_| Effect::of(url.get("effect").as_deref()));
    let title = Signal::derive(move || match lang {
        Lang::Zh => format!("{}效应分行业", effect.get().name(lang)),
        Lang::En => format!("{} effect by industry", effect.get().name(lang)),
    });
    let side = move |it: Effect| {
        let word = (it != Effect::Intensity).then(|| it.word().to_owned());
        view! {
            <button
                type="button"
                aria-pressed=move || (effect.get() == it).to_string()
                on:click=move |_| url.set(&[("effect", word.clone())])
            >
                {it.name(lang)}
            </button>
        }
    };
    let rows = move |it: &Decomposition| rows(it, effect.get(), lang);
    let code_of = move |it: &Decomposition, row: usize| {
        untrack(|| rows(it)).get(row).map(|it| it.code.clone())
    };
    let layout = move |it: &Decomposition, width: f64, _: f64| {
        let rows = rows(it);
        let bars = Bars { rows: &rows, titles: &Titles::default() };
        let mut scene = bars.scene(width, bars.natural_height());
        let selected = url.deferred_selection.get().industry;
        scene.dim_others(&positions_of(&rows, |it| selected.contains(&it.code)));
        scene
    };
    let tip = move |it: &Decomposition, row: usize| {
        let of = of_scope(&it.scope, lang);
        rows(it).get(row).map(|it| Tip {
            title: it.name.clone(),
            note: format!("{} · {of}", it.code),
            rows: vec![TipRow::new(
                it.signed.map(Ink::of_sign),
                city_unit(lang),
                it.signed_text.clone(),
            )],
        })
    };
    view! {
        <ChartPanel
            source=Source::Request(load)
            unavailable=Signal::derive(move || undecomposable(load))
            id="effects"
            title
            subtitle=city_unit(lang)
            height=210.0
            above=move || view! {
                <div class="chart-bar">
                    <div class="segment" role="group" aria-label=t(lang, "效应", "Effect")>{Effect::ALL.map(side)}</div>
                </div>
            }
            layout
            tip
            table=move |it| table(it, lang)
            on_select=Box::new(move |it, row| {
                if let Some(code) = code_of(it, row).filter(|it| !it.is_empty()) {
                    url.update(|it| toggle_value(&mut it.industry, code, adds_to_selection()));
                }
            })
            drill_down=Box::new(move |it, row| {
                let code = code_of(it, row)?;
                Some(if code.is_empty() { DrillDown::all() } else { DrillDown::of("industry", code) })
            })
            crosshair=false
        />
    }
}

fn rows(it: &Decomposition, effect: Effect, lang: Lang) -> Vec<Row> {
    let members: Vec<&DecompositionMember> = it.members.iter().collect();
    let mut members = by_falling(members, |it| effect.tce(it).abs());
    let rest = members.split_off(members.len().min(SHOWN));
    let members = by_rising(members, |it| effect.tce(it));
    let row = |code: &str, name: String, tce: f64| {
        let value = tce / 1e4;
        let decimals = if value.abs() < 1.0 { 2 } else { 1 };
        Row {
            code: code.to_owned(),
            name,
            signed: Some(value),
            signed_text: number::signed(value, decimals),
            ..Row::default()
        }
    };
    let mut rows: Vec<Row> = members
        .into_iter()
        .map(|it| {
            row(&it.name.code, brief_industry(lang.pick(&it.name.zh, &it.name.en)), effect.tce(it))
        })
        .collect();
    if !rest.is_empty() {
        let name = match lang {
            Lang::Zh => format!("其余 {} 个行业", rest.len()),
            Lang::En => format!("{} other industries", rest.len()),
        };
        rows.push(row("", name, rest.iter().map(|it| effect.tce(it)).sum()));
    }
    rows
}

fn table(it: &Decomposition, lang: Lang) -> TableData {
    let unit = city_unit(lang);
    let mut head = vec![t(lang, "代码", "Code").to_owned(), t(lang, "行业", "Industry").to_owned()];
    head.extend(Effect::ALL.map(|it| format!("{} {unit}", it.name(lang))));
    let rows = it
        .members
        .iter()
        .map(|it| {
            let mut cells = vec![
                Cell::text(it.name.code.clone()),
                Cell::text(lang.pick(&it.name.zh, &it.name.en)),
            ];
            cells.extend(Effect::ALL.map(|effect| Cell::Figure(Some(effect.tce(it) / 1e4), 2)));
            cells
        })
        .collect();
    TableData { head, rows }
}
