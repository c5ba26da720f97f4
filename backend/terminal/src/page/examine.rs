//! Looks at one meter: reads a point now, sends a frame that a person wrote, and notes that the meter was replaced.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nengce_engine::EngineError;
use nengce_sources::{Exchange, SourceError};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::collect;
use crate::page::guard::{Page, done, refuse, wrong};

type Given = State<Arc<Page>>;

/// What the page shows of an exchange.
fn shown(what: Value, exchange: &Exchange, problem: Option<&SourceError>, since: Instant) -> Value {
    let problem =
        problem.map(|it| json!({"code": it.code(), "zh": it.text_zh(), "en": it.text_en()}));
    let mut shown = json!({
        "problem": problem, "milliseconds": since.elapsed().as_millis() as u64,
        "sent": const_hex::encode_upper(&exchange.sent), "received": const_hex::encode_upper(&exchange.received),
        "parts": exchange.parts, "text": exchange.text,
    });
    if let (Some(all), Value::Object(what)) = (shown.as_object_mut(), what) {
        all.extend(what);
    }
    shown
}

pub(super) async fn read(State(page): Given, Path(id): Path<String>) -> Response {
    let plant = &page.plant;
    let point = plant.engine.lock().points().into_iter().find(|it| it.id == id);
    let Some(point) = point else { return wrong(&EngineError::UnknownPoint(id)) };
    let (source, since) = (point.source.clone(), Instant::now());
    let answer = collect::read(plant, &source, std::slice::from_ref(&point)).await.pop();
    let (exchange, value, problem) = match &answer {
        None => {
            return refuse(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_read",
                "该点不由采集源读取",
                "no source reads this point",
            );
        }
        Some(Ok(it)) => (&it.exchange, Some(it.value * point.factor), None),
        Some(Err(it)) => (&*it.exchange, None, Some(it)),
    };
    let told = value.map_or_else(|| "—".to_owned(), |it| it.to_string());
    plant.note(
        "read",
        format!("{id} {told} {}，立即读", point.unit),
        format!("{id} {told} {}, read now", point.unit),
    );
    let what = json!({"point": point, "value": value, "at": plant.clock.now()});
    Json(shown(what, exchange, problem, since)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Frame {
    hex: String,
}

pub(super) async fn frame(
    State(page): Given,
    Path(name): Path<String>,
    Json(given): Json<Frame>,
) -> Response {
    let plant = &page.plant;
    let digits: String = given.hex.chars().filter(|it| !it.is_whitespace()).collect();
    let Some(bytes) = const_hex::decode(&digits).ok().filter(|it| (1..=256).contains(&it.len()))
    else {
        let (zh, en) =
            ("报文应为 1 至 256 字节的十六进制", "a frame is 1 to 256 bytes in hexadecimal");
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "frame_not_hex", zh, en);
    };
    let Some(source) = plant.sources.get(&name) else {
        let (zh, en) = ("配置中没有此采集源", "the configuration has no such source");
        return refuse(StatusCode::NOT_FOUND, "source_unknown", zh, en);
    };
    let since = Instant::now();
    let answer = source.lock().await.own(&bytes).await;
    let (exchange, problem) = match &answer {
        Ok(it) => (it, None),
        Err(it) => (&*it.exchange, Some(it)),
    };
    let hex = const_hex::encode_upper(&bytes);
    plant.note("read", format!("{name} 自定报文 {hex}"), format!("{name} own frame {hex}"));
    let what = json!({"source": name, "at": plant.clock.now()});
    Json(shown(what, exchange, problem, since)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Replaced {
    at: jiff::civil::DateTime,
    old_end: f64,
    new_start: f64,
}

/// The meter of a counter was replaced: the old one ended at a reading, the new one starts at another.
pub(super) async fn meter(
    State(page): Given,
    Path(id): Path<String>,
    Json(given): Json<Replaced>,
) -> Response {
    let plant = &page.plant;
    let now = plant.clock.now();
    let at = jiff::tz::TimeZone::UTC.to_timestamp(given.at).map(|it| it.as_second());
    match at {
        Ok(at) if at <= now => {
            let mut engine = plant.engine.lock();
            done(engine.replace_meter(&id, at, given.old_end, given.new_start, now))
        }
        _ => {
            let (zh, en) = ("换表时间在将来", "the time of replacement is in the future");
            refuse(StatusCode::UNPROCESSABLE_ENTITY, "at_future", zh, en)
        }
    }
}
