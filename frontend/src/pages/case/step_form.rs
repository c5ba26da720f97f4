//! The form of a step: its day, its text, and what this step needs beside them; the paper that it would make.

use std::sync::Arc;

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::case::{
    CaseDetail, CaseOfficer, CaseStepDetails, CaseStepRequest, Circumstance,
};
use nengce_shared::api::case_papers::CaseDocument;
use nengce_shared::case::{CaseActor, CaseStep as S, ServiceWay};
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;
use wasm_bindgen::JsValue;

use super::paper::Paper;
use crate::components::sending::Sending;
use crate::data::api_client::{send, unreadable};
use crate::i18n::{t, use_lang};

/// Circumstances that the form holds.
const CIRCUMSTANCES: usize = 3;

/// The fields of a step as they are typed.
#[derive(Clone, Copy)]
struct Fields {
    on: RwSignal<String>,
    text: RwSignal<String>,
    due: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    without_notice: RwSignal<bool>,
    /// Name, certificate and authority of two officers.
    officers: [[RwSignal<String>; 3]; 2],
    /// What, by which rule, and whether it is heavier (`1`) or lighter (``).
    circumstances: [[RwSignal<String>; 3]; CIRCUMSTANCES],
    way: RwSignal<String>,
    receiver: RwSignal<String>,
    officer: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            on: empty(),
            text: empty(),
            due: empty(),
            from: empty(),
            to: empty(),
            without_notice: RwSignal::new(false),
            officers: [(); 2].map(|()| [(); 3].map(|()| empty())),
            circumstances: [(); CIRCUMSTANCES].map(|()| [(); 3].map(|()| empty())),
            way: empty(),
            receiver: empty(),
            officer: empty(),
        }
    }

    fn request(self, step: S) -> CaseStepRequest {
        let day = |of: RwSignal<String>| Some(of.get_untracked()).filter(|it| !it.is_empty());
        let text = |of: RwSignal<String>| of.get_untracked().trim().to_owned();
        let officers = self.officers.map(|[name, certificate, authority]| CaseOfficer {
            name: text(name),
            certificate: text(certificate),
            authority: text(authority),
        });
        let officers = officers.into_iter().filter(|it| !it.name.is_empty()).collect();
        CaseStepRequest {
            step,
            on: day(self.on),
            text: self.text.get_untracked(),
            details: CaseStepDetails {
                due: day(self.due),
                from: day(self.from),
                to: day(self.to),
                officers,
                circumstances: self.circumstances(),
                without_notice: self.without_notice.get_untracked(),
                way: ServiceWay::parse(&self.way.get_untracked()),
                receiver: text(self.receiver),
                officer: text(self.officer),
                ..CaseStepDetails::none()
            },
        }
    }

    fn circumstances(self) -> Vec<Circumstance> {
        let one = |[text, basis, heavier]: [RwSignal<String>; 3]| Circumstance {
            text: text.get().trim().to_owned(),
            basis: basis.get().trim().to_owned(),
            is_heavier: heavier.get() == "1",
        };
        self.circumstances.map(one).into_iter().filter(|it| !it.text.is_empty()).collect()
    }
}

const fn place(actor: CaseActor) -> &'static str {
    match actor {
        CaseActor::Officer => "steps",
        CaseActor::Approver => "approvals",
        CaseActor::Reviewer => "reviews",
        CaseActor::Unit => "answers",
    }
}

