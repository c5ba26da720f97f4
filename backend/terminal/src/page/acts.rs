//! What the page asks for and does.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nengce_engine::points::{self, PointProblem, Preview};
use nengce_engine::{ManualValue, Period, Point};
use nengce_shared::stat_type::StatType;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::page::guard::{Page, done, refuse, wrong};
use crate::password;

type Given = State<Arc<Page>>;
/// Lines of the log, and refused entries of a centre, that the page shows.
const MOST_LINES: usize = 200;

#[derive(Deserialize)]
pub(super) struct Password {
    password: String,
}

pub(super) async fn session(State(page): Given, headers: HeaderMap) -> Json<Value> {
    let set = password::is_set(&page.plant.config.store.folder);
    Json(
        json!({"password_set": set, "signed_in": page.is_signed_in(&headers), "plant": page.plant.config.plant.name}),
    )
}

pub(super) async fn sign_in(State(page): Given, Json(given): Json<Password>) -> Response {
    let _one = page.one_sign_in.lock().await;
    tokio::time::sleep(page.delay()).await;
    let folder = page.plant.config.store.folder.clone();
    let right =
        tokio::task::spawn_blocking(move || password::is_right(&folder, &given.password)).await;
    if !right.unwrap_or(false) {
        page.failed();
        return refuse(
            StatusCode::UNAUTHORIZED,
            "password_wrong",
            "密码不对",
            "the password is wrong",
        );
    }
    ([(header::SET_COOKIE, page.begin())], Json(json!({"done": true}))).into_response()
}

pub(super) async fn sign_out(State(page): Given, headers: HeaderMap) -> Json<Value> {
    page.end(&headers);
    Json(json!({"done": true}))
}

pub(super) async fn set_password(
    State(page): Given,
    headers: HeaderMap,
    Json(given): Json<Password>,
) -> Response {
    let _one = page.one_sign_in.lock().await;
    let folder = &page.plant.config.store.folder;
    if password::is_set(folder) && !page.is_signed_in(&headers) {
        return refuse(
            StatusCode::FORBIDDEN,
            "password_is_set",
            "密码已设置，请登录",
            "there is a password; sign in",
        );
    }
    if let Err(error) = password::set(folder, &given.password) {
        let text = error.to_string();
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "password_short", &text, &text);
    }
    ([(header::SET_COOKIE, page.begin())], Json(json!({"done": true}))).into_response()
}

pub(super) async fn state(State(page): Given) -> Response {
    let plant = &page.plant;
    let now = plant.clock.now();
    let engine = plant.engine.lock();
    let status = match engine.status(now) {
        Ok(it) => it,
        Err(error) => return wrong(&error),
    };
    let log = engine.log(MOST_LINES).unwrap_or_default();
    let ids: BTreeMap<String, Vec<_>> = plant
        .config
        .centres
        .iter()
        .map(|it| (it.name.clone(), engine.rejected(&it.name, MOST_LINES).unwrap_or_default()))
        .collect();
    drop(engine);
    let sources: BTreeMap<_, _> = plant
        .config
        .sources
        .iter()
        .map(|it| (&it.name, it.settings.kind()))
        .map(|(name, kind)| (name, json!({"kind": kind, "line": kind.has_line()})))
        .collect();
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"), "system": std::env::consts::OS, "processor": std::env::consts::ARCH,
        "started_at": plant.started_at, "kept_since": status.kept_since,
        "disk_used": status.disk_used, "disk_bound": status.disk_bound, "disk_full": status.disk_full,
        "keep_days": plant.config.store.keep_days, "listen": page.address.to_string(),
        "memory_kb": memory_kb(),
    });
    Json(json!({
        "now": now, "plant": plant.config.plant.name, "points": status.points, "centres": status.centres,
        "runs": *plant.centres.lock(), "problems": *plant.problems.lock(), "sources": sources,
        "rejected": ids, "log": log, "facts": facts, "grain_minutes": plant.config.store.grain_minutes,
    }))
    .into_response()
}

/// Resident memory, where the system tells it.
fn memory_kb() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines().find_map(|it| it.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
}

#[derive(Deserialize)]
pub(super) struct Manual {
    point: String,
    date: jiff::civil::Date,
    value: f64,
    reason: String,
}

