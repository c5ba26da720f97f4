//! What an enterprise has to do, in one queue: findings to answer, meters to calibrate, submissions to confirm, rejected
//! entries to mend. The earliest deadline comes first, then what has more energy at stake, then what has no deadline.

use jiff::civil::Date;
use nengce_shared::api::case::CaseRow;
use nengce_shared::api::home::{HomePart, HomeRow};
use nengce_shared::api::quality::FindingRow;
use nengce_shared::submission::SubmissionState;

use super::answers::{FINDINGS, finding_row, waiting};
use super::cases;
use super::part::{TCE, Within, days_left, figure, late, part, row};
use crate::http::content::problem::ApiResult;
use crate::http::quality::deadlines::OF_THE_UNIT;
use crate::http::views::City;
use crate::store::queries::home::{self, UnitMeters, UnitRejected};
use crate::store::submissions::{self, SubmissionQuery};

const SUBMISSIONS: &str = "/submissions?state=to_confirm";
const REJECTED: &str = "/uploads?rejected=true";

/// Something to do, with what it is ordered by.
struct Task {
    days_left: Option<i32>,
    /// tce; none where it is not known.
    at_stake: Option<f64>,
    row: HomeRow,
}

/// A task, whose row shows what it is ordered by.
fn task(days_left: Option<i32>, at_stake: Option<f64>, mut row: HomeRow) -> Task {
    row.figures.push(figure("stake", ("牵涉", "At stake"), at_stake, TCE, &row.link));
    Task { days_left, at_stake, row }
}

pub(super) async fn to_do(within: &Within<'_>) -> ApiResult<HomePart> {
    let (found, all, overdue) = waiting(within, &OF_THE_UNIT).await?;
    let (city, today) = (within.city().await?, within.state.clock.today());
    let (day, units) = (today.to_string(), within.units());
    let wanted = SubmissionQuery {
        units: within.units(),
        state: SubmissionState::ToConfirm.as_str().to_owned(),
        ..SubmissionQuery::default()
    };
    let ask = move |conn: &_| {
        let rejected = home::rejected(conn, &day, &units)?;
        Ok((submissions::count(conn, &wanted)?, rejected, home::meters(conn, &day, &units)?))
    };
    let (to_confirm, rejected, meters) = within.state.store.read(ask).await?;
    let numbers: Vec<u64> = found.iter().map(|it| it.finding_id).collect();
    let at_stake = within.state.store.read(move |conn| Ok(home::at_stake(conn, &numbers)?)).await?;
    let of_finding = |it: &FindingRow| {
        task(it.answer.days_left, at_stake.get(&it.finding_id).copied(), finding_row(it))
    };
    let mut tasks: Vec<Task> = found.iter().map(of_finding).collect();
    tasks.extend(meters.iter().map(|it| calibration(it, today)));
    let cases = cases::of_unit(within).await?;
    tasks.extend(cases.iter().map(case_task));
    tasks.extend((to_confirm > 0).then(|| confirmation(to_confirm)));
    tasks.extend(rejected.iter().filter_map(|it| mending(&city, it)));
    let order = |it: &Task| it.days_left.unwrap_or(i32::MAX);
    let stake = |it: &Task| it.at_stake.unwrap_or(0.0);
    tasks.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| stake(b).total_cmp(&stake(a))));
    // Of findings only the most pressing were read.
    let total = all as u64 + (tasks.len() - found.len()) as u64;
    let in_cases = cases.len() as f64;
    let rejected = rejected.iter().map(|it| it.entries).sum::<u64>() as f64;
    let confirm = ("待本单位确认", "to confirm");
    let figures = vec![
        figure("answer", ("待答复", "findings to answer"), all, FINDINGS, "/quality"),
        late("late", ("其中逾期", "of them late"), overdue, FINDINGS, "/quality"),
        figure("cases", ("监察案件", "inspection cases"), in_cases, ("件", ""), "/cases"),
        figure("confirm", confirm, to_confirm as f64, ("份", ""), SUBMISSIONS),
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
        ("按到期排序 · 答复、检定、确认、更正", "by deadline: answer, calibrate, confirm, mend"),
        figures,
        tasks.into_iter().map(|it| it.row).collect(),
    );
    it.rows_total = total;
    Ok(it)
}

/// The meters of a unit that are overdue or due within 30 days.
fn calibration(it: &UnitMeters, today: Date) -> Task {
    let link = format!("/units/{}#meters", it.code);
    let left = it.first.parse::<Date>().ok().map(|due| (due - today).get_days());
    let (zh, en) = match it.overdue {
        0 => (
            format!("计量 · {} 台 30 天内到期，最早 {}", it.soon, it.first),
            format!("Meters · {} due within 30 days, the first on {}", it.soon, it.first),
        ),
        overdue => (
            format!("计量 · {overdue} 台检定逾期，最早 {} 到期", it.first),
            format!("Meters · {overdue} overdue for calibration, the first since {}", it.first),
        ),
    };
    let row = row(&it.name, link.clone(), (&zh, &en), vec![days_left(left, &link)]);
    task(left, Some(it.overdue_tce).filter(|tce| *tce > 0.0), row)
}

/// An inspection case in which the unit has a term or a duty.
fn case_task(it: &CaseRow) -> Task {
    task(it.days_left(), None, cases::case_row(it))
}

fn confirmation(count: u64) -> Task {
    let zh = format!("确认 · {count} 份填报待本单位负责人确认");
    let en = format!("Confirm · {count} submissions wait for the manager");
    let mut row =
        row("填报", SUBMISSIONS.to_owned(), (&zh, &en), vec![days_left(None, SUBMISSIONS)]);
    row.en = "Submissions".to_owned();
    task(None, None, row)
}

/// The rejected entries of a unit with one reason, which says how to mend them.
fn mending(city: &City, it: &UnitRejected) -> Option<Task> {
    let at = city.loaded.statuses.iter().position(|status| status.id == it.unit_id)?;
    let (unit, count) = (&city.snapshot().units[at], it.entries);
    let link = format!("{REJECTED}&unit={}", unit.code);
    let (link, zh, en) = match &it.reason {
        Some(reason) => (
            format!("{link}&upload={}", reason.upload_id),
            format!("拒收 · 近 7 天 {count} 条 · {}", reason.zh),
            format!("Rejected · {count} entries in 7 days · {}", reason.en),
        ),
        None => (
            link,
            format!("拒收 · 近 7 天另有 {count} 条只计数，未留原因"),
            format!("Rejected · {count} more entries in 7 days were only counted"),
        ),
    };
    Some(task(None, None, row(&unit.name, link.clone(), (&zh, &en), vec![days_left(None, &link)])))
}
