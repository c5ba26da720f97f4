//! The five figures of the strip: total, progress of the target, intensity, projection, warning levels with their rule.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::lang::Lang;
use nengce_shared::{number, warning};

use super::words::{comparison_word, denominator, projection_method, spread_method, times};
use crate::components::badge::LevelBadge;
use crate::components::kpi::{BulletBar, Kpi, KpiStrip};
use crate::components::menu::Menu;
use crate::components::spark::sparkline;
use crate::format::{city_unit, sign_class, signed_city, span_short};
use crate::i18n::{comma, semicolon, t, use_lang};
use crate::style::icons::Icon;
use crate::url_state::use_url_state;

type Data = Signal<Arc<DualControl>>;

#[component]
pub fn Kpis(data: Data) -> impl IntoView {
    let lang = use_lang();
    view! {
        <KpiStrip label=t(lang, "关键指标", "Key figures")>
            <Total data />
            <Target data />
            <Intensity data />
            <YearEnd data />
            <Levels data />
        </KpiStrip>
    }
}

#[component]
fn Total(data: Data) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let label = move || {
        let scope = &data.get().scope;
        format!(
            "{} · {}",
            t(lang, "综合能源消费量", "Energy consumption"),
            span_short(&scope.from, &scope.to, lang)
        )
    };
    let note = move || {
        let data = data.get();
        let previous = url.selection.with(|it| it.against());
        view! {
            {comparison_word(previous, lang)} " "
            {match data.total.index {
                Some(index) => view! { <b>{times(index, lang)}</b> }.into_any(),
                None => view! { <b class=sign_class(data.total.change)>{number::signed_percent(data.total.change)}</b> }.into_any(),
            }}
            {format!(" · {} {}", t(lang, "完整率", "complete"), number::completeness(data.scope.completeness))}
        }
    };
    view! {
        <Kpi
            id="total"
            label=Signal::derive(label)
            value=Signal::derive(move || number::ten_thousand_tce(data.get().total.value))
            unit=city_unit(lang)
        >
            {move || sparkline(&data.get().months.iter().filter(|it| it.days_done >= it.days_total).map(|it| it.tce).collect::<Vec<_>>())}
            <p class="kpi-note">{note}</p>
            <p class="kpi-note">
                <a href=move || url.href("/units")>{move || reporting(&data.get(), lang)}</a>
            </p>
        </Kpi>
    }
}

/// 「272/286 家有数据」
fn reporting(data: &DualControl, lang: Lang) -> String {
    let (some, all) = (data.scope.units_reporting, data.scope.units);
    match lang {
        Lang::Zh => format!("{some}/{all} 家有数据"),
        Lang::En => format!("{some} of {all} units with data"),
    }
}

#[component]
fn Target(data: Data) -> impl IntoView {
    let lang = use_lang();
    let target = move || data.get().target.clone();
    let url = use_url_state();
    let several = move || url.selection.with(|it| it.region.len() > 1 || it.industry.len() > 1);
    let value = move || {
        target().map_or(number::MISSING.to_owned(), |it| number::grouped(it.progress * 100.0, 1))
    };
    let unit = move || match target() {
        Some(it) => format!(
            "% / {} {} {}",
            t(lang, "目标", "target"),
            number::grouped(it.target_tce / 1e4, 0),
            city_unit(lang)
        ),
        None => String::new(),
    };
    let spelled = move || match target() {
        Some(it) => format!(
            "{} {}{}{} {}",
            t(lang, "进度", "progress"),
            number::percent(Some(it.progress)),
            comma(lang),
            t(lang, "轨迹应为", "trajectory"),
            number::percent(Some(it.trajectory_progress))
        ),
        None => t(lang, "缺目标", "No target").to_owned(),
    };
    let over = Signal::derive(move || target().is_some_and(|it| it.over_tce > 0.0));
    let note = move || match target() {
        Some(it) => {
            let class = if it.over_tce > 0.0 { "worse" } else { "better" };
            let side = if it.over_tce > 0.0 {
                t(lang, "超出", "over by")
            } else {
                t(lang, "低于", "under by")
            };
            view! {
                {format!("{} {}{}{side} ", t(lang, "轨迹应为", "Trajectory"), number::percent(Some(it.trajectory_progress)), comma(lang))}
                <b class=class title=format!("{} · {}", spread_method(&it.method, lang), it.source)>
                    {format!("{} {}", signed_city(Some(it.over_tce)), city_unit(lang))}
                </b>
            }
            .into_any()
        }
        None if several() => t(
            lang,
            "目标只下达到单个区或行业，所选多个没有合并的目标",
            "Targets stand for one district or industry; the set chosen has none",
        )
        .into_any(),
        None => {
            t(lang, "所选范围没有总量控制目标", "No total target for this selection").into_any()
        }
    };
    view! {
        <Kpi
            id="target"
            label=t(lang, "年度总量控制目标进度", "Progress of the annual total target")
            value=Signal::derive(value)
            unit=Signal::derive(unit)
        >
            <Show when=move || target().is_some()>
                <BulletBar
                    value=Signal::derive(move || target().map_or(0.0, |it| it.progress))
                    target=Signal::derive(move || target().map(|it| it.trajectory_progress))
                    worse=over
                    label=Signal::derive(spelled)
                />
            </Show>
            <p class="kpi-note">{note}</p>
        </Kpi>
    }
}

