//! The compliance of a unit by quarters: what exceeded a limit, what was missing or doubtful, and what cannot be told. A
//! quarter without data, or one that the quality rules have not assessed, is never in order.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::api::compliance::{ComplianceEvent, ComplianceQuarter};
use nengce_shared::compliance_state::ComplianceState as State;
use nengce_shared::month::Month;
use nengce_shared::number::{decimals_apart, parameter, percent, plain, threshold};
use nengce_shared::quality::{COMPLETENESS_THRESHOLD, completeness};

use crate::benchmark::product_values;
use crate::evaluation::Evaluation;
use crate::snapshot::Points;

/// Findings of one quality rule in a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QuarterFindings {
    /// The first month of the quarter.
    pub quarter: Month,
    /// The name of the rule.
    pub rule: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The number of findings.
    pub count: u32,
    /// The last day of them.
    pub last: Date,
}

/// A meter whose calibration is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OverdueMeter {
    /// Its name.
    pub name: String,
    /// The day on which it was due.
    pub due: Date,
}

/// What the store knows of a unit beside the snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Known {
    /// Findings that nobody has set aside, of the severest rules.
    pub findings: Vec<QuarterFindings>,
    /// Days that the quality rules have assessed, by month.
    pub assessed_days: BTreeMap<Month, u32>,
    /// Meters that are overdue today.
    pub meters: Vec<OverdueMeter>,
}

/// The first month of the quarter of a day.
pub fn quarter_of(day: Date) -> Month {
    let month = Month::of(day);
    month.plus(-(i32::from(month.month()) - 1).rem_euclid(3))
}

/// The first month of the oldest quarter when so many complete ones are shown.
pub fn first_quarter(today: Date, complete_quarters: u32) -> Month {
    let back = i32::try_from(complete_quarters).unwrap_or(i32::MAX / 3);
    quarter_of(today).plus(-3 * back)
}

/// The last complete quarters and the current one, oldest first.
pub fn compliance(
    evaluation: &Evaluation<'_>,
    unit: usize,
    known: &Known,
    complete_quarters: u32,
) -> Vec<ComplianceQuarter> {
    let today = evaluation.snapshot.today;
    let (first, current) = (first_quarter(today, complete_quarters), quarter_of(today));
    std::iter::successors(Some(first), |it| Some(it.plus(3)))
        .take_while(|it| *it <= current)
        .map(|it| quarter(evaluation, unit, known, (it, it == current)))
        .collect()
}

fn quarter(
    evaluation: &Evaluation<'_>,
    unit: usize,
    known: &Known,
    (first, is_current): (Month, bool),
) -> ComplianceQuarter {
    let snapshot = evaluation.snapshot;
    let yesterday = snapshot.today.yesterday().unwrap_or(snapshot.today);
    let last = first.plus(2).last_day();
    let to = if is_current { yesterday.max(first.first_day()) } else { last };
    let months = [first, first.plus(1), first.plus(2)];
    let about = Quarter { evaluation, unit, months, from: first.first_day(), to };
    let mut events = about.limits();
    events.extend(about.incomplete());
    events.extend(known.findings.iter().filter(|it| it.quarter == first).map(|it| about.found(it)));
    let due = known.meters.iter().filter(|it| quarter_of(it.due) == first || is_current);
    events.extend(due.map(|it| about.meter(it)));
    let is_unassessed = |it: &Month| {
        let has_data = snapshot.reports(unit, *it);
        has_data && known.assessed_days.get(it).copied().unwrap_or(0) == 0
    };
    if about.has_data() && about.points().expected == 0 {
        events.push(about.event(
            (State::Unknown, "nothing_due"),
            "没有应收点数，完整率不能判断".to_owned(),
            "nothing was due, so that the completeness cannot be told".to_owned(),
            "#calendar",
        ));
    }
    if months.iter().any(is_unassessed) {
        events.push(about.event(
            (State::Unknown, "not_assessed"),
            "数据质量尚未评价，或无权查看".to_owned(),
            "data quality not assessed yet, or not yours to see".to_owned(),
            "#quality",
        ));
    }
    events.sort_by(|a, b| a.state.cmp(&b.state).then_with(|| b.day.cmp(&a.day)));
    let usual = if about.has_data() { State::Fine } else { State::Unknown };
    ComplianceQuarter {
        quarter: format!("{}-Q{}", first.year(), (first.month() - 1) / 3 + 1),
        from: about.from.to_string(),
        to: to.to_string(),
        is_current,
        state: events.first().map_or(usual, |it| it.state),
        events,
    }
}

