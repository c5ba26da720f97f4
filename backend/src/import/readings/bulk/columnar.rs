//! Reads a bulk upload of Parquet or Arrow IPC in batches.

use std::path::Path;

use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;

use super::pieces::Pieces;
use super::{Format, columns, shown};
use crate::import::readings::records::Columns;
use crate::store::imports::column_files::{self, Failure, TextRows};

impl Pieces<'_, '_> {
    pub(super) fn columnar(&mut self, path: &Path) -> Result<(), Problem> {
        let (format, bounds) = (self.source.format, self.source.limits.columnar);
        let mut reader = Columnar { pieces: self, columns: None };
        let done = match format {
            Format::Parquet => column_files::parquet(path, &bounds, &mut reader),
            _ => column_files::arrow(path, &bounds, &mut reader),
        };
        done.map_err(|failure| match failure {
            Failure::Reader(problem) => problem,
            Failure::Unreadable(why) => {
                Problem::new("body", ProblemCode::ImportFileUnreadable, "").hint(&*why, &*why)
            }
        })
    }
}

struct Columnar<'a, 'b, 'c> {
    pieces: &'a mut Pieces<'b, 'c>,
    columns: Option<Columns>,
}

impl column_files::Reader<Problem> for Columnar<'_, '_, '_> {
    /// Only the fields of a record become text, in the order of the file.
    fn header(&mut self, names: Vec<String>) -> Result<Vec<usize>, Problem> {
        let mut wanted: Vec<usize> = columns(&names)?.places().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let names: Vec<String> = wanted.iter().map(|it| names[*it].clone()).collect();
        self.columns = Some(columns(&names)?);
        Ok(wanted)
    }

    fn batch(&mut self, rows: &TextRows) -> Result<bool, Problem> {
        let Some(columns) = &self.columns else {
            return Ok(false);
        };
        for row in 0..rows.rows {
            if !self.pieces.next() {
                continue;
            }
            let record = columns.record(|at| rows.cell(row, at));
            let entry = || shown((0..rows.columns()).map(|at| rows.cell(row, at).unwrap_or("")));
            if !self.pieces.put(&record, entry) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
