//! One person's step at a time: whoever answers, decides or confirms reads how things stand and then writes. And how much a
//! unit may submit in a day.

use jiff::civil::Time;
use nengce_shared::problem::ProblemCode;
use tokio::sync::MutexGuard;

use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::submissions;

/// Waits until nobody else takes a step; none can come between as long as the guard lives.
pub(in crate::http) async fn turn(state: &AppState) -> MutexGuard<'_, ()> {
    state.submission_turns.lock().await
}

/// The same for a person of a unit, who may submit so much in a day.
pub(in crate::http) async fn turn_of_unit<'a>(
    state: &'a AppState,
    reader: &Reader,
    unit_id: i32,
) -> ApiResult<MutexGuard<'a, ()>> {
    let guard = turn(state).await;
    let most = state.config.max_submissions_per_unit_per_day;
    let since = clock::text(state.clock.today().to_datetime(Time::midnight()));
    let author = reader.name.to_string();
    let ask = move |conn: &_| submissions::count_since(conn, unit_id, &since, &author);
    if most > 0 && state.store.read(ask).await? >= u64::from(most) {
        let words = format!(
            "本单位今日填报与留言已达 {most} 次，请明日再报或联系能源中心 / the unit has submitted {most} times today: go on \
             tomorrow, or ask the energy centre"
        );
        return Err(ApiError::new(ProblemCode::RateLimited, words));
    }
    Ok(guard)
}
