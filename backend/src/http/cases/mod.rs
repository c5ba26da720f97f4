//! `/api/v1/cases`: inspection cases from the clue to the file. Each side has an address of its own for its steps; the rules
//! of `nengce_core::cases` say which may follow.

pub mod detail;
pub mod evidence;
pub mod files;
mod ground;
pub mod list;
pub(in crate::http) mod offences;
mod one_fine;
pub mod open;
pub mod papers;
mod rows;
pub mod steps;
mod take;

use std::sync::Arc;

pub(in crate::http) use ground::{ground_of, revoked_on};

use jiff::civil::Date;
use nengce_core::cases::progress::Progress;
use nengce_core::cases::{Subject, Terms};
use nengce_core::reference::{Dictionaries, Provenance, Violation};
use nengce_messages::checks;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::case::{CaseActor, Procedure};
use nengce_shared::problem::ProblemCode;

use super::access::reader::Reader;
use super::content::problem::{ApiError, ApiResult};
use super::state::AppState;
use crate::store::cases::{self, CaseHead, CaseQuery, KeptStep};

/// Characters of what a step says.
const TEXT_LENGTH: usize = 4_000;

/// A text of several lines without unseen characters, trimmed.
pub(in crate::http) fn text(field: &'static str, text: &str) -> ApiResult<String> {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    if text.chars().count() > TEXT_LENGTH {
        let reason = format!("至多 {TEXT_LENGTH} 个字 / at most {TEXT_LENGTH} characters");
        return Err(ApiError::parameter(field, reason));
    }
    for line in &lines {
        checks::unseen(field, line)
            .map_err(|it| ApiError::parameter(field, it.hint_zh + " / " + &it.hint_en))?;
    }
    Ok(lines.join("\n"))
}

/// A step of a case or of an entry of the credit list that may not be taken now.
pub(in crate::http) fn refused(zh: &str, en: &str) -> ApiError {
    ApiError::new(ProblemCode::CaseStepRefused, format!("{zh} / {en}"))
}

/// A day between an earlier one and today; none where the text is empty.
pub(in crate::http) fn past_day(
    field: &'static str,
    text: Option<&str>,
    (earliest, today): (Option<Date>, Date),
) -> ApiResult<Option<Date>> {
    let Some(text) = text.filter(|it| !it.is_empty()) else { return Ok(None) };
    let is_past = |it: &Date| *it <= today && earliest.is_none_or(|earliest| *it >= earliest);
    let earliest = earliest.map(|it| format!("{it} – ")).unwrap_or_default();
    let reason = || format!("YYYY-MM-DD，{earliest}{today}");
    let day = text.parse().ok().filter(is_past);
    day.map(Some).ok_or_else(|| ApiError::parameter(field, reason()))
}

/// A case with its steps and the rules in force.
pub(in crate::http) struct Loaded {
    pub head: CaseHead,
    pub steps: Vec<KeptStep>,
    violation: Violation,
    dictionaries: Arc<Dictionaries>,
}

impl Loaded {
    fn new(head: CaseHead, steps: Vec<KeptStep>, dictionaries: Arc<Dictionaries>) -> Self {
        let violation = violation(&dictionaries, &head.violation);
        Self { head, steps, violation, dictionaries }
    }

    fn progress(&self) -> Progress<'_> {
        Progress::new(self.steps.iter().map(|it| &it.step))
    }

    fn subject(&self) -> Subject<'_> {
        let CaseHead { is_joint, act_to, .. } = self.head;
        Subject { violation: &self.violation, is_joint, act_to }
    }

    fn terms(&self) -> Terms<'_> {
        Terms::of(&self.dictionaries)
    }
}

/// The violation of a code; of one that the dictionary no longer holds only the code is known, so that nothing follows.
fn violation(dictionaries: &Dictionaries, code: &str) -> Violation {
    let known = dictionaries.violations.iter().find(|it| it.code == code).cloned();
    known.unwrap_or_else(|| Violation {
        code: code.to_owned(),
        zh: code.to_owned(),
        en: code.to_owned(),
        duty_zh: String::new(),
        ground: String::new(),
        authority: String::new(),
        procedure: Procedure::Transfer,
        fine: None,
        provenance: Provenance {
            edition: String::new(),
            source: String::new(),
            source_zh: String::new(),
            certainty: "unknown".to_owned(),
        },
    })
}

/// Whether the reader stands on the side of units: they see a case from the step on by which the unit learnt of it, and
/// nothing of what the authority does within itself.
pub(in crate::http) fn is_of_unit(reader: &Reader) -> bool {
    let roles = reader.account.as_ref().map(|it| it.roles.as_slice());
    roles.is_some_and(|it| it.iter().all(|it| it.is_of_enterprise() || *it == Role::ServiceCompany))
}

/// Whether the reader sees every case of the units within the scope, and all of it.
pub(in crate::http) fn sees_whole_cases(reader: &Reader) -> bool {
    !is_of_unit(reader) && !is_of_metering(reader)
}

/// Whether the reader sees joint cases alone.
fn is_of_metering(reader: &Reader) -> bool {
    let roles = reader.account.as_ref().map(|it| it.roles.as_slice());
    roles.is_some_and(|it| it.iter().all(|it| *it == Role::MeteringAuthority))
}

/// As whom the reader may act in cases.
pub(in crate::http) fn acts_as(state: &AppState, reader: &Reader) -> Vec<CaseActor> {
    let all = [
        (CaseActor::Officer, Permission::HandleCases),
        (CaseActor::Approver, Permission::ApproveCases),
        (CaseActor::Reviewer, Permission::ReviewCases),
        (CaseActor::Unit, Permission::AnswerCases),
    ];
    let may = all.into_iter().filter(|it| reader.also_has(it.1, state));
    // The token of the administrator belongs to the authority.
    may.map(|it| it.0).filter(|it| *it != CaseActor::Unit || reader.account.is_some()).collect()
}

/// What a reader may ask for.
pub(in crate::http) fn within(state: &AppState, reader: &Reader) -> CaseQuery {
    CaseQuery {
        units: reader.units(state),
        is_told: is_of_unit(reader),
        is_joint: is_of_metering(reader),
        ..CaseQuery::default()
    }
}

/// The cases of a query with their steps.
pub(in crate::http) async fn load(state: &AppState, query: CaseQuery) -> ApiResult<Vec<Loaded>> {
    let ask = move |conn: &_| {
        let heads = cases::list(conn, &query)?;
        let ids: Vec<u64> = heads.iter().map(|it| it.case_id).collect();
        Ok((heads, cases::steps(conn, &ids)?))
    };
    let (heads, steps) = state.store.read(ask).await?;
    let mut of: std::collections::HashMap<u64, Vec<KeptStep>> = std::collections::HashMap::new();
    for it in steps {
        of.entry(it.case_id).or_default().push(it);
    }
    let dictionaries = state.dictionaries();
    let whole = |head: CaseHead| {
        let steps = of.remove(&head.case_id).unwrap_or_default();
        Loaded::new(head, steps, Arc::clone(&dictionaries))
    };
    Ok(heads.into_iter().map(whole).collect())
}

/// A case within the reach of the reader; another one is not found.
async fn find(state: &AppState, reader: &Reader, id: u64) -> ApiResult<Loaded> {
    let query = CaseQuery { id, limit: 1, ..within(state, reader) };
    let found = if id == 0 { Vec::new() } else { load(state, query).await? };
    found.into_iter().next().ok_or_else(|| ApiError::missing("案件", "case", &id.to_string()))
}
