//! Where the answer to a finding stands today, with its deadline by working days.

use std::sync::Arc;

use jiff::civil::Date;
use nengce_core::quality::answer::{Answer, AnswerRules};
use nengce_core::quality::timeliness::is_overdue;
use nengce_core::reference::Dictionaries;
use nengce_messages::stamp;
use nengce_shared::api::submission::FindingAnswer;
use nengce_shared::submission::AnswerState;

use crate::config::Config;
use crate::http::state::AppState;
use crate::store::quality::answers::StoredAnswer;
use crate::store::quality::list::Finding;

/// What deadlines depend on: the configuration, the working days, and today.
#[derive(Clone)]
pub struct Deadlines {
    pub dictionaries: Arc<Dictionaries>,
    pub config: Arc<Config>,
    pub today: Date,
}

impl Deadlines {
    pub fn of(state: &AppState) -> Self {
        let config = Arc::clone(&state.config);
        Self { dictionaries: state.dictionaries(), config, today: state.clock.today() }
    }

    pub fn rules(&self) -> AnswerRules<'_> {
        AnswerRules {
            calendar: &self.dictionaries.working_days,
            answer_days: self.config.answer_working_days,
            extension_days: self.config.extension_working_days,
            is_extension_granted_by_rule: self.config.extension_granted_by_rule,
        }
    }

    /// The answer as it stands.
    pub fn answer(&self, it: &Finding) -> Answer {
        let day = |text: &str| text.get(..10).and_then(|it| it.parse().ok());
        let excused = it.excused_until.as_deref().and_then(day);
        self.answer_since(day(&it.first_seen), it.answer.as_ref(), excused)
    }

    /// The same of what is stored of a finding: its first day, the answer, and the day until which an outage excuses it. A
    /// deadline that could not be told before is told once its calendar is imported.
    pub fn answer_since(
        &self,
        first_seen: Option<Date>,
        stored: Option<&StoredAnswer>,
        excused: Option<Date>,
    ) -> Answer {
        let rules = self.rules();
        let mut answer = Answer::new(first_seen.unwrap_or(self.today), rules);
        if let Some(stored) = stored {
            let computed = match stored.extended {
                true => answer.due.and_then(|due| rules.calendar.after(due, rules.extension_days)),
                false => answer.due,
            };
            answer = Answer {
                state: stored.state,
                kind: stored.kind,
                due: stored.due.map_or(computed, Ok),
                extended: stored.extended,
            };
        }
        if let Some(excused) = excused {
            answer.due = answer.due.map(|due| due.max(excused));
        }
        answer
    }

    /// The same as the API says it.
    pub fn told(&self, it: &Finding) -> FindingAnswer {
        let answer = self.answer(it);
        let due = answer.due.ok();
        FindingAnswer {
            state: answer.state,
            kind: answer.kind,
            due: due.map(|it| it.to_string()),
            unknown_year: answer.due.err().map(|it| it.0),
            days_left: due.map(|it| (it - self.today).get_days()),
            extended: answer.extended,
            changed_at: it.answer.as_ref().map(|it| it.changed_at.clone()),
            changed_by: it.answer.as_ref().map(|it| it.changed_by.clone()),
        }
    }

    /// Whether a finding is open for longer than the working days for repair, and no reported outage excuses it.
    pub fn is_overdue(&self, it: &Finding) -> bool {
        let excused = it.excused_until.as_ref().and_then(|it| it.parse::<Date>().ok());
        it.state == "open"
            && excused.is_none_or(|it| self.today > it)
            && is_overdue(
                it.from_day,
                stamp::day_number(self.today),
                &self.dictionaries.working_days,
            )
    }
}

/// The states in which an open finding waits for its unit.
pub const OF_THE_UNIT: [AnswerState; 3] =
    [AnswerState::Unanswered, AnswerState::SentBack, AnswerState::Corrected];

/// Answer states as the store's filter takes them.
pub fn filter(states: &[AnswerState]) -> String {
    states.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(",")
}
