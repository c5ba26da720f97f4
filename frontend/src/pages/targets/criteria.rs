//! The criteria with their weights and parameters. A weight is dragged or typed; the ranking beside it follows at once. Each
//! row says how many units it touches, and how many of the visits would go elsewhere without it.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::targets::score::{MOST_WEIGHT, exchanged, rule};
use nengce_shared::api::targets::{Criterion, InspectionTargets};
use nengce_shared::number::parameter;

use super::chosen::{MOST_VISITS, keep};
use super::class;
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// The weight at the right end of the bar; more can be typed.
const BAR_WEIGHT: f64 = 40.0;

#[component]
pub fn CriteriaPanel(
    /// As the server answered: the usual criteria.
    loaded: Signal<Arc<InspectionTargets>>,
    /// By the criteria of the address.
    data: Signal<Arc<InspectionTargets>>,
    visits: Memo<usize>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let effects = Memo::new(move |_| {
        data.with(|it| {
            let rows: Vec<_> = it.rows.iter().chain(&it.others).collect();
            exchanged(&it.criteria, &rows, visits.get())
        })
    });
    let sum = move || data.with(|it| it.criteria.iter().map(|it| it.weight).sum::<f64>());
    let subtitle = Signal::derive(move || {
        let sum = parameter(sum());
        format!("{} {sum}", t(lang, "拖条或键入 · 合计", "Drag or type · sum"))
    });
    let is_changed = move || url.get("criteria").is_some();
    // A row is made once for each criterion; only what it shows changes.
    let count = Memo::new(move |_| loaded.with(|it| it.criteria.len()));
    let rows = move || {
        let row = |at| view! { <CriterionRow at loaded data effects /> };
        (0..count.get()).map(row).collect_view()
    };
    view! {
        <Panel id="criteria" title=t(lang, "准则与权重", "Criteria and weights") subtitle>
            <table class="criteria">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "准则 · 权重 · 参数", "Criterion · weight · parameters")}</th>
                        <th scope="col" class="num">{t(lang, "触及", "Touches")}</th>
                        <th scope="col" class="num">{t(lang, "影响", "Changes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="criteria-visits">
                <label>
                    {t(lang, "本期可查 ", "Visits of the period ")}
                    <input
                        type="number"
                        min="1"
                        max=MOST_VISITS
                        name="visits"
                        prop:value=move || visits.get().to_string()
                        on:change=move |event| {
                            url.replace(&[("visits", Some(event_target_value(&event)))]);
                        }
                    />
                    {t(lang, " 家", " units")}
                </label>
                <Show when=is_changed>
                    <button type="button" class="control" on:click=move |_| url.set(&[("criteria", None)])>
                        {t(lang, "恢复默认权重", "Usual weights")}
                    </button>
                </Show>
            </p>
            <p class="note">
                {t(
                    lang,
                    "触及：有分的单位。影响：去掉该准则后，可查的单位中换几家。权重与参数为本平台选定，可调。",
                    "Touches: units with points. Changes: how many of the visits would go elsewhere without the criterion. Weights and parameters are this platform's choice and can be changed.",
                )}
            </p>
        </Panel>
    }
}

