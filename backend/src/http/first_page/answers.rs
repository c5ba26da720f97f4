//! The parts about answers to findings: what a unit has to do, and the answers that the authority has to decide about.

use nengce_core::quality::RULES;
use nengce_shared::api::home::{HomePart, HomeRow};
use nengce_shared::api::quality::FindingRow;
use nengce_shared::lang::Lang;
use nengce_shared::submission::{AnswerState, SubmissionState};

use super::part::{Within, figure, late, part, row};
use crate::http::content::problem::ApiResult;
use crate::http::quality::deadlines::{Deadlines, OF_THE_UNIT, filter};
use crate::http::quality::findings as quality;
use crate::store::quality::list::{self, FindingQuery};
use crate::store::queries::home;
use crate::store::submissions::{self, SubmissionQuery};

const FINDINGS: (&str, &str) = ("条", "findings");
/// Findings among which the most pressing are looked for.
const MOST_FINDINGS: u32 = 500;
const SUBMISSIONS: &str = "/submissions?state=to_confirm";
const REJECTED: &str = "/uploads?rejected=true";

/// Open findings of some answer states, the earliest deadline first; how many there are, and how many are late.
async fn waiting(
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
fn finding_row(it: &FindingRow) -> HomeRow {
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
    let zh = format!("{} · {zh_due} · {}", state.label(Lang::Zh), it.summary_zh);
    let en = format!("{} · {en_due} · {}", state.label(Lang::En), it.summary_en);
    let left = it.answer.days_left;
    let mut days = figure("left", ("剩余天数", "Days left"), left.map(f64::from), ("", ""), &link);
    days.is_late = left.is_some_and(|it| it < 0);
    row(&it.unit.name, link, (&zh, &en), vec![days])
}

/// What an enterprise has to do: findings to answer, submissions to confirm, rejected entries to mend.
pub(super) async fn to_do(within: &Within<'_>) -> ApiResult<HomePart> {
    let (rows, all, overdue) = waiting(within, &OF_THE_UNIT).await?;
    let (day, units) = (within.state.clock.today().to_string(), within.units());
    let wanted = SubmissionQuery {
        units: within.units(),
        state: SubmissionState::ToConfirm.as_str().to_owned(),
        ..SubmissionQuery::default()
    };
    let ask = move |conn: &_| {
        Ok((submissions::count(conn, &wanted)?, home::rejected(conn, &day, &units)?))
    };
    let (to_confirm, rejected) = within.state.store.read(ask).await?;
    let rejected = rejected.values().sum::<u64>() as f64;
    let figures = vec![
        figure("answer", ("待答复", "findings to answer"), all, FINDINGS, "/quality"),
        late("late", ("其中逾期", "of them late"), overdue, FINDINGS, "/quality"),
        figure(
            "confirm",
            ("待本单位确认", "to confirm"),
            to_confirm as f64,
            ("份", ""),
            SUBMISSIONS,
        ),
        late(
            "rejected",
            ("近 7 天拒收", "rejected in 7 days"),
            rejected,
            ("条", "entries"),
            REJECTED,
        ),
    ];
    let mut it = part(
        ("to_do", "/quality"),
        ("待办", "To do"),
        ("按到期排序 · 答复、更正、补报", "by deadline: answer, correct, send again"),
        figures,
        rows.iter().map(finding_row).collect(),
    );
    it.rows_total = all as u64;
    Ok(it)
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
