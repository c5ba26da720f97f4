//! `/api/v1/account/second-factor`: a person sets the own second factor up, and takes it away.

use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use nengce_core::accounts::{one_time_code, recovery_code};
use nengce_shared::api::account::{CodeBody, OwnPasswordBody, RecoveryCodes, SecondFactorSetUp};
use nengce_shared::problem::ProblemCode;
use rand::Rng;

use super::manage::has_password_here;
use super::sign_in::{self, Client};
use crate::clock;
use crate::http::access::session::SignedIn;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::{Account, SecondFactor};

/// Pixels of the QR code's side, at least.
const QR_SIDE: u32 = 200;

/// Changes the account of whoever asks.
async fn change(
    state: &AppState,
    by: &SignedIn,
    change: impl FnOnce(&mut Account) -> ApiResult<()>,
) -> ApiResult<()> {
    let (name, now) = (&by.account.name, state.clock.now());
    state
        .store
        .change_accounts::<ApiError>(|all| {
            let known = all.get(name).ok_or_else(|| ApiError::missing("账号", "account", name))?;
            let mut it = Account::clone(known);
            change(&mut it)?;
            it.changed_at = now;
            Ok(vec![it])
        })
        .await?;
    Ok(())
}

/// Begins to set up a second factor; it counts once a code of it is confirmed.
#[utoipa::path(post, path = "/api/v1/account/second-factor", tag = "accounts",
    responses((status = 200, body = SecondFactorSetUp), (status = 401), (status = 403), (status = 409, description = "there is one already")))]
pub async fn start_second_factor(
    State(state): State<AppState>,
    by: SignedIn,
) -> ApiResult<Json<SecondFactorSetUp>> {
    has_password_here(&state, &by.account.name)?;
    if by.account.is_demo {
        let words = "演示账号人人可用，不设动态码 / everybody may be this account of the demo";
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let mut random = [0; one_time_code::SECRET_BYTES];
    rand::rng().fill_bytes(&mut random);
    let secret = one_time_code::secret(&random);
    let kept = secret.clone();
    change(&state, &by, |it| {
        if it.confirmed_factor().is_some() {
            let words = "动态码已启用，先停用再换 / a second factor is set up; take it away first";
            return Err(ApiError::new(ProblemCode::Conflict, words));
        }
        it.second_factor = Some(SecondFactor {
            secret: kept,
            confirmed: false,
            last_step: 0,
            recovery_digests: Vec::new(),
        });
        Ok(())
    })
    .await?;
    let issuer = format!("能测 {}", state.config.place_zh);
    let uri = one_time_code::uri(&secret, &issuer, &by.account.name);
    let code = qrcode::QrCode::new(&uri).map_err(ApiError::internal)?;
    let qr_svg =
        code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(QR_SIDE, QR_SIDE).build();
    Ok(Json(SecondFactorSetUp { secret, uri, qr_svg }))
}

/// Confirms the second factor by a code, and gives the recovery codes, once.
#[utoipa::path(post, path = "/api/v1/account/second-factor/confirm", tag = "accounts", request_body = CodeBody,
    responses((status = 200, body = RecoveryCodes), (status = 401, description = "the code is not right"), (status = 403), (status = 409)))]
pub async fn confirm_second_factor(
    State(state): State<AppState>,
    by: SignedIn,
    JsonBody(body): JsonBody<CodeBody>,
) -> ApiResult<Json<RecoveryCodes>> {
    let make = |_| {
        let mut random = [0; recovery_code::BYTES];
        rand::rng().fill_bytes(&mut random);
        recovery_code::code(random)
    };
    let codes: Vec<String> = (0..recovery_code::COUNT).map(make).collect();
    let digests = codes.iter().map(|it| recovery_code::digest(it)).collect();
    let now = clock::timestamp().as_second();
    change(&state, &by, |it| {
        let factor = it.second_factor.as_mut().filter(|it| !it.confirmed).ok_or_else(|| {
            let words = "没有待确认的动态码 / no second factor waits for its first code";
            ApiError::new(ProblemCode::Conflict, words)
        })?;
        let step = one_time_code::step(&factor.secret, &body.code, now, factor.last_step)
            .ok_or_else(|| ApiError::new(ProblemCode::SecondFactorWrong, "code"))?;
        (factor.confirmed, factor.last_step, factor.recovery_digests) = (true, step, digests);
        Ok(())
    })
    .await?;
    Ok(Json(RecoveryCodes { codes }))
}

/// Takes the second factor away; the password is asked for again.
#[utoipa::path(delete, path = "/api/v1/account/second-factor", tag = "accounts", request_body = OwnPasswordBody,
    responses((status = 204), (status = 401), (status = 403), (status = 429), (status = 503)))]
pub async fn delete_second_factor(
    State(state): State<AppState>,
    by: SignedIn,
    extensions: Extensions,
    headers: HeaderMap,
    JsonBody(body): JsonBody<OwnPasswordBody>,
) -> Result<StatusCode, Response> {
    let client = Client::of(&state, &extensions, &headers);
    sign_in::confirm_password(&state, &client, &by.account, body.password).await?;
    let done = change(&state, &by, |it| {
        it.second_factor = None;
        Ok(())
    });
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(IntoResponse::into_response)
}
