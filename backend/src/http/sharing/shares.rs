//! `/api/v1/units/{code}/shares…`: a unit's manager lets a named account read the unit's data for a time, and takes it back.

use axum::Json;
use axum::extract::{Path, State};
use jiff::ToSpan;
use jiff::civil::Date;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::AccountState;
use nengce_shared::api::sharing::{ShareList, ShareRequest, ShareRow};
use nengce_shared::problem::ProblemCode;

use super::unit_id;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::http::submissions::turn::turn;
use crate::store::accounts::account::Share;
use crate::store::accounts::shares::shares;

/// What a unit can share.
const KINDS: [Permission; 4] =
    [Permission::Figures, Permission::UnitData, Permission::Quality, Permission::Uploads];

/// Shares that a list shows, those that ended included.
const MOST_ROWS: u32 = 200;

/// Shares that a unit makes in a day for each that may be in force.
const MADE_A_DAY: u32 = 5;

/// With whom a unit shares its data: the newest shares, those that ended too.
#[utoipa::path(get, path = "/api/v1/units/{code}/shares", tag = "sharing", params(("code" = String, Path)),
    responses((status = 200, body = ShareList), (status = 404)))]
pub async fn list_shares(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<ShareList>> {
    list(&state, &code).await
}

async fn list(state: &AppState, code: &str) -> ApiResult<Json<ShareList>> {
    unit_id(state, code)?;
    let (found, today) = (of_unit(state, code).await?, state.clock.today());
    let config = &state.config;
    Ok(Json(ShareList {
        in_force: found.iter().filter(|it| it.is_in_force(today)).count() as u32,
        rows: found.into_iter().map(|it| row(state, it, today)).collect(),
        most_shares: config.max_shares_per_unit,
        most_days: config.max_share_days,
        kinds: KINDS.to_vec(),
        min_peer_members: config.min_peer_members as u32,
    }))
}

async fn of_unit(state: &AppState, code: &str) -> ApiResult<Vec<Share>> {
    let unit = code.to_owned();
    Ok(state.store.read(move |conn| shares(conn, &unit, MOST_ROWS)).await?)
}

fn row(state: &AppState, it: Share, today: Date) -> ShareRow {
    let account = state.store.accounts().get(&it.account).cloned();
    let standing = match (&it.withdrawn, it.is_in_force(today)) {
        (Some(_), _) => "withdrawn",
        (None, true) => "in_force",
        (None, false) => "ended",
    };
    let (withdrawn_by, withdrawn_at) = it.withdrawn.unzip();
    ShareRow {
        share_id: it.id as u64,
        display_name: account.as_ref().map(|it| it.display_name.clone()).unwrap_or_default(),
        roles: account.map(|it| it.roles.clone()).unwrap_or_default(),
        account: it.account,
        kinds: it.kinds,
        until: it.until.to_string(),
        reason: it.reason,
        made_by: it.made_by,
        made_at: it.made_at,
        state: standing.to_owned(),
        withdrawn_by,
        withdrawn_at,
    }
}

/// Lets an account read the unit's data up to a day. The name has to be exact; administrators cannot be named.
#[utoipa::path(post, path = "/api/v1/units/{code}/shares", tag = "sharing", params(("code" = String, Path)), request_body = ShareRequest,
    responses((status = 200, body = ShareList), (status = 400), (status = 404), (status = 409, description = "as many shares are in force as may be, or the account has one")))]
pub async fn create_share(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(request): JsonBody<ShareRequest>,
) -> ApiResult<Json<ShareList>> {
    unit_id(&state, &code)?;
    let reason = line("reason", &request.reason, false)?;
    let until = last_day(&state, &request.until)?;
    let mut kinds = request.kinds;
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() || kinds.iter().any(|it| !KINDS.contains(it)) {
        let words = KINDS.map(|it| it.as_str()).join(" | ");
        return Err(ApiError::parameter("kinds", words));
    }
    let account = request.account.trim().to_owned();
    let found = state.store.accounts().get(&account).cloned();
    let can_read = found.is_some_and(|it| {
        it.state == AccountState::Active && !it.roles.iter().any(|it| it.is_administrator())
    });
    if !can_read || *account == *reader.name {
        let words = "没有可以接受分享的账号正是此名：核对对方的登录名 / no account that can take a share has exactly this name: \
                     ask its person for the name with which they sign in";
        return Err(ApiError::parameter("account", words));
    }
    let _turn = turn(&state).await;
    let (all, today) = (of_unit(&state, &code).await?, state.clock.today());
    check_room(&state, &all, &account, today)?;
    let share = Share {
        id: 0,
        enterprise_code: code.clone(),
        account,
        kinds,
        until,
        reason,
        made_by: reader.name.to_string(),
        made_at: clock::text(state.clock.now()),
        withdrawn: None,
    };
    state.store.add_share(share).await?;
    list(&state, &code).await
}

fn last_day(state: &AppState, text: &str) -> ApiResult<Date> {
    let (today, most) = (state.clock.today(), state.config.max_share_days);
    let latest = today.saturating_add(i64::from(most).days());
    let found = text.parse::<Date>().ok().filter(|it| (today..=latest).contains(it));
    found.ok_or_else(|| {
        let words =
            format!("应为 {today} 至 {latest} 的一天 / a day from {today} to {latest}, YYYY-MM-DD");
        ApiError::parameter("until", words)
    })
}

/// Refuses a second share with an account, and more shares than a unit may have or make in a day.
fn check_room(state: &AppState, all: &[Share], account: &str, today: Date) -> ApiResult<()> {
    let most = state.config.max_shares_per_unit;
    let in_force: Vec<&Share> = all.iter().filter(|it| it.is_in_force(today)).collect();
    if in_force.iter().any(|it| it.account == account) {
        let words = format!(
            "已向 {account} 分享：先收回再改 / the data are shared with {account} already: withdraw that share first"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    if in_force.len() as u64 >= u64::from(most) {
        let words = format!(
            "生效的分享已达 {most} 项：先收回一项 / {most} shares are in force: withdraw one"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let made = all.iter().filter(|it| it.made_at.starts_with(&today.to_string())).count() as u64;
    let a_day = (u64::from(most) * u64::from(MADE_A_DAY)).min(u64::from(MOST_ROWS));
    if made >= a_day {
        let words = format!(
            "今日已分享 {made} 次：明日再办 / {made} shares were made today: go on tomorrow"
        );
        return Err(ApiError::new(ProblemCode::RateLimited, words));
    }
    Ok(())
}

/// Withdraws a share at once.
#[utoipa::path(post, path = "/api/v1/units/{code}/shares/{share_id}/withdraw", tag = "sharing", params(("code" = String, Path), ("share_id" = i32, Path)),
    responses((status = 200, body = ShareList), (status = 404), (status = 409, description = "it is over already")))]
pub async fn withdraw_share(
    State(state): State<AppState>,
    reader: Reader,
    Path((code, id)): Path<(String, i32)>,
) -> ApiResult<Json<ShareList>> {
    unit_id(&state, &code)?;
    let _turn = turn(&state).await;
    let found = of_unit(&state, &code).await?.into_iter().find(|it| it.id == id);
    let share = found.ok_or_else(|| ApiError::missing("分享", "share", &id.to_string()))?;
    if !share.is_in_force(state.clock.today()) {
        let words = format!("分享 {id} 已结束 / share {id} is over already");
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    state.store.withdraw_share(&share, reader.name.to_string(), state.clock.now()).await?;
    list(&state, &code).await
}
