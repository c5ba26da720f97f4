//! The part of an enterprise: how its terminals report, what came yesterday, the month so far, its place among its peers.

use nengce_analysis::benchmark::peers::peers;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::reporting;
use nengce_analysis::snapshot::Points;
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_analysis::unit_scope::UnitScope;
use nengce_analysis::unit_status::{RECENT_DAYS, UnitStatus};
use nengce_shared::api::dual_control::Change;
use nengce_shared::api::home::{HomeFigure, HomePart, HomeRow};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;
use nengce_shared::number::percent;
use nengce_shared::period::DayRange;
use nengce_shared::quality::completeness;
use nengce_shared::reporting_state::ReportingState;

use super::part::{TCE, UNITS, Within, figure, late, part, query_over, row};
use crate::http::content::problem::ApiResult;
use crate::http::costs::plans::progress;
use crate::http::state::AppState;
use crate::http::views::City;
use crate::store::costs::plans;
use crate::store::queries::home::{self, UnitRejected};

/// Units whose place among their peers is looked up, at most.
const MOST_UNITS_WITH_PEERS: usize = 20;

const ENTRIES: (&str, &str) = ("条", "entries");

pub(super) async fn own_units(within: &Within<'_>) -> ApiResult<Option<HomePart>> {
    let (state, city) = (within.state, within.city().await?);
    let today = city.snapshot().today;
    let count = city.snapshot().units.len();
    if count == 0 {
        return Ok(None);
    }
    let yesterday = today.yesterday().unwrap_or(today);
    let month = DayRange::between(Month::of(yesterday).first_day(), yesterday);
    let until = city.snapshot().data_until;
    let query = query_over(Spans::of(month, ComparisonSpan::YearBefore, until));
    let partial_months = city.partial_months(state, &query).await?;
    let (day, units) = (today.to_string(), within.units());
    let rejected = state.store.read(move |conn| Ok(home::rejected(conn, &day, &units)?)).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let whole = state.snapshots.city(state, &UnitScope::city()).await?;
    let of = |wanted: &[usize], link: &str| {
        let statuses = wanted.iter().map(|it| &city.loaded.statuses[*it]);
        let is_of = |it: &&UnitRejected| statuses.clone().any(|status| status.id == it.unit_id);
        let refused = rejected.iter().filter(is_of).map(|it| it.entries).sum::<u64>();
        let points =
            [points(statuses.clone(), |it| it.received), points(statuses, |it| it.expected)];
        let total = evaluation.total(wanted);
        [
            yesterday_figure(points, link),
            month_figure(&total, link),
            rejected_figure(refused, wanted, &city),
        ]
    };
    let all: Vec<usize> = (0..count).collect();
    let states = all.iter().map(|it| reporting::of(&city.loaded.statuses[*it], today).state);
    let is_well =
        |it: &ReportingState| !matches!(it, ReportingState::Silent | ReportingState::Never);
    let well = states.clone().filter(is_well).count();
    let link = match city.snapshot().units.as_slice() {
        [only] => format!("/units/{}", only.code),
        _ => "/units".to_owned(),
    };
    let mut figures = vec![HomeFigure {
        of: Some(count as f64),
        is_late: well < count,
        ..figure("terminals", ("终端正常", "terminals in order"), well as f64, UNITS, &link)
    }];
    figures.extend(of(&all, &link));
    let rows: Vec<HomeRow> = all
        .iter()
        .zip(states)
        .map(|(at, state)| {
            let unit = &city.snapshot().units[*at];
            let link = format!("/units/{}", unit.code);
            let mut columns: Vec<HomeFigure> = of(&[*at], &link).into();
            columns.push(place(&whole, &unit.code, *at < MOST_UNITS_WITH_PEERS, within));
            row(&unit.name, link, (state.label(Lang::Zh), state.label(Lang::En)), columns)
        })
        .collect();
    if let [only] = city.snapshot().units.as_slice() {
        let so_far = evaluation.total(&all).value;
        figures.extend(plan_figures(state, &city, &only.code, so_far).await?);
    }
    // The figures of one unit say all that its row would.
    let rows = match rows.as_slice() {
        [only] => {
            figures.extend(only.figures.last().filter(|it| it.value.is_some()).cloned());
            Vec::new()
        }
        _ => rows,
    };
    let title = match city.snapshot().units.as_slice() {
        [only] => (only.name.as_str(), only.name.as_str()),
        _ => ("我的单位", "My units"),
    };
    let (zh, en) = about(state, &city);
    Ok(Some(part(("own_units", &link), title, (&zh, &en), figures, rows)))
}

