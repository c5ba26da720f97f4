//! Reads the newest file that fits, once for all addresses that name it.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Problem, SourceError};
use crate::folder::address::{Address, fits};
use crate::folder::table::{self, Rows};
use crate::measured::{Exchange, Measured};
use crate::moment;
use crate::settings::Folder;

/// A folder.
#[derive(Debug)]
pub(crate) struct Reader {
    settings: Folder,
}

type Table = Result<(PathBuf, Rows), (Problem, String)>;

impl Reader {
    pub(crate) fn new(settings: Folder) -> Self {
        Self { settings }
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        let mut answers = Vec::with_capacity(addresses.len());
        for text in addresses {
            let address = match Address::parse(text) {
                Ok(it) => it,
                Err(error) => {
                    answers.push(Err(SourceError::new(Problem::Address, text, error)));
                    continue;
                }
            };
            if !tables.contains_key(&address.pattern) {
                let (settings, pattern) = (self.settings.clone(), address.pattern.clone());
                let loaded = tokio::task::spawn_blocking(move || load(&settings, &pattern)).await;
                let loaded = loaded.unwrap_or_else(|error| Err((Problem::File, error.to_string())));
                tables.insert(address.pattern.clone(), loaded);
            }
            let answer = match tables.get(&address.pattern) {
                Some(Ok((path, rows))) => {
                    pick(path, rows, &address, self.settings.utc_offset_minutes)
                }
                Some(Err(problem)) => Err(problem.clone()),
                None => Err((Problem::File, String::new())),
            };
            let place = || format!("{} {text}", self.settings.path.display());
            answers.push(
                answer.map_err(|(problem, detail)| SourceError::new(problem, place(), detail)),
            );
        }
        answers
    }
}

/// The newest file that fits, in rows.
fn load(settings: &Folder, pattern: &str) -> Table {
    let failed = |error: std::io::Error| (Problem::File, error.to_string());
    let mut newest: Option<(SystemTime, PathBuf, u64)> = None;
    for entry in fs::read_dir(&settings.path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let about = entry.metadata().map_err(failed)?;
        if !about.is_file() || !fits(pattern, &entry.file_name().to_string_lossy()) {
            continue;
        }
        let changed = about.modified().map_err(failed)?;
        let this = (changed, entry.path(), about.len());
        if newest.as_ref().is_none_or(|it| (it.0, &it.1) < (this.0, &this.1)) {
            newest = Some(this);
        }
    }
    let (_, path, length) =
        newest.ok_or_else(|| (Problem::Missing, format!("no file {pattern}")))?;
    if length > settings.max_file_bytes {
        return Err((Problem::TooLarge, format!("{}: {length} bytes", path.display())));
    }
    let bytes = fs::read(&path).map_err(failed)?;
    let is_xlsx = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    let rows = if is_xlsx { table::of_xlsx(bytes) } else { table::of_csv(&bytes) };
    let rows = rows.map_err(|detail| (Problem::File, format!("{}: {detail}", path.display())))?;
    Ok((path, rows))
}

/// The value in the last row that has one.
fn pick(
    path: &Path,
    rows: &Rows,
    address: &Address,
    utc_offset_minutes: i32,
) -> Result<Measured, (Problem, String)> {
    let head = rows.first().ok_or_else(|| (Problem::Missing, "the file is empty".to_owned()))?;
    let column = |name: &str| {
        let found = head.iter().position(|it| it == name);
        found.ok_or_else(|| (Problem::Missing, format!("{}: no column {name}", path.display())))
    };
    let value = column(&address.column)?;
    let time = address.time.as_deref().map(column).transpose()?;
    let key = match &address.key {
        Some((name, text)) => Some((column(name)?, text)),
        None => None,
    };
    let cell = |row: &'_ [String], at: usize| row.get(at).cloned().unwrap_or_default();
    let found = rows.iter().enumerate().skip(1).rev().find(|(_, row)| {
        key.is_none_or(|(at, text)| cell(row, at) == *text) && !cell(row, value).is_empty()
    });
    let (number, row) = found.ok_or_else(|| (Problem::Missing, "no row has a value".to_owned()))?;
    let text = cell(row, value).replace(',', "");
    let parsed = text.parse::<f64>().ok().filter(|it| it.is_finite());
    let parsed = parsed.ok_or_else(|| (Problem::NotNumber, text.clone()))?;
    let at = match time {
        None => None,
        Some(time) => {
            let written = cell(row, time);
            let at = moment::of_text(&written, utc_offset_minutes);
            Some(at.ok_or_else(|| (Problem::NotNumber, format!("time {written}")))?)
        }
    };
    let shown = format!("{} row {}: {}", path.display(), number + 1, row.join(" | "));
    Ok(Measured { value: parsed, at, exchange: Exchange::of_text(shown) })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Reader;
    use crate::error::Problem;
    use crate::settings::Folder;

    #[tokio::test]
    async fn the_last_row_of_the_newest_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "time,meter,kWh\n2026/1/5 7:45,M1,10\n2026/1/5 8:00,M1,\"1,011.5\"\n2026/1/5 8:00,M2,\n";
        fs::write(folder.path().join("e-1.csv"), text).expect("written");
        let path = folder.path().to_owned();
        let settings = Folder { path, max_file_bytes: 1000, utc_offset_minutes: 480 };
        let addresses = [
            "e-*.csv#kWh@time?meter=M1",
            "e-*.csv#kWh?meter=M2",
            "e-*.csv#kW",
            "f.csv#kWh",
            "e-1.csv#meter",
        ];
        let addresses = addresses.map(str::to_owned);
        let answers = Reader::new(settings.clone()).read(&addresses).await;
        let first = answers[0].as_ref().expect("a value");
        assert_eq!((first.value, first.at), (1011.5, Some(1_767_600_000)));
        let problems: Vec<_> =
            answers[1..].iter().map(|it| it.as_ref().expect_err("none").problem).collect();
        let missing = Problem::Missing;
        assert_eq!(problems, [missing, missing, missing, Problem::NotNumber]);
        let small = Folder { max_file_bytes: 10, ..settings };
        let answers = Reader::new(small).read(&addresses[..1]).await;
        assert_eq!(answers[0].as_ref().expect_err("too large").problem, Problem::TooLarge);
    }
}
