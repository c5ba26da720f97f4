//! The values that a template of a document may name.

use jiff::civil::Date;
use nengce_core::cases::Step;
use nengce_core::cases::document::amount_in_words;
use nengce_shared::api::case_papers::{CaseDocumentRow, EvidenceRow};
use nengce_shared::case::CaseStep as S;
use nengce_shared::lang::Lang;
use nengce_shared::number::grouped;
use serde_json::{Value, json};

use super::super::Loaded;
use crate::http::state::AppState;

/// All values of a document. A template may name each of them in each document; what a case does not have is null.
pub(in super::super) fn values(
    state: &AppState,
    case: &Loaded,
    step: &Step,
    evidence: &[EvidenceRow],
    documents: &[CaseDocumentRow],
) -> Value {
    let progress = case.progress();
    let unit = case.head.unit.named(&case.dictionaries);
    let text_of = |kind: S| progress.last(kind).map(|it| it.text.clone());
    let document_of = |of: Option<&Step>| {
        let of = of?;
        documents.iter().find(|it| it.step == of.number)
    };
    let number_of = |of: Option<&Step>| document_of(of).map(|it| it.number.clone());
    let rectification = progress.rectification();
    let decision = progress.last(S::Decision);
    let told = progress.last(S::IntendedPenalty);
    let asked = progress.last(S::ExtensionAsked);
    let amount = step.details.amount_yuan.or_else(|| told.and_then(|it| it.details.amount_yuan));
    let fine = case.violation.fine;
    let served = step.details.serves.and_then(|number| {
        let of = progress.steps().iter().find(|it| it.number == number);
        document_of(of.copied())
    });
    let counts = |it: &&EvidenceRow| progress.steps().iter().any(|of| of.number == it.step);
    let officers = &step.details.officers;
    let circumstances = &step.details.circumstances;
    json!({
        "authority": state.config.inspection_authority,
        "number": null,
        "on": day(step.on),
        "due": step.due().map(day),
        "text": step.text,
        "by": step.by,
        "step": step.step.label(Lang::Zh),
        "unit": {"name": unit.name, "code": unit.enterprise_code, "region": unit.region.zh, "industry": unit.industry.zh},
        "violation": {"zh": case.violation.zh, "duty": case.violation.duty_zh, "ground": case.violation.ground},
        "origin": case.head.origin.label(Lang::Zh),
        "origin_ref": case.head.origin_ref,
        "clue": text_of(S::Clue),
        "opened_on": progress.last(S::Opened).map(|it| day(it.on)),
        "officers": officers,
        "without_notice": step.details.without_notice,
        "circumstances": circumstances,
        "amount": amount.map(yuan),
        "amount_words": amount.map(amount_in_words),
        "base": fine.map(|it| yuan(it.base)),
        "least": fine.map(|it| yuan(it.least)),
        "most": fine.map(|it| yuan(it.most)),
        "evidence": evidence.iter().filter(counts).collect::<Vec<_>>(),
        "intended": {"text": told.map(|it| &it.text), "number": number_of(told)},
        "statement": text_of(S::Statement),
        "hearing": text_of(S::HearingHeld),
        "order": {"number": number_of(rectification.map(|it| it.0)), "due": rectification.and_then(|it| it.1).map(day)},
        "decision": {"number": number_of(decision), "amount": decision.and_then(|it| it.details.amount_yuan).map(yuan)},
        "asked": {"text": asked.map(|it| &it.text), "due": asked.and_then(Step::due).map(day)},
        "served": {"name": served.map(|it| it.kind.label(Lang::Zh)), "number": served.map(|it| &it.number)},
        "way": step.details.way.map(|it| it.label(Lang::Zh)),
        "receiver": step.details.receiver,
        "history": history(case),
    })
}

/// Values of no case in particular, with which a template is tried.
pub(super) fn sample() -> Value {
    let named = json!({"text": "…", "number": "…", "due": "…", "amount": "…", "name": "…"});
    let mut values = json!({
        "unit": {"name": "…", "code": "…", "region": "…", "industry": "…"},
        "violation": {"zh": "…", "duty": "…", "ground": "…"},
        "officers": [{"name": "…", "certificate": "…", "authority": "…"}],
        "circumstances": [{"text": "…", "basis": "…", "is_heavier": true}],
        "evidence": [{"zh": "…", "en": "…", "sm3": "…", "number": 1, "rows": 1, "at": "…", "by": "…"}],
        "without_notice": false,
    });
    for name in ["intended", "order", "decision", "asked", "served"] {
        values[name] = named.clone();
    }
    for name in TEXT_VALUES {
        values[name] = json!("…");
    }
    values
}

/// Values that are one text.
const TEXT_VALUES: [&str; 21] = [
    "authority",
    "number",
    "on",
    "due",
    "text",
    "by",
    "step",
    "origin",
    "origin_ref",
    "clue",
    "opened_on",
    "amount",
    "amount_words",
    "base",
    "least",
    "most",
    "statement",
    "hearing",
    "way",
    "receiver",
    "history",
];

fn day(it: Date) -> String {
    format!("{}年{}月{}日", it.year(), it.month(), it.day())
}

fn yuan(it: f64) -> String {
    grouped(it, if it.fract() == 0.0 { 0 } else { 2 })
}

/// The states of the case in one line: 立案 2026-04-10，现场笔录 2026-04-15，…
fn history(case: &Loaded) -> String {
    let progress = case.progress();
    let states = progress.steps().iter().filter(|it| it.step.is_state());
    let words = states.map(|it| format!("{} {}", it.step.label(Lang::Zh), it.on));
    words.collect::<Vec<_>>().join("，")
}
