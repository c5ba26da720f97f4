//! Joins the marks of one rule on one item, or on the unit, into findings: marks on neighbouring days are one finding.

use super::Mark;

/// Consecutive marked days.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The name of the rule.
    pub rule: String,
    /// The id of the item; `None` for the whole unit.
    pub item: Option<i32>,
    /// The first marked day, counted from 1970-01-01.
    pub from: i32,
    /// The last marked day, included.
    pub to: i32,
    /// The number of marked days.
    pub days: u32,
    /// The measure with the largest magnitude among the marks.
    pub measure: f64,
    /// Whether every mark is settled.
    pub settled: bool,
}

/// Joins the marks of neighbouring days; the marks come in order of (rule, item, day).
pub fn spans<'a>(
    marks: impl IntoIterator<Item = (&'a str, Option<i32>, i32, f64, bool)>,
) -> Vec<Span> {
    let mut marks: Vec<_> = marks.into_iter().collect();
    marks.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let mut spans: Vec<Span> = Vec::new();
    for (rule, item, day, measure, settled) in marks {
        if let Some(last) = spans.last_mut()
            && last.rule == rule
            && last.item == item
            && day <= last.to + 1
        {
            last.days += u32::from(day > last.to);
            last.to = day;
            last.settled &= settled;
            if measure.abs() > last.measure.abs() {
                last.measure = measure;
            }
            continue;
        }
        spans.push(Span {
            rule: rule.to_owned(),
            item,
            from: day,
            to: day,
            days: 1,
            measure,
            settled,
        });
    }
    spans
}

impl Mark {
    /// Rule, item, day, measure and whether it is settled: what [`spans`] joins by.
    pub fn key(&self) -> (&str, Option<i32>, i32, f64, bool) {
        (self.rule, self.item, self.day, self.hit.measure, self.hit.settled)
    }
}