#[component]
fn CriterionRow(
    at: usize,
    loaded: Signal<Arc<InspectionTargets>>,
    data: Signal<Arc<InspectionTargets>>,
    effects: Memo<Vec<u32>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let Some(usual) = loaded.with_untracked(|it| it.criteria.get(at).cloned()) else {
        return ().into_any();
    };
    let reason = usual.reason;
    let now = {
        let usual = usual.clone();
        Memo::new(move |_| data.with(|it| it.criteria.get(at).cloned().unwrap_or(usual.clone())))
    };
    let change = move |with: &dyn Fn(&mut Criterion)| {
        let mut changed = now.get_untracked();
        with(&mut changed);
        let criteria = data.with_untracked(|it| it.criteria.clone());
        loaded.with_untracked(|it| keep(&it.criteria, criteria, changed, url));
    };
    let weigh = move |event: web_sys::Event| {
        if let Ok(weight) = event_target_value(&event).parse::<f64>() {
            change(&|it| it.weight = weight.clamp(0.0, MOST_WEIGHT));
        }
    };
    let touched = move || {
        data.with(|it| it.reasons.iter().find(|it| it.reason == reason).map_or(0, |it| it.units))
    };
    let note = move || {
        data.with(|it| {
            let found = it.reasons.iter().find(|it| it.reason == reason);
            found.map_or("", |it| lang.pick(&it.note_zh, &it.note_en)).to_owned()
        })
    };
    let is_selected = move || url.get("reason").as_deref() == Some(reason.as_str());
    let select = move |_| {
        let next = (!is_selected()).then(|| reason.as_str().to_owned());
        url.set(&[("reason", next), ("selected", None)]);
    };
    let name = lang.pick(&usual.zh, &usual.en).to_owned();
    let measures = lang.pick(&usual.measures_zh, &usual.measures_en).to_owned();
    let unit = lang.pick(&usual.unit_zh, &usual.unit_en).to_owned();
    let usual_weight = usual.weight;
    let tick = format!("{:.1}%", (usual_weight / BAR_WEIGHT * 100.0).min(100.0));
    view! {
        <tr class:selected=is_selected>
            <th scope="row">
                <button
                    type="button"
                    class="reason-cell"
                    aria-pressed=move || is_selected().to_string()
                    title=measures.clone()
                    data-testid=format!("reason-{}", reason.as_str())
                    on:click=select
                >
                    <i class=class(reason)></i>
                    {name.clone()}
                </button>
            </th>
            <td class="num" data-testid=format!("touches-{}", reason.as_str())>{touched}</td>
            <td class="num">{move || effects.with(|it| it.get(at).copied())}</td>
        </tr>
        <tr class="parameters" class:selected=is_selected data-reason=reason.as_str()>
            <td colspan="3">
                <div class="weight">
                <span class="weight-bar">
                    <input
                        type="range"
                        min="0"
                        max=BAR_WEIGHT
                        step="1"
                        aria-label=format!("{name}: {}", t(lang, "权重", "weight"))
                        prop:value=move || now.get().weight.to_string()
                        on:input=weigh
                    />
                    <i style:left=tick title=format!("{} {}", t(lang, "默认", "usual"), parameter(usual_weight))></i>
                </span>
                <input
                    type="number"
                    min="0"
                    max=MOST_WEIGHT
                    aria-label=format!("{name}: {}", t(lang, "权重，键入", "weight, typed"))
                    prop:value=move || parameter(now.get().weight)
                    on:change=weigh
                />
                </div>
                <details>
                    <summary>{move || rule(&now.get(), lang)}</summary>
                    <p class="note">{measures}</p>
                    <p class="note">{note}</p>
                    <p class="parameter-fields">
                        <Parameter label=t(lang, "起", "from") unit=unit.clone() value=Signal::derive(move || now.get().from) set=Callback::new(move |value| change(&|it| it.from = value)) />
                        <Parameter label=t(lang, "计满", "all at") unit value=Signal::derive(move || now.get().full) set=Callback::new(move |value| change(&|it| it.full = value)) />
                    </p>
                </details>
            </td>
        </tr>
    }
    .into_any()
}

/// A parameter of a criterion in its unit.
#[component]
fn Parameter(
    label: &'static str,
    unit: String,
    value: Signal<f64>,
    set: Callback<f64>,
) -> impl IntoView {
    view! {
        <label>
            {label}
            <input
                type="number"
                step="any"
                prop:value=move || parameter(value.get())
                on:change=move |event| {
                    if let Ok(value) = event_target_value(&event).parse() {
                        set.run(value);
                    }
                }
            />
            {unit}
        </label>
    }
}
