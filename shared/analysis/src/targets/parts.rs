//! The evidence that one unit gives for each reason: what was measured, in words and as a figure.

use jiff::civil::Date;
use nengce_shared::api::targets::{Reason, ScorePart};
use nengce_shared::month::Month;
use nengce_shared::number::{decimal, decimals_apart, grouped, intensity, parameter, plain};
use nengce_shared::projection::YearMonths;
use nengce_shared::trajectory::monthly_trajectory;

use super::Evidence;
use super::silence::{days_between, silence};
use crate::ratio::own;

const MONTHS_OF_YEAR: i32 = 12;

/// Every reason of which there is evidence, in their order.
pub(super) fn parts(evidence: &Evidence<'_>, unit: usize) -> Vec<ScorePart> {
    let reasons = [
        never,
        silent,
        completeness,
        suspect,
        unanswered,
        above,
        worse,
        rising,
        meters,
        over_target,
        repeat_offender,
        not_visited,
    ];
    reasons.into_iter().filter_map(|it| it(evidence, unit)).collect()
}

struct Text {
    zh: String,
    en: String,
}

fn text(zh: String, en: String) -> Text {
    Text { zh, en }
}

fn part(
    evidence: &Evidence<'_>,
    unit: usize,
    (reason, value): (Reason, f64),
    found: Text,
    anchor: &str,
) -> ScorePart {
    let code = &evidence.evaluation.snapshot.units[unit].code;
    ScorePart {
        reason,
        value: decimal(value),
        points: 0.0,
        before_cap: 0.0,
        evidence_zh: found.zh,
        evidence_en: found.en,
        link: if anchor.starts_with('/') {
            anchor.to_owned()
        } else {
            format!("/units/{code}{anchor}")
        },
    }
}

fn never(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let snapshot = evidence.evaluation.snapshot;
    let it = &evidence.statuses[unit];
    if it.last_day.is_some() || snapshot.units[unit].last_upload.is_some() {
        return None;
    }
    let since = it.approved_on.or(it.listed_on)?;
    let days = days_between(since, snapshot.today).max(1);
    let (zh, en) = match it.approved_on {
        Some(_) => ("批准", "approved"),
        None => ("列入名单", "listed"),
    };
    let found =
        text(format!("{zh} {days} 天，从未上报"), format!("{en} {days} days ago, never uploaded"));
    Some(part(evidence, unit, (Reason::NeverUploaded, days.into()), found, "#devices"))
}

fn silent(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = silence(evidence, unit)?;
    let (from, days) = (it.from, it.days);
    let to = from.checked_add(jiff::Span::new().days(i64::from(days) - 1)).unwrap_or(from);
    let day = |it: Date| match it.year() == to.year() {
        true => format!("{}月{}日", it.month(), it.day()),
        false => format!("{}年{}月{}日", it.year(), it.month(), it.day()),
    };
    let least = |zh: &'static str| if it.at_least { zh } else { "" };
    let (end_zh, end_en) = match it.ongoing {
        true => ("", ""),
        false => ("，已恢复", "; it has reported again"),
    };
    let found = text(
        format!("断报{} {days} 天（{}–{}无日值）{end_zh}", least("至少"), day(from), day(to)),
        format!("silent for {}{days} days ({from} to {to}){end_en}", least("at least ")),
    );
    Some(part(evidence, unit, (Reason::Silent, days.into()), found, "#calendar"))
}

fn completeness(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    evidence.statuses[unit].last_day?;
    let span = &evidence.evaluation.now[unit];
    let percent = decimal(span.completeness()? * 100.0);
    if percent >= 100.0 {
        return None;
    }
    let (received, expected) = (grouped(span.received as f64, 0), grouped(span.expected as f64, 0));
    let found = text(
        format!("完整率 {}%（已收 {received} / 应收 {expected} 点）", plain(percent, 1)),
        format!("completeness {}% ({received} of {expected} points)", plain(percent, 1)),
    );
    Some(part(evidence, unit, (Reason::Completeness, percent), found, "#calendar"))
}

