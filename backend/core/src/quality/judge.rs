//! Runs the table of rules over a run of days of one unit: marks, and the figures of each item's day.

use super::day::{ItemDay, Scales};
use super::figures::{ItemFigures, due_end};
use super::series::UnitSeries;
use super::{Look, Mark, Part, RULES, months, rules};

/// What came of judging.
#[derive(Debug, Default, PartialEq)]
pub struct Judged {
    pub marks: Vec<Mark>,
    pub figures: Vec<ItemFigures>,
}

/// Judges the days `from..=to`; the series holds [`super::BACK_DAYS`] more before, [`super::AHEAD_DAYS`] more after them, and
/// [`super::AROUND_DAYS`] around them a year before.
pub fn judge(unit: &UnitSeries, from: i32, to: i32) -> Judged {
    let scales: Vec<Scales> = unit.items.iter().map(|item| Scales::new(item, from, to)).collect();
    let mut judged = Judged::default();
    for day in from..=to {
        for rule in RULES {
            if let Look::Unit(look) = rule.look
                && let Some(hit) = look(unit, day)
            {
                judged.marks.push(Mark { rule: rule.name, item: None, day, hit });
            }
        }
        months::judge(unit, day, &mut judged.marks, &mut judged.figures);
        for (at, item) in unit.items.iter().enumerate() {
            let view = ItemDay { unit, item, scales: &scales, at, day };
            let first = judged.marks.len();
            for rule in RULES {
                if let Look::Item(look) = rule.look
                    && let Some(hit) = look(&view)
                {
                    judged.marks.push(Mark { rule: rule.name, item: Some(item.id), day, hit });
                }
            }
            judged.figures.extend(figures(unit, &view, &judged.marks[first..]));
        }
    }
    judged
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
    let flagged = it.record().is_some_and(|it| {
        it.reported.is_some_and(|it| !it.valid) || it.points.iter().any(|it| !it.is.valid)
    });
    let moved = unit.refused_on(it.day).any(|entry| entry.item == Some(it.item.id));
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
