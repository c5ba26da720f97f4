//! The groups as a table: intensity, change, against the whole. Beside districts stand industries, and the reverse.

use leptos::prelude::*;
use nengce_shared::api::intensity::{IntensityGroup, IntensityView};
use nengce_shared::number;
use nengce_shared::warning::WarningLevel;

use super::kpis::denominator;
use super::load::GroupBy;
use crate::components::badge::LevelBadge;
use crate::components::panel::Panel;
use crate::components::selecting::adds_to_selection;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable, Sorting};
use crate::export::Cell;
use crate::format::{city_unit, sign_class, span};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{toggle_value, use_url_state};

#[component]
pub fn GroupsPanel(load: Load<IntensityView>, by: GroupBy) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = Signal::derive(move || {
        match by {
            GroupBy::Region => t(lang, "各区强度", "Intensity of districts"),
            GroupBy::Industry => t(lang, "行业强度", "Intensity of industries"),
            GroupBy::Unit => t(lang, "单位强度", "Intensity of units"),
        }
        .to_owned()
    });
    let subtitle = Signal::derive(move || {
        load.data
            .with(|it| {
                let it = it.as_ref()?;
                let span = span(&it.scope.from, &it.scope.to, lang);
                let one = it.groups.first().map(|it| denominator(&it.intensity, lang));
                Some(one.map_or(span.clone(), |it| format!("{span} · {it}")))
            })
            .unwrap_or_default()
    });
    view! {
        <Panel title subtitle class="span-4 wide-side" id="beside">
            <Loaded load height=300 let:data>
                {
                    let rows = Signal::derive(move || data.with(|it| it.groups.clone()));
                    let selected = Memo::new(move |_| url.selection.with(|it| by.selected(it).clone()));
                    let select = Callback::new(move |code: String| {
                        url.update(|it| toggle_value(by.selected_mut(it), code, adds_to_selection()));
                    });
                    let sorting = RwSignal::new(Some(Sorting { column: 1, descending: true }));
                    view! {
                        <div class="fold">
                            <DataTable
                                label=title
                                columns=columns(lang, by, data.with_untracked(|it| Shown::of(it)))
                                rows
                                key=|it: &IntensityGroup| it.name.code.clone()
                                sorting
                                on_select=select
                                selected
                                empty=t(lang, "所选范围没有强度可算。", "No intensity in this scope.")
                            />
                        </div>
                    }
                }
            </Loaded>
        </Panel>
    }
}

/// Which columns would say something: levels where one is given, the city's multiple where both have one denominator.
#[derive(Clone, Copy)]
struct Shown {
    levels: bool,
    against_whole: bool,
}

impl Shown {
    fn of(view: &IntensityView) -> Self {
        let whole = &view.whole.denominator;
        Self {
            levels: view.groups.iter().any(|it| it.warning.level != WarningLevel::Pending),
            against_whole: view.groups.iter().all(|it| it.intensity.denominator == *whole),
        }
    }
}

fn columns(
    lang: nengce_shared::lang::Lang,
    by: GroupBy,
    shown: Shown,
) -> Vec<Column<IntensityGroup>> {
    let name = move |it: &IntensityGroup| lang.pick(&it.name.zh, &it.name.en).to_owned();
    let times = |it: Option<f64>| {
        it.map_or_else(|| number::MISSING.to_owned(), |it| format!("{}×", number::grouped(it, 1)))
    };
    let mut columns = vec![
        Column::new(by.name(lang), move |it: &IntensityGroup| Cell::text(name(it)))
            .in_narrow()
            .sort_text(name),
        Column::new(t(lang, "强度", "Intensity"), |it: &IntensityGroup| {
            Cell::Figure(it.intensity.value, 3)
        })
        .unit(t(lang, "tce/万元", "tce/10⁴ yuan"))
        .number()
        .in_narrow()
        .class("strong")
        .show(|it| number::intensity(it.intensity.value))
        .sort_number(|it| it.intensity.value),
        Column::new(t(lang, "变化", "Change"), |it: &IntensityGroup| {
            Cell::Change(it.intensity.change)
        })
        .number()
        .in_narrow()
        .show(|it| {
            let change = it.intensity.change;
            view! { <span class=sign_class(change)>{number::signed_percent(change)}</span> }
        })
        .sort_number(|it| it.intensity.change),
    ];
    if shown.against_whole {
        columns.push(
            Column::new(t(lang, "较全市", "vs city"), |it: &IntensityGroup| {
                Cell::Figure(it.against_whole, 2)
            })
            .number()
            .show(move |it| times(it.against_whole))
            .sort_number(|it| it.against_whole),
        );
    } else {
        columns.push(
            Column::new(t(lang, "能耗", "Energy"), |it: &IntensityGroup| {
                Cell::Figure(it.tce.map(|it| it / 1e4), 1)
            })
            .unit(city_unit(lang))
            .number()
            .sort_number(|it| it.tce),
        );
    }
    if shown.levels {
        columns.push(
            Column::new(t(lang, "等级", "Level"), move |it: &IntensityGroup| {
                Cell::text(it.warning.level.label(lang))
            })
            .in_narrow()
            .show(|it| view! { <LevelBadge level=it.warning.level /> }),
        );
    }
    columns
}
