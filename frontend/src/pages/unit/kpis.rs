//! The unit's figures in one strip.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::format::{basis_word, sign_class, sized_tce, span_short, unit_words};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn Kpis(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let total = Signal::derive(move || data.with(|it| it.total.clone()));
    let sized = move || total.get().value.map(|it| sized_tce(it, lang));
    let label = move || {
        data.with(|it| {
            let period = span_short(&it.scope.from, &it.scope.to, lang);
            format!(
                "{} · {period} · {}",
                t(lang, "综合能源消费量", "Energy consumption"),
                basis_word(it.scope.basis, lang)
            )
        })
    };
    let against = move || url.selection.get().of_a_unit().against().word(lang);
    let intensity = Signal::derive(move || data.with(|it| it.intensity.clone()));
    let meters = Signal::derive(move || data.with(|it| it.meters.clone()));
    let completeness = Signal::derive(move || data.with(|it| it.completeness));
    let score = move || data.with(|it| it.score);
    view! {
        <KpiStrip label=t(lang, "主要指标", "Key figures")>
            <Kpi
                id="unit-total"
                label=Signal::derive(label)
                value=Signal::derive(move || sized().map_or_else(|| number::MISSING.to_owned(), |it| it.0))
                unit=Signal::derive(move || sized().map_or("tce", |it| it.1).to_owned())
            >
                <p class="kpi-note">
                    {against}" "<b class=move || sign_class(total.get().change)>{move || number::signed_percent(total.get().change)}</b>
                </p>
            </Kpi>
            <Kpi
                id="unit-intensity"
                label=t(lang, "单位增加值能耗", "Energy per value added")
                value=Signal::derive(move || number::intensity(intensity.get().value))
                unit=t(lang, "tce/万元", "tce/10⁴ yuan")
            >
                <p class="kpi-note">
                    {against}" "<b class=move || sign_class(intensity.get().change)>{move || number::signed_percent(intensity.get().change)}</b>
                </p>
            </Kpi>
            <div class="kpi">
                <div class="kpi-label">{t(lang, "单位产品能耗", "Unit product consumption")}</div>
                {move || data.with(|it| it.products.iter().take(2).map(|product| {
                    let href = url.href_with(
                        &format!("/benchmarks/{}", product.code),
                        &[("unit", Some(it.unit.enterprise_code.clone()))],
                    );
                    let place = match lang {
                        Lang::Zh => format!("第 {} / {} 位", product.rank, product.of),
                        Lang::En => format!("rank {} of {}", product.rank, product.of),
                    };
                    view! {
                        <p class="kpi-product">
                            <a href=href>{lang.pick(&product.zh, &product.en).to_owned()}</a>" "
                            <b>{number::unit_product(Some(product.value))}</b>" "
                            <span class="unit">{unit_words(&product.unit, lang)}" · "{place}</span>
                        </p>
                    }
                }).collect_view())}
                {move || data.with(|it| it.products.is_empty()).then(|| view! { <p class="kpi-note">{t(lang, "没有列入对标的产品", "No benchmarked product")}</p> })}
            </div>
            <Kpi
                id="unit-completeness"
                label=t(lang, "完整率", "Completeness")
                value=Signal::derive(move || number::completeness(completeness.get()))
                unit=""
                class=Signal::derive(move || if completeness.get().is_some_and(|it| it < 0.9) { "worse" } else { "" })
            >
                <BulletBar
                    value=Signal::derive(move || completeness.get().unwrap_or(0.0))
                    target=Signal::stored(Some(0.9))
                    worse=Signal::derive(move || completeness.get().is_some_and(|it| it < 0.9))
                    label=Signal::derive(move || format!("{} {}", t(lang, "完整率，应达 90%", "Completeness, 90% required"), number::completeness(completeness.get())))
                />
            </Kpi>
            <Kpi
                id="unit-meters"
                label=t(lang, "计量器具 · 检定期内", "Meters within calibration")
                value=Signal::derive(move || meters.get().within_calibration.to_string())
                unit=Signal::derive(move || match lang {
                    Lang::Zh => format!("/ {} 台", meters.get().total),
                    Lang::En => format!("of {}", meters.get().total),
                })
            >
                <p class="kpi-note">
                    <b class:worse=move || { meters.get().overdue != 0 }>{move || meters.get().overdue}</b>
                    {t(lang, " 台逾期", " overdue")}
                </p>
            </Kpi>
            <Kpi
                id="unit-score"
                label=t(lang, "监察得分", "Inspection score")
                value=Signal::derive(move || score().map_or_else(|| "0".to_owned(), |it| number::grouped(it, 0)))
                unit=Signal::derive(move || match (data.with(|it| it.score_rank), lang) {
                    (Some(rank), Lang::Zh) => format!("分 · 第 {rank} 位"),
                    (Some(rank), Lang::En) => format!("points · rank {rank}"),
                    (None, Lang::Zh) => "分".to_owned(),
                    (None, Lang::En) => "points".to_owned(),
                })
            >
                <p class="kpi-note">
                    {move || match score() {
                        Some(_) => view! {
                            <a href=move || url.href_with("/targets", &[("selected", Some(data.with(|it| it.unit.enterprise_code.clone())))])>
                                {t(lang, "看理由与证据", "Reasons and evidence")}
                            </a>
                        }
                        .into_any(),
                        None => t(lang, "没有监察理由", "No reason for a visit").into_any(),
                    }}
                </p>
            </Kpi>
        </KpiStrip>
    }
}
