//! The question: the months of the works, how long the baseline is, when the report ends, and which outputs drive the energy.

use leptos::prelude::*;
use nengce_shared::api::savings::{SavingsDriver, SavingsItem, SavingsView};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub(super) fn QuestionForm(load: Load<SavingsView>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let field =
        move |key: &'static str, kind: &'static str, label: &'static str, hint: &'static str| {
            view! {
                <label class="field">
                    <span>{label}</span>
                    <input
                        class="control"
                        type=kind
                        name=key
                        placeholder=hint
                        prop:value=move || url.get(key).unwrap_or_default()
                        on:change=move |event| {
                            let value = event_target_value(&event);
                            url.set(&[(key, (!value.is_empty()).then_some(value))]);
                        }
                    />
                </label>
            }
        };
    let drivers = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.drivers.clone())).unwrap_or_default()
    });
    let items = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.items.clone())).unwrap_or_default()
    });
    view! {
        <Panel id="savings-question" class="apart" title=t(lang, "核算条件", "What is computed")>
            <div class="form-grid">
                {field("works_from", "month", t(lang, "改造开始月", "Works from"), "YYYY-MM")}
                {field("works_to", "month", t(lang, "改造结束月", "Works to"), "YYYY-MM")}
                {field("until", "month", t(lang, "核算至", "Report until"), "YYYY-MM")}
                {field("baseline_months", "number", t(lang, "基期月数（12–36）", "Months of the baseline (12–36)"), "24")}
                {model(lang, url)}
            </div>
            <Show when=move || !items.with(Vec::is_empty)>
                <div class="chips apart" role="group" aria-label=t(lang, "采集项", "Items") data-testid="items">
                    <span class="note">{t(lang, "采集项（不选为全单位）", "Items (none: the whole unit)")}</span>
                    <For each=move || items.get() key=|it| (it.name.code.clone(), it.used) children=move |it| view! { <Item it items /> } />
                </div>
            </Show>
            <Show when=move || !drivers.with(Vec::is_empty)>
                <div class="chips apart" role="group" aria-label=t(lang, "影响因素", "What drives the energy") data-testid="drivers">
                    <span class="note">{t(lang, "影响因素", "What drives the energy")}</span>
                    <For each=move || drivers.get() key=|it| (it.code.clone(), it.used) children=move |it| view! { <Driver it drivers /> } />
                </div>
            </Show>
        </Panel>
    }
}

/// Whether the model is one of months or of days. The drivers of the one are not those of the other.
fn model(lang: Lang, url: UrlState) -> impl IntoView {
    let is_daily = move || url.get("model").as_deref() == Some("day");
    let choose = move |event| {
        let value = event_target_value(&event);
        url.set(&[("model", (value == "day").then_some(value)), ("drivers", None)]);
    };
    view! {
        <label class="field">
            <span>{t(lang, "模型", "Model")}</span>
            <select class="control" name="model" on:change=choose>
                <option value="month" prop:selected=move || !is_daily()>{t(lang, "按月", "Monthly")}</option>
                <option value="day" prop:selected=is_daily>{t(lang, "按日（工作日、平衡点温度）", "Daily (weekdays, balance points)")}</option>
            </select>
        </label>
    }
}

/// One item of the unit; a press means its energy, or no longer.
#[component]
fn Item(it: SavingsItem, items: Memo<Vec<SavingsItem>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let (code, used) = (it.name.code.clone(), it.used);
    let level = match it.scope {
        1 => t(lang, "全厂", "whole plant"),
        2 => t(lang, "工序", "process"),
        3 => t(lang, "工序单元", "process unit"),
        _ => t(lang, "重点设备", "key equipment"),
    };
    let words = format!("{} · {level} · {code}", lang.pick(&it.name.zh, &it.name.en));
    let data_item = code.clone();
    let press = move |_| {
        let kept = items.with_untracked(|all| {
            let is_used = |it: &&SavingsItem| if it.name.code == code { !used } else { it.used };
            all.iter().filter(is_used).map(|it| it.name.code.clone()).collect::<Vec<_>>()
        });
        url.set(&[("items", (!kept.is_empty()).then(|| kept.join(",")))]);
    };
    view! {
        <button type="button" class="chip" class:chip-value=used aria-pressed=used.to_string() data-item=data_item on:click=press>{words}</button>
    }
}

/// One output; a press takes it into the model or out of it.
#[component]
fn Driver(it: SavingsDriver, drivers: Memo<Vec<SavingsDriver>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let (code, used) = (it.code.clone(), it.used);
    let press = move |_| {
        let kept = drivers.with_untracked(|all| {
            let is_used = |it: &&SavingsDriver| if it.code == code { !used } else { it.used };
            all.iter().filter(is_used).map(|it| it.code.clone()).collect::<Vec<_>>()
        });
        let value = if kept.is_empty() { "none".to_owned() } else { kept.join(",") };
        url.set(&[("drivers", Some(value))]);
    };
    view! {
        <button type="button" class="chip" class:chip-value=used aria-pressed=used.to_string() data-driver=it.code.clone() on:click=press>
            {lang.pick(&it.name.zh, &it.name.en).to_owned()}
        </button>
    }
}
