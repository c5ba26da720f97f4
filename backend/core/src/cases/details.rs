//! What a step must say: days, officers, amounts, ways of service. And who may not take it because of what they did before.

use jiff::civil::Date;
use nengce_shared::case::{CaseActor, CaseStep as S, ServiceWay};

use super::flow::Block;
use super::progress::Progress;
use super::{Step, Subject, Terms, fine};

/// The place of a problem in a step that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub block: Block,
}

fn fault(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { field, block: Block::new(zh, en) }
}

/// Checks what a step says, and works out its amount.
///
/// # Errors
/// The first field that is wrong.
pub fn complete(
    mut step: Step,
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'_>,
) -> Result<Step, Fault> {
    if step.text.is_empty() && needs_text(step.step, case) {
        return Err(fault("text", "应写明事由", "say why or what"));
    }
    match step.step {
        S::InspectionNotice => date(&step, "due", step.on, None)?,
        S::Record => record(&step, case, subject)?,
        S::Order => date(&step, "due", step.on, terms.after("rectification", step.on).ok())?,
        S::ExtensionAsked | S::ExtensionGranted => {
            let end = case.rectification().and_then(|it| it.1).unwrap_or(step.on);
            date(&step, "due", end, terms.after("extension", end).ok())?;
        }
        S::HearingNotice => {
            let first = terms.after("hearing_notice", step.on).map_err(|it| {
                let year = it.0;
                fault(
                    "due",
                    format!("{year} 年放假安排未导入"),
                    format!("the working days of {year} are not known"),
                )
            })?;
            date(&step, "due", first.saturating_sub(jiff::Span::new().days(1)), None)?;
        }
        S::IntendedPenalty => step.details.amount_yuan = Some(intended(&step, subject)?),
        S::Decision => step.details.amount_yuan = Some(decided(&step, case, subject)?),
        S::Surcharge => step.details.amount_yuan = surcharge(&step, case, terms),
        S::Served => served(&mut step, case)?,
        S::Assigned if step.details.officer.trim().is_empty() => {
            return Err(fault("officer", "应写明承办人账号", "name the account of the officer"));
        }
        _ => {}
    }
    Ok(step)
}

fn needs_text(step: S, case: &Progress<'_>) -> bool {
    match step {
        S::Opened
        | S::Served
        | S::Assigned
        | S::Evidence
        | S::Paid
        | S::Filed
        | S::ReviewPassed => false,
        S::ExtensionGranted | S::Published | S::HearingAsked | S::Surcharge => false,
        // What the unit said is answered in the decision.
        S::Decision => case.last(S::Statement).is_some(),
        _ => true,
    }
}

/// A day after `after`, and not later than `last`.
fn date(step: &Step, field: &'static str, after: Date, last: Option<Date>) -> Result<(), Fault> {
    let Some(day) = step.due() else {
        return Err(fault(field, "应填日期 YYYY-MM-DD", "give a day, YYYY-MM-DD"));
    };
    if day <= after {
        return Err(fault(field, format!("应晚于 {after}"), format!("must be later than {after}")));
    }
    match last {
        Some(last) if day > last => {
            Err(fault(field, format!("最晚 {last}"), format!("{last} at the latest")))
        }
        _ => Ok(()),
    }
}

/// Two officers with certificates; of a joint inspection one of each authority; a visit without notice says why.
fn record(step: &Step, case: &Progress<'_>, subject: &Subject<'_>) -> Result<(), Fault> {
    let officers = &step.details.officers;
    let mut names: Vec<&str> = officers.iter().map(|it| it.name.trim()).collect();
    names.sort_unstable();
    names.dedup();
    let is_whole =
        officers.iter().all(|it| !it.name.trim().is_empty() && !it.certificate.trim().is_empty());
    if names.len() < 2 || !is_whole {
        return Err(fault(
            "officers",
            "应有两名以上执法人员及其证号（行政处罚法第四十二条）",
            "at least two officers with their certificates (art. 42)",
        ));
    }
    let mut authorities: Vec<&str> = officers.iter().map(|it| it.authority.trim()).collect();
    authorities.sort_unstable();
    authorities.dedup();
    if subject.is_joint && authorities.len() < 2 {
        return Err(fault(
            "officers",
            "联合监察应有两个机关的人员",
            "a joint inspection has officers of two authorities",
        ));
    }
    if case.last(S::InspectionNotice).is_none() && !step.details.without_notice {
        return Err(fault(
            "without_notice",
            "未发监察通知：只有抽查和举报可以不通知，请写明",
            "no notice was given: only random checks and reports may go without one; say that it is one",
        ));
    }
    Ok(())
}