#[component]
pub(super) fn StepForm(
    data: Signal<Arc<CaseDetail>>,
    step: S,
    actor: CaseActor,
    done: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let fields = Fields::new();
    let sending = Sending::new(Callback::new(move |_| done.run(())));
    let looking = Sending::new(Callback::new(|_| ()));
    let paper = RwSignal::new(None::<Arc<CaseDocument>>);
    let path = move |rest: &str| {
        data.with_untracked(|it| format!("/api/v1/cases/{}/{rest}", it.case.case_id))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sending.post(path(place(actor)), serde_json::to_string(&fields.request(step)), lang);
    };
    let look = move |_| {
        let (path, body) = (path("preview"), serde_json::to_string(&fields.request(step)));
        let Ok(body) = body else { return };
        looking.run(async move {
            let json = send(Method::POST, &path, Some(JsValue::from_str(&body)), lang).await?;
            let it = CaseDocument::from_json(json).map_err(|it| unreadable(&it, lang))?;
            paper.set(Some(Arc::new(it)));
            Ok(())
        });
    };
    let makes_paper = step.document().is_some() && step != S::Undone;
    view! {
        <form class="answer-form" on:submit=submit data-testid="step-form">
            <h3>{step.label(lang)}</h3>
            <div class="form-grid">
                {input(fields.on, t(lang, "日期（空：今天）", "Day (empty: today)"), "date", "step-on")}
                {of_step(step, fields, lang)}
            </div>
            {(step == S::Record).then(|| officers(fields, lang))}
            {matches!(step, S::IntendedPenalty | S::Decision).then(|| view! { <Discretion data fields step /> })}
            <label class="reason-field"><span>{text_label(step, lang)}</span>
                <textarea class="control" rows="4" maxlength="4000" prop:value=fields.text on:input=move |event| fields.text.set(event_target_value(&event)) data-testid="step-text"></textarea>
            </label>
            {sending.problem()}
            {looking.problem()}
            <div class="actions">
                <button type="submit" class="control primary" disabled=sending.busy data-testid="take-step">{t(lang, "提交", "Submit")}</button>
                {makes_paper.then(|| view! { <button type="button" class="control" disabled=looking.busy on:click=look data-testid="look-paper">{t(lang, "先看文书", "Look at the paper")}</button> })}
            </div>
            {move || paper.get().map(|it| view! { <Paper it /> })}
        </form>
    }
}

fn input(
    of: RwSignal<String>,
    label: &'static str,
    kind: &'static str,
    id: &'static str,
) -> impl IntoView + use<> {
    view! { <label><span>{label}</span><input class="control" type=kind prop:value=of on:input=move |event| of.set(event_target_value(&event)) data-testid=id /></label> }
}

