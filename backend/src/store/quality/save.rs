//! Writes what a step judged, and brings the findings of the unit in line with its marks.

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_core::quality::{Judged, Span, spans};

use super::load::text;
use crate::clock;
use crate::store::columns::{
    append, dates, doubles, flags, ints, maybe_doubles, maybe_ints, texts,
};
use crate::store::error::Result;
use crate::store::queries::each;

/// A day before all data.
const EARLIEST: &str = "1900-01-01";

/// One step's outcome.
pub struct Save {
    pub unit: i32,
    pub from: i32,
    pub to: i32,
    pub judged: Judged,
    /// Set with the last step of a unit: what the judgement rests on, the day of it, and the last upload it has seen.
    pub stand: Option<(String, Date, i32)>,
    pub now: DateTime,
    /// Set when the judgement rests on something new: nothing that was judged before this day stands.
    pub begins: Option<i32>,
}

/// A finding as it stands.
struct Standing {
    id: i32,
    span: Span,
    state: String,
    claimed: bool,
}

impl Save {
    pub fn write(&self, conn: &Connection) -> Result<()> {
        let (unit, from, to) = (self.unit, text(self.from), text(self.to));
        if self.from <= self.to {
            for sql in [
                include_str!("../sql/quality_mark_clear.sql"),
                include_str!("../sql/quality_day_clear.sql"),
            ] {
                conn.execute(sql, params![unit, from, to])?;
            }
        }
        if let Some(first) = self.begins {
            for sql in [
                include_str!("../sql/quality_mark_clear.sql"),
                include_str!("../sql/quality_day_clear.sql"),
            ] {
                conn.execute(sql, params![unit, EARLIEST, text(first - 1)])?;
            }
        }
        self.put_marks(conn)?;
        self.put_days(conn)?;
        self.reconcile(conn)?;
        if let Some((basis, day, upload)) = &self.stand {
            conn.execute(include_str!("../sql/quality_unit_delete.sql"), params![unit])?;
            let row = params![unit, basis, day.to_string(), upload];
            conn.execute(include_str!("../sql/quality_unit_insert.sql"), row)?;
        }
        Ok(())
    }

    fn put_marks(&self, conn: &Connection) -> Result<()> {
        let marks = &self.judged.marks;
        let evidence = |it: &nengce_core::quality::Mark| {
            serde_json::to_string(&it.hit.evidence).unwrap_or_default()
        };
        append(
            conn,
            "quality_mark",
            vec![
                ints(marks.iter().map(|_| self.unit)),
                maybe_ints(marks.iter().map(|it| it.item)),
                texts(marks.iter().map(|it| it.rule)),
                dates(marks.iter().map(|it| Some(it.day))),
                doubles(marks.iter().map(|it| it.hit.measure)),
                flags(marks.iter().map(|it| it.hit.settled)),
                texts(marks.iter().map(evidence)),
            ],
        )
    }

    fn put_days(&self, conn: &Connection) -> Result<()> {
        let days = &self.judged.figures;
        append(
            conn,
            "quality_day",
            vec![
                ints(days.iter().map(|_| self.unit)),
                ints(days.iter().map(|it| it.item)),
                dates(days.iter().map(|it| Some(it.day))),
                ints(days.iter().map(|it| it.expected as i32)),
                ints(days.iter().map(|it| it.received as i32)),
                flags(days.iter().map(|it| it.timed)),
                maybe_doubles(days.iter().map(|it| it.late_hours)),
                flags(days.iter().map(|it| it.has_data)),
                flags(days.iter().map(|it| it.valid)),
                flags(days.iter().map(|it| it.conforms)),
            ],
        )
    }

    /// A run of marks is a finding: known by the days it shares with one that stands, new otherwise. A finding
    /// without marks was put right by data.
    fn reconcile(&self, conn: &Connection) -> Result<()> {
        let now = clock::text(self.now);
        let mut standing = self.standing(conn)?;
        for span in self.spans(conn)? {
            let known = standing.iter_mut().find(|it| {
                !it.claimed
                    && it.span.rule == span.rule
                    && it.span.item == span.item
                    && it.span.from <= span.to + 1
                    && span.from <= it.span.to + 1
            });
            let fresh = if span.settled { "resolved" } else { "open" };
            let (from, to) = (text(span.from), text(span.to));
            match known {
                Some(it) => {
                    it.claimed = true;
                    let state = match it.state.as_str() {
                        "excused" => "excused",
                        _ => fresh,
                    };
                    let same = it.span.from == span.from
                        && it.span.to == span.to
                        && it.span.measure == span.measure
                        && it.state == state;
                    if !same {
                        conn.execute(
                            include_str!("../sql/quality_finding_update.sql"),
                            params![it.id, from, to, span.days, span.measure, state, now],
                        )?;
                    }
                }
                None => {
                    conn.execute(
                        include_str!("../sql/quality_finding_insert.sql"),
                        params![
                            self.unit,
                            span.item,
                            span.rule,
                            from,
                            to,
                            span.days,
                            span.measure,
                            fresh,
                            now
                        ],
                    )?;
                }
            }
        }
        for it in standing.iter().filter(|it| !it.claimed && it.state != "resolved") {
            conn.execute(include_str!("../sql/quality_finding_resolve.sql"), params![now, it.id])?;
        }
        Ok(())
    }

    fn spans(&self, conn: &Connection) -> Result<Vec<Span>> {
        let mut marks: Vec<(String, Option<i32>, i32, f64, bool)> = Vec::new();
        each(conn, include_str!("../sql/quality_marks.sql"), params![self.unit], |row| {
            let day = row.get::<_, i64>(2)? as i32;
            marks.push((row.get(1)?, row.get(0)?, day, row.get(3)?, row.get(4)?));
            Ok(())
        })?;
        Ok(spans(marks.iter().map(|it| (it.0.as_str(), it.1, it.2, it.3, it.4))))
    }

    fn standing(&self, conn: &Connection) -> Result<Vec<Standing>> {
        let mut found = Vec::new();
        each(conn, include_str!("../sql/quality_unit_findings.sql"), params![self.unit], |row| {
            found.push(Standing {
                id: row.get(0)?,
                span: Span {
                    item: row.get(1)?,
                    rule: row.get(2)?,
                    from: row.get::<_, i64>(3)? as i32,
                    to: row.get::<_, i64>(4)? as i32,
                    days: row.get(5)?,
                    measure: row.get(6)?,
                    settled: false,
                },
                state: row.get(7)?,
                claimed: false,
            });
            Ok(())
        })?;
        // Those that are still open come first: a resolved one of the same days may lie behind them.
        found.sort_by_key(|it| it.state == "resolved");
        Ok(found)
    }
}
