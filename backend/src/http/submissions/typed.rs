//! Values typed by hand: checked as readings, held against the unit's own history, and committed like an upload.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_analysis::typed_values;
use nengce_messages::{Problem, Reading, stamp};
use nengce_shared::api::submission::{CheckNote, TypedValue};
use nengce_shared::data_code::DataCode;
use nengce_shared::period::DayRange;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::commit::batch::{Batch, Receipt};
use crate::store::queries::manual;

/// `inputType` of values that people type (NECC-NHJC-04).
const BY_HAND: u8 = 5;

/// The values as readings, and what the unit's history says about them.
///
/// # Errors
/// A value that cannot be stored, with its place: of an item that the unit does not have, of a period that has not ended, or
/// absurd.
pub(super) async fn check(
    state: &AppState,
    unit: i32,
    values: &[TypedValue],
) -> ApiResult<(Vec<Reading>, Vec<CheckNote>)> {
    let most = state.config.max_typed_values;
    if values.is_empty() || values.len() > most {
        let reason = format!("应有 1 至 {most} 个值 / 1 to {most} values");
        return Err(ApiError::parameter("values", reason));
    }
    let mut readings = Vec::new();
    let mut spans: BTreeMap<String, DayRange> = BTreeMap::new();
    for (at, it) in values.iter().enumerate() {
        let (reading, days) = reading(state, it).map_err(|problem| at_value(at, &problem))?;
        let is_twice = readings.iter().any(|other: &Reading| {
            (other.data_code, other.stat_type, other.at)
                == (reading.data_code, reading.stat_type, reading.at)
        });
        if is_twice {
            let field = format!("values[{at}].period");
            return Err(ApiError::parameter(&field, "同一时段填了两次 / this period stands twice"));
        }
        let code = reading.data_code.to_string();
        let span = spans.get(&code).map_or(days, |it| {
            DayRange::between(it.from().min(days.from()), it.to().max(days.to()))
        });
        spans.insert(code, span);
        readings.push(reading);
    }
    let typed: Vec<TypedValue> = values
        .iter()
        .zip(&readings)
        .map(|(it, reading)| TypedValue { data_code: reading.data_code.to_string(), ..it.clone() })
        .collect();
    state.store.wait_for_roll_ups().await?;
    let histories = state.store.read(move |conn| {
        let found = spans
            .into_iter()
            .map(|(code, span)| Ok((manual::history(conn, unit, &code, span)?, code)));
        found.collect::<Result<Vec<_>, crate::store::StoreError>>()
    });
    let mut notes = Vec::new();
    for (history, code) in histories.await? {
        let history = history.ok_or_else(|| ApiError::missing("采集项", "item", &code))?;
        notes.extend(typed_values::check(&history, &typed));
    }
    Ok((readings, notes))
}

fn at_value(at: usize, it: &Problem) -> ApiError {
    let field = format!("values[{at}].{}", it.field);
    let reason = format!(
        "{} / {}",
        it.reason(nengce_shared::lang::Lang::Zh),
        it.reason(nengce_shared::lang::Lang::En)
    );
    ApiError::at_parameter(it.code, &field, reason)
}

/// The reading of a value, and the days that it covers.
pub(super) fn reading(state: &AppState, it: &TypedValue) -> Result<(Reading, DayRange), Problem> {
    let data_code = DataCode::parse_lenient(&it.data_code)
        .map_err(|error| Problem::new("data_code", error.problem(), &it.data_code))?;
    let (text, stat_type) = match it.period.len() {
        7 => (format!("{}-01 00:00:00", it.period), StatType::Month),
        _ => (format!("{} 00:00:00", it.period), StatType::Day),
    };
    let wrong = |code| Problem::new("period", code, &it.period);
    let span = DayRange::parse(&it.period, &it.period).ok();
    let days = span.filter(|_| matches!(it.period.len(), 7 | 10)).ok_or_else(|| {
        wrong(ProblemCode::EntryStatDateMalformed)
            .hint("应为 YYYY-MM-DD 或 YYYY-MM", "YYYY-MM-DD or YYYY-MM")
    })?;
    let today: Date = state.clock.today();
    if days.to() >= today {
        return Err(wrong(ProblemCode::EntryStatDateFuture)
            .hint("只能填报已结束的日、月", "the day or month must have ended"));
    }
    let bounds = state.bounds();
    let at = stamp::read(&text, stat_type, &bounds)
        .map_err(|problem| Problem { field: "period", ..problem })?;
    if !it.value.is_finite() || it.value.abs() > bounds.value_abs_max {
        return Err(Problem::new("value", ProblemCode::EntryValueAbsurd, it.value.to_string()));
    }
    let reading = Reading {
        data_code,
        stat_type,
        at,
        off: 0,
        value: it.value,
        valid: true,
        input_type: Some(BY_HAND),
    };
    Ok((reading, days))
}

/// Commits readings through the queue of uploads; replacements follow the policy of the configuration.
pub(super) async fn commit(
    state: &AppState,
    unit_id: i32,
    readings: Vec<Reading>,
    by: &str,
) -> ApiResult<Receipt> {
    let batch = Batch {
        unit_id,
        sent_by: format!("manual:{by}"),
        kind: "manual",
        received_at: state.clock.now(),
        entries: u32::try_from(readings.len()).unwrap_or(u32::MAX),
        readings,
        rejected: Vec::new(),
        rejected_more: 0,
    };
    let receipt = state.store.ingest(batch).await?;
    state.store.wait_for_roll_ups().await?;
    match receipt.limited {
        Some(code) => {
            Err(ApiError::new(code, "超出限额，未保存 / beyond a limit, nothing was stored"))
        }
        None => Ok(receipt),
    }
}
