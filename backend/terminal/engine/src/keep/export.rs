//! Export of what is kept as CSV, streamed over a connection of its own.

use std::io::Write;
use std::path::PathBuf;

use rusqlite::{Connection, OpenFlags};

use super::statements::sql;
use crate::calendar::{DAY, stamp};
use crate::error::EngineError;
use crate::points::{Kind, Point};
use crate::values::Marks;

/// Writes what is kept as CSV without holding up the engine.
#[derive(Debug, Clone)]
pub struct Exporter {
    pub(crate) path: PathBuf,
    pub(crate) points: Vec<(i64, Point)>,
}

impl Exporter {
    /// Writes the buckets of all points from one moment to another; gives the number of rows.
    pub fn csv(&self, from: i64, to: i64, out: &mut dyn Write) -> Result<u64, EngineError> {
        let io = |it: std::io::Error| EngineError::Store(it.to_string());
        let db = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut out = std::io::BufWriter::with_capacity(1 << 16, out);
        out.write_all(b"\xEF\xBB\xBFid,name,dataCode,unit,start,value,seconds,marks\r\n")
            .map_err(io)?;
        let mut statement = db.prepare(sql("export"))?;
        let mut written = 0;
        for (number, point) in &self.points {
            let head = head(point)?;
            let (mut day, mut date) = (i64::MIN, String::new());
            let mut rows = statement.query([*number, from, to])?;
            while let Some(row) = rows.next()? {
                let (start, value, seconds): (i64, f64, f64) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                if start.div_euclid(DAY) != day {
                    day = start.div_euclid(DAY);
                    date = stamp(start)[..10].to_owned();
                }
                let of_day = start.rem_euclid(DAY);
                let (hour, minute) = (of_day / 3600, of_day / 60 % 60);
                let value = if point.kind == Kind::Gauge && seconds > 0.0 {
                    value / seconds
                } else {
                    value
                };
                let marks = words(Marks(row.get(3)?));
                writeln!(out, "{head}{date} {hour:02}:{minute:02}:00,{value},{seconds},{marks}\r")
                    .map_err(io)?;
                written += 1;
            }
        }
        out.flush().map_err(io)?;
        Ok(written)
    }
}

/// The cells that every row of a point starts with.
fn head(point: &Point) -> Result<String, EngineError> {
    let bad = |it: String| EngineError::Store(it);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let code = point.data_code.map(|it| it.to_string()).unwrap_or_default();
    writer
        .write_record([&point.id, &point.name, &code, &point.unit])
        .map_err(|it| bad(it.to_string()))?;
    let bytes = writer.into_inner().map_err(|it| bad(it.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|it| bad(it.to_string()))?;
    Ok(format!("{},", text.trim_end()))
}

fn words(marks: Marks) -> String {
    let all = [
        (Marks::INTERPOLATED, "interpolated"),
        (Marks::AFTER_GAP, "after_gap"),
        (Marks::MANUAL, "manual"),
        (Marks::TURNED, "turned"),
        (Marks::CLOCK_BACK, "clock_back"),
    ];
    let set: Vec<_> = all.iter().filter(|it| marks.has(it.0)).map(|it| it.1).collect();
    set.join(" ")
}