#[component]
fn Intensity(data: Data) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let status = move || data.get().intensity.clone();
    let label = move || {
        let previous = url.selection.with(|it| it.against());
        format!(
            "{} · {}",
            t(lang, "单位增加值能耗", "Energy per value added"),
            comparison_word(previous, lang)
        )
    };
    let value = move || match status() {
        it if it.index.is_some() => {
            it.index.map_or(String::new(), |it| number::grouped(it * 100.0, 1))
        }
        it => it.change.map_or(number::MISSING.to_owned(), |it| number::signed(it * 100.0, 1)),
    };
    let unit = move || match status().required_fall {
        None if status().index.is_some() => {
            t(lang, "（对比区 = 100）", "(district = 100)").to_owned()
        }
        Some(it) => {
            format!("% / {} {}", t(lang, "年度应降", "required"), number::percent(Some(it)))
        }
        None => "%".to_owned(),
    };
    let note = move || {
        let status = status();
        match status.five_year {
            Some(it) => format!(
                "{} {}{}{} {}",
                match lang {
                    Lang::Zh => format!("{}–{} 累计", it.from_year, it.to_year),
                    Lang::En => format!("{}–{} so far", it.from_year, it.to_year),
                },
                number::signed_percent(it.achieved_fall.map(|fall| -fall)),
                comma(lang),
                t(lang, "目标", "target"),
                number::signed_percent(Some(-it.target_fall)),
            ),
            None => String::new(),
        }
    };
    let level = move || {
        let status = status();
        format!(
            "{} tce/{} · {}",
            number::intensity(status.value),
            t(lang, "万元", "10⁴ yuan"),
            denominator(&status.denominator, lang)
        )
    };
    // The bar is the fall achieved; the tick the fall required. The whole is half again as much.
    let fall = move || status().change.map_or(0.0, |it| (-it).max(0.0));
    let required = move || status().required_fall;
    view! {
        <Kpi id="intensity" label=Signal::derive(label) value=Signal::derive(value) unit=Signal::derive(unit)>
            <Show when=move || required().is_some()>
                <BulletBar
                    value=Signal::derive(fall)
                    target=Signal::derive(required)
                    of=Signal::derive(move || required().unwrap_or(0.0).max(fall()) * 1.3)
                    worse=Signal::derive(move || status().gap.is_some_and(|it| it > 0.0))
                    label=Signal::derive(move || format!(
                        "{} {}{}{} {}",
                        t(lang, "已降", "achieved fall"), number::percent(Some(fall())), comma(lang),
                        t(lang, "应降", "required fall"), number::percent(required()),
                    ))
                />
            </Show>
            <p class="kpi-note">{level}</p>
            <p class="kpi-note">{note}</p>
        </Kpi>
    }
}

