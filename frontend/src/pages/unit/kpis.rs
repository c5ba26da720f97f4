//! The unit's figures in one strip.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::Change;
use nengce_shared::api::unit::{UnitDetail, UnitProduct};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::quality::COMPLETENESS_THRESHOLD;

use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::data::session::{Session, use_session};
use crate::format::{basis_word, sign_class, sized_tce, span_short, unit_words};
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

type Data = Signal<Arc<UnitDetail>>;

#[component]
pub fn Kpis(data: Data) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    view! {
        <KpiStrip label=t(lang, "主要指标", "Key figures")>
            <Total data />
            <Intensity data />
            <Products data />
            <Completeness data />
            <Meters data />
            <Show when=move || session.sees_city()><Score data /></Show>
        </KpiStrip>
    }
}

/// 「较上年同期 +2.3%」
fn compared(change: impl Fn() -> Option<f64> + Copy + Send + Sync + 'static) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let against = move || url.selection.get().of_a_unit().against().word(lang);
    view! {
        <p class="kpi-note">
            {against}" "<b class=move || sign_class(change())>{move || number::signed_percent(change())}</b>
        </p>
    }
}

#[component]
fn Total(data: Data) -> impl IntoView {
    let lang = use_lang();
    let total = Signal::derive(move || data.with(|unit| unit.total.clone()));
    let sized = move || total.with(|change: &Change| change.value).map(|tce| sized_tce(tce, lang));
    let label = move || {
        data.with(|unit| {
            let period = span_short(&unit.scope.from, &unit.scope.to, lang);
            format!(
                "{} · {period} · {}",
                t(lang, "综合能源消费量", "Energy consumption"),
                basis_word(unit.scope.basis, lang)
            )
        })
    };
    view! {
        <Kpi
            id="unit-total"
            label=Signal::derive(label)
            value=Signal::derive(move || sized().map_or_else(|| number::MISSING.to_owned(), |sized| sized.0))
            unit=Signal::derive(move || sized().map_or("tce", |sized| sized.1).to_owned())
        >
            {compared(move || total.with(|it| it.change))}
        </Kpi>
    }
}

#[component]
fn Intensity(data: Data) -> impl IntoView {
    let (lang, session, url) = (use_lang(), use_session(), use_url_state());
    view! {
        <Kpi
            id="unit-intensity"
            label=t(lang, "单位增加值能耗", "Energy per value added")
            value=Signal::derive(move || number::intensity(data.with(|unit| unit.intensity.value)))
            unit=t(lang, "tce/万元", "tce/10⁴ yuan")
        >
            {compared(move || data.with(|unit| unit.intensity.change))}
            <p class="kpi-note" data-figure="industry-place">{move || data.with(|unit| place_in_industry(unit, session, url, lang))}</p>
        </Kpi>
    }
}

#[component]
fn Products(data: Data) -> impl IntoView {
    let (lang, session, url) = (use_lang(), use_session(), use_url_state());
    let line = move |product: &UnitProduct, code: &str| {
        let href = url.href_with(
            &format!("/benchmarks/{}", product.code),
            &[("unit", Some(code.to_owned()))],
        );
        let place = match lang {
            Lang::Zh => format!(" · 第 {} / {} 位", product.rank, product.of),
            Lang::En => format!(" · rank {} of {}", product.rank, product.of),
        };
        let place = session.sees_city().then_some(place);
        view! {
            <p class="kpi-product">
                <a href=href>{lang.pick(&product.zh, &product.en).to_owned()}</a>" "
                <b>{number::unit_product(Some(product.value))}</b>" "
                <span class="unit">{unit_words(&product.unit, lang)}{place}</span>
            </p>
        }
    };
    let lines = move || {
        data.with(|unit| {
            let code = &unit.unit.enterprise_code;
            unit.products.iter().take(2).map(|product| line(product, code)).collect_view()
        })
    };
    let none = move || data.with(|unit| unit.products.is_empty());
    view! {
        <div class="kpi">
            <div class="kpi-label">{t(lang, "单位产品能耗", "Unit product consumption")}</div>
            {lines}
            {move || none().then(|| view! { <p class="kpi-note">{t(lang, "没有列入对标的产品", "No benchmarked product")}</p> })}
        </div>
    }
}

