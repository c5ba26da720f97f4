//! Writes the marks and figures of a step, and makes the findings of its units agree with their marks.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_core::quality::{Assessment, Mark, Span, spans};
use nengce_messages::stamp;

use super::load::text;
use crate::clock;
use crate::store::database::append::{
    append, dates, doubles, flags, ints, maybe_doubles, maybe_ints, maybe_texts, stamps, texts,
};
use crate::store::database::{each, list};
use crate::store::error::Result;

/// A day before all data: 1900-01-01.
const EARLIEST: i32 = -25_567;

/// One unit's outcome of a step.
pub(super) struct UnitResult {
    pub unit: i32,
    pub from: i32,
    pub to: i32,
    pub assessed: Assessment,
    /// After the last step of a unit: the settings that its marks depend on, today, and the last upload that the rules saw.
    pub stand: Option<(String, Date, i32)>,
    pub now: DateTime,
    /// Set when the settings of the unit changed: marks and figures before this day are deleted.
    pub begins: Option<i32>,
}

/// A stored finding.
struct StoredFinding {
    id: i32,
    span: Span,
    state: String,
    matched: bool,
}

/// Writes what a step assessed: all of its units by one statement of a kind.
pub(super) fn write(conn: &Connection, saves: &[UnitResult]) -> Result<()> {
    clear(conn, saves)?;
    put_marks(conn, saves)?;
    put_days(conn, saves)?;
    let mut fresh = Vec::new();
    let marked = marked(conn, saves)?;
    let mut stored = stored(conn, saves)?;
    for it in saves {
        let spans = spans(marked.get(&it.unit).into_iter().flatten().map(Marked::key));
        let stored = stored.remove(&it.unit).unwrap_or_default();
        let found = it.reconcile(conn, spans, stored)?;
        fresh.extend(found.into_iter().map(|span| (it, span)));
    }
    put_findings(conn, &fresh)?;
    put_units(conn, saves)
}

/// Deletes the earlier marks and figures of the days that a step covers.
fn clear(conn: &Connection, saves: &[UnitResult]) -> Result<()> {
    let assessed = saves.iter().filter(|it| it.from <= it.to).map(|it| (it.unit, it.from, it.to));
    let before = saves.iter().filter_map(|it| Some((it.unit, EARLIEST, it.begins? - 1)));
    let spans: Vec<(i32, i32, i32)> = assessed.chain(before).collect();
    for sql in
        [include_str!("sql/quality_mark_clear.sql"), include_str!("sql/quality_day_clear.sql")]
    {
        let spans = params![
            list(spans.iter().map(|it| it.0)),
            list(spans.iter().map(|it| it.1)),
            list(spans.iter().map(|it| it.2))
        ];
        conn.execute(sql, spans)?;
    }
    Ok(())
}

fn put_marks(conn: &Connection, saves: &[UnitResult]) -> Result<()> {
    let marks: Vec<_> =
        saves.iter().flat_map(|it| it.assessed.marks.iter().map(|mark| (it.unit, mark))).collect();
    let evidence = |it: &Mark| serde_json::to_string(&it.hit.evidence).unwrap_or_default();
    append(
        conn,
        "quality_mark",
        vec![
            ints(marks.iter().map(|it| it.0)),
            maybe_ints(marks.iter().map(|it| it.1.item)),
            texts(marks.iter().map(|it| it.1.rule)),
            dates(marks.iter().map(|it| Some(it.1.day))),
            doubles(marks.iter().map(|it| it.1.hit.measure)),
            flags(marks.iter().map(|it| it.1.hit.settled)),
            texts(marks.iter().map(|it| evidence(it.1))),
        ],
    )
}

fn put_days(conn: &Connection, saves: &[UnitResult]) -> Result<()> {
    let days: Vec<_> =
        saves.iter().flat_map(|it| it.assessed.figures.iter().map(|day| (it.unit, day))).collect();
    append(
        conn,
        "quality_day",
        vec![
            ints(days.iter().map(|it| it.0)),
            ints(days.iter().map(|it| it.1.item)),
            dates(days.iter().map(|it| Some(it.1.day))),
            ints(days.iter().map(|it| it.1.expected as i32)),
            ints(days.iter().map(|it| it.1.received as i32)),
            flags(days.iter().map(|it| it.1.timed)),
            maybe_doubles(days.iter().map(|it| it.1.late_hours)),
            flags(days.iter().map(|it| it.1.has_data)),
            flags(days.iter().map(|it| it.1.valid)),
            flags(days.iter().map(|it| it.1.conforms)),
        ],
    )
}

