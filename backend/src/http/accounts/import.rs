//! `/api/v1/accounts/import`: a list of accounts from a CSV or XLSX file, all of it or nothing.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use nengce_core::accounts::name::sign_in_name;
use nengce_messages::echo;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{AccountBody, AccountImport, Invited, WrongCell};
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use super::invitations::invite;
use super::manage::{AT_PROVIDER, fill, has_password_here, not_own};
use super::validity;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::import::limits::Limits;
use crate::import::sheet::{Choice, Row, Sheet};
use crate::store::accounts::account::Account;

/// Accounts of one file, at most.
const MOST_ROWS: usize = 10_000;
/// Bytes that a workbook may unpack to.
const MOST_UNPACKED: usize = 64 << 20;

/// The columns by either of their names.
const COLUMNS: [[&str; 2]; 5] = [
    ["name", "账号"],
    ["display_name", "姓名"],
    ["roles", "角色"],
    ["districts", "区"],
    ["units", "单位"],
];

/// Reads the accounts of a file; with `dry_run=true` it only says what would happen. Nothing is taken while a cell is wrong.
#[utoipa::path(post, path = "/api/v1/accounts/import", tag = "accounts",
    params(("dry_run" = Option<bool>, Query, description = "true: change nothing")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = AccountImport), (status = 400), (status = 401), (status = 403), (status = 413), (status = 422)))]
pub async fn import_accounts(
    State(state): State<AppState>,
    by: Reader,
    uri: Uri,
    body: Bytes,
) -> ApiResult<Json<AccountImport>> {
    let params = Params::read(&uri, &["dry_run"], Lang::Zh)?;
    let flag = |it: &str| it.parse::<bool>().ok();
    let dry_run = params.one_of("dry_run", &["true", "false"], flag)?.unwrap_or(false);
    let read = move || {
        let limits = Limits { rows: MOST_ROWS, unpacked_bytes: MOST_UNPACKED, ..Limits::default() };
        Sheet::read_as(&body, &Choice::default(), &limits)
    };
    let sheet = tokio::task::spawn_blocking(read).await.map_err(ApiError::internal)??;
    let (rows, errors) = rows(&state, &by, &sheet)?;
    let mut answer = AccountImport {
        rows: sheet.rows.len() as u32,
        dry_run,
        errors,
        changed: Vec::new(),
        invited: Vec::new(),
    };
    if !dry_run && !answer.errors.is_empty() {
        return Err(refused(answer.errors));
    }
    let (hours, now) = (state.config.invitation_hours, state.clock.now());
    let take = |all: &crate::store::accounts::Accounts| {
        let mut taken = Vec::new();
        for body in rows {
            let known = all.get(&body.name).map(|it| Account::clone(it));
            let is_new = known.is_none();
            let mut it = known.unwrap_or_else(|| Account::new(body.name.clone(), Vec::new(), now));
            fill(&mut it, body);
            it.changed_at = now;
            match is_new {
                true => answer.invited.push(invite(&mut it, hours, now)),
                false => answer.changed.push(it.name.clone()),
            }
            taken.push(it);
        }
        taken
    };
    if dry_run {
        drop(take(&state.store.accounts()));
        let unsaid = |it: &mut Invited| it.link.clear();
        answer.invited.iter_mut().for_each(unsaid);
    } else {
        state.store.change_accounts(|all| Ok::<_, ApiError>(take(all))).await?;
    }
    Ok(Json(answer))
}

/// The accounts of the right rows, and all that is wrong with the others.
fn rows(
    state: &AppState,
    by: &Reader,
    sheet: &Sheet,
) -> ApiResult<(Vec<AccountBody>, Vec<WrongCell>)> {
    let place = |names: &[&str; 2]| sheet.column(names[0]).or_else(|_| sheet.column(names[1]));
    let required = |at: usize| place(&COLUMNS[at]).map_err(ApiError::from);
    let places = [
        Some(required(0)?),
        Some(required(1)?),
        Some(required(2)?),
        place(&COLUMNS[3]).ok(),
        place(&COLUMNS[4]).ok(),
    ];
    let (mut good, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in &sheet.rows {
        let (it, mut wrong) = read(row, &places);
        wrong.extend(validity::problems(state, &it));
        if !seen.insert(it.name.clone()) {
            let twice = FieldProblem::new(ProblemCode::EntryDuplicate, echo(&it.name));
            wrong.push(twice.in_field("name"));
        }
        if not_own(by, &it.name).is_err() {
            let own = "不能改动自己的账号 / nobody changes the own account";
            wrong.push(FieldProblem::new(ProblemCode::Conflict, own).in_field("name"));
        }
        if has_password_here(state, &it.name).is_err() {
            wrong.push(FieldProblem::new(ProblemCode::Conflict, AT_PROVIDER).in_field("name"));
        }
        match wrong.is_empty() {
            true => good.push(it),
            false => errors.extend(wrong.into_iter().map(|it| WrongCell {
                row: row.line,
                field: it.field.unwrap_or_default(),
                reason: format!("{}：{}", it.code.title(Lang::Zh), it.reason),
            })),
        }
    }
    Ok((good, errors))
}

/// Names between commas, semicolons or blanks.
fn list(cell: &str) -> Vec<String> {
    let parts = cell.split([',', '，', '、', ';', '；', ' ', '\n']).map(str::trim);
    parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn read(row: &Row, places: &[Option<usize>; 5]) -> (AccountBody, Vec<FieldProblem>) {
    let cell = |at: usize| places[at].map(|it| row.cell(it).trim().to_owned()).unwrap_or_default();
    let (mut roles, mut wrong) = (Vec::new(), Vec::new());
    for word in list(&cell(2)) {
        let named = |it: &&Role| it.label(Lang::Zh) == word || it.as_str() == word;
        match Role::ALL.iter().find(named) {
            Some(it) => roles.push(*it),
            None => {
                let unknown = FieldProblem::new(ProblemCode::ImportCodeUnknown, echo(&word));
                wrong.push(unknown.in_field("roles"));
            }
        }
    }
    let name = cell(0);
    let it = AccountBody {
        name: sign_in_name(&name).unwrap_or(name),
        display_name: cell(1),
        roles,
        districts: list(&cell(3)),
        units: list(&cell(4)),
    };
    (it, wrong)
}

fn refused(errors: Vec<WrongCell>) -> ApiError {
    let code = ProblemCode::ImportValueUnreadable;
    let detail = format!(
        "{0} 处有误，未改动任何账号 / {0} cells are wrong; no account was changed",
        errors.len()
    );
    let field =
        |it: WrongCell| FieldProblem::new(code, it.reason).at_row(it.row).in_field(it.field);
    let errors = errors.into_iter().map(field).collect();
    Problem::new(code, Lang::Zh).with_detail(detail).with_errors(errors).into()
}
