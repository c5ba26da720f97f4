//! Receipts: what became of a submission, and who answers questions about it.

use nengce_analysis::typed_values::worst;
use nengce_core::reference::Dictionaries;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountState;
use nengce_shared::api::submission::{CheckNote, Receipt, SubmissionRow, TypedValue};

use crate::http::access::reader::{Reader, scope_of};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::commit::batch;
use crate::store::submissions::{self, Submission, SubmissionQuery};
use crate::store::unit_columns::UnitColumns;

/// A receipt before anything was stored.
pub(super) fn new(
    state: &AppState,
    unit: &str,
    values: Vec<TypedValue>,
    notes: Vec<CheckNote>,
) -> Receipt {
    let worst = worst(&notes);
    Receipt {
        values,
        from: None,
        to: None,
        excused_until: None,
        stored: 0,
        unchanged: 0,
        replaced: 0,
        awaiting_approval: 0,
        notes,
        worst: worst.to_owned(),
        send_again: worst == "high",
        contact: contact(state, unit),
        withdrawn_because: None,
    }
}

/// Adds what was stored.
pub(super) fn count(receipt: &mut Receipt, it: &batch::Receipt) {
    receipt.stored = it.stored;
    receipt.unchanged = it.unchanged;
    receipt.replaced = it.replaced;
    receipt.awaiting_approval = it.awaiting_approval;
}

/// The case officers of a unit, else whom the configuration names.
fn contact(state: &AppState, unit: &str) -> String {
    let accounts = state.store.accounts();
    let officers = accounts.all().filter(|it| {
        it.state == AccountState::Active
            && it.roles.contains(&Role::CaseOfficer)
            && it.units.iter().any(|it| it == unit)
    });
    let names: Vec<&str> = officers.map(|it| it.display_name.as_str()).collect();
    match names.is_empty() {
        true => state.config.questions_contact.clone(),
        false => names.join("、"),
    }
}

/// Whether what this reader submits has to be confirmed by a manager of the unit.
pub(super) fn needs_confirmation(state: &AppState, reader: &Reader) -> bool {
    state.config.second_pair_of_eyes
        && reader.account.as_ref().is_some_and(|it| {
            scope_of(&it.roles, (&it.districts, &it.units), Permission::ConfirmSubmissions)
                .is_none()
        })
}

/// A stored submission as the API says it.
pub(super) fn row((unit, it): (UnitColumns, Submission), known: &Dictionaries) -> SubmissionRow {
    let (decided_by, decided_at) = it.decided.unzip();
    SubmissionRow {
        submission_id: u64::try_from(it.id).unwrap_or_default(),
        unit: unit.named(known),
        kind: it.kind,
        state: it.state,
        finding_id: it.finding,
        reason: it.reason,
        submitted_by: it.submitted_by,
        submitted_at: it.submitted_at,
        decided_by,
        decided_at,
        upload_id: it.upload_id.and_then(|it| u64::try_from(it).ok()),
        receipt: it.receipt,
    }
}

/// The submission of an id within the reach of the reader, with its unit; another one is not found.
pub(super) async fn find(
    state: &AppState,
    reader: &Reader,
    id: i32,
) -> ApiResult<(UnitColumns, Submission)> {
    let wanted =
        SubmissionQuery { units: reader.units(state), id, limit: 1, ..SubmissionQuery::default() };
    let found = match id {
        ..=0 => None,
        _ => state.store.read(move |conn| Ok(submissions::page(conn, &wanted)?.pop())).await?,
    };
    found.ok_or_else(|| ApiError::missing("回执", "submission", &id.to_string()))
}
