//! The part about who reports today, and who is behind.

use nengce_analysis::reporting::{self, one, sum};
use nengce_shared::api::common::Reporting;
use nengce_shared::api::home::HomePart;
use nengce_shared::lang::Lang;
use nengce_shared::reporting_state::ReportingState;

use super::part::{UNITS, Within, figure, late, part, row};
use crate::http::content::problem::ApiResult;

pub(super) async fn reporting(within: &Within<'_>) -> ApiResult<HomePart> {
    let city = within.city().await?;
    let (units, today) = (&city.snapshot().units, city.snapshot().today);
    let states: Vec<Reporting> =
        city.loaded.statuses.iter().map(|it| reporting::of(it, today)).collect();
    let counts = sum(states.iter().map(|it| one(it.state)).collect::<Vec<_>>().iter());
    let of = |name, words, states: &[ReportingState], link| {
        let value = f64::from(states.iter().map(|it| counts.of(*it)).sum::<u32>());
        figure(name, words, value, UNITS, link)
    };
    use ReportingState::{Never, NotDue, Reporting as Reports, Resumed, Silent};
    let mut connected = of(
        "connected",
        ("已接入", "connected"),
        &[Silent, Resumed, NotDue, Reports],
        "/units?reporting=silent,resumed,not_due,reporting",
    );
    connected.of = Some(units.len() as f64);
    let reports = of(
        "reporting",
        ("在报", "reporting"),
        &[Resumed, Reports],
        "/units?reporting=resumed,reporting",
    );
    let silent = f64::from(counts.silent);
    let silent = late("silent", ("断报", "silent"), silent, UNITS, "/units?reporting=silent");
    let never = f64::from(counts.never);
    let never =
        late("never", ("从未上报", "never reported"), never, UNITS, "/units?reporting=never");
    let mut behind: Vec<(usize, &Reporting)> =
        states.iter().enumerate().filter(|it| matches!(it.1.state, Silent | Never)).collect();
    behind.sort_by_key(|(at, it)| {
        (it.state == Never, std::cmp::Reverse(it.days), units[*at].code.as_str())
    });
    let rows = behind.into_iter().map(|(at, it)| {
        let unit = &units[at];
        let link = format!("/units/{}", unit.code);
        let days = it.days.map(f64::from);
        let since = it.since.as_deref().unwrap_or("—");
        let says = |lang: Lang, word: &str| format!("{} · {word}{since}", it.state.label(lang));
        let note = (says(Lang::Zh, "自 "), says(Lang::En, "since "));
        let days = figure("days", ("天数", "Days"), days, ("", ""), &link);
        row(&unit.name, link, (&note.0, &note.1), vec![days])
    });
    Ok(part(
        ("reporting", "/units?reporting=silent,never"),
        ("上报与断报", "Who is behind"),
        ("今日 · 断报最久的在前", "today, longest silence first"),
        vec![connected, reports, silent, never],
        rows.collect(),
    ))
}
