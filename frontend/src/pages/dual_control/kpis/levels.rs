//! The warning levels of intensity and total, with the rules that gave them.

use leptos::prelude::*;
use nengce_shared::warning::{self, TotalThresholds};

use super::Data;
use crate::components::badge::LevelBadge;
use crate::components::menu::Menu;
use crate::i18n::{semicolon, t, use_lang};
use crate::style::icons::Icon;

#[component]
pub fn Levels(data: Data) -> impl IntoView {
    let lang = use_lang();
    let rules = move || {
        view! {
            <div class="pop-text">
                <p>{warning::intensity_rule_text(lang)}</p>
                <p>{warning::total_rule_text(TotalThresholds::default(), lang)}</p>
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
                    [data.intensity_warning.rule, data.total_warning.rule].map(|rule| rule.label(lang)).join(semicolon(lang))
                }}
            </p>
            <div class="kpi-note kpi-rule">
                {t(lang, "依据 ", "Source: ")} {warning::SOURCE} " "
                <Menu button=move || view! { {t(lang, "规则", "Rules")} {Icon::Info.view()} } class="text-button" right=true>
                    {rules()}
                </Menu>
            </div>
        </div>
    }
}