#[component]
fn YearEnd(data: Data) -> impl IntoView {
    let lang = use_lang();
    let projection = move || data.get().projection.clone();
    let interval = move || {
        let it = projection()?;
        let interval = (it.confidence > 0.0).then(|| {
            format!(
                "{} {}–{}",
                match lang {
                    Lang::Zh => format!("{}% 区间", number::grouped(it.confidence * 100.0, 0)),
                    Lang::En => format!("{}% interval", number::grouped(it.confidence * 100.0, 0)),
                },
                number::grouped(it.low / 1e4, 0),
                number::grouped(it.high / 1e4, 0)
            )
        });
        let against = it.vs_target.map(|over| {
            view! {
                " · " {t(lang, "较目标", "vs target")} " "
                <b class=sign_class(Some(over))>{number::signed_percent(Some(over))}</b>
            }
        });
        Some(view! { {interval} {against} })
    };
    let past = Memo::new(move |_| {
        let it = projection()?;
        let (error, year) = it.past_error.zip(it.past_year)?;
        Some(match lang {
            Lang::Zh => format!("{year} 年同法误差 {}", number::signed_percent(Some(error))),
            Lang::En => {
                format!("The same method missed {year} by {}", number::signed_percent(Some(error)))
            }
        })
    });
    let by = Memo::new(move |_| projection().map(|it| it.method));
    let method = move || {
        by.get().map(|it| {
            let (short, whole) = projection_method(&it, lang);
            view! {
                <Menu button=move || view! { {short.clone()} {Icon::Info.view()} } class="text-button" right=true>
                    <p class="pop-text">{whole.clone()}</p>
                </Menu>
                <span data-figure="past-error">{past}</span>
            }
        })
    };
    view! {
        <Kpi
            id="projection"
            label=Signal::derive(move || match (projection(), lang) {
                (Some(it), Lang::Zh) => format!("{} 年末总量预测", it.year),
                (Some(it), Lang::En) => format!("Projected total of {}", it.year),
                (None, _) => t(lang, "年末总量预测", "Projected total of the year").to_owned(),
            })
            value=Signal::derive(move || projection().map_or(number::MISSING.to_owned(), |it| number::grouped(it.tce / 1e4, 0)))
            unit=city_unit(lang)
        >
            <p class="kpi-note">{interval}</p>
            <div class="kpi-note kpi-rule">{method}</div>
        </Kpi>
    }
}

#[component]
fn Levels(data: Data) -> impl IntoView {
    let lang = use_lang();
    let rules = move || {
        view! {
            <div class="pop-text">
                <p>{warning::intensity_rule_text(lang)}</p>
                <p>
                    {t(
                        lang,
                        "总量：累计高出控制轨迹 1% 以上为一级，高出轨迹为二级，在轨迹之内为三级；完整率低于 90% 或缺目标为待核（门槛为本系统设定，可配置）",
                        "Total: more than 1% over the cumulative trajectory is level 1, over it level 2, within it level 3; under 90% complete or without a target pending (thresholds are this system's own and configurable)",
                    )}
                </p>
            </div>
        }
    };
    view! {
        <div class="kpi">
            <div class="kpi-label">{t(lang, "预警等级", "Warning levels")}</div>
            <div class="kpi-levels">
                <span>
                    {t(lang, "强度", "Intensity")} " "
                    <LevelBadge level=Signal::derive(move || data.get().intensity_warning.level) long=true />
                </span>
                <span>
                    {t(lang, "总量", "Total")} " "
                    <LevelBadge level=Signal::derive(move || data.get().total_warning.level) long=true />
                </span>
            </div>
            <p class="kpi-note" data-figure="rule">
                {move || {
                    let data = data.get();
                    [data.intensity_warning.rule, data.total_warning.rule].map(|it| it.label(lang)).join(semicolon(lang))
                }}
            </p>
            <div class="kpi-note kpi-rule">
                {t(lang, "依据 ", "Source: ")} {warning::SOURCE} " · "
                <Menu button=move || view! { {t(lang, "规则", "Rules")} {Icon::Info.view()} } class="text-button" right=true>
                    {rules()}
                </Menu>
            </div>
        </div>
    }
}
