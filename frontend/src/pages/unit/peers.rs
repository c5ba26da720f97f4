//! The unit among its peers by closed years: groups of peers as bars, best first, and its own mark. Nobody is named.

use leptos::prelude::*;
use nengce_shared::api::peers::{PeerComparison, PeerComparisonList};
use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, intensity, parameter, unit_product};

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::format::{brief_industry, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn PeersPanel() -> impl IntoView {
    let lang = use_lang();
    let code = expect_context::<UnitCode>();
    let load = use_load::<PeerComparisonList>(move || Some(code.path("/peers")));
    let rows = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.rows.clone())).unwrap_or_default()
    });
    let newest = move || {
        let rows = rows.get();
        let year = rows.first().map(|it| it.year);
        rows.into_iter().filter(|it| Some(it.year) == year).collect::<Vec<_>>()
    };
    let note = load.text(move |it| {
        // A group holds one member more than the rule asks for, because a member knows its own figure.
        let least = it.min_members + 1;
        match lang {
            Lang::Zh => format!("同业只以组显示，不显示单位：每组至少 {least} 家，均值取最近的一档（E24，约一成）。分组对所有人相同，不能筛选。"),
            Lang::En => format!("Peers appear in groups only, never by name: at least {least} in a group, means at the nearest step of about a tenth (E24). The groups are the same for everybody and cannot be filtered."),
        }
    });
    view! {
        <Panel
            id="peers"
            class="capped"
            title=t(lang, "同业位置", "Place among peers")
            subtitle=t(lang, "已结束的年度 · 能耗低的组在前", "closed years, the group that uses least first")
            note
        >
            <Loaded load height=160 let:_data>
                <For each=newest key=|it| format!("{it:?}") children=move |it| groups(&it, lang) />
                <DataTable
                    label=t(lang, "各年位置", "Place by year")
                    columns=columns(lang)
                    rows
                    key=|row: &PeerComparison| format!("{} {}", row.year, row.name.code)
                    empty=t(lang, "还没有结束的年度可比。", "No closed year to compare yet.")
                />
            </Loaded>
        </Panel>
    }
}

fn subject(it: &PeerComparison, lang: Lang) -> String {
    let name = lang.pick(&it.name.zh, &it.name.en);
    match it.kind.as_str() {
        "industry" => format!("{} {}", it.name.code, brief_industry(name)),
        _ => name.to_owned(),
    }
}

/// The unit's own figure, as its other pages write it.
fn own_figure(row: &PeerComparison) -> String {
    match row.kind.as_str() {
        "industry" => intensity(row.own),
        _ => unit_product(row.own),
    }
}

/// A mean has two significant digits.
fn mean_figure(value: f64) -> String {
    if value < 1.0 { intensity(Some(value)) } else { parameter(value) }
}

/// The groups of one year as bars; the bar of the own group carries the own figure.
fn groups(it: &PeerComparison, lang: Lang) -> impl IntoView + use<> {
    let most = it.groups.iter().map(|it| it.mean).chain(it.own).fold(0.0, f64::max);
    let share = move |value: f64| if most > 0.0 { value / most * 100.0 } else { 0.0 };
    let (own_words, own_group) = (own_figure(it), it.own_group);
    let bars = it.groups.iter().zip(1..).map(|(group, place)| {
        let (mean, members) = (group.mean, group.members);
        let words = match lang {
            Lang::Zh => format!("第 {place} 组 · {members} 家"),
            Lang::En => format!("Group {place}, {members} units"),
        };
        let mark = (own_group == Some(place)).then(|| {
            let words = format!("{} {own_words}", t(lang, "本单位", "This unit"));
            view! { <b class="peer-own" data-testid="own-group">{words}</b> }
        });
        view! {
            <li class:own=own_group == Some(place)>
                <span>{words}</span>
                <i><em style:width=format!("{:.1}%", share(mean))></em></i>
                <span class="num">{t(lang, "约 ", "about ")}{mean_figure(mean)}</span>
                {mark}
            </li>
        }
    });
    let none = it.groups.is_empty().then(|| {
        view! { <p class="note">{t(lang, "同业太少，不分组。", "Too few peers for a group.")}</p> }
    });
    let title = format!("{} · {} · {}", subject(it, lang), it.year, unit_words(&it.unit, lang));
    view! {
        <figure class="peer-groups">
            <figcaption>{title}</figcaption>
            <ol>{bars.collect_view()}</ol>
            {none}
        </figure>
    }
}

fn columns(lang: Lang) -> Vec<Column<PeerComparison>> {
    let place = |row: &PeerComparison| match row.own_group {
        Some(at) => format!("{at}/{}", row.groups.len()),
        None => MISSING.to_owned(),
    };
    vec![
        Column::new(t(lang, "年", "Year"), |row: &PeerComparison| {
            Cell::text(row.year.to_string())
        })
        .in_narrow(),
        Column::new(t(lang, "对象", "Subject"), move |row: &PeerComparison| {
            Cell::text(subject(row, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "本单位", "This unit"), |row: &PeerComparison| {
            Cell::text(own_figure(row))
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "计量单位", "Unit"), move |row: &PeerComparison| {
            Cell::text(unit_words(&row.unit, lang))
        }),
        Column::new(t(lang, "组", "Group"), move |row: &PeerComparison| Cell::text(place(row)))
            .number()
            .in_narrow(),
    ]
}
