//! Parquet of a table: figures as doubles, missing null; the caption as the file's key-value metadata.

use nengce_shared::parquet::{Value, write};

use super::{Caption, Cell, TableData};

/// The file's bytes; figures as precise as in the CSV.
pub fn bytes(caption: &Caption, table: &TableData) -> Vec<u8> {
    let notes = [
        ("title", caption.title.as_str()),
        ("subtitle", caption.subtitle.as_str()),
        ("filters", caption.filters.as_str()),
        ("source", caption.source.as_str()),
    ];
    let rows: Vec<Vec<Value>> =
        table.rows.iter().map(|row| row.iter().map(value).collect()).collect();
    write(&notes, &table.titles(), &rows)
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