/// The fields that a step needs beside its day and its text.
fn of_step(step: S, fields: Fields, lang: Lang) -> AnyView {
    let due = |zh: &'static str, en: &'static str| {
        input(fields.due, t(lang, zh, en), "date", "step-due").into_any()
    };
    match step {
        S::InspectionNotice => due("监察日期", "Day of the visit"),
        S::Order => due("整改期限", "To be rectified by"),
        S::ExtensionAsked | S::ExtensionGranted => due("延至", "More time until"),
        S::HearingNotice => due("听证日期", "Day of the hearing"),
        S::Evidence => view! {
            {input(fields.from, t(lang, "证据起日（空：行为起日或近 31 天）", "From (empty: of the act, or 31 days)"), "date", "step-from")}
            {input(fields.to, t(lang, "证据止日", "To"), "date", "step-to")}
        }
        .into_any(),
        S::Assigned => input(fields.officer, t(lang, "承办人账号", "Account of the officer"), "text", "step-officer").into_any(),
        S::Served => {
            let ways = ServiceWay::ALL.iter().map(|it| view! { <option value=it.as_str()>{it.label(lang)}</option> });
            view! {
                <label><span>{t(lang, "送达方式", "How")}</span>
                    <select class="control" on:change=move |event| fields.way.set(event_target_value(&event)) data-testid="step-way">
                        <option value="">{t(lang, "请选择", "Choose")}</option>
                        {ways.collect_view()}
                    </select>
                </label>
                {input(fields.receiver, t(lang, "签收人、见证人或电子送达确认书", "Received or witnessed by, or the consent"), "text", "step-receiver")}
            }
            .into_any()
        }
        S::Record => view! {
            <label class="check"><input type="checkbox" on:change=move |event| fields.without_notice.set(event_target_checked(&event)) data-testid="step-random" /><span>{t(lang, "抽查或举报，未事先通知", "Random check or report, without notice")}</span></label>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

fn officers(fields: Fields, lang: Lang) -> impl IntoView + use<> {
    let row = move |at: usize| {
        let [name, certificate, authority] = fields.officers[at];
        view! {
            <div class="form-line">
                {input(name, t(lang, "执法人员", "Officer"), "text", ["officer-1", "officer-2"][at])}
                {input(certificate, t(lang, "执法证号", "Certificate"), "text", ["certificate-1", "certificate-2"][at])}
                {input(authority, t(lang, "机关", "Authority"), "text", ["authority-1", "authority-2"][at])}
            </div>
        }
    };
    view! { {row(0)}{row(1)} }
}

/// The fine as a sum that can be redone: base, a step for each circumstance, bounds.
#[component]
fn Discretion(data: Signal<Arc<CaseDetail>>, fields: Fields, step: S) -> impl IntoView {
    let lang = use_lang();
    let row = move |at: usize| {
        let [text, basis, heavier] = fields.circumstances[at];
        view! {
            <div class="form-line">
                {input(text, t(lang, "情节", "Circumstance"), "text", ["circumstance-1", "circumstance-2", "circumstance-3"][at])}
                {input(basis, t(lang, "依据", "Rule"), "text", ["basis-1", "basis-2", "basis-3"][at])}
                <label><span>{t(lang, "方向", "Way")}</span>
                    <select class="control" on:change=move |event| heavier.set(event_target_value(&event))>
                        <option value="">{t(lang, "从轻", "lighter")}</option>
                        <option value="1">{t(lang, "从重", "heavier")}</option>
                    </select>
                </label>
            </div>
        }
    };
    let sum = move || {
        let it = data.get();
        let (least, most) = it.fine.least_yuan.zip(it.fine.most_yuan)?;
        let (base, each) = it.fine.base_yuan.zip(it.fine.step_yuan)?;
        let told = it.case.amount_yuan.filter(|_| step == S::Decision);
        let all = fields.circumstances();
        let steps: f64 = all.iter().map(|it| if it.is_heavier { 1.0 } else { -1.0 }).sum();
        let amount = match told.filter(|_| all.is_empty()) {
            Some(told) => told,
            None => (base + steps * each).clamp(least, most),
        };
        let money = |it: f64| grouped(it, 0);
        Some(match lang {
            Lang::Zh => format!(
                "起点 {} {} {} × {} = {} 元（法定 {} 至 {}{}）",
                money(base),
                if steps < 0.0 { "−" } else { "+" },
                money(each),
                steps.abs(),
                money(amount),
                money(least),
                money(most),
                told.map(|it| format!("；告知 {}，不得更高", money(it))).unwrap_or_default()
            ),
            Lang::En => format!(
                "{} {} {} × {} = {} yuan (by law {} to {}{})",
                money(base),
                if steps < 0.0 { "−" } else { "+" },
                money(each),
                steps.abs(),
                money(amount),
                money(least),
                money(most),
                told.map(|it| format!("; told {}, not more", money(it))).unwrap_or_default()
            ),
        })
    };
    view! {
        {(0..CIRCUMSTANCES).map(row).collect_view()}
        <p data-testid="discretion"><b>{sum}</b></p>
    }
}

fn text_label(step: S, lang: Lang) -> &'static str {
    match step {
        S::Record => t(lang, "现场情况", "What was found"),
        S::Order | S::IntendedPenalty => t(lang, "事实和证据", "Facts and evidence"),
        S::Decision => t(lang, "对陈述申辩的意见", "On what the unit stated"),
        S::Undone | S::Revoked | S::Stopped => t(lang, "理由", "Why"),
        _ => t(lang, "说明", "Text"),
    }
}