fn intended(step: &Step, subject: &Subject<'_>) -> Result<f64, Fault> {
    let it = subject
        .violation
        .fine
        .ok_or_else(|| fault("step", "法律未设罚款", "the law names no fine"))?;
    Ok(fine::amount(it, &step.details.circumstances))
}

/// Never more than was told: a defence does not make a penalty heavier (art. 45).
fn decided(step: &Step, case: &Progress<'_>, subject: &Subject<'_>) -> Result<f64, Fault> {
    let told = case.last(S::IntendedPenalty);
    let told_amount = told.and_then(|it| it.details.amount_yuan).unwrap_or_default();
    let range = subject.violation.fine;
    let amount = match range {
        Some(range) if !step.details.circumstances.is_empty() => {
            fine::amount(range, &step.details.circumstances)
        }
        _ => told_amount,
    };
    match amount <= told_amount {
        true => Ok(amount),
        false => Err(fault(
            "circumstances",
            format!("不得高于告知的 {told_amount} 元（行政处罚法第四十五条）"),
            format!("not more than the {told_amount} yuan that were told (art. 45)"),
        )),
    }
}

fn surcharge(step: &Step, case: &Progress<'_>, terms: &Terms<'_>) -> Option<f64> {
    let decision = case.last(S::Decision)?;
    let due = terms.after("payment", case.served_on(decision)?).ok()?;
    Some(fine::surcharge(decision.details.amount_yuan?, due, step.on))
}

fn served(step: &mut Step, case: &Progress<'_>) -> Result<(), Fault> {
    let Some(way) = step.details.way else {
        return Err(fault("way", "应写明送达方式", "say how it was served"));
    };
    if step.details.receiver.trim().is_empty() {
        let (zh, en) = match way {
            ServiceWay::Electronic => (
                "应写明电子送达确认书（行政处罚法第六十一条）",
                "name the signed consent to electronic service (art. 61)",
            ),
            _ => ("应写明签收人或见证人", "name who received or witnessed it"),
        };
        return Err(fault("receiver", zh, en));
    }
    let of = match step.details.serves {
        Some(number) => case.unserved().find(|it| it.number == number),
        None => case.unserved().last(),
    };
    let Some(of) = of else {
        return Err(fault(
            "serves",
            "该文书已送达或不存在",
            "this document was served or is not there",
        ));
    };
    if step.on < of.on {
        return Err(fault(
            "on",
            format!("不早于文书日期 {}", of.on),
            format!("not before {} of the document", of.on),
        ));
    }
    step.details.serves = Some(of.number);
    Ok(())
}

/// Whoever did another part of the case may not take this step.
///
/// # Errors
/// The reason.
pub fn separate(step: S, by: &str, case: &Progress<'_>) -> Result<(), Block> {
    let handled = case.officers().contains(&by);
    let reviewed =
        case.last_of(&[S::ReviewPassed, S::ReviewReturned]).is_some_and(|it| it.by == by);
    match step.actor() {
        Some(CaseActor::Approver | CaseActor::Reviewer) if handled => Err(Block::new(
            "承办人不得审批或审核自己承办的案件",
            "who handled the case neither approves nor reviews it",
        )),
        Some(CaseActor::Approver) if reviewed && step == S::Decision => {
            Err(Block::new("法制审核人不得作出决定", "who reviewed the case does not decide it"))
        }
        _ => Ok(()),
    }
}
