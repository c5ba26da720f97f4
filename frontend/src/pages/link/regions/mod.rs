//! How the regions report: provinces, cities, districts, those that lag most first; a click goes one level down. Level and
//! surrounding region stand in the address.

mod level;
mod list;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::link::{LinkView, RegionReporting};
use nengce_shared::lang::Lang;
use nengce_shared::link::RegionLevel;

use super::words::count;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};
use crate::url_state::{push_pair, use_url_state};
use level::Place;

fn question(place: &Place) -> String {
    let mut query = format!("level={}", place.level.as_str());
    push_pair(&mut query, "within", Some(&place.within));
    format!("/api/v1/link/regions?{query}")
}

#[component]
pub fn Regions(
    /// The page's answer, by which the first level is chosen.
    data: Signal<Arc<LinkView>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let usual = Memo::new(move |_| data.with(level::usual));
    let place =
        Memo::new(move |_| Place::of(url.get(level::LEVEL), url.get(level::WITHIN), usual.get()));
    let load = use_load::<RegionReporting>(move || Some(question(&place.get())));
    let subtitle = move |it: &RegionReporting| match lang {
        Lang::Zh => format!("最后一个完整日 {} · 落后的在前", it.day),
        Lang::En => format!("last complete day {}, those that lag first", it.day),
    };
    view! {
        <Panel id="link-regions" class="apart" title=t(lang, "各区划上报情况", "How the regions report") subtitle=load.text(subtitle)>
            <div class="chips inline">
                <Levels place />
                <Way place />
            </div>
            <Loaded load height=320 let:data>
                <p class="link-sentence" data-testid="regions-sentence">{move || data.with(|it| sentence(it, lang))}</p>
                <list::List data />
            </Loaded>
        </Panel>
    }
}

/// Province, city or district.
#[component]
fn Levels(place: Memo<Place>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |level: RegionLevel| {
        view! {
            <button
                type="button"
                data-value=level.as_str()
                aria-pressed=move || (place.with(|it| it.level) == level).to_string()
                on:click=move |_| url.set(&place.get_untracked().at(level).pairs())
            >
                {level.label(lang)}
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=t(lang, "级别", "Level")>{RegionLevel::ALL.iter().copied().map(side).collect_view()}</div>
    }
}

/// The way back up: 全部 › 天津市 › 市辖区. Names of what lies around come from the lists above.
#[component]
fn Way(place: Memo<Place>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let around = move |digits: usize| place.with(|it| it.within.get(..digits).map(str::to_owned));
    let of_level = move |digits: usize, level: RegionLevel| -> Load<RegionReporting> {
        use_load(move || {
            around(digits)?;
            let parent =
                place.with(|it| it.within.get(..digits - 2).unwrap_or_default().to_owned());
            Some(question(&Place { level, within: parent }))
        })
    };
    let names = [(2, of_level(2, RegionLevel::Province)), (4, of_level(4, RegionLevel::City))];
    let name = move |digits: usize, load: Load<RegionReporting>| {
        let code = around(digits)?;
        let found = load.data.with(|it| {
            let rows = it.as_ref().map(|it| it.rows.as_slice()).unwrap_or_default();
            let row = rows.iter().find(|it| it.region == code);
            row.map(|it| lang.pick(&it.name_zh, &it.name_en).to_owned())
        });
        Some((found.unwrap_or_else(|| code.clone()), code))
    };
    let steps = move || {
        let found: Vec<_> =
            names.iter().filter_map(|(digits, load)| name(*digits, *load)).collect();
        let last = found.len();
        found.into_iter().enumerate().map(move |(at, (name, code))| {
            let place = Place::within(&code);
            let here = at + 1 == last;
            view! { <li>
                <span aria-hidden="true">"› "</span>
                {match here {
                    true => view! { <b aria-current="true">{name}</b> }.into_any(),
                    false => view! { <button type="button" class="text-button" data-within=code on:click=move |_| url.set(&place.pairs())>{name}</button> }.into_any(),
                }}
            </li> }
        }).collect_view()
    };
    let all = move |_| url.set(&Place::within("").pairs());
    view! {
        <Show when=move || place.with(|it| !it.within.is_empty())>
            <nav aria-label=t(lang, "所在区划", "Within")>
                <ol class="link-way" data-testid="way">
                    <li><button type="button" class="text-button" on:click=all data-testid="way-all">{t(lang, "全部", "All")}</button></li>
                    {steps}
                </ol>
            </nav>
        </Show>
    }
}

/// 「16 个区县，286 家单位；2 个区县有单位未报全，12 家迟报，3 家从未有数据。」
fn sentence(it: &RegionReporting, lang: Lang) -> String {
    let sum = |of: fn(&nengce_shared::api::link::RegionRow) -> u32| {
        it.rows.iter().map(|row| u64::from(of(row))).sum::<u64>()
    };
    let (units, late, silent) = (sum(|it| it.units), sum(|it| it.late), sum(|it| it.silent));
    if units == 0 {
        let words = t(
            lang,
            "这里没有已批准的单位，上报情况无从说起。",
            "There are no approved units here, so nothing can be said of how they report.",
        );
        return words.to_owned();
    }
    let behind = it.rows.iter().filter(|it| it.late + it.silent > 0).count();
    let (regions, level) = (it.rows.len(), it.level.label(lang));
    let (units, late, silent) = (count(units), count(late), count(silent));
    match (behind, lang) {
        (0, Lang::Zh) => {
            format!("{regions} 个{level}的 {units} 家单位都有 {} 或更晚的数据。", it.day)
        }
        (0, Lang::En) => {
            format!("All {units} units of {regions} regions have data of {} or later.", it.day)
        }
        (n, Lang::Zh) => format!(
            "{regions} 个{level}、{units} 家单位：{n} 个{level}落后，{late} 家迟报，{silent} 家没有任何数据。"
        ),
        (n, Lang::En) => format!(
            "{regions} regions, {units} units: {n} regions lag, {late} units are late, {silent} have no data at all."
        ),
    }
}