pub(super) async fn manual(State(page): Given, Json(given): Json<Manual>) -> Response {
    let plant = &page.plant;
    let days =
        given.date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |it| i64::from(it.get_days()));
    let at = days * 86_400;
    if given.reason.trim().is_empty() {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "reason_missing", "请写明原因", "say why");
    }
    let mut engine = plant.engine.lock();
    match engine.value(&given.point, StatType::Day, at) {
        Err(error) => return wrong(&error),
        Ok(Some(_)) => {
            let (zh, en) = (
                "该日已有值，手工只补不改",
                "the day has a value; entries by hand only fill what is missing",
            );
            return refuse(StatusCode::CONFLICT, "value_is_there", zh, en);
        }
        Ok(None) => {}
    }
    let value = ManualValue {
        point: given.point,
        stat: StatType::Day,
        at,
        value: given.value,
        reason: given.reason,
        by: "page".into(),
    };
    let entered = engine.enter(&value, plant.clock.now());
    drop(engine);
    plant.wake.values().for_each(tokio::sync::Notify::notify_one);
    done(entered)
}

/// The largest value of a day in the 30 days before a moment.
pub(super) async fn largest(State(page): Given, Path(id): Path<String>) -> Response {
    let engine = page.plant.engine.lock();
    let today = page.plant.clock.now().div_euclid(86_400) * 86_400;
    let days: Result<Vec<_>, _> =
        (1..=30).map(|it| engine.value(&id, StatType::Day, today - it * 86_400)).collect();
    match days {
        Ok(it) => {
            Json(json!({"largest": it.into_iter().flatten().reduce(f64::max)})).into_response()
        }
        Err(error) => wrong(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct Entry {
    centre: String,
    period: Period,
    again: bool,
}

pub(super) async fn rejected(State(page): Given, Json(given): Json<Entry>) -> Response {
    let mut engine = page.plant.engine.lock();
    if !given.again {
        return done(engine.set_aside(&given.centre, given.period));
    }
    let result = engine.send_again(&given.centre, given.period);
    drop(engine);
    if let Some(it) = page.plant.wake.get(&given.centre) {
        it.notify_one();
    }
    done(result)
}

/// What is wrong with the sources and addresses of a table.
pub(crate) fn address_problems(config: &Config, points: &[Point]) -> Vec<PointProblem> {
    let mut problems = Vec::new();
    for (row, point) in (2..).zip(points) {
        if point.source.is_empty() {
            continue;
        }
        let problem = |column: &str, zh: String, en: String| PointProblem {
            row,
            column: column.into(),
            zh,
            en,
        };
        match config.sources.iter().find(|it| it.name == point.source) {
            None => {
                let (zh, en) = ("配置中没有此采集源", "the configuration has no such source");
                problems.push(problem("source", zh.into(), en.into()));
            }
            Some(it) => {
                if let Err(error) =
                    nengce_sources::check_address(it.settings.kind(), &point.address)
                {
                    problems.push(problem("address", error.zh, error.en));
                }
            }
        }
    }
    problems
}

fn previewed(page: &Page, bytes: &[u8]) -> Preview {
    let current = page.plant.engine.lock().points();
    let mut found = points::preview(bytes, &current);
    found.problems.extend(address_problems(&page.plant.config, &found.points));
    found
}

pub(super) async fn preview(State(page): Given, body: Bytes) -> Json<Preview> {
    Json(previewed(&page, &body))
}

pub(super) async fn apply(State(page): Given, body: Bytes) -> Response {
    let found = previewed(&page, &body);
    if !found.problems.is_empty() {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(found)).into_response();
    }
    set(&page, &found.points)
}

fn set(page: &Page, points: &[Point]) -> Response {
    let now = page.plant.clock.now();
    let mut engine = page.plant.engine.lock();
    let count = points.len();
    engine.note(
        "manual",
        format!("点表已更新，{count} 点"),
        format!("the point table was changed, {count} points"),
        now,
    );
    let result = engine.set_points(points, now);
    drop(engine);
    page.plant.wake.values().for_each(tokio::sync::Notify::notify_one);
    done(result)
}

/// Adds a point or replaces the one with its id.
pub(super) async fn point(State(page): Given, Json(point): Json<Point>) -> Response {
    let mut points = page.plant.engine.lock().points();
    match points.iter_mut().find(|it| it.id == point.id) {
        Some(it) => *it = point,
        None => points.push(point),
    }
    if let Some(it) = address_problems(&page.plant.config, &points).first() {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "point_wrong", &it.zh, &it.en);
    }
    set(&page, &points)
}

#[derive(Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    xlsx: bool,
}

pub(super) async fn table(State(page): Given, Query(form): Query<Form>) -> Response {
    let points = page.plant.engine.lock().points();
    let (bytes, name) = if form.xlsx {
        (points::to_xlsx(&points).map_err(|it| it.to_string()), "points.xlsx")
    } else {
        (points::to_csv(&points).map_err(|it| it.to_string()), "points.csv")
    };
    match bytes {
        Ok(it) => attachment(name, it),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "table_unwritable", &error, &error),
    }
}

fn attachment(name: &str, bytes: Vec<u8>) -> Response {
    let kind = "application/octet-stream".to_owned();
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, format!("attachment; filename={name}")),
        ],
        bytes,
    )
        .into_response()
}