/// Of one unit, when it reported last, how complete the last days are, and when its terminal sends; then what the month is.
fn about(state: &AppState, city: &City) -> (String, String) {
    let mut zh = vec![];
    let mut en = vec![];
    if let ([unit], [status]) = (city.snapshot().units.as_slice(), city.loaded.statuses.as_slice())
    {
        if let Some(last) = unit.last_upload.as_deref().and_then(|it| it.get(5..16)) {
            zh.push(format!("最近上报 {last}"));
            en.push(format!("last upload {last}"));
        }
        let sum = |of: fn(&Points) -> u32| status.recent.iter().map(|it| u64::from(of(it))).sum();
        if let Some(share) = completeness(sum(|it| it.received), sum(|it| it.expected)) {
            let share = percent(Some(share));
            zh.push(format!("近 {RECENT_DAYS} 天完整率 {share}"));
            en.push(format!("completeness of {RECENT_DAYS} days {share}"));
        }
        let registry = state.store.registry();
        let entry = registry.device_of_unit(status.id);
        if let Some(time) = entry.and_then(|it| it.upload_time.get(..5)) {
            zh.push(format!("终端每日 {time} 上报"));
            en.push(format!("the terminal sends at {time}"));
        }
    }
    zh.push("本月为等价值，较上年同日".to_owned());
    en.push("month so far on the equivalent basis, against the same days of last year".to_owned());
    (zh.join(" · "), en.join(" · "))
}

/// Points of yesterday, which are due today.
fn points<'a>(
    of: impl Iterator<Item = &'a UnitStatus>,
    take: fn(&nengce_analysis::snapshot::Points) -> u32,
) -> f64 {
    of.filter_map(|it| it.recent.last()).map(|it| f64::from(take(it))).sum()
}

fn yesterday_figure([received, expected]: [f64; 2], link: &str) -> HomeFigure {
    let words = ("昨日已报", "reported yesterday");
    let it = figure("yesterday", words, received, ("点", "points"), &format!("{link}#calendar"));
    HomeFigure { of: Some(expected), is_late: received < expected, ..it }
}

fn month_figure(total: &Change, link: &str) -> HomeFigure {
    let words = ("本月", "this month");
    HomeFigure { change: total.change, ..figure("month", words, total.value, TCE, link) }
}

fn rejected_figure(count: u64, of: &[usize], city: &City) -> HomeFigure {
    let link = match of {
        [at] => format!("/uploads?rejected=true&unit={}", city.snapshot().units[*at].code),
        _ => "/uploads?rejected=true".to_owned(),
    };
    late("rejected", ("近 7 天拒收", "rejected in 7 days"), count as f64, ENTRIES, &link)
}

/// How much of the plan of the month is used so far, and of the year's own budget in the complete months; without a plan the
/// links alone.
async fn plan_figures(
    state: &AppState,
    city: &City,
    code: &str,
    so_far: Option<f64>,
) -> ApiResult<[HomeFigure; 2]> {
    let link = format!("/units/{code}/costs");
    let of = |name: &str, words, share: Option<f64>| figure(name, words, share, ("%", "%"), &link);
    let (of_month, of_year) =
        (("本月计划已用", "of the month's plan used"), ("用能预算已用", "of the budget used"));
    let empty = [of("month_plan", of_month, None), of("plan", of_year, None)];
    let unit = state.store.registry().unit_by_code(code).map(|it| it.unit_id);
    let (Some(unit), Some(at)) = (unit, city.snapshot().unit_of_code(code)) else {
        return Ok(empty);
    };
    let yesterday = city.snapshot().today.yesterday().unwrap_or(city.snapshot().today);
    let year = yesterday.year();
    let stored = state.store.read(move |conn| plans::of_year(conn, unit, year)).await?;
    let Some(plan) = stored else { return Ok(empty) };
    let basis = plan.plan.basis;
    let it = progress(city.snapshot(), at, (year, basis), Some(plan));
    let percent = |share: f64| (share * 1_000.0).round() / 10.0;
    let share = it.done.zip(it.budget).map(|(done, budget)| percent(done / budget));
    let is_late = it.difference.is_some_and(|it| it > 0.0);
    let now = Month::of(yesterday).to_string();
    let planned = it.months.iter().find(|it| it.month == now).and_then(|it| it.planned);
    // The month so far is on the equivalent basis.
    let planned = planned.filter(|it| basis == Basis::Equivalent && *it > 0.0);
    let used = planned.zip(so_far).map(|(planned, used)| percent(used / planned));
    let passed = f64::from(yesterday.day()) / f64::from(Month::of(yesterday).days()) * 100.0;
    let month = HomeFigure {
        is_late: used.is_some_and(|it| it > passed),
        ..of("month_plan", of_month, used)
    };
    Ok([month, HomeFigure { is_late, ..of("plan", of_year, share) }])
}

/// The group of the newest closed year in which the unit stands in its industry, from the best.
fn place(whole: &City, code: &str, is_wanted: bool, within: &Within<'_>) -> HomeFigure {
    let at = whole.snapshot().unit_of_code(code).filter(|_| is_wanted);
    let config = &within.state.config;
    let closed = (config.min_peer_members, config.replacement_window_days);
    let found = at.and_then(|at| peers(whole.snapshot(), at, closed).rows.into_iter().next());
    let link = format!("/units/{code}#peers");
    let own = found.as_ref().and_then(|it| it.own_group).map(f64::from);
    let it = figure("peers", ("同业分组位置", "group among peers"), own, ("组", "groups"), &link);
    HomeFigure { of: own.and(found.as_ref().map(|it| it.groups.len() as f64)), ..it }
}
