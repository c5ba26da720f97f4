//! XLSX and Parquet of a table. The server writes them, so that the page carries no writer of its own.

use nengce_shared::api::table_file::{TableFile, TableNote};
use nengce_shared::lang::Lang;
use nengce_shared::parquet::Value;

use super::{Caption, Cell, TableData};
use crate::data::api_client::{ApiError, post_for_bytes, unreadable};

/// The file's bytes; `format` is `xlsx` or `parquet`.
pub async fn fetch(format: &str, table: &TableFile, lang: Lang) -> Result<Vec<u8>, ApiError> {
    let body = serde_json::to_string(table).map_err(|error| unreadable(&error, lang))?;
    post_for_bytes(&format!("/api/v1/table-file?format={format}"), &body, lang).await
}

/// The table with its caption; figures are as precise as in the CSV.
pub fn table(caption: &Caption, table: &TableData) -> TableFile {
    let notes = [
        ("title", &caption.title),
        ("subtitle", &caption.subtitle),
        ("filters", &caption.filters),
        ("source", &caption.source),
    ];
    let notes = notes
        .into_iter()
        .filter(|it| !it.1.is_empty())
        .map(|(name, text)| TableNote { name: name.to_owned(), text: text.clone() });
    TableFile {
        notes: notes.collect(),
        head: table.titles(),
        rows: table.rows.iter().map(|row| row.iter().map(value).collect()).collect(),
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::Text(text.clone()),
        figure => figure.value().map_or(Value::Missing, Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_numbers_as_the_csv_has_them() {
        assert_eq!(value(&Cell::Percent(Some(0.25))), Value::Number(25.0));
        assert_eq!(value(&Cell::Figure(Some(1234.5), 1)), Value::Number(1234.5));
        assert_eq!(value(&Cell::Figure(None, 1)), Value::Missing);
        assert_eq!(value(&Cell::text("津")), Value::Text("津".into()));
    }
}
