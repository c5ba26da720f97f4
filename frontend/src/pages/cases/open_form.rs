//! The form that takes down a clue. A link from a target or a finding fills in the unit and what it refers to.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::case::{CaseDetail, NewCase, ViolationList};
use nengce_shared::case::CaseOrigin;
use nengce_shared::json::FromJson;
use wasm_bindgen::JsValue;

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::data::api_client::{send, unreadable};
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// Keys of the address that fill in the form.
const FOR_UNIT: &str = "for";
const ORIGIN: &str = "origin";
const ORIGIN_REF: &str = "ref";
const VIOLATION: &str = "violation";

#[component]
pub(super) fn OpenForm() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let named = |key: &str| untrack(|| url.get(key)).unwrap_or_default();
    let violations = use_load::<ViolationList>(|| Some("/api/v1/violations".to_owned()));
    let [unit, origin, origin_ref, violation] =
        [FOR_UNIT, ORIGIN, ORIGIN_REF, VIOLATION].map(|it| RwSignal::new(named(it)));
    let [text, on, act_from, act_to] = [(); 4].map(|()| RwSignal::new(String::new()));
    let is_joint = RwSignal::new(false);
    let is_open = !unit.get_untracked().is_empty();
    let sending = Sending::new(Callback::new(|_| ()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let day = |of: RwSignal<String>| Some(of.get_untracked()).filter(|it| !it.is_empty());
        let body = NewCase {
            enterprise_code: unit.get_untracked().trim().to_owned(),
            violation: violation.get_untracked(),
            origin: CaseOrigin::parse(&origin.get_untracked()).unwrap_or(CaseOrigin::Letter),
            origin_ref: origin_ref.get_untracked(),
            text: text.get_untracked(),
            on: day(on),
            act_from: day(act_from),
            act_to: day(act_to),
            is_joint: is_joint.get_untracked(),
        };
        let Ok(json) = serde_json::to_string(&body) else { return };
        sending.run(async move {
            let made =
                send(Method::POST, "/api/v1/cases", Some(JsValue::from_str(&json)), lang).await?;
            let made = CaseDetail::from_json(made).map_err(|it| unreadable(&it, lang))?;
            url.go(&format!("/cases/{}", made.case.case_id));
            Ok(())
        });
    };
    let options = move || {
        let chosen = violation.get_untracked();
        let rows =
            violations.data.with(|it| it.as_ref().map(|it| it.rows.clone())).unwrap_or_default();
        let option = |it: &nengce_shared::api::case::ViolationRow| {
            let words = format!(
                "{} {}（{}）",
                it.code,
                lang.pick(&it.zh, &it.en),
                it.procedure.label(lang)
            );
            let selected = it.code == chosen;
            view! { <option value=it.code.clone() selected=selected>{words}</option> }
        };
        rows.iter().map(option).collect_view()
    };
    let origins = CaseOrigin::ALL.iter().map(|it| {
        let selected = it.as_str() == origin.get_untracked();
        view! { <option value=it.as_str() selected=selected>{it.label(lang)}</option> }
    });
    let origins = origins.collect_view();
    let field = move |of: RwSignal<String>,
                      label: &'static str,
                      kind: &'static str,
                      id: &'static str| {
        view! { <label><span>{label}</span><input class="control" type=kind prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label> }
    };
    view! {
        <Panel id="clue" class="apart" title=t(lang, "登记线索", "Take down a clue") subtitle=t(lang, "来自监察对象、质量问题、举报或来函；报请立案前单位看不到", "from a target, a finding, a report or a letter; the unit sees nothing of it")>
            <details open=is_open>
                <summary class="control">{t(lang, "填写线索", "Fill in a clue")}</summary>
                <form on:submit=submit data-testid="clue-form">
                    <div class="form-grid">
                        {field(unit, t(lang, "统一社会信用代码", "Credit code"), "text", "clue-unit")}
                        <label><span>{t(lang, "涉嫌违法行为", "Violation")}</span>
                            <select class="control" data-testid="clue-violation" on:change=move |event| violation.set(event_target_value(&event))>
                                <option value="">{t(lang, "请选择", "Choose")}</option>
                                {options}
                            </select>
                        </label>
                        <label><span>{t(lang, "线索来源", "Origin")}</span>
                            <select class="control" data-testid="clue-origin" on:change=move |event| origin.set(event_target_value(&event))>
                                <option value="">{t(lang, "来函", "Letter")}</option>
                                {origins}
                            </select>
                        </label>
                        {field(origin_ref, t(lang, "来源编号", "Its number"), "text", "clue-ref")}
                        {field(on, t(lang, "线索日期（空：今天）", "Day (empty: today)"), "date", "clue-on")}
                        {field(act_from, t(lang, "行为起日", "Act from"), "date", "clue-from")}
                        {field(act_to, t(lang, "行为止日（空：仍在继续）", "Act until (empty: goes on)"), "date", "clue-to")}
                        <label class="check"><input type="checkbox" prop:checked=is_joint on:change=move |event| is_joint.set(event_target_checked(&event)) data-testid="clue-joint" /><span>{t(lang, "与计量主管部门联合监察", "Joint with the metering authority")}</span></label>
                    </div>
                    <label class="reason-field"><span>{t(lang, "线索内容", "What is known")}</span>
                        <textarea class="control" rows="3" maxlength="4000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="clue-text"></textarea>
                    </label>
                    {sending.problem()}
                    <div class="actions"><button type="submit" class="control primary" disabled=sending.busy data-testid="open-case">{t(lang, "登记", "Take down")}</button></div>
                </form>
            </details>
        </Panel>
    }
}
