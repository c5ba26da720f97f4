//! A case as a list and a page show it: its state, deadlines, steps.

use jiff::civil::Date;
use nengce_core::cases::deadline::{Deadline, DeadlineKind, Due, deadlines};
use nengce_core::cases::flow;
use nengce_core::reference::Violation;
use nengce_shared::api::case::{CaseDeadlineRow, CaseRow, CaseStepRow, ViolationRow};
use nengce_shared::case::CaseStep;

use super::Loaded;
use crate::store::cases::KeptStep;

/// A deadline as it stands on a day.
fn deadline_row(it: &Deadline<'_>, today: Date) -> CaseDeadlineRow {
    let due = match it.due {
        Due::On(day) => Some(day),
        _ => None,
    };
    let unknown_year = match it.due {
        Due::Unknown(year) => Some(i32::from(year.0)),
        _ => None,
    };
    let is_running = it.is_open() || (it.done.is_none() && due.is_some_and(|it| it >= today));
    CaseDeadlineRow {
        name: it.row.name.clone(),
        zh: it.row.zh.clone(),
        en: it.row.en.clone(),
        rule_zh: it.row.rule_zh.clone(),
        rule_en: it.row.rule_en.clone(),
        ground: it.row.ground.clone(),
        certainty: it.row.provenance.certainty.clone(),
        unit: it.row.unit,
        start: it.start.map(|it| it.0.to_string()),
        start_step: it.start.map(|it| it.1),
        due: due.map(|it| it.to_string()),
        unknown_year,
        meaning: it.kind.as_str().to_owned(),
        done: it.done.map(|it| it.to_string()),
        days_left: due.filter(|_| is_running).map(|it| (it - today).get_days()),
    }
}

/// All deadlines of a case.
pub(super) fn deadline_rows(case: &Loaded, today: Date) -> Vec<CaseDeadlineRow> {
    let all = deadlines(&case.progress(), &case.subject(), &case.terms());
    all.iter().map(|it| deadline_row(it, today)).collect()
}

/// A case in a list. Of the unit's side the state is the last one that it sees.
pub(in crate::http) fn row(case: &Loaded, is_of_unit: bool, today: Date) -> CaseRow {
    let progress = case.progress();
    let is_seen = |it: &CaseStep| it.is_state() && (!is_of_unit || it.is_seen_by_unit());
    let last = progress.steps().iter().rev().find(|it| is_seen(&it.step));
    let state = last.map_or(CaseStep::Clue, |it| it.step);
    let terms = case.terms();
    let all = deadlines(&progress, &case.subject(), &terms);
    let mut open: Vec<&Deadline<'_>> = all
        .iter()
        .filter(|it| match is_of_unit {
            true => ["rectification", "extension", "payment", "hearing_request"]
                .contains(&it.row.name.as_str()),
            false => it.kind == DeadlineKind::Duty,
        })
        .filter(|it| it.done.is_none() && !progress.state().is_end())
        .filter(|it| matches!(it.due, Due::On(day) if it.is_open() || day >= today))
        .collect();
    open.sort_by_key(|it| match it.due {
        Due::On(day) => day,
        _ => Date::MAX,
    });
    let amount = progress.last_of(&[CaseStep::Decision, CaseStep::IntendedPenalty]);
    let head = &case.head;
    CaseRow {
        case_id: head.case_id,
        unit: head.unit.named(&case.dictionaries),
        violation: head.violation.clone(),
        violation_zh: case.violation.zh.clone(),
        violation_en: case.violation.en.clone(),
        origin: head.origin,
        origin_ref: if is_of_unit { String::new() } else { head.origin_ref.clone() },
        state,
        phase: state.phase(),
        state_on: last.map(|it| it.on.to_string()).unwrap_or_default(),
        state_by: last.map(|it| it.by.clone()).unwrap_or_default(),
        officer: head.officer.clone(),
        is_joint: head.is_joint,
        act_from: head.act_from.map(|it| it.to_string()),
        act_to: head.act_to.map(|it| it.to_string()),
        turns: flow::next_actors(&progress, &case.subject(), &terms, today),
        next: open.first().map(|it| deadline_row(it, today)),
        amount_yuan: amount.and_then(|it| it.details.amount_yuan),
    }
}

/// The steps that a reader sees.
pub(super) fn step_rows(case: &Loaded, is_of_unit: bool) -> Vec<CaseStepRow> {
    let undone: Vec<u32> = case.steps.iter().filter_map(|it| it.step.details.undoes).collect();
    let told = case.steps.iter().position(|it| it.step.step.tells_unit());
    let is_seen = |(at, it): &(usize, &KeptStep)| {
        !is_of_unit
            || (it.step.step.is_seen_by_unit()
                && told.is_some_and(|told| *at >= told)
                && !undone.contains(&it.step.number))
    };
    let row = |(_, it): (usize, &KeptStep)| CaseStepRow {
        number: it.step.number,
        step: it.step.step,
        is_undone: undone.contains(&it.step.number),
        by: it.step.by.clone(),
        actor: it.actor,
        on: it.step.on.to_string(),
        at: it.at.clone(),
        text: it.step.text.clone(),
        details: it.step.details.clone(),
        file: it.file.clone(),
    };
    case.steps.iter().enumerate().filter(is_seen).map(row).collect()
}

/// A violation as forms and pages show it.
pub(super) fn violation_row(it: &Violation) -> ViolationRow {
    ViolationRow {
        code: it.code.clone(),
        zh: it.zh.clone(),
        en: it.en.clone(),
        ground: it.ground.clone(),
        authority: it.authority.clone(),
        procedure: it.procedure,
        least_yuan: it.fine.map(|it| it.least),
        most_yuan: it.fine.map(|it| it.most),
        base_yuan: it.fine.map(|it| it.base),
        step_yuan: it.fine.map(|it| it.step),
        edition: it.provenance.edition.clone(),
        certainty: it.provenance.certainty.clone(),
    }
}
