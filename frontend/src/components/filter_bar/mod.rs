//! The sticky filter bar: chips at the left, period, comparison and basis at the right, the time brush below.
//! Every choice is written to the address; nothing is kept here.

mod chip;
mod period;
mod units;
mod words;

use leptos::prelude::*;
use nengce_shared::api::common::Scope;
use nengce_shared::api::meta::Timeline;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::unit_class::UnitClass;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::brush::Brush;
use crate::components::menu::{Menu, MenuItem};
use crate::data::meta::use_meta;
use crate::export::period::set_covered_period;
use crate::frame_delay::delayed;
use crate::i18n::{t, use_lang};
use crate::load::use_linked;
use crate::snapshot::timeline;
use crate::style::icons::Icon;
use crate::url_state::{BASE_YEAR, Comparison, Selection, UrlState, use_url_state};
pub use chip::{Chip, ChipOption, Chips};
pub use period::{PeriodMenu, SpanMenu};
pub use words::{listed, words};

#[component]
pub fn FilterBar(
    /// What the page's answer covers; drives the period in words and the brush.
    #[prop(into)]
    scope: Signal<Option<Scope>>,
    /// Chips of the page, after the shared ones.
    #[prop(optional)]
    children: Option<Children>,
    #[prop(default = true)] brush: bool,
    /// False hides the comparison and the basis, for pages without energy figures.
    #[prop(default = true)]
    figures: bool,
    /// False hides the energy chip.
    #[prop(default = true)]
    energy: bool,
    /// False hides the class chip.
    #[prop(default = true)]
    classed: bool,
) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let regions = Signal::derive(move || {
        meta.with(|meta| {
            meta.as_ref().map_or_else(Vec::new, |meta| {
                meta.regions
                    .iter()
                    .map(|it| ChipOption::new(&it.code, lang.pick(&it.zh, &it.en), ""))
                    .collect()
            })
        })
    });
    let industries = Signal::derive(move || {
        meta.with(|meta| {
            meta.as_ref().map_or_else(Vec::new, |meta| {
                meta.industries
                    .iter()
                    .map(|it| ChipOption::new(&it.code, lang.pick(&it.zh, &it.en), &it.code))
                    .collect()
            })
        })
    });
    let energies = EnergyGroup::ALL
        .iter()
        .map(|it| ChipOption::new(it.as_str(), it.label(lang), ""))
        .collect();
    let classes =
        UnitClass::ALL.iter().map(|it| ChipOption::new(it.as_str(), it.label(lang), "")).collect();
    let all = t(lang, "全部", "All");
    let clear = move |_| url.clear();
    clear_by_gesture(url);
    let pick_energies = move |words: Vec<String>| {
        url.update(|it| it.energy = words.iter().filter_map(|it| EnergyGroup::parse(it)).collect());
    };
    let pick_classes = move |words: Vec<String>| {
        url.update(|it| it.class = words.iter().filter_map(|it| UnitClass::parse(it)).collect());
    };
    let count = Memo::new(move |_| url.selection.with(Selection::count));
    set_covered_period(Signal::derive(move || {
        scope.with(|it| it.as_ref().map(|it| (it.from.clone(), it.to.clone())))
    }));
    view! {
        <section class="panel filter-bar" aria-label=t(lang, "筛选", "Filters")>
            <div class="chips">
                <Chips
                    name=t(lang, "区划", "District")
                    all=t(lang, "全市", "City")
                    options=regions
                    values=Memo::new(move |_| url.selection.with(|it| it.region.clone()))
                    on_change=move |codes| url.update(|it| it.region = codes)
                />
                <Chips
                    name=t(lang, "行业", "Industry")
                    all=all
                    options=industries
                    values=Memo::new(move |_| url.selection.with(|it| it.industry.clone()))
                    on_change=move |codes| url.update(|it| it.industry = codes)
                />
                {energy.then(|| view! {
                    <Chips
                        name=t(lang, "能源", "Energy")
                        all=all
                        options=Signal::stored(energies)
                        values=Memo::new(move |_| url.selection.with(|it| it.energy.iter().map(ToString::to_string).collect::<Vec<_>>()))
                        on_change=pick_energies
                    />
                })}
                {classed.then(|| view! {
                    <Chips
                        name=t(lang, "类别", "Class")
                        all=all
                        options=Signal::stored(classes)
                        values=Memo::new(move |_| url.selection.with(|it| it.class.iter().map(ToString::to_string).collect::<Vec<_>>()))
                        on_change=pick_classes
                    />
                })}
                <units::UnitChips />
                {children.map(|children| children())}
                <Show when=move || { count.get() > 0 }>
                    <button type="button" class="text-button" on:click=clear>
                        {move || match lang {
                            Lang::Zh => format!("清除 {} 项", count.get()),
                            Lang::En => format!("Clear {}", count.get()),
                        }}
                    </button>
                </Show>
                <span class="spring"></span>
                <PeriodMenu scope />
                {figures.then(|| view! { <CompareChip regions=Some(regions) /> <BasisSwitch /> })}
            </div>
            {brush.then(|| view! { <TimelineBrush scope of=url.selection /> })}
        </section>
    }
}

/// Escape and a double click on a chart clear what is selected; once nothing is, Escape clears the span too. Open menus,
/// dialogs and fields have Escape for themselves.
fn clear_by_gesture(url: UrlState) {
    let clear = move |span: bool| {
        let spanned = url.selection.with_untracked(|it| it.from.is_some() || it.to.is_some());
        if url.has_selection() {
            url.clear();
        } else if span && spanned {
            url.update(|it| (it.from, it.to) = (None, None));
        }
    };
    let is_taken = || {
        let open = "[aria-expanded=true], dialog[open], input:focus, textarea:focus, select:focus";
        document().query_selector(open).is_ok_and(|it| it.is_some())
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() && !is_taken() {
            clear(true);
        }
    });
    let clicks = window_event_listener(leptos::ev::dblclick, move |event| {
        let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        if element.is_some_and(|it| it.closest(".chart-stage").is_ok_and(|it| it.is_some())) {
            clear(false);
        }
    });
    on_cleanup(move || {
        keys.remove();
        clicks.remove();
    });
}

