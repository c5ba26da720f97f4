//! The tree of places as a table: each below what it belongs to, with its quantity and the difference to its parts.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::balance::{BalanceEnergy, BalanceMeter, BalancePlace};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::{PLACE, name_of, periods};
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// The difference as a part of what was supplied.
pub(super) fn share(it: &BalancePlace) -> Option<f64> {
    it.difference.zip(it.supplied).filter(|it| it.1 != 0.0).map(|it| it.0 / it.1)
}

#[component]
pub(super) fn TreePanel(energy: Signal<Arc<BalanceEnergy>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| energy.with(|it| it.places.clone()));
    let title = Signal::derive(move || {
        let name = energy.with(|it| lang.pick(&it.energy.zh, &it.energy.en).to_owned());
        match lang {
            Lang::Zh => format!("{name}：分级用量与平衡"),
            Lang::En => format!("{name}: use and balance by level"),
        }
    });
    let note = t(
        lang,
        "差额 = 本级计量 − 各下级之和，只比都有完整数据的时段；含线路与变压损耗、未装表的用能和计量误差。下级大于本级（负差额）时先查倍率、表计归属与编码。产出（用途 30）计为负。",
        "Difference = what the place measured − the sum of its parts, over the periods in which all have complete values. It holds losses, what no meter measures, and errors of meters. Where parts exceed the place (a negative difference), check multipliers, and where meters and codes belong. What is made (usage 30) is negative.",
    );
    view! {
        <Panel id="balance" title subtitle=t(lang, "点一行看它的周曲线与班次", "a click on a row shows its week and shifts") note>
            {move || {
                let it = energy.get();
                let columns = columns(&it, lang);
                view! {
                    <DataTable
                        label=title
                        columns
                        rows
                        key=|row: &BalancePlace| row.place.clone()
                        selected=Signal::derive(move || url.get(PLACE).into_iter().collect::<Vec<_>>())
                        on_select=Callback::new(move |place| url.set(&[(PLACE, Some(place))]))
                    />
                }
            }}
        </Panel>
    }
}

fn columns(energy: &BalanceEnergy, lang: Lang) -> Vec<Column<BalancePlace>> {
    let unit = unit_words(&energy.unit, lang);
    let plant = energy.places.first().and_then(|it| it.quantity).filter(|it| *it > 0.0);
    let (all, grain) = (energy.periods, energy.grain.clone());
    let known = {
        let grain = grain.clone();
        move |it: &BalancePlace| of_all(it.known_periods, all, &grain, lang)
    };
    let of_plant = move |it: &BalancePlace| Some(it.quantity? / plant?);
    vec![
        Column::new(t(lang, "位置", "Place"), |it: &BalancePlace| Cell::text(name_of(it)))
            .in_narrow()
            .show(move |it| place(it, lang))
            .in_file(vec![
                (
                    t(lang, "编码", "Code").to_owned(),
                    Box::new(|it: &BalancePlace| Cell::text(it.place.clone())),
                ),
                (
                    t(lang, "名称", "Name").to_owned(),
                    Box::new(|it: &BalancePlace| Cell::text(name_of(it))),
                ),
            ]),
        Column::new(t(lang, "层级", "Level"), move |it: &BalancePlace| {
            Cell::text(it.scope.label(lang))
        }),
        Column::new(t(lang, "计量器具", "Meters"), |it: &BalancePlace| {
            Cell::text(
                it.meters.iter().map(|it| it.meter_code.clone()).collect::<Vec<_>>().join("、"),
            )
        })
        .show(move |it| meters(it, lang)),
        Column::new(t(lang, "用量", "Used"), |it: &BalancePlace| Cell::Figure(it.quantity, 1))
            .unit(unit.clone())
            .number()
            .in_narrow()
            .sort_number(|it| it.quantity),
        Column::new(t(lang, "占全厂", "Of the plant"), move |it: &BalancePlace| {
            Cell::text(number::percent(of_plant(it)))
        })
        .number()
        .sort_number(of_plant),
        Column::new(t(lang, "有数据", "Has data"), move |it: &BalancePlace| {
            Cell::text(known(it))
        })
        .number()
        .sort_number(|it| Some(it.known_periods.into())),
        Column::new(t(lang, "下级合计", "Its parts"), |it: &BalancePlace| {
            Cell::Figure(it.used, 1)
        })
        .unit(unit.clone())
        .number()
        .sort_number(|it| it.used),
        Column::new(t(lang, "差额", "Difference"), |it: &BalancePlace| {
            Cell::Figure(it.difference, 1)
        })
        .unit(unit)
        .number()
        .in_narrow()
        .show(|it| {
            let more = it.difference.is_some_and(|it| it < 0.0);
            view! { <span class:worse=more>{number::grouped_or_missing(it.difference, 1)}</span> }
        })
        .sort_number(|it| it.difference),
        Column::new(t(lang, "差额占比", "Share"), |it: &BalancePlace| {
            Cell::text(number::percent(share(it)))
        })
        .number()
        .in_narrow()
        .sort_number(share),
        Column::new(t(lang, "说明", "Remark"), move |it: &BalancePlace| {
            Cell::text(remark(it, all, &grain, lang))
        })
        .class("sentence"),
    ]
}

/// 「362 / 365 天」
fn of_all(count: u32, all: u32, grain: &str, lang: Lang) -> String {
    if count == all {
        periods(all, grain, lang)
    } else {
        format!("{count} / {}", periods(all, grain, lang))
    }
}

/// The name below the place that it belongs to, and its code.
fn place(it: &BalancePlace, lang: Lang) -> impl IntoView + use<> {
    let code = (!it.name.is_empty() && it.depth > 0).then(|| it.place.clone());
    let without = (it.data_codes.is_empty()).then(
        || view! { " "<span class="tag">{t(lang, "本级未装表", "no meter of its own")}</span> },
    );
    view! {
        <span class="tree-place" style:padding-inline-start=format!("{}rem", f64::from(it.depth) * 1.25)>
            <b>{name_of(it)}</b>{code.map(|it| view! { " "<code>{it}</code> })}{without}
        </span>
    }
}

fn meters(it: &BalancePlace, lang: Lang) -> impl IntoView + use<> {
    let one = |it: &BalanceMeter| {
        let overdue =
            it.overdue.then(|| view! { <b class="worse">{t(lang, " 超期", " overdue")}</b> });
        view! { <span title=it.name.clone()>{it.meter_code.clone()}{overdue}</span>" " }
    };
    it.meters.iter().map(one).collect_view()
}

/// What a reader must know of a row's balance.
fn remark(it: &BalancePlace, all: u32, grain: &str, lang: Lang) -> String {
    let mut words = Vec::new();
    if it.quantity.is_none() {
        words.push(t(lang, "时段内没有完整数据", "no complete value in the span").to_owned());
    }
    if it.silent_parts > 0 {
        words.push(match lang {
            Lang::Zh => format!("{} 处下级无数据，其用量在差额里", it.silent_parts),
            Lang::En => format!("{} parts without values are in the difference", it.silent_parts),
        });
    }
    if it.difference.is_some() && it.balanced_periods < all {
        let counted = of_all(it.balanced_periods, all, grain, lang);
        words.push(match lang {
            Lang::Zh => format!("平衡按 {counted}"),
            Lang::En => format!("balance over {counted}"),
        });
    }
    if it.difference.is_some_and(|it| it < 0.0) {
        words.push(t(lang, "下级大于本级", "the parts exceed the place").to_owned());
    }
    words.join(t(lang, "；", "; "))
}
