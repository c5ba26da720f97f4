//! Findings that wait for an answer or for a decision, and the part about the answers that the authority has to decide about.

use nengce_core::quality::RULES;
use nengce_shared::api::home::{HomePart, HomeRow};
use nengce_shared::api::quality::FindingRow;
use nengce_shared::lang::Lang;
use nengce_shared::submission::AnswerState;

use super::part::{Within, days_left, figure, part, row};
use crate::http::content::problem::ApiResult;
use crate::http::quality::deadlines::{Deadlines, filter};
use crate::http::quality::findings as quality;
use crate::store::quality::list::{self, FindingQuery};

pub(super) const FINDINGS: (&str, &str) = ("条", "findings");
/// Findings among which the most pressing are looked for.
const MOST_FINDINGS: u32 = 500;

/// Open findings of some answer states, the earliest deadline first; how many there are, and how many are late.
pub(super) async fn waiting(
    within: &Within<'_>,
    states: &[AnswerState],
) -> ApiResult<(Vec<FindingRow>, f64, f64)> {
    let wanted = FindingQuery {
        units: within.units(),
        rules: RULES.iter().map(|it| it.name).collect(),
        state: "open".to_owned(),
        answer: filter(states),
        limit: MOST_FINDINGS,
        ..FindingQuery::default()
    };
    let ask = move |conn: &_| Ok((list::findings(conn, &wanted)?, list::counts(conn, &wanted)?));
    let (found, counts) = within.state.store.read(ask).await?;
    let all = counts.iter().filter(|it| it.1 == "open").map(|it| it.2 as f64).sum();
    let deadlines = Deadlines::of(within.state);
    let mut rows: Vec<FindingRow> = found.iter().map(|it| quality::row(it, &deadlines)).collect();
    // Where no deadline is known, the finding comes last.
    rows.sort_by_key(|it| (it.answer.days_left.unwrap_or(i32::MAX), it.finding_id));
    let is_late = |it: &&FindingRow| it.answer.days_left.is_some_and(|left| left < 0);
    let late = rows.iter().filter(is_late).count() as f64;
    Ok((rows, all, late))
}

/// 「待答复 · 12-04 到期 · 日值之和…」
pub(super) fn finding_row(it: &FindingRow) -> HomeRow {
    let link = format!("/quality?unit={}&finding={}", it.unit.enterprise_code, it.finding_id);
    let (zh_due, en_due) = match (&it.answer.due, it.answer.unknown_year) {
        (Some(due), _) => (format!("{due} 到期"), format!("due {due}")),
        (None, Some(year)) => (
            format!("{year} 年工作日历未导入"),
            format!("the working days of {year} are not known"),
        ),
        (None, None) => Default::default(),
    };
    let state = it.answer.state;
    let zh = format!("质量 · {} · {zh_due} · {}", state.label(Lang::Zh), it.summary_zh);
    let en = format!("Quality · {} · {en_due} · {}", state.label(Lang::En), it.summary_en);
    let left = days_left(it.answer.days_left, &link);
    row(&it.unit.name, link, (&zh, &en), vec![left])
}

/// The answers that the authority has to decide about.
pub(super) async fn to_decide(within: &Within<'_>) -> ApiResult<HomePart> {
    const LINK: &str = "/quality?answer=submitted";
    let (rows, all, _) = waiting(within, &[AnswerState::Submitted]).await?;
    let words = ("答复待审核", "answers to decide");
    let mut it = part(
        ("answers", LINK),
        ("答复待审核", "Answers to decide"),
        ("按到期排序", "by deadline"),
        vec![figure("waiting", words, all, FINDINGS, LINK)],
        rows.iter().map(finding_row).collect(),
    );
    it.rows_total = all as u64;
    Ok(it)
}
