//! The regions of a level, a row each: a bar of units that report, are late or are silent, with the figures beside it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::{RegionReporting, RegionRow};
use nengce_shared::lang::Lang;
use nengce_shared::link::RegionLevel;
use nengce_shared::number::MISSING;

use super::super::words::count;
use super::level::Place;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn List(data: Signal<Arc<RegionReporting>>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let level = Memo::new(move |_| data.with(|it| it.level));
    let label = t(lang, "各区划上报情况", "How the regions report");
    let key = |it: &RegionRow| it.region.clone();
    let empty = t(lang, "这一级没有区划。", "There is no region of this level.");
    let table = move || match level.get() {
        RegionLevel::District => {
            let links = session.may_now(Permission::Figures);
            view! { <DataTable label columns=columns(lang, links.then_some(url)) rows key empty /> }
                .into_any()
        }
        _ => {
            let on_select =
                Callback::new(move |region: String| url.set(&Place::within(&region).pairs()));
            view! { <DataTable label columns=columns(lang, None) rows key on_select empty /> }
                .into_any()
        }
    };
    let hint = move || match level.get() {
        RegionLevel::District => "",
        _ => t(lang, "点行看下一级。", "A click on a row opens the level below."),
    };
    view! {
        <ul class="link-legend">
            <li><i class="reporting"></i>{t(lang, "在报", "reporting")}</li>
            <li><i class="late"></i>{t(lang, "迟报", "late")}</li>
            <li><i class="silent"></i>{t(lang, "没有任何数据", "no data at all")}</li>
            <li class="note">{hint}</li>
        </ul>
        {table}
    }
}

/// Parts of the units as a bar; a region without units has none.
fn bar(it: &RegionRow, lang: Lang) -> AnyView {
    if it.units == 0 {
        return view! { <span class="note">{t(lang, "没有单位", "no units")}</span> }.into_any();
    }
    let width = |part: u32| format!("{:.2}%", f64::from(part) / f64::from(it.units) * 100.0);
    let parts = [(it.reporting, "reporting"), (it.late, "late"), (it.silent, "silent")];
    let parts = parts.into_iter().filter(|it| it.0 > 0);
    let bars = parts.map(|(n, class)| view! { <i class=class style:width=width(n)></i> });
    let words = format!("{} / {}", count(it.reporting.into()), count(it.units.into()));
    view! { <span class="link-parts" aria-hidden="true">{bars.collect_view()}</span><span class="link-share">{words}</span> }
        .into_any()
}

/// The day that all units reached, or why there is none.
fn complete_through(it: &RegionRow, lang: Lang) -> String {
    match (&it.complete_through, it.units) {
        (Some(day), _) => day.clone(),
        (None, 0) => MISSING.to_owned(),
        (None, _) => t(lang, "有单位没有数据", "a unit has no data").to_owned(),
    }
}

fn name(it: &RegionRow, lang: Lang) -> &str {
    lang.pick(&it.name_zh, &it.name_en)
}

/// With an address state, a name leads to the units of the district.
fn columns(lang: Lang, links: Option<UrlState>) -> Vec<Column<RegionRow>> {
    let figure = |head: &'static str, of: fn(&RegionRow) -> u32| {
        Column::new(head, move |it: &RegionRow| Cell::Figure(Some(of(it).into()), 0))
            .number()
            .sort_number(move |it| Some(of(it).into()))
    };
    vec![
        Column::new(t(lang, "区划", "Region"), move |it: &RegionRow| {
            Cell::text(format!("{} {}", name(it, lang), it.region))
        })
        .in_narrow()
        .show(move |it| {
            let (words, region) = (name(it, lang).to_owned(), it.region.clone());
            let code = (words != region).then(|| region.clone());
            let link = match links {
                None => view! { <b>{words}</b> }.into_any(),
                Some(url) => view! { <a href=move || url.href_with("/units", &[("region", Some(region.clone()))])>{words}</a> }.into_any(),
            };
            view! { {link}" "<span class="note">{code}</span> }
        })
        .sort_text(|it| it.region.clone()),
        Column::new(t(lang, "在报 / 单位", "Reporting / units"), |it: &RegionRow| {
            Cell::text(format!("{} / {}", it.reporting, it.units))
        })
        .in_narrow()
        .in_file(vec![
            (
                t(lang, "单位", "Units").to_owned(),
                Box::new(|it: &RegionRow| Cell::Figure(Some(it.units.into()), 0)),
            ),
            (
                t(lang, "在报", "Reporting").to_owned(),
                Box::new(|it: &RegionRow| Cell::Figure(Some(it.reporting.into()), 0)),
            ),
        ])
        .show(move |it| bar(it, lang))
        .sort_number(|it| (it.units > 0).then(|| f64::from(it.reporting) / f64::from(it.units))),
        figure(t(lang, "迟报", "Late"), |it| it.late),
        figure(t(lang, "没有数据", "No data"), |it| it.silent),
        Column::new(t(lang, "最近一天", "Last day"), |it: &RegionRow| {
            Cell::text(it.last_day.clone().unwrap_or_else(|| MISSING.to_owned()))
        })
        .sort_text(|it| it.last_day.clone().unwrap_or_default()),
        Column::new(t(lang, "全部到", "Complete through"), move |it: &RegionRow| {
            Cell::text(complete_through(it, lang))
        })
        .in_narrow()
        .class("narrow")
        .sort_text(|it| it.complete_through.clone().unwrap_or_default()),
    ]
}
