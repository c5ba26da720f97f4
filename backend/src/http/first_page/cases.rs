//! The part about inspection cases: how many there are, how many are late, and the first ones by deadline.

use nengce_shared::api::case::CaseRow;
use nengce_shared::api::home::{HomePart, HomeRow};
use nengce_shared::case::{CaseActor, CasePhase};
use nengce_shared::lang::Lang;

use super::part::{Within, days_left, figure, late, part, row};
use crate::http::cases::list::sorted_rows;
use crate::http::content::problem::ApiResult;
use crate::store::cases::CaseQuery;

const PAGE: &str = "/cases";
const CASES: (&str, &str) = ("件", "cases");

/// The cases that are not filed.
async fn rows(within: &Within<'_>, of_unit: bool) -> ApiResult<Vec<CaseRow>> {
    let query = CaseQuery { units: within.units(), is_told: of_unit, ..CaseQuery::default() };
    sorted_rows(within.state, query, &[], of_unit).await
}

/// The cases of a role; `actor`: those that wait for it come first.
pub(super) async fn cases(within: &Within<'_>, actor: Option<CaseActor>) -> ApiResult<HomePart> {
    let mut found = rows(within, false).await?;
    found.retain(|it| it.phase != CasePhase::Closed);
    let waits = |it: &CaseRow| actor.is_some_and(|actor| it.turns.contains(&actor));
    let waiting = found.iter().filter(|it| waits(it)).count();
    let overdue = found.iter().filter(|it| it.is_late()).count();
    found.sort_by_key(|it| !waits(it));
    let mut figures = vec![figure("open", ("未结案", "open"), found.len() as f64, CASES, PAGE)];
    if actor.is_some() {
        let words = ("待我方处理", "waiting for this office");
        figures.push(figure("waiting", words, waiting as f64, CASES, PAGE));
    }
    figures.push(late(
        "late",
        ("其中逾期", "of them late"),
        overdue as f64,
        CASES,
        "/cases?late=true",
    ));
    let rows = found.iter().map(case_row).collect();
    let about = ("待处理的在前，再按到期", "what waits first, then by deadline");
    Ok(part(("cases", PAGE), ("监察案件", "Inspection cases"), about, figures, rows))
}

/// A case in a list: its unit, its state with a day and a person, what is due.
pub(super) fn case_row(it: &CaseRow) -> HomeRow {
    let link = format!("{PAGE}/{}", it.case_id);
    let words = |lang: Lang| {
        let state = format!("{} · {} {}", it.state.label(lang), it.state_on, it.state_by);
        let due =
            it.next.as_ref().and_then(|it| Some((lang.pick(&it.zh, &it.en), it.due.clone()?)));
        let violation = lang.pick(&it.violation_zh, &it.violation_en);
        match due {
            Some((what, due)) => format!("{violation} · {state} · {what} {due}"),
            None => format!("{violation} · {state}"),
        }
    };
    row(
        &it.unit.name,
        link.clone(),
        (&words(Lang::Zh), &words(Lang::En)),
        vec![days_left(it.days_left(), &link)],
    )
}

/// The cases in which a unit has still to do something.
pub(super) async fn of_unit(within: &Within<'_>) -> ApiResult<Vec<CaseRow>> {
    let mut found = rows(within, true).await?;
    found.retain(|it| it.next.is_some());
    Ok(found)
}
