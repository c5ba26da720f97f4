//! The answer to a finding: which steps the unit and the authority may take, and by when. Pure; the store keeps it.

use jiff::civil::Date;
use nengce_shared::submission::{AnswerState, SubmissionKind, ThreadStep};
use nengce_shared::working_days::{UnknownYear, WorkingDays};

/// The deadlines of answers.
#[derive(Debug, Clone, Copy)]
pub struct AnswerRules<'a> {
    /// The working days that are known.
    pub calendar: &'a WorkingDays,
    /// Working days for an answer, from the day on which the finding was first seen.
    pub answer_days: u32,
    /// Working days by which more time moves the deadline.
    pub extension_days: u32,
    /// Whether more time is granted as soon as it is asked for; else the authority decides.
    pub is_extension_granted_by_rule: bool,
}

/// Where the answer to a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The state.
    pub state: AnswerState,
    /// What was answered last.
    pub kind: Option<SubmissionKind>,
    /// The last day for the answer, or the year whose working days are not known.
    pub due: Result<Date, UnknownYear>,
    /// Whether more time was granted.
    pub extended: bool,
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// An answer waits for a decision.
    Waits,
    /// No answer waits for this decision.
    NothingWaits,
    /// More time was granted before.
    ExtendedBefore,
    /// The deadline has passed.
    Late,
}

impl Refusal {
    /// The reason in Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Waits => ("已有答复在等待处理", "an answer waits for a decision already"),
            Self::NothingWaits => ("没有等待处理的答复", "no answer waits for a decision"),
            Self::ExtendedBefore => ("只能延期一次", "more time is granted once"),
            Self::Late => ("期限已过，不能再申请延期", "the deadline has passed"),
        }
    }
}

impl Answer {
    /// A finding that nobody has answered, first seen on a day.
    pub fn new(first_seen: Date, rules: AnswerRules<'_>) -> Self {
        Self {
            state: AnswerState::Unanswered,
            kind: None,
            due: rules.calendar.after(first_seen, rules.answer_days),
            extended: false,
        }
    }

    /// The unit answers.
    ///
    /// # Errors
    /// An answer waits already, or more time cannot be had.
    pub fn answer(self, kind: SubmissionKind, today: Date) -> Result<Self, Refusal> {
        if matches!(
            self.state,
            AnswerState::ToConfirm | AnswerState::Submitted | AnswerState::Accepted
        ) {
            return Err(Refusal::Waits);
        }
        if kind == SubmissionKind::MoreTime {
            if self.extended {
                return Err(Refusal::ExtendedBefore);
            }
            if self.due.is_ok_and(|due| today > due) {
                return Err(Refusal::Late);
            }
        }
        Ok(Self { state: AnswerState::ToConfirm, kind: Some(kind), ..self })
    }

    /// The answer leaves the unit. The step is one that a rule takes at once.
    ///
    /// # Errors
    /// No answer waits.
    pub fn confirm(self, rules: AnswerRules<'_>) -> Result<(Self, Option<ThreadStep>), Refusal> {
        match (self.state, self.kind) {
            (AnswerState::ToConfirm, Some(SubmissionKind::Corrected)) => {
                Ok((Self { state: AnswerState::Corrected, ..self }, None))
            }
            (AnswerState::ToConfirm, Some(SubmissionKind::MoreTime))
                if rules.is_extension_granted_by_rule =>
            {
                Ok((self.extend(rules), Some(ThreadStep::Extended)))
            }
            (AnswerState::ToConfirm, Some(_)) => {
                Ok((Self { state: AnswerState::Submitted, ..self }, None))
            }
            _ => Err(Refusal::NothingWaits),
        }
    }

    /// The manager of the unit does not confirm the answer.
    ///
    /// # Errors
    /// No answer waits for the manager.
    pub fn withdraw(self) -> Result<(Self, ThreadStep), Refusal> {
        match self.state {
            AnswerState::ToConfirm => {
                Ok((Self { state: AnswerState::SentBack, ..self }, ThreadStep::SentBack))
            }
            _ => Err(Refusal::NothingWaits),
        }
    }

