//! Rows of a CSV or XLSX file as text; CSV in UTF-8 or, as older systems in China write it, in GB18030.
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::{DateTime, date};

/// The cells of a file, the head among them.
pub(super) type Rows = Vec<Vec<String>>;

pub(super) fn of_csv(bytes: &[u8]) -> Result<Rows, String> {
    let decoded;
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(_) => {
            let (text, _, has_errors) = encoding_rs::GB18030.decode(bytes);
            if has_errors {
                return Err("neither UTF-8 nor GB18030".to_owned());
            }
            decoded = text;
            &decoded
        }
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.map_err(|error| error.to_string())?;
        Ok(row.iter().map(|cell| cell.trim().to_owned()).collect())
    });
    rows.collect()
}

pub(super) fn of_xlsx(bytes: Vec<u8>) -> Result<Rows, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| "no sheet".to_owned())?;
    let sheet = sheet.map_err(|error| error.to_string())?;
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(it) if it.is_datetime() => {
            clock(it.as_f64()).map_or_else(|| data.to_string(), |it| it.to_string())
        }
        other => other.to_string().trim().to_owned(),
    }
}

/// The wall clock of a day number of a spreadsheet.
fn clock(days: f64) -> Option<DateTime> {
    let seconds = (days * 86_400.0).round();
    if !(0.0..1e11).contains(&seconds) {
        return None;
    }
    let span = jiff::SignedDuration::from_secs(seconds as i64);
    date(1899, 12, 30).at(0, 0, 0, 0).checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::{clock, of_csv};

    #[test]
    fn csv_in_both_encodings() {
        let expected = vec![vec!["时间".to_owned(), "值".to_owned()], vec!["1".into(), "2".into()]];
        assert_eq!(of_csv("\u{feff}时间,值\n1, 2\n".as_bytes()), Ok(expected.clone()));
        let (bytes, _, _) = encoding_rs::GB18030.encode("时间,值\n1,2\n");
        assert_eq!(of_csv(&bytes), Ok(expected));
    }

    #[test]
    fn days_of_a_spreadsheet() {
        let clock = clock(46_027.333_333_333_336).expect("a clock");
        assert_eq!(clock.to_string(), "2026-01-05T08:00:00");
    }
}
