//! The tile map of districts: intensity change less the required fall, with the sign of the level. A tile filters the page.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::comparisons::tile_map::{Tile, TileMap};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::dual_control::{DualControl, GroupRow};
use nengce_shared::api::meta::{Meta, RegionInfo};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::warning::WarningLevel;

use super::words::short_name;
use crate::components::badge::level_sign;
use crate::components::chart::{Tip, TipRow, basis_note};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::drill_down::DrillDown;
use crate::components::selecting::{adds_to_selection, positions_of};
use crate::data::meta::use_meta;
use crate::export::{Cell, TableData};
use crate::format::{city_unit, sign_class};
use crate::i18n::{t, use_lang};
use crate::style::theme::use_theme;
use crate::url_state::{toggle_value, use_url_state};

/// Borders of the seven steps, in percentage points.
const STEPS: [f64; 6] = [-2.0, -1.0, -0.3, 0.3, 1.0, 2.0];

#[component]
pub fn TilesPanel(
    /// The answer with every district.
    data: Signal<Arc<DualControl>>,
) -> impl IntoView {
    let (lang, url, meta, theme) = (use_lang(), use_url_state(), use_meta(), use_theme());
    let rows = Memo::new(move |_| Arc::new(placed(&data.get(), meta.get().as_deref())));
    let layout = move |rows: &Placed, width: f64, height: f64| {
        let tiles: Vec<Tile> = rows.iter().map(|(place, row)| tile(place, row, lang)).collect();
        let texts = STEPS.map(|it| number::signed(it, if it.fract() == 0.0 { 0 } else { 1 }));
        let palette = theme.palette.get();
        let reads =
            Ink::DIV.map(|it| palette.as_ref().map_or(Ink::Ink, |palette| palette.reads_on(it)));
        let mut scene = TileMap {
            tiles: &tiles,
            steps: STEPS,
            step_texts: &texts,
            reads,
            low: t(lang, "好于应降", "Better"),
            high: t(lang, "差于", "Worse"),
            unit: t(lang, "百分点", "pp"),
        }
        .scene(width, height);
        let selected = url.deferred_selection.get().region;
        scene.dim_others(&positions_of(rows, |(_, row)| selected.contains(&row.name.code)));
        scene
    };
    view! {
        <ChartPanel
            source=Source::Answer(rows.into())
            id="tiles"
            title=t(lang, "各区强度差距", "Intensity gap by district")
            subtitle=t(lang, "较应降，百分点 · 点区联动", "change less required fall, pp")
            height=286.0
            layout
            tip=move |it, row| it.get(row).map(|(_, row)| tip(row, data.get().scope.basis, lang))
            table=move |it| table(it, lang)
            on_select=Box::new(move |it: &Placed, row| {
                if let Some((_, row)) = it.get(row) {
                    let code = row.name.code.clone();
                    url.update(|it| toggle_value(&mut it.region, code, adds_to_selection()));
                }
            })
            drill_down=Box::new(|it: &Placed, row| it.get(row).map(|(_, row)| DrillDown::of("region", &row.name.code)))
            crosshair=false
        />
    }
}

type Placed = Vec<(RegionInfo, GroupRow)>;

/// Districts that have both a place and figures.
fn placed(data: &DualControl, meta: Option<&Meta>) -> Placed {
    let regions = meta.map_or(&[][..], |it| &it.regions);
    let row = |info: &RegionInfo| data.regions.iter().find(|it| it.name.code == info.code);
    regions
        .iter()
        .filter(|it| it.tile_row.is_some() && it.tile_column.is_some())
        .filter_map(|it| Some((it.clone(), row(it)?.clone())))
        .collect()
}

fn tile(place: &RegionInfo, row: &GroupRow, lang: Lang) -> Tile {
    let ink = match row.warning.level {
        WarningLevel::Level1 => Ink::Lv1,
        WarningLevel::Level2 => Ink::Lv2Fill,
        WarningLevel::Level3 => Ink::Lv3,
        WarningLevel::Pending => Ink::Line3,
    };
    let gap = row.intensity.gap.map(|it| it * 100.0);
    Tile {
        row: place.tile_row.unwrap_or_default(),
        column: place.tile_column.unwrap_or_default(),
        name: short_name(row, lang).to_owned(),
        value: gap,
        value_text: gap.map_or_else(|| number::MISSING.to_owned(), |it| number::signed(it, 1)),
        sign: Some((level_sign(row.warning.level), ink)),
    }
}

fn tip(row: &GroupRow, basis: Basis, lang: Lang) -> Tip {
    let it = &row.intensity;
    Tip {
        title: lang.pick(&row.name.zh, &row.name.en).to_owned(),
        note: format!(
            "{} · {} · {}",
            row.warning.level.label(lang),
            row.warning.rule.label(lang),
            basis_note(basis, row.completeness, Some(row.units_reporting), lang)
        ),
        rows: vec![
            TipRow::new(
                None,
                t(lang, "强度变化", "Intensity change"),
                number::signed_percent(it.change),
            ),
            TipRow::new(
                None,
                t(lang, "年度应降", "Required fall"),
                number::percent(it.required_fall),
            ),
            TipRow::new(None, t(lang, "较应降", "Gap"), number::percentage_points(it.gap, lang)),
            TipRow::new(
                None,
                t(lang, "能耗", "Energy"),
                format!("{} {}", number::ten_thousand_tce(row.total.value), city_unit(lang)),
            )
            .delta(number::signed_percent(row.total.change), sign_class(row.total.change)),
        ],
    }
}

fn table(rows: &Placed, lang: Lang) -> TableData {
    TableData {
        head: [
            t(lang, "区", "District"),
            t(lang, "强度变化 %", "Intensity change %"),
            t(lang, "年度应降 %", "Required fall %"),
            t(lang, "较应降 百分点", "Gap pp"),
            t(lang, "等级", "Level"),
        ]
        .map(str::to_owned)
        .into(),
        rows: rows
            .iter()
            .map(|(_, row)| {
                vec![
                    Cell::text(lang.pick(&row.name.zh, &row.name.en)),
                    Cell::Change(row.intensity.change),
                    Cell::Percent(row.intensity.required_fall),
                    Cell::Figure(row.intensity.gap.map(|it| it * 100.0), 1),
                    Cell::text(row.warning.level.label(lang)),
                ]
            })
            .collect(),
    }
}
