//! Applies the table of rules to some days of one unit: marks, and the daily figures of each item.

use super::day::{ItemDay, Scales};
use super::series::UnitSeries;
use super::timeliness::{ItemFigures, due_end};
use super::{Mark, Part, RULES, RuleCheck, months, rules};

/// The result of assessing some days of a unit.
#[derive(Debug, Default, PartialEq)]
pub struct Assessment {
    /// The marks of the rules.
    pub marks: Vec<Mark>,
    /// The daily figures of every item that is due or has data.
    pub figures: Vec<ItemFigures>,
}

/// Assesses the days `from..=to`. The series also holds [`super::BACK_DAYS`] days before them, [`super::AHEAD_DAYS`]
/// days after them, and [`super::AROUND_DAYS`] days around them one year earlier.
pub fn assess(unit: &UnitSeries, from: i32, to: i32) -> Assessment {
    let scales: Vec<Scales> = unit.items.iter().map(|item| Scales::new(item, from, to)).collect();
    let mut assessed = Assessment::default();
    for day in from..=to {
        for rule in RULES {
            if let RuleCheck::Unit(check) = rule.check
                && let Some(hit) = check(unit, day)
            {
                assessed.marks.push(Mark { rule: rule.name, item: None, day, hit });
            }
        }
        months::assess(unit, day, &mut assessed.marks, &mut assessed.figures);
        for (at, item) in unit.items.iter().enumerate() {
            let view = ItemDay { unit, item, scales: &scales, at, day };
            let first = assessed.marks.len();
            for rule in RULES {
                if let RuleCheck::Item(check) = rule.check
                    && let Some(hit) = check(&view)
                {
                    assessed.marks.push(Mark { rule: rule.name, item: Some(item.id), day, hit });
                }
            }
            assessed.figures.extend(figures(unit, &view, &assessed.marks[first..]));
        }
    }
    assessed
}

fn figures(unit: &UnitSeries, it: &ItemDay<'_>, marks: &[Mark]) -> Option<ItemFigures> {
    let has_data = it.record().is_some_and(|it| !it.is_empty());
    let expected = it.item.expected(it.day);
    let due = it.day <= unit.due_until;
    if expected == 0 || !(has_data || due) {
        return None;
    }
    let part =
        |part: Part| marks.iter().any(|it| rules::rule(it.rule).is_some_and(|it| it.part == part));
    let end = due_end(it.day);
    let arrived = it.item.arrived(it.day);
    let flagged = it.record().is_some_and(|record| {
        record.reported.is_some_and(|it| !it.valid) || record.points.iter().any(|it| !it.is.valid)
    });
    let moved = unit.rejected_on(it.day).any(|entry| entry.item == Some(it.item.id));
    Some(ItemFigures {
        item: it.item.id,
        day: it.day,
        expected,
        received: it.item.received(it.day),
        timed: unit.connected.is_some_and(|connected| it.day >= connected),
        late_hours: arrived.map(|it| ((it - end).max(0) as f64 / 3_600.0).ceil()),
        has_data,
        valid: has_data && !flagged && !part(Part::Validity),
        conforms: has_data && !moved && !part(Part::Conformity),
    })
}
