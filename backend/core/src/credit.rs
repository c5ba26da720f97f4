//! Entries of the credit list: which step may follow, who takes it, and why it may not be taken yet. Two people approve, the
//! unit is told and may object, and nobody is listed without a legal ground.

use jiff::civil::Date;
use nengce_shared::case::CaseActor;
use nengce_shared::credit::CreditStep as S;

use crate::cases::Terms;
use crate::cases::flow::Block;

/// A step as it was taken.
#[derive(Debug, Clone)]
pub struct Step {
    /// What was done.
    pub step: S,
    /// By whom.
    pub by: String,
    /// The day of the act.
    pub on: Date,
}

/// Who takes a step.
pub const fn actor(step: S) -> CaseActor {
    match step {
        S::Proposed | S::Noticed | S::Listed => CaseActor::Officer,
        S::Reviewed => CaseActor::Reviewer,
        S::Objected => CaseActor::Unit,
        _ => CaseActor::Approver,
    }
}

/// The state: the last step; while one of the two approvals is missing it is still proposed.
pub fn state(steps: &[Step]) -> S {
    let last = steps.last().map_or(S::Proposed, |it| it.step);
    let has = |step: S| steps.iter().any(|it| it.step == step);
    match last {
        S::Reviewed | S::Approved if has(S::Reviewed) && has(S::Approved) => S::Approved,
        S::Reviewed | S::Approved => S::Proposed,
        S::ObjectionRejected => S::ObjectionRejected,
        other => other,
    }
}

/// The steps that may follow by their place.
pub fn next(steps: &[Step]) -> Vec<S> {
    let has = |step: S| steps.iter().any(|it| it.step == step);
    let mut all = match state(steps) {
        S::Proposed => vec![S::Reviewed, S::Approved, S::Refused],
        S::Approved => vec![S::Noticed],
        S::Noticed => vec![S::Objected, S::Listed],
        S::Objected => vec![S::ObjectionUpheld, S::ObjectionRejected],
        S::ObjectionRejected => vec![S::Listed],
        S::Listed => vec![S::Cured, S::Withdrawn],
        _ => Vec::new(),
    };
    all.retain(|it| !has(*it));
    all
}

/// Why a step that may follow by its place is not taken by somebody on a day.
pub fn refused(steps: &[Step], step: S, by: &str, on: Date, terms: &Terms<'_>) -> Option<Block> {
    let taken = |step: S| steps.iter().rev().find(|it| it.step == step);
    let by_same = |step: S| taken(step).is_some_and(|it| it.by == by);
    match step {
        S::Reviewed | S::Approved | S::Refused if by_same(S::Proposed) => Some(Block::new(
            "提出人不得审核或审批",
            "who proposed it neither reviews nor approves it",
        )),
        S::Reviewed if by_same(S::Approved) => Some(needs_two_people()),
        S::Approved if by_same(S::Reviewed) => Some(needs_two_people()),
        S::Objected | S::Listed => objection_term(steps, step, on, terms),
        _ => None,
    }
}

fn needs_two_people() -> Block {
    Block::new("审核与审批应是两个人", "two people approve, not one twice")
}

/// The unit objects within the term, and is listed after it.
fn objection_term(steps: &[Step], step: S, on: Date, terms: &Terms<'_>) -> Option<Block> {
    let noticed = steps.iter().rev().find(|it| it.step == S::Noticed)?;
    let last = terms.after("credit_objection", noticed.on);
    match (last, step) {
        (Err(year), S::Listed) => Some(Block::new(
            format!("{} 年放假安排未导入，异议期限无法计算", year.0),
            format!("the working days of {} are not known", year.0),
        )),
        // A term that cannot be counted is not held against the unit.
        (Err(_), _) => None,
        (Ok(last), S::Objected) if on > last => Some(Block::new(
            format!("异议期限已于 {last} 届满"),
            format!("the time for an objection ended on {last}"),
        )),
        (Ok(last), S::Listed)
            if on <= last && !steps.iter().any(|it| it.step == S::ObjectionRejected) =>
        {
            Some(Block::new(
                format!("异议期限至 {last}，期满后方可列入"),
                format!("the unit may object until {last}; it is listed after that"),
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::reference::Dictionaries;

    fn steps(all: &[(S, &str, Date)]) -> Vec<Step> {
        all.iter().map(|it| Step { step: it.0, by: it.1.to_owned(), on: it.2 }).collect()
    }

    #[test]
    fn two_people_approve_in_either_order_and_neither_is_who_proposed() {
        let dictionaries = Dictionaries::built_in();
        let terms = Terms::of(&dictionaries);
        let day = date(2026, 9, 24);
        let mut it = steps(&[(S::Proposed, "wang", day)]);
        assert_eq!(next(&it), [S::Reviewed, S::Approved, S::Refused]);
        assert!(refused(&it, S::Approved, "wang", day, &terms).is_some());
        it.extend(steps(&[(S::Approved, "chen", day)]));
        assert_eq!((state(&it), next(&it)), (S::Proposed, vec![S::Reviewed, S::Refused]));
        assert!(refused(&it, S::Reviewed, "chen", day, &terms).is_some(), "one person twice");
        it.extend(steps(&[(S::Reviewed, "zhao", day)]));
        assert_eq!((state(&it), next(&it)), (S::Approved, vec![S::Noticed]));
    }

    #[test]
    fn the_unit_objects_within_five_working_days_and_is_listed_after_them() {
        let dictionaries = Dictionaries::built_in();
        let terms = Terms::of(&dictionaries);
        let day = date(2026, 9, 24);
        let mut it = steps(&[
            (S::Proposed, "a", day),
            (S::Reviewed, "b", day),
            (S::Approved, "c", day),
            (S::Noticed, "a", day),
        ]);
        assert!(refused(&it, S::Listed, "a", date(2026, 10, 9), &terms).is_some());
        assert!(refused(&it, S::Objected, "unit", date(2026, 10, 9), &terms).is_none());
        assert!(refused(&it, S::Objected, "unit", date(2026, 10, 10), &terms).is_some());
        assert!(refused(&it, S::Listed, "a", date(2026, 10, 10), &terms).is_none());
        it.extend(steps(&[(S::Objected, "unit", date(2026, 10, 9))]));
        assert_eq!(
            next(&it),
            [S::ObjectionUpheld, S::ObjectionRejected],
            "no listing before the objection is decided"
        );
        it.extend(steps(&[(S::ObjectionRejected, "c", date(2026, 10, 9))]));
        assert_eq!(next(&it), [S::Listed]);
        it.extend(steps(&[(S::Listed, "a", date(2026, 10, 12))]));
        assert_eq!(next(&it), [S::Cured, S::Withdrawn]);
        it.extend(steps(&[(S::Cured, "c", date(2026, 11, 12))]));
        assert!(next(&it).is_empty());
    }
}
