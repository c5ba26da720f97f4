//! What an administrator may enter for an account, in a form or in a file.

use nengce_core::accounts::name::sign_in_name;
use nengce_messages::{checks, echo};
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::{Reach, reach};
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountBody;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use crate::http::content::problem::ApiError;
use crate::http::state::AppState;

/// Characters of a person's name, at most.
const NAME_LENGTH: usize = 80;

/// Whether one of the roles reaches no further than this.
fn any_reaches(roles: &[Role], wanted: Reach) -> bool {
    roles.iter().any(|role| Permission::ALL.iter().any(|it| reach(*role, *it) == Some(wanted)))
}

/// Everything that is wrong with an account, by field.
pub(super) fn problems(state: &AppState, it: &AccountBody) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut wrong = |field: &str, code: ProblemCode, reason: String| {
        found.push(FieldProblem::new(code, reason).in_field(field));
    };
    let invalid = ProblemCode::ParameterInvalid;
    if sign_in_name(&it.name).is_none() {
        let reason = format!(
            "「{}」：2–64 个小写字母、数字或 . _ - @ / 2 to 64 of a–z, 0–9, . _ - @",
            echo(&it.name)
        );
        wrong("name", invalid, reason);
    }
    let length = it.display_name.trim().chars().count();
    if !(1..=NAME_LENGTH).contains(&length) {
        wrong("display_name", invalid, format!("1–{NAME_LENGTH}"));
    } else if let Err(it) = checks::text("display_name", &it.display_name) {
        wrong("display_name", it.code, it.reason(Lang::Zh));
    }
    if !Role::may_be_together(&it.roles) {
        let reason = "至少一个角色；三员（系统、安全、审计）各自独立，不与其他角色同属一人 / at least one role; an administrator's role stands alone";
        wrong("roles", invalid, reason.to_owned());
    }
    let dictionaries = state.dictionaries();
    for code in it.districts.iter().filter(|it| dictionaries.region(it).is_none()) {
        wrong("districts", ProblemCode::ImportCodeUnknown, echo(code));
    }
    if it.districts.is_empty() && any_reaches(&it.roles, Reach::Districts) {
        let reason = "该角色须指定区 / this role needs a district";
        wrong("districts", ProblemCode::EntryFieldMissing, reason.to_owned());
    }
    let registry = state.store.registry();
    for code in it.units.iter().filter(|it| registry.unit_by_code(it).is_none()) {
        wrong("units", ProblemCode::ImportUnitUnknown, echo(code));
    }
    if it.units.is_empty() && any_reaches(&it.roles, Reach::Units) {
        let reason = "该角色须指定单位 / this role needs a unit";
        wrong("units", ProblemCode::EntryFieldMissing, reason.to_owned());
    }
    found
}

/// Refuses an account with a problem.
pub(super) fn check(state: &AppState, it: &AccountBody) -> Result<(), ApiError> {
    let found = problems(state, it);
    let Some(first) = found.first() else { return Ok(()) };
    let detail = format!("{}: {}", first.field.as_deref().unwrap_or_default(), first.reason);
    let problem = Problem::new(ProblemCode::ParameterInvalid, Lang::Zh).with_detail(detail);
    Err(problem.with_errors(found).into())
}
