//! Progress of the year's total against its target and trajectory.

use leptos::prelude::*;
use nengce_shared::number;

use super::Data;
use crate::components::kpi::{BulletBar, Kpi};
use crate::format::{city_unit, signed_city};
use crate::i18n::{comma, t, use_lang};
use crate::pages::dual_control::words::spread_method;
use crate::url_state::use_url_state;

#[component]
pub fn Target(data: Data) -> impl IntoView {
    let lang = use_lang();
    let target = move || data.get().target.clone();
    let url = use_url_state();
    let several = move || {
        url.selection.with(|selection| selection.region.len() > 1 || selection.industry.len() > 1)
    };
    let value = move || {
        target().map_or(number::MISSING.to_owned(), |target| {
            number::grouped(target.progress * 100.0, 1)
        })
    };
    let unit = move || match target() {
        Some(target) => format!(
            "% / {} {} {}",
            t(lang, "目标", "target"),
            number::grouped(target.target_tce / 1e4, 0),
            city_unit(lang)
        ),
        None => String::new(),
    };
    let spelled = move || match target() {
        Some(target) => format!(
            "{} {}{}{} {}",
            t(lang, "进度", "progress"),
            number::percent(Some(target.progress)),
            comma(lang),
            t(lang, "轨迹应为", "trajectory"),
            number::percent(Some(target.trajectory_progress))
        ),
        None => t(lang, "缺目标", "No target").to_owned(),
    };
    let over = Signal::derive(move || target().is_some_and(|target| target.over_tce > 0.0));
    let note = move || match target() {
        Some(target) => {
            let class = if target.over_tce > 0.0 { "worse" } else { "better" };
            let side = if target.over_tce > 0.0 {
                t(lang, "超出", "over by")
            } else {
                t(lang, "低于", "under by")
            };
            view! {
                {format!("{} {}{}{side} ", t(lang, "轨迹应为", "Trajectory"), number::percent(Some(target.trajectory_progress)), comma(lang))}
                <b class=class title=format!("{} · {}", spread_method(&target.method, lang), target.source)>
                    {format!("{} {}", signed_city(Some(target.over_tce)), city_unit(lang))}
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
                    value=Signal::derive(move || target().map_or(0.0, |target| target.progress))
                    target=Signal::derive(move || target().map(|target| target.trajectory_progress))
                    worse=over
                    label=Signal::derive(spelled)
                />
            </Show>
            <p class="kpi-note">{note}</p>
        </Kpi>
    }
}