#[component]
fn Completeness(data: Data) -> impl IntoView {
    let lang = use_lang();
    let share = move || data.with(|unit| unit.completeness);
    let low = move || share().is_some_and(|share| share < COMPLETENESS_THRESHOLD);
    let spelled = move || {
        let required = number::threshold(COMPLETENESS_THRESHOLD);
        let share = number::completeness(share());
        match lang {
            Lang::Zh => format!("完整率，应达 {required} {share}"),
            Lang::En => format!("Completeness, {required} required {share}"),
        }
    };
    view! {
        <Kpi
            id="unit-completeness"
            label=t(lang, "完整率", "Completeness")
            value=Signal::derive(move || number::completeness(share()))
            unit=""
            class=Signal::derive(move || if low() { "worse" } else { "" })
        >
            <BulletBar
                value=Signal::derive(move || share().unwrap_or(0.0))
                target=Signal::stored(Some(COMPLETENESS_THRESHOLD))
                worse=Signal::derive(low)
                label=Signal::derive(spelled)
            />
        </Kpi>
    }
}

#[component]
fn Meters(data: Data) -> impl IntoView {
    let lang = use_lang();
    let overdue = move || data.with(|unit| unit.meters.overdue);
    view! {
        <Kpi
            id="unit-meters"
            label=t(lang, "计量器具 · 检定期内", "Meters within calibration")
            value=Signal::derive(move || data.with(|unit| unit.meters.within_calibration.to_string()))
            unit=Signal::derive(move || {
                let total = data.with(|unit| unit.meters.total);
                match lang {
                    Lang::Zh => format!("/ {total} 台"),
                    Lang::En => format!("of {total}"),
                }
            })
        >
            <p class="kpi-note">
                <b class:worse=move || { overdue() != 0 }>{overdue}</b>
                {t(lang, " 台逾期", " overdue")}
            </p>
        </Kpi>
    }
}

#[component]
fn Score(data: Data) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let score = move || data.with(|unit| unit.score);
    let unit = move || match (data.with(|unit| unit.score_rank), lang) {
        (Some(rank), Lang::Zh) => format!("分 · 第 {rank} 位"),
        (Some(rank), Lang::En) => format!("points · rank {rank}"),
        (None, Lang::Zh) => "分".to_owned(),
        (None, Lang::En) => "points".to_owned(),
    };
    let href = move || {
        let code = data.with(|unit| unit.unit.enterprise_code.clone());
        url.href_with("/targets", &[("selected", Some(code))])
    };
    view! {
        <Kpi
            id="unit-score"
            label=t(lang, "监察得分", "Inspection score")
            value=Signal::derive(move || score().map_or_else(|| "0".to_owned(), |score| number::grouped(score, 0)))
            unit=Signal::derive(unit)
        >
            <p class="kpi-note">
                {move || match score() {
                    Some(_) => view! { <a href=href>{t(lang, "看理由与证据", "Reasons and evidence")}</a> }.into_any(),
                    None => t(lang, "没有监察理由", "No reason for a visit").into_any(),
                }}
            </p>
        </Kpi>
    }
}

/// 「C30 第 3 / 18 位 · 到先进水平可节约 1,200 tce」, a link to the ranking of the whole industry.
fn place_in_industry(data: &UnitDetail, session: Session, url: UrlState, lang: Lang) -> AnyView {
    if !session.sees_city() {
        return view! { <a href="#peers" rel="external">{t(lang, "在同业中的位置", "its place among peers")}</a> }.into_any();
    }
    let Some(place) = &data.industry_place else {
        let why = match data.intensity.value {
            None => {
                t(lang, "没有增加值，不参加行业排名", "no value added, no place in its industry")
            }
            Some(_) => {
                t(lang, "数据不足，不参加行业排名", "too incomplete for a place in its industry")
            }
        };
        return why.into_any();
    };
    let mut keys: Vec<(&str, Option<String>)> =
        ["region", "industry", "class", "energy", "units"].map(|it| (it, None)).into();
    keys.push(("unit", Some(data.unit.enterprise_code.clone())));
    let path = format!("/benchmarks/{}", place.industry.code);
    let name = lang.pick(&place.industry.zh, &place.industry.en).to_owned();
    let words = match lang {
        Lang::Zh => format!("行业第 {} / {} 位", place.rank, place.of),
        Lang::En => format!("rank {} of {} in its industry", place.rank, place.of),
    };
    let saving = (place.potential_tce > 0.0).then(|| {
        let (figure, unit) = sized_tce(place.potential_tce, lang);
        format!("{} {figure} {unit}", t(lang, " · 潜力", " · potential"))
    });
    let says = format!(
        "{name} · {} {}",
        t(lang, "前四分之一水平", "first quartile"),
        number::intensity(Some(place.reference_value))
    );
    view! { <a href=move || url.href_with(&path, &keys) title=says>{words}{saving}</a> }.into_any()
}
