//! The reasons for which one unit scores: the finding, its arithmetic in a form that can be recomputed, and the points.

use jiff::civil::Date;
use nengce_shared::api::targets::{Reason, ScorePart};
use nengce_shared::number::{decimal, decimals_apart, grouped, intensity, parameter, plain};

use super::Evidence;
use super::silence::{days_between, silence};

/// Every reason the unit gives, in their order.
pub(super) fn parts(evidence: &Evidence<'_>, unit: usize) -> Vec<ScorePart> {
    let reasons = [never, silent, completeness, above, worse, meters];
    reasons.into_iter().filter_map(|it| it(evidence, unit)).filter(|it| it.points > 0.0).collect()
}

/// Points as they add up, and how many count at most.
#[derive(Clone, Copy)]
struct Capped {
    whole: f64,
    cap: f64,
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
    reason: Reason,
    points: Capped,
    found: Text,
    sum: Text,
    anchor: &str,
) -> ScorePart {
    let code = &evidence.evaluation.snapshot.units[unit].code;
    ScorePart {
        reason,
        points: points.whole.min(points.cap),
        before_cap: points.whole,
        evidence_zh: found.zh,
        evidence_en: found.en,
        arithmetic_zh: sum.zh,
        arithmetic_en: sum.en,
        link: if anchor.starts_with('/') {
            anchor.to_owned()
        } else {
            format!("/units/{code}{anchor}")
        },
    }
}

fn never(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let (snapshot, rules) = (evidence.evaluation.snapshot, evidence.rules);
    let it = &evidence.statuses[unit];
    if it.last_day.is_some() || snapshot.units[unit].last_upload.is_some() {
        return None;
    }
    let since = it.approved_on.or(it.listed_on)?;
    let days = f64::from(days_between(since, snapshot.today).max(1));
    let points = Capped {
        whole: rules.never_points * (days / rules.never_days).max(0.0),
        cap: rules.never_points,
    };
    let (zh, en) = match it.approved_on {
        Some(_) => ("批准", "approved"),
        None => ("列入名单", "listed"),
    };
    let found =
        text(format!("{zh} {days} 天，从未上报"), format!("{en} {days} days ago, never uploaded"));
    let sum = text(
        format!(
            "{} × min({days} ÷ {}, 1)",
            parameter(rules.never_points),
            parameter(rules.never_days)
        ),
        format!(
            "{} × min({days} ÷ {}, 1)",
            parameter(rules.never_points),
            parameter(rules.never_days)
        ),
    );
    Some(part(evidence, unit, Reason::NeverUploaded, points, found, sum, "#devices"))
}

fn silent(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let rules = evidence.rules;
    let it = silence(evidence, unit)?;
    let (from, days) = (it.from, it.days);
    let to = from.checked_add(jiff::Span::new().days(i64::from(days) - 1)).unwrap_or(from);
    let points = Capped { whole: f64::from(days) * rules.silent_per_day, cap: rules.silent_cap };
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
    let sum = text(
        format!(
            "{days} 天 × {}，上限 {}",
            parameter(rules.silent_per_day),
            parameter(rules.silent_cap)
        ),
        format!(
            "{days} days × {}, cap {}",
            parameter(rules.silent_per_day),
            parameter(rules.silent_cap)
        ),
    );
    Some(part(evidence, unit, Reason::Silent, points, found, sum, "#calendar"))
}

fn completeness(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let rules = evidence.rules;
    evidence.statuses[unit].last_day?;
    let span = &evidence.evaluation.now[unit];
    let percent = decimal(span.completeness()? * 100.0);
    if percent >= rules.complete_least {
        return None;
    }
    let points = Capped {
        whole: (rules.complete_least - percent) * rules.complete_per_percent,
        cap: rules.complete_cap,
    };
    let (received, expected) = (grouped(span.received as f64, 0), grouped(span.expected as f64, 0));
    let found = text(
        format!("完整率 {}%（已收 {received} / 应收 {expected} 点）", plain(percent, 1)),
        format!("completeness {}% ({received} of {expected} points)", plain(percent, 1)),
    );
    let sum = format!(
        "({} − {})% × {}",
        parameter(rules.complete_least),
        plain(percent, 1),
        parameter(rules.complete_per_percent)
    );
    let cap = parameter(rules.complete_cap);
    let sum = text(format!("{sum}，上限 {cap}"), format!("{sum}, cap {cap}"));
    Some(part(evidence, unit, Reason::Completeness, points, found, sum, "#calendar"))
}

fn above(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let rules = evidence.rules;
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
    let points = Capped {
        whole: rules.above_points + rules.above_per_percent * percent,
        cap: rules.above_cap,
    };
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
    let sum = format!(
        "{} + {}% × {}",
        parameter(rules.above_points),
        over,
        parameter(rules.above_per_percent)
    );
    let cap = parameter(rules.above_cap);
    let sum = text(format!("{sum}，上限 {cap}"), format!("{sum}, cap {cap}"));
    let code = &evidence.evaluation.snapshot.units[unit].code;
    let link = format!("/benchmarks/{}?unit={code}", product.code);
    Some(part(evidence, unit, Reason::AboveLimit, points, found, sum, &link))
}

fn worse(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let rules = evidence.rules;
    let peers = evidence.peers.get(&unit)?;
    let percent =
        nengce_shared::benchmark::gap(peers.value, peers.p75).filter(|it| *it > 0.0)? * 100.0;
    let points = Capped { whole: percent * rules.peers_per_percent, cap: rules.peers_cap };
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
    let sum = format!("{}% × {}", plain(percent, 1), parameter(rules.peers_per_percent));
    let cap = parameter(rules.peers_cap);
    let sum = text(format!("{sum}，上限 {cap}"), format!("{sum}, cap {cap}"));
    let code = &evidence.evaluation.snapshot.units[unit].code;
    let link = format!("/benchmarks/{}?unit={code}", peers.industry);
    Some(part(evidence, unit, Reason::WorseThanPeers, points, found, sum, &link))
}

fn meters(evidence: &Evidence<'_>, unit: usize) -> Option<ScorePart> {
    let rules = evidence.rules;
    let it = &evidence.statuses[unit];
    let overdue = it.meters_overdue;
    let points = Capped { whole: f64::from(overdue) * rules.meter_points, cap: rules.meter_cap };
    let name = it.overdue_name.as_deref().unwrap_or("—");
    let found = text(
        format!("{name}等 {overdue} 台计量器具检定逾期"),
        format!("{overdue} meters overdue for calibration, among them {name}"),
    );
    let sum = text(
        format!(
            "{overdue} 台 × {}，上限 {}",
            parameter(rules.meter_points),
            parameter(rules.meter_cap)
        ),
        format!(
            "{overdue} × {}, cap {}",
            parameter(rules.meter_points),
            parameter(rules.meter_cap)
        ),
    );
    Some(part(evidence, unit, Reason::MeterOverdue, points, found, sum, "#meters"))
}