/// Appends new findings, with numbers that follow the last one.
fn put_findings(conn: &Connection, fresh: &[(&UnitResult, Span)]) -> Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    let last: i32 =
        conn.query_row(include_str!("sql/quality_finding_last.sql"), [], |row| row.get(0))?;
    let now = |it: &&UnitResult| Some(stamp::seconds(it.now));
    let none = || fresh.iter().map(|_| None::<&str>);
    append(
        conn,
        "quality_finding",
        vec![
            ints((last + 1..).take(fresh.len())),
            ints(fresh.iter().map(|it| it.0.unit)),
            maybe_ints(fresh.iter().map(|it| it.1.item)),
            texts(fresh.iter().map(|it| it.1.rule.as_str())),
            dates(fresh.iter().map(|it| Some(it.1.from))),
            dates(fresh.iter().map(|it| Some(it.1.to))),
            ints(fresh.iter().map(|it| it.1.days as i32)),
            doubles(fresh.iter().map(|it| it.1.measure)),
            texts(fresh.iter().map(|it| state(&it.1))),
            stamps(fresh.iter().map(|it| now(&it.0))),
            stamps(fresh.iter().map(|it| now(&it.0))),
            stamps(fresh.iter().map(|it| now(&it.0).filter(|_| it.1.settled))),
            maybe_texts(none()),
            maybe_texts(none()),
            stamps(fresh.iter().map(|_| None)),
        ],
    )
}

/// Notes up to which day and upload each unit is assessed, and by which settings.
fn put_units(conn: &Connection, saves: &[UnitResult]) -> Result<()> {
    let stands: Vec<_> =
        saves.iter().filter_map(|it| Some((it.unit, it.stand.as_ref()?))).collect();
    let units = list(stands.iter().map(|it| it.0));
    conn.execute(include_str!("sql/quality_unit_delete.sql"), params![units])?;
    append(
        conn,
        "quality_unit",
        vec![
            ints(stands.iter().map(|it| it.0)),
            texts(stands.iter().map(|it| it.1.0.as_str())),
            dates(stands.iter().map(|it| Some(stamp::day_number(it.1.1)))),
            ints(stands.iter().map(|it| it.1.2)),
        ],
    )
}

/// The state of a finding that nobody waived.
fn state(span: &Span) -> &'static str {
    if span.settled { "resolved" } else { "open" }
}

impl UnitResult {
    /// Makes the stored findings agree with the runs of marks. A run that shares days with a stored finding updates it, and
    /// every other run is new and is returned. A finding that has no marks any more is resolved.
    fn reconcile(
        &self,
        conn: &Connection,
        spans: Vec<Span>,
        mut stored: Vec<StoredFinding>,
    ) -> Result<Vec<Span>> {
        let now = clock::text(self.now);
        let mut fresh = Vec::new();
        for span in spans {
            let known = stored.iter_mut().find(|known| {
                !known.matched
                    && known.span.rule == span.rule
                    && known.span.item == span.item
                    && known.span.from <= span.to + 1
                    && span.from <= known.span.to + 1
            });
            let Some(it) = known else {
                fresh.push(span);
                continue;
            };
            it.matched = true;
            let state = match it.state.as_str() {
                "waived" => "waived",
                _ => state(&span),
            };
            let same = it.span.from == span.from
                && it.span.to == span.to
                && it.span.measure == span.measure
                && it.state == state;
            if !same {
                conn.execute(
                    include_str!("sql/quality_finding_update.sql"),
                    params![
                        it.id,
                        text(span.from),
                        text(span.to),
                        span.days,
                        span.measure,
                        state,
                        now
                    ],
                )?;
            }
        }
        for it in stored.iter().filter(|it| !it.matched && it.state != "resolved") {
            conn.execute(include_str!("sql/quality_finding_resolve.sql"), params![now, it.id])?;
        }
        Ok(fresh)
    }
}

fn units(saves: &[UnitResult]) -> String {
    list(saves.iter().map(|it| it.unit))
}

/// A stored mark.
struct Marked {
    rule: String,
    item: Option<i32>,
    day: i32,
    measure: f64,
    settled: bool,
}

impl Marked {
    fn key(&self) -> (&str, Option<i32>, i32, f64, bool) {
        (&self.rule, self.item, self.day, self.measure, self.settled)
    }
}

/// All marks of the units of a step.
fn marked(conn: &Connection, saves: &[UnitResult]) -> Result<HashMap<i32, Vec<Marked>>> {
    let mut found: HashMap<i32, Vec<Marked>> = HashMap::new();
    each(conn, include_str!("sql/quality_marks.sql"), params![units(saves)], |row| {
        found.entry(row.get(0)?).or_default().push(Marked {
            item: row.get(1)?,
            rule: row.get(2)?,
            day: row.get::<_, i64>(3)? as i32,
            measure: row.get(4)?,
            settled: row.get(5)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// All findings of the units of a step.
fn stored(conn: &Connection, saves: &[UnitResult]) -> Result<HashMap<i32, Vec<StoredFinding>>> {
    let mut found: HashMap<i32, Vec<StoredFinding>> = HashMap::new();
    each(conn, include_str!("sql/quality_unit_findings.sql"), params![units(saves)], |row| {
        found.entry(row.get(0)?).or_default().push(StoredFinding {
            id: row.get(1)?,
            span: Span {
                item: row.get(2)?,
                rule: row.get(3)?,
                from: row.get::<_, i64>(4)? as i32,
                to: row.get::<_, i64>(5)? as i32,
                days: row.get(6)?,
                measure: row.get(7)?,
                settled: false,
            },
            state: row.get(8)?,
            matched: false,
        });
        Ok(())
    })?;
    // Open findings come first, so that a run of marks updates them and not a resolved finding of the same days.
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for of_unit in found.values_mut() {
        of_unit.sort_by_key(|it| it.state == "resolved");
    }
    Ok(found)
}