fn suspect(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = evidence.findings.get(&evidence.statuses[unit].id).filter(|it| it.suspect > 0)?;
    let found = text(
        format!("{} 条读数存疑（{}）", it.suspect, it.rules_zh),
        format!("suspect data: {} ({})", counted(it.suspect, "finding"), it.rules_en),
    );
    let link = quality_of(evidence, unit);
    Some(part(evidence, unit, (Reason::SuspectData, it.suspect.into()), found, &link))
}

fn unanswered(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = evidence.findings.get(&evidence.statuses[unit].id).filter(|it| it.overdue_days > 0)?;
    let found = text(
        format!("{} 条质量问题逾期未答复，最久 {} 天", it.overdue, it.overdue_days),
        format!(
            "{} overdue, the oldest by {}",
            counted(it.overdue, "answer"),
            counted(it.overdue_days, "day")
        ),
    );
    let link = quality_of(evidence, unit);
    Some(part(evidence, unit, (Reason::Unanswered, it.overdue_days.into()), found, &link))
}

/// `1 finding`, `2 findings`.
fn counted(count: u32, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

fn quality_of(evidence: &Evidence<'_>, unit: usize) -> String {
    format!("/quality?unit={}", evidence.evaluation.snapshot.units[unit].code)
}

fn above(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let over = |(product, value): &(usize, super::Value)| {
        let limits = &evidence.evaluation.catalog.products[*product].limits;
        // The baseline where it is passed, else the limit; a value between the two still breaks one of them.
        let levels =
            [(limits.baseline, "基准", "baseline"), (limits.level3, "3 级限额", "limit grade 3")];
        levels.into_iter().find_map(|(level, zh, en)| {
            let gap = nengce_shared::benchmark::gap(value.value, level?).filter(|it| *it > 0.0)?;
            Some((*product, value.value, level?, zh, en, gap * 100.0))
        })
    };
    let all = evidence.products.get(&unit)?.iter().filter_map(over);
    let (product, value, level, zh, en, percent) = all.max_by(|a, b| a.5.total_cmp(&b.5))?;
    let shown = plain(value, decimals_apart(value, level, 1));
    let over = plain(percent, decimals_apart(percent, 0.0, 1));
    let product = &evidence.evaluation.catalog.products[product];
    let found = text(
        format!(
            "{} {} {}，超{zh} {} 的 {}%",
            product.zh,
            shown,
            product.value_unit,
            parameter(level),
            over
        ),
        format!(
            "{} {} {}, {}% above the {en} {}",
            product.en,
            shown,
            product.value_unit,
            over,
            parameter(level)
        ),
    );
    let code = &evidence.evaluation.snapshot.units[unit].code;
    let link = format!("/benchmarks/{}?unit={code}", product.code);
    Some(part(evidence, unit, (Reason::AboveLimit, percent), found, &link))
}

fn worse(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let peers = evidence.peers.get(&unit)?;
    let percent =
        nengce_shared::benchmark::gap(peers.value, peers.p75).filter(|it| *it > 0.0)? * 100.0;
    let (own, p75) = (intensity(Some(peers.value)), intensity(Some(peers.p75)));
    let found = text(
        format!(
            "强度 {own} tce/万元，劣于同业 P75 {p75} 的 {}%（{} {} 家）",
            plain(percent, 1),
            peers.industry,
            peers.count
        ),
        format!(
            "intensity {own} tce/10⁴ yuan, {}% worse than the peers' P75 {p75} ({} units of {})",
            plain(percent, 1),
            peers.count,
            peers.industry
        ),
    );
    let code = &evidence.evaluation.snapshot.units[unit].code;
    let link = format!("/benchmarks/{}?unit={code}", peers.industry);
    Some(part(evidence, unit, (Reason::WorseThanPeers, percent), found, &link))
}

/// Of a unit that is worse than its peers: how much its intensity grew over the same months a year before, when each of
/// them is known.
fn rising(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let peers = evidence.peers.get(&unit).filter(|it| it.value > it.p75)?;
    let months = evidence.evaluation.query.spans.now_parts().whole;
    let of = |apart: i32| {
        let sums = months.iter().map(|it| own(evidence.evaluation, unit, it.plus(apart)));
        let sums: Option<Vec<_>> = sums.collect();
        let (energy, output) =
            sums?.iter().fold((0.0, 0.0), |(e, o), it| (e + it.energy, o + it.output));
        nengce_shared::intensity::ratio(energy, output)
    };
    let (now, before) = (of(0)?, of(-MONTHS_OF_YEAR)?);
    let percent = nengce_shared::intensity::growth(now, before).filter(|it| *it > 0.0)? * 100.0;
    let (shown, earlier) = (intensity(Some(now)), intensity(Some(before)));
    let found = text(
        format!("强度由 {earlier} 升至 {shown} tce/万元，同比 +{}%", plain(percent, 1)),
        format!(
            "intensity rose from {earlier} to {shown} tce/10⁴ yuan, +{}% on the year before",
            plain(percent, 1)
        ),
    );
    let code = &evidence.evaluation.snapshot.units[unit].code;
    let link = format!("/benchmarks/{}?unit={code}", peers.industry);
    Some(part(evidence, unit, (Reason::RisingIntensity, percent), found, &link))
}

fn meters(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = &evidence.statuses[unit];
    let overdue = Some(it.meters_overdue).filter(|it| *it > 0)?;
    let name = it.overdue_name.as_deref().unwrap_or("—");
    let found = text(
        format!("{name}等 {overdue} 台计量器具检定逾期"),
        format!("{} overdue for calibration, among them {name}", counted(overdue, "meter")),
    );
    Some(part(evidence, unit, (Reason::MeterOverdue, overdue.into()), found, "#meters"))
}

fn repeat_offender(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = evidence.findings.get(&evidence.statuses[unit].id).filter(|it| it.offences > 0)?;
    let found = text(
        format!("近 3 年 {} 件案件整改未达到或被处罚", it.offences),
        format!(
            "{} of the last three years not carried out or fined",
            counted(it.offences, "case")
        ),
    );
    let link = cases_of(evidence, unit);
    Some(part(evidence, unit, (Reason::RepeatOffender, it.offences.into()), found, &link))
}

fn not_visited(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let it = evidence.findings.get(&evidence.statuses[unit].id)?;
    let quarters = Some(it.quarters_since_visit).filter(|it| *it > 0)?;
    let found = text(
        format!("{quarters} 个季度没有现场监察"),
        format!("no visit for {}", counted(quarters, "quarter")),
    );
    let link = cases_of(evidence, unit);
    Some(part(evidence, unit, (Reason::NotVisited, quarters.into()), found, &link))
}

fn cases_of(evidence: &Evidence<'_>, unit: usize) -> String {
    format!("/cases?unit={}", evidence.evaluation.snapshot.units[unit].code)
}

/// The complete months of the newest year in the span against their part of the unit's total target.
fn over_target(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let snapshot = evidence.evaluation.snapshot;
    let code = &snapshot.units[unit].code;
    let last = *evidence.evaluation.query.spans.now_parts().whole.last()?;
    let year = last.year();
    let target = snapshot.targets.iter().find(|it| {
        let is_own = it.scope == "unit" && it.code == *code && it.kind == "total_tce";
        is_own && (it.from_year..=it.to_year).contains(&year)
    })?;
    let of = |year: i16, month: i8| {
        let month = Month::new(year, month)?;
        snapshot.tce_of_all(target.basis, unit, month).filter(|_| snapshot.is_done(month))
    };
    let months = |year: i16| std::array::from_fn(|at| of(year, at as i8 + 1));
    let (now, before): (YearMonths, YearMonths) = (months(year), months(year - 1));
    let count = usize::from(last.month().unsigned_abs());
    let done: f64 = now[..count].iter().copied().sum::<Option<f64>>()?;
    let planned = monthly_trajectory(target.value, year, &before)?;
    let due: f64 = planned.months[..count].iter().sum();
    let percent = (done / due - 1.0) * 100.0;
    if percent <= 0.0 || !percent.is_finite() {
        return None;
    }
    let over = plain(percent, decimals_apart(percent, 0.0, 1));
    let (done, due) = (grouped(done, 0), grouped(due, 0));
    let found = text(
        format!("1–{count}月 {done} tce，超控制目标进度 {due} 的 {over}%"),
        format!(
            "{done} tce in months 1–{count} of {year}, {over}% ahead of the {due} of its target"
        ),
    );
    let link = format!("/dual-control?units={code}");
    Some(part(evidence, unit, (Reason::OverTarget, percent), found, &link))
}
