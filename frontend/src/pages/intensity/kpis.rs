//! Four cells: the intensity, this year's fall against the required one, the five years, the levels of the groups.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::IntensityStatus;
use nengce_shared::api::intensity::IntensityView;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::components::levels::LevelButtons;
use crate::format::sign_class;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::use_url_state;

/// A fall as a positive percentage without its sign word: 0.027 → 「2.7」.
fn percent_figure(fraction: Option<f64>) -> String {
    number::grouped_or_missing(fraction.map(|it| it * 100.0), 1)
}

#[component]
pub fn Kpis(
    data: Signal<Arc<IntensityView>>,
    /// All groups: what a level chooses from.
    groups: Load<IntensityView>,
) -> impl IntoView {
    let lang = use_lang();
    let all = Signal::derive(move || groups.data.get().unwrap_or_else(|| data.get()));
    let whole = Memo::new(move |_| data.with(|it| it.whole.clone()));
    let url = use_url_state();
    let against = move || url.selection.with(|it| it.against()).word(lang);
    let price_year = move || data.with(|it| it.scope.price_year);
    let unit = Signal::derive(move || match (lang, price_year()) {
        (Lang::Zh, Some(year)) => format!("tce/万元 · {year}年可比价"),
        (Lang::Zh, None) => "tce/万元".to_owned(),
        (Lang::En, Some(year)) => format!("tce/10⁴ yuan · {year} prices"),
        (Lang::En, None) => "tce/10⁴ yuan".to_owned(),
    });
    view! {
        <KpiStrip label=t(lang, "主要指标", "Key figures")>
            <Kpi
                label=t(lang, "单位增加值能耗", "Energy per unit of value added")
                value=Signal::derive(move || number::grouped_or_missing(whole.get().value, 3))
                unit
                id="intensity"
            >
                <p class="kpi-note">
                    {move || {
                        let it = whole.get();
                        view! {
                            {t(lang, "对比值 ", "compared with ")} {number::intensity(it.previous)}
                            " · " {against()} " "
                            {match it.index {
                                Some(_) => view! { <b>{number::percent(it.index)}</b> }.into_any(),
                                None => view! { <b class=sign_class(it.change)>{number::signed_percent(it.change)}</b> }.into_any(),
                            }}
                            " · " {denominator(&it, lang)}
                        }
                    }}
                </p>
            </Kpi>
            <Kpi
                label=t(lang, "年度降幅 / 应降", "Fall this year / required")
                value=Signal::derive(move || percent_figure(whole.get().change.map(|it| -it)))
                unit=Signal::derive(move || format!("% / {}%", percent_figure(whole.get().required_fall)))
                id="fall"
            >
                {move || fall_bar(whole.get().change, whole.get().required_fall, lang)}
            </Kpi>
            <Kpi
                label=Signal::derive(move || five_year_label(&whole.get(), lang))
                value=Signal::derive(move || percent_figure(whole.get().five_year.and_then(|it| it.achieved_fall)))
                unit=Signal::derive(move || {
                    let target = whole.get().five_year.map(|it| it.target_fall);
                    format!("% / {} {}%", t(lang, "目标", "target"), percent_figure(target))
                })
                id="five-year-fall"
            >
                {move || whole.get().five_year.map(|it| {
                    let by_now = Some(it.required_fall_by_now);
                    fall_bar(it.achieved_fall.map(|fall| -fall), by_now, lang)
                })}
            </Kpi>
            <Levels data=all />
        </KpiStrip>
    }
}

/// Achieved fall against the required one; short of it is worse.
fn fall_bar(change: Option<f64>, required: Option<f64>, lang: Lang) -> Option<impl IntoView> {
    let (fall, required) = (-change?, required?);
    let of = (required * 1.5).max(fall).max(1e-6);
    let label = format!("{}% / {}%", percent_figure(Some(fall)), percent_figure(Some(required)));
    let gap = number::percentage_points(Some((fall - required).abs()), lang).replace('+', "");
    let short = fall < required;
    let words = match (short, lang) {
        (true, Lang::Zh) => format!("比应降少 {gap}"),
        (false, Lang::Zh) => format!("超过应降 {gap}"),
        (true, Lang::En) => format!("{gap} short of the requirement"),
        (false, Lang::En) => format!("{gap} beyond the requirement"),
    };
    Some(view! {
        <BulletBar value=fall.max(0.0) target=Some(required) of=of worse=short label />
        <p class="kpi-note">{words}</p>
    })
}

fn five_year_label(it: &IntensityStatus, lang: Lang) -> String {
    match (&it.five_year, lang) {
        (Some(it), Lang::Zh) => format!("{}–{} 年累计降幅", it.from_year, it.to_year),
        (Some(it), Lang::En) => format!("Cumulative fall {}–{}", it.from_year, it.to_year),
        (None, Lang::Zh) => "五年累计降幅".to_owned(),
        (None, Lang::En) => "Five-year fall".to_owned(),
    }
}

/// Which value added stands under the ratio.
pub fn denominator(it: &IntensityStatus, lang: Lang) -> &'static str {
    match it.denominator.as_str() {
        "gdp" => lang.pick("分母为地区生产总值", "over regional GDP"),
        "unit_value_added" => lang.pick("分母为单位增加值之和", "over the units' value added"),
        _ => lang.pick("缺增加值", "no value added"),
    }
}

#[component]
fn Levels(data: Signal<Arc<IntensityView>>) -> impl IntoView {
    let lang = use_lang();
    let by = move || data.with(|it| it.by.clone());
    let label = move || match by().as_str() {
        "industry" => t(lang, "各行业等级", "Levels of industries"),
        "unit" => t(lang, "各单位等级", "Levels of units"),
        _ => t(lang, "各区等级", "Levels of districts"),
    };
    let url = use_url_state();
    let groups = Signal::derive(move || {
        data.with(|it| {
            let groups = it.groups.iter();
            groups.map(|it| (it.warning.level, it.name.code.clone())).collect::<Vec<_>>()
        })
    });
    let selected = Signal::derive(move || match by().as_str() {
        "industry" => url.selection.get().industry,
        "unit" => url.selection.get().units,
        _ => url.selection.get().region,
    });
    let select = move |codes: Vec<String>| {
        let by = untrack(by);
        url.update(|it| match by.as_str() {
            "industry" => it.industry = codes,
            "unit" => it.units = codes,
            _ => it.region = codes,
        });
    };
    view! {
        <div class="kpi">
            <div class="kpi-label">{label}</div>
            <LevelButtons groups selected on_change=select />
            <p class="kpi-note">{t(lang, "组强度 = Σ能耗 / Σ增加值，不取均值", "Group intensity = Σ energy / Σ value added, never a mean")}</p>
        </div>
    }
}