/// 对比：上年同期 / 上一期 / 同行均值 / 另一个区.
#[component]
pub fn CompareChip(
    /// Districts to compare with; `None` on a unit's page, where only times compare.
    regions: Option<Signal<Vec<ChipOption>>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let selection = Memo::new(move |_| match regions {
        Some(_) => url.selection.get(),
        None => url.selection.get().of_a_unit(),
    });
    let year = t(lang, "上年同期", "A year earlier");
    let before = t(lang, "上一期", "Period before");
    let peers = t(lang, "同行均值", "Average of peers");
    let is =
        move |kind: Comparison| Signal::derive(move || selection.with(|it| it.against()) == kind);
    let compared_district =
        Memo::new(move |_| selection.with(|it| it.compared_district().map(str::to_owned)));
    let districts = move || regions.map_or_else(Vec::new, |it| it.get());
    let name = move |code: String| {
        let found = districts().into_iter().find(|it| it.code == code);
        found.map_or(code, |it| it.name)
    };
    let base_year = Memo::new(move |_| selection.with(|it| it.base_year().map(str::to_owned)));
    let year_name = move |year: &str| match lang {
        Lang::Zh => format!("{year}年"),
        Lang::En => year.to_owned(),
    };
    let meta = use_meta();
    let year_of = |day: Option<&str>| day?.get(..4)?.parse::<i32>().ok();
    let base_years = move || {
        let chosen = selection.with(|it| it.from.clone().or_else(|| it.to.clone()));
        let known = meta.with(|it| {
            let it = it.as_ref()?;
            Some((year_of(it.data_from.as_deref())?, year_of(it.data_until.as_deref())?))
        });
        let Some((first, last)) = known else { return Vec::new() };
        (first..year_of(chosen.as_deref()).unwrap_or(last)).rev().map(|it| it.to_string()).collect()
    };
    let years = move || {
        let select = move |year: String| {
            let own = year.clone();
            view! {
                <MenuItem
                    text=format!("{}{}", t(lang, "基年 ", "Base year "), year_name(&year))
                    selected=Signal::derive(move || base_year.with(|it| it.as_ref() == Some(&own)))
                    on_select=move || url.update(|it| it.compare = Some(format!("{BASE_YEAR}{year}")))
                />
            }
        };
        base_years().into_iter().map(select).collect_view()
    };
    let word = move || match compared_district.get() {
        Some(code) => name(code),
        None if base_year.with(Option::is_some) => year_name(&base_year.get().unwrap_or_default()),
        None if is(Comparison::Previous).get() => before.to_owned(),
        None if is(Comparison::Peers).get() => peers.to_owned(),
        None => year.to_owned(),
    };
    let shown = move || {
        view! {
            <span class="chip-name">{t(lang, "对比", "Against")}</span>
            <b>{word}</b>
            {Icon::Chevron.view()}
        }
    };
    let others = move || {
        let select = move |option: ChipOption| {
            let code = option.code.clone();
            view! {
                <MenuItem
                    text=option.name
                    selected=Signal::derive(move || compared_district.with(|it| it.as_ref() == Some(&code)))
                    on_select=move || url.update(|it| it.compare = Some(format!("region:{}", option.code)))
                />
            }
        };
        districts().into_iter().map(select).collect_view()
    };
    view! {
        <Menu button=shown class="chip" right=true>
            <MenuItem text=year selected=is(Comparison::Year) on_select=move || url.update(|it| it.compare = None) />
            <MenuItem text=before selected=is(Comparison::Previous) on_select=move || url.update(|it| it.compare = Some("previous".to_owned())) />
            <div class="pop-list">{years}</div>
            {regions.map(|_| view! {
                <MenuItem text=peers selected=is(Comparison::Peers) on_select=move || url.update(|it| it.compare = Some("peers".to_owned())) />
                <div class="pop-list compare-districts">{others}</div>
            })}
        </Menu>
    }
}

/// 等价 / 当量.
#[component]
pub fn BasisSwitch() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |basis: Basis| {
        let pressed = Memo::new(move |_| url.selection.with(|it| it.basis == basis));
        view! {
            <button type="button" data-basis=basis.as_str() aria-pressed=move || pressed.get().to_string() on:click=move |_| url.update(|it| it.basis = basis)>
                {basis.label(lang)}
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=t(lang, "折标口径", "Basis")>
            {side(Basis::Equivalent)} {side(Basis::Calorific)}
        </div>
    }
}

/// The brush over the months of what the filters leave.
#[component]
pub fn TimelineBrush(
    scope: Signal<Option<Scope>>,
    #[prop(into)] of: Signal<Selection>,
) -> impl IntoView {
    // The bars do not change while the span does. They follow once the figures are painted.
    let of = delayed(of, 1);
    let spanless =
        Memo::new(move |_| Selection { from: None, to: None, compare: None, ..of.get() });
    let timeline = use_linked::<Timeline>(
        move || Some(format!("/api/v1/timeline?{}", spanless.get().api_query())),
        move || spanless.with(timeline),
    );
    let months = Signal::derive(move || {
        timeline.data.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.months.clone()))
    });
    let covered = Signal::derive(move || {
        scope.with(|it| it.as_ref().map(|it| (it.from.clone(), it.to.clone())))
    });
    view! { <div class="brush-frame" class:stale=timeline.loading><Brush months covered /></div> }
}