    /// The unit takes back an answer that nobody has decided about. The deadline stays.
    ///
    /// # Errors
    /// No answer waits.
    pub fn take_back(self) -> Result<Self, Refusal> {
        match self.state {
            AnswerState::ToConfirm | AnswerState::Submitted => {
                Ok(Self { state: AnswerState::Unanswered, kind: None, ..self })
            }
            _ => Err(Refusal::NothingWaits),
        }
    }

    /// The authority decides. An answer that is sent back can be given again within the usual working days.
    ///
    /// # Errors
    /// No answer waits for the authority.
    pub fn decide(
        self,
        accept: bool,
        today: Date,
        rules: AnswerRules<'_>,
    ) -> Result<(Self, ThreadStep), Refusal> {
        let is_extension = self.kind == Some(SubmissionKind::MoreTime);
        match (self.state, is_extension, accept) {
            (AnswerState::Submitted, true, true) => Ok((self.extend(rules), ThreadStep::Extended)),
            (AnswerState::Submitted, true, false) => {
                let it = Self { state: AnswerState::Unanswered, ..self };
                Ok((it, ThreadStep::ExtensionRefused))
            }
            (AnswerState::Submitted, false, true) => Ok(self.accept()),
            (AnswerState::Submitted, false, false) => {
                let again = rules.calendar.after(today, rules.answer_days);
                let due = match (self.due, again) {
                    (Ok(due), Ok(again)) => Ok(due.max(again)),
                    (_, again) => again,
                };
                Ok((Self { state: AnswerState::SentBack, due, ..self }, ThreadStep::SentBack))
            }
            _ => Err(Refusal::NothingWaits),
        }
    }

    /// The finding is set aside, with or without an answer of the unit.
    pub fn accept(self) -> (Self, ThreadStep) {
        (Self { state: AnswerState::Accepted, ..self }, ThreadStep::Accepted)
    }

