//! The part of whoever makes policy about what changed since the last visit: the figures of the city that differ from those
//! that the account was shown first after the sign-in before.

use std::collections::BTreeMap;

use nengce_shared::api::home::{HomeFigure, HomePart, HomeRow};
use nengce_shared::number::grouped;
use serde::{Deserialize, Serialize};

use super::part::{Words, figure, part};
use crate::clock;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;
use crate::store::accounts::visits::{Seen, Visit};

/// Changes below this share of a figure are no news.
const LEAST_CHANGE: f64 = 0.000_5;

/// What is kept of a visit.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Shown {
    /// What the figures cover.
    zh: String,
    en: String,
    values: BTreeMap<String, f64>,
}

/// A figure of the city, under a key that is the same at each visit.
struct Current {
    key: String,
    zh: String,
    en: String,
    figure: HomeFigure,
}

/// Compares the part `city` with what the account was shown at its last visit, and keeps it for the next one; `None` at the
/// first visit.
pub(super) async fn since_last_visit(
    state: &AppState,
    account: &Account,
    city: &HomePart,
) -> ApiResult<Option<HomePart>> {
    let current = current(city);
    let signed_in_at = account.last_sign_in_at.unwrap_or_default();
    let known = state.store.visit(&account.name).await?;
    let visit = match known {
        Some(it) if it.signed_in_at == signed_in_at => it,
        known => {
            let values = current.iter().filter_map(|it| Some((it.key.clone(), it.figure.value?)));
            let (zh, en) = (city.about_zh.clone(), city.about_en.clone());
            let shown = Shown { zh, en, values: values.collect() };
            let figures = serde_json::to_string(&shown).map_err(ApiError::internal)?;
            let visit = Visit {
                account: account.name.clone(),
                signed_in_at,
                seen: Seen { at: state.clock.now(), figures },
                before: known.map(|it| it.seen),
            };
            if let Err(error) = state.store.keep_visit(visit.clone()).await {
                tracing::debug!(%error, "a visit was not kept");
            }
            visit
        }
    };
    Ok(visit.before.map(|it| compared(&it, current, &city.link)))
}

fn current(city: &HomePart) -> Vec<Current> {
    let of_city = city.figures.iter().map(|it| {
        // The distance from the trajectory is positive above it, whatever its label says.
        let is_below = it.name == "trajectory" && !it.is_late;
        let value = it.value.map(|value| if is_below { -value } else { value });
        let (zh, en) = match it.name.as_str() {
            "trajectory" => ("距目标轨迹", "distance from the trajectory"),
            _ => (it.zh.as_str(), it.en.as_str()),
        };
        let figure = HomeFigure { value, ..it.clone() };
        Current { key: it.name.clone(), zh: zh.to_owned(), en: en.to_owned(), figure }
    });
    let of_rows = city.rows.iter().filter_map(|row| {
        let figure = row.figures.first()?.clone();
        let unit = ("tce".to_owned(), "tce".to_owned());
        let figure = HomeFigure { unit_zh: unit.0, unit_en: unit.1, ..figure };
        let (key, zh, en) = (row.link.clone(), row.zh.clone(), row.en.clone());
        Some(Current { key, zh, en, figure })
    });
    of_city.chain(of_rows).collect()
}

fn compared(before: &Seen, current: Vec<Current>, link: &str) -> HomePart {
    let shown: Shown = serde_json::from_str(&before.figures).unwrap_or_default();
    let rows = current.into_iter().filter_map(|it| row(&shown, it));
    let rows: Vec<HomeRow> = rows.collect();
    let words = ("有变化的数字", "figures that changed");
    let count = figure("changed", words, rows.len() as f64, ("个", ""), link);
    let at = clock::text(before.at);
    let at = at.get(..16).unwrap_or(&at);
    part(
        ("since_last_visit", link),
        ("上次来访以来", "Since your last visit"),
        (&format!("上次 {at}，{}", shown.zh), &format!("last time {at}, {}", shown.en)),
        vec![count],
        rows,
    )
}

/// A figure that differs from what was shown.
fn row(shown: &Shown, it: Current) -> Option<HomeRow> {
    let (now, before) = (it.figure.value?, *shown.values.get(&it.key)?);
    let difference = now - before;
    if difference.abs() <= LEAST_CHANGE * before.abs().max(f64::MIN_POSITIVE) {
        return None;
    }
    let decimals = if before.abs() < 10.0 { 4 } else { 0 };
    let unit: Words<'_> = (&it.figure.unit_zh, &it.figure.unit_en);
    let was = grouped(before, decimals);
    let link = it.figure.link.as_str();
    Some(HomeRow {
        zh: it.zh,
        en: it.en,
        link: link.to_owned(),
        note_zh: format!("上次 {was} {}", unit.0),
        note_en: format!("was {was} {}", unit.1),
        figures: vec![
            figure("now", ("现在", "Now"), now, unit, link),
            figure("difference", ("变化", "Change"), difference, unit, link),
        ],
    })
}