/// A quarter of a unit while its events are gathered.
struct Quarter<'a> {
    evaluation: &'a Evaluation<'a>,
    unit: usize,
    months: [Month; 3],
    from: Date,
    to: Date,
}

impl Quarter<'_> {
    fn has_data(&self) -> bool {
        let snapshot = self.evaluation.snapshot;
        self.months.iter().any(|it| snapshot.reports(self.unit, *it))
    }

    fn event(
        &self,
        (state, kind): (State, &str),
        zh: String,
        en: String,
        anchor: &str,
    ) -> ComplianceEvent {
        let code = &self.evaluation.snapshot.units[self.unit].code;
        let link = format!("/units/{code}?from={}&to={}{anchor}", self.from, self.to);
        ComplianceEvent { day: self.to.to_string(), state, kind: kind.to_owned(), zh, en, link }
    }

    fn points(&self) -> Points {
        let of_months = self.months.map(|it| self.evaluation.snapshot.points(self.unit, it));
        let sum = |of: fn(&Points) -> u32| of_months.iter().map(of).sum();
        Points { received: sum(|it| it.received), expected: sum(|it| it.expected) }
    }

    /// Products above limit grade 3, or else above the baseline.
    fn limits(&self) -> Vec<ComplianceEvent> {
        let products = self.evaluation.catalog.products.iter().enumerate();
        let found = products.filter_map(|(at, product)| {
            let values = product_values(self.evaluation, at, &self.months);
            let value = values.iter().find(|it| it.unit == self.unit)?.value;
            let levels = [
                (product.limits.level3, State::Violation, "limit", "超 3 级限额", "limit grade 3"),
                (product.limits.baseline, State::Trouble, "baseline", "超基准", "the baseline"),
            ];
            let passed = |it: &(Option<f64>, _, _, _, _)| it.0.is_some_and(|level| value > level);
            let (level, state, kind, zh, en) = levels.into_iter().find(passed)?;
            let level = level?;
            let shown = plain(value, decimals_apart(value, level, 1));
            let (limit, of) = (parameter(level), &product.value_unit);
            let mut event = self.event(
                (state, kind),
                format!("{} {shown} {of}，{zh} {limit}", product.zh),
                format!("{} {shown} {of}, above {en} {limit}", product.en),
                "",
            );
            let code = &self.evaluation.snapshot.units[self.unit].code;
            event.link = format!(
                "/benchmarks/{}?unit={code}&from={}&to={}",
                product.code, self.from, self.to
            );
            Some(event)
        });
        found.collect()
    }

    fn incomplete(&self) -> Option<ComplianceEvent> {
        let Points { received, expected } = self.points();
        let share = completeness(received.into(), expected.into())?;
        (share < COMPLETENESS_THRESHOLD).then(|| {
            let (share, least) = (percent(Some(share)), threshold(COMPLETENESS_THRESHOLD));
            self.event(
                (State::Trouble, "completeness"),
                format!("完整率 {share}，低于 {least}"),
                format!("completeness {share}, below {least}"),
                "#calendar",
            )
        })
    }

    fn found(&self, it: &QuarterFindings) -> ComplianceEvent {
        let mut event = self.event(
            (State::Trouble, &it.rule),
            format!("{}：{} 条", it.zh, it.count),
            format!("{}: {} findings", it.en, it.count),
            "",
        );
        let code = &self.evaluation.snapshot.units[self.unit].code;
        event.link = format!("/quality?unit={code}&rule={}", it.rule);
        ComplianceEvent { day: it.last.to_string(), ..event }
    }

    fn meter(&self, it: &OverdueMeter) -> ComplianceEvent {
        let event = self.event(
            (State::Trouble, "meter"),
            format!("{} 检定于 {} 到期，至今未更新", it.name, it.due),
            format!("calibration of {} was due on {} and is not renewed", it.name, it.due),
            "#meters",
        );
        ComplianceEvent { day: it.due.to_string(), ..event }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, query};

    fn seen(known: &Known) -> Vec<ComplianceQuarter> {
        let (snapshot, query) = (sample::snapshot(), query("2025-01", "2025-09"));
        compliance(&Evaluation::new(&snapshot, &query, &[]), 0, known, 12)
    }

    fn assessed() -> Known {
        let months = (0..36).map(|at| (sample::month(2023, 1).plus(at), 28));
        Known { assessed_days: months.collect(), ..Known::default() }
    }

    #[test]
    fn quarters_begin_in_their_first_month() {
        for (day, month) in
            [("2025-01-01", 1), ("2025-03-31", 1), ("2025-04-01", 4), ("2025-12-31", 10)]
        {
            assert_eq!(quarter_of(day.parse().unwrap()), sample::month(2025, month));
        }
    }

    /// Data from 2023 to September 2025, today 1 October: the quarters before have none, the current one has none yet.
    #[test]
    fn a_quarter_without_data_is_never_in_order() {
        let all = seen(&assessed());
        assert_eq!(all.len(), 13);
        assert_eq!((all[0].quarter.as_str(), all[12].quarter.as_str()), ("2022-Q4", "2025-Q4"));
        assert_eq!((all[0].state, all[12].state), (State::Unknown, State::Unknown));
        assert!(all[12].is_current && !all[11].is_current);
        let unassessed = seen(&Known::default());
        assert!(unassessed.iter().all(|it| it.state != State::Fine), "nobody assessed its data");
        assert!(unassessed[5].events.iter().any(|it| it.kind == "not_assessed"));
    }

    /// A month that waits for its assessment keeps its quarter from being in order.
    #[test]
    fn a_quarter_is_in_order_once_each_of_its_months_is_assessed() {
        let mut known = assessed();
        known.assessed_days.remove(&sample::month(2024, 8));
        let all = seen(&known);
        let of = |name: &str| all.iter().find(|it| it.quarter == name).unwrap();
        let waits = |it: &ComplianceQuarter| it.events.iter().any(|it| it.kind == "not_assessed");
        assert!(waits(of("2024-Q3")) && !waits(of("2024-Q2")) && !waits(of("2024-Q4")));
        assert_ne!(of("2024-Q3").state, State::Fine);
    }

    #[test]
    fn a_cell_is_the_worst_of_its_events() {
        let day = |it: &str| it.parse::<Date>().unwrap();
        let found = QuarterFindings {
            quarter: sample::month(2024, 4),
            rule: "silent".to_owned(),
            zh: "断报".to_owned(),
            en: "Silent".to_owned(),
            count: 2,
            last: day("2024-05-03"),
        };
        let meter = OverdueMeter { name: "电表".to_owned(), due: day("2023-08-01") };
        let known = Known { findings: vec![found], meters: vec![meter], ..assessed() };
        let all = seen(&known);
        let of = |name: &str| all.iter().find(|it| it.quarter == name).unwrap();
        assert_eq!(of("2024-Q2").events.last().unwrap().zh, "断报：2 条");
        assert_eq!(of("2023-Q3").events.last().unwrap().kind, "meter");
        assert_eq!(of("2025-Q4").events[0].kind, "meter", "it is overdue still");
        for it in &all {
            let worst = it.events.iter().map(|it| it.state).min();
            assert!(worst.is_none_or(|worst| worst == it.state), "{it:?}");
        }
    }
}