    fn extend(self, rules: AnswerRules<'_>) -> Self {
        let due = self.due.and_then(|due| rules.calendar.after(due, rules.extension_days));
        Self { state: AnswerState::Unanswered, due, extended: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use SubmissionKind::{Corrected, MoreTime, Right};

    /// 2026 without any holiday, so that every year but this one is unknown.
    fn calendar() -> WorkingDays {
        WorkingDays::new([(date(2026, 1, 1), date(2026, 1, 1), false)])
    }

    fn rules(calendar: &WorkingDays, by_rule: bool) -> AnswerRules<'_> {
        AnswerRules {
            calendar,
            answer_days: 5,
            extension_days: 3,
            is_extension_granted_by_rule: by_rule,
        }
    }

    fn today() -> Date {
        date(2026, 11, 20)
    }

    #[test]
    fn an_answer_is_due_by_working_days_and_more_time_is_granted_once_before() {
        let calendar = calendar();
        let by_rule = rules(&calendar, true);
        let fresh = Answer::new(today(), by_rule);
        assert_eq!(fresh.due, Ok(date(2026, 11, 27)));
        assert_eq!(fresh.answer(MoreTime, date(2026, 11, 28)), Err(Refusal::Late));
        let asked = fresh.answer(MoreTime, date(2026, 11, 27)).unwrap();
        let (extended, step) = asked.confirm(by_rule).unwrap();
        assert_eq!((extended.due, step), (Ok(date(2026, 12, 2)), Some(ThreadStep::Extended)));
        assert_eq!(extended.answer(MoreTime, today()), Err(Refusal::ExtendedBefore));
        assert_eq!(
            extended.answer(Right, today()).unwrap().confirm(by_rule).unwrap().0.state,
            AnswerState::Submitted
        );
    }

    #[test]
    fn the_authority_grants_more_time_where_no_rule_does() {
        let calendar = calendar();
        let rules = rules(&calendar, false);
        let asked = Answer::new(today(), rules).answer(MoreTime, today()).unwrap();
        let (waiting, step) = asked.confirm(rules).unwrap();
        assert_eq!((waiting.state, step), (AnswerState::Submitted, None));
        let (refused, step) = waiting.decide(false, today(), rules).unwrap();
        assert_eq!(
            (refused.extended, refused.due, step),
            (false, waiting.due, ThreadStep::ExtensionRefused)
        );
        assert!(waiting.decide(true, today(), rules).unwrap().0.extended);
    }

    #[test]
    fn an_answer_that_is_sent_back_has_the_usual_days_again() {
        let calendar = calendar();
        let rules = rules(&calendar, true);
        let sent = Answer::new(today(), rules).answer(Right, today()).unwrap();
        let (sent, _) = sent.confirm(rules).unwrap();
        let (back, _) = sent.decide(false, date(2026, 11, 27), rules).unwrap();
        assert_eq!((back.state, back.due), (AnswerState::SentBack, Ok(date(2026, 12, 4))));
    }

    #[test]
    fn an_answer_is_taken_back_until_somebody_has_decided() {
        let calendar = calendar();
        let rules = rules(&calendar, false);
        let fresh = Answer::new(today(), rules);
        assert_eq!(fresh.take_back(), Err(Refusal::NothingWaits));
        let asked = fresh.answer(MoreTime, today()).unwrap();
        assert_eq!(asked.take_back(), Ok(fresh), "before the manager has confirmed it");
        let (waiting, _) = asked.confirm(rules).unwrap();
        assert_eq!(waiting.take_back(), Ok(fresh), "before the authority has decided");
        let (granted, _) = waiting.decide(true, today(), rules).unwrap();
        assert_eq!(granted.take_back(), Err(Refusal::NothingWaits));
    }

    #[test]
    fn an_unknown_year_is_said_and_refuses_nothing() {
        let calendar = calendar();
        let rules = rules(&calendar, true);
        let fresh = Answer::new(date(2026, 12, 30), rules);
        assert_eq!(fresh.due, Err(UnknownYear(2027)));
        assert!(fresh.answer(MoreTime, date(2027, 1, 30)).is_ok());
    }

    proptest! {
        /// Whatever steps are tried in whatever order: more time is granted at most once, an accepted answer stays accepted, and
        /// the deadline never moves to an earlier day.
        #[test]
        fn no_order_of_steps_grants_twice(steps in prop::collection::vec((0..7u8, 0..20i64), 0..30), by_rule: bool) {
            let calendar = calendar();
            let rules = rules(&calendar, by_rule);
            let mut it = Answer::new(date(2026, 3, 2), rules);
            let mut granted = 0;
            let mut day = date(2026, 3, 2);
            for (step, days) in steps {
                day = day.saturating_add(jiff::Span::new().days(days));
                let kinds = [Corrected, Right, MoreTime];
                let next = match step {
                    0..=2 => it.answer(kinds[usize::from(step)], day).map(|it| (it, None)),
                    3 => it.confirm(rules),
                    6 => it.take_back().map(|it| (it, None)),
                    4 => it.decide(true, day, rules).map(|it| (it.0, Some(it.1))),
                    _ => it.decide(false, day, rules).map(|it| (it.0, Some(it.1))),
                };
                if let Ok((next, taken)) = next {
                    granted += u8::from(taken == Some(ThreadStep::Extended));
                    prop_assert!(it.state != AnswerState::Accepted);
                    if let (Ok(before), Ok(after)) = (it.due, next.due) {
                        prop_assert!(before <= after);
                    }
                    it = next;
                }
            }
            prop_assert!(granted <= 1);
            prop_assert_eq!(granted == 1, it.extended);
        }
    }
}
