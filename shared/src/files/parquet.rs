//! Writes a table as a Parquet file: one plain, uncompressed page for each column and row group, every value optional.

mod thrift;

use serde::{Deserialize, Serialize};
use thrift::{BINARY, Compact, I32, STRUCT};

/// Media type of Parquet.
pub const MEDIA: &str = "application/vnd.apache.parquet";

const ROWS_A_GROUP: usize = 100_000;
const MAGIC: &[u8; 4] = b"PAR1";
// Of parquet.thrift: types, repetition, encodings.
const DOUBLE: i32 = 5;
const BYTE_ARRAY: i32 = 6;
const OPTIONAL: i32 = 1;
const PLAIN: i32 = 0;
const RLE: i32 = 3;

/// The content of a cell; in JSON a text, a number or `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TableCell))]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// An empty cell.
    Missing,
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self::Text(it)
    }
}

impl From<f64> for Value {
    fn from(it: f64) -> Self {
        if it.is_finite() { Self::Number(it) } else { Self::Missing }
    }
}

impl From<u32> for Value {
    fn from(it: u32) -> Self {
        Self::Number(it.into())
    }
}

impl From<u8> for Value {
    fn from(it: u8) -> Self {
        Self::Number(it.into())
    }
}

impl From<u64> for Value {
    fn from(it: u64) -> Self {
        Self::Number(it as f64)
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Number(if it { 1.0 } else { 0.0 })
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Missing, Into::into)
    }
}

/// The file's bytes: `notes` as key-value metadata; a column with any text is a string, any other a double.
pub fn write(notes: &[(&str, &str)], head: &[String], rows: &[Vec<Value>]) -> Vec<u8> {
    let names = distinct(head);
    let kinds: Vec<i32> = (0..names.len()).map(|column| kind(rows, column)).collect();
    let mut out = MAGIC.to_vec();
    let groups: Vec<Group> = rows
        .chunks(ROWS_A_GROUP)
        .map(|part| Group {
            rows: part.len(),
            chunks: kinds
                .iter()
                .enumerate()
                .map(|(column, kind)| chunk(&mut out, part, column, *kind))
                .collect(),
        })
        .collect();
    let foot = foot(notes, &names, &kinds, rows.len(), &groups);
    out.extend_from_slice(&foot);
    out.extend_from_slice(&(foot.len() as u32).to_le_bytes());
    out.extend_from_slice(MAGIC);
    out
}

struct Group {
    rows: usize,
    chunks: Vec<Chunk>,
}

struct Chunk {
    offset: usize,
    bytes: usize,
}

/// Names every column differently, since readers refuse two columns of one name.
fn distinct(head: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(head.len());
    for name in head {
        let mut unique = name.clone();
        let mut number = 2;
        while names.contains(&unique) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        names.push(unique);
    }
    names
}

fn kind(rows: &[Vec<Value>], column: usize) -> i32 {
    let text = |row: &Vec<Value>| matches!(row.get(column), Some(Value::Text(_)));
    if rows.iter().any(text) { BYTE_ARRAY } else { DOUBLE }
}

fn chunk(out: &mut Vec<u8>, rows: &[Vec<Value>], column: usize, kind: i32) -> Chunk {
    let offset = out.len();
    let page = page(rows, column, kind);
    let mut header = Compact::default();
    header.i32(1, 0);
    header.i32(2, page.len() as i32);
    header.i32(3, page.len() as i32);
    header.structure(5, |data| {
        data.i32(1, rows.len() as i32);
        data.i32(2, PLAIN);
        data.i32(3, RLE);
        data.i32(4, RLE);
    });
    out.extend_from_slice(&header.end());
    out.extend_from_slice(&page);
    Chunk { offset, bytes: out.len() - offset }
}

/// The definition levels (which values are present) as one bit-packed run, then the present values.
fn page(rows: &[Vec<Value>], column: usize, kind: i32) -> Vec<u8> {
    let groups = rows.len().div_ceil(8);
    let mut there = vec![0u8; groups];
    let mut values = Vec::new();
    for (line, row) in rows.iter().enumerate() {
        match row.get(column) {
            None | Some(Value::Missing) => continue,
            Some(Value::Number(number)) if kind == DOUBLE => {
                values.extend_from_slice(&number.to_le_bytes());
            }
            Some(Value::Number(number)) => text(&mut values, &number.to_string()),
            Some(Value::Text(it)) => text(&mut values, it),
        }
        there[line / 8] |= 1 << (line % 8);
    }
    let mut levels = Vec::new();
    thrift::varint(&mut levels, (groups as u64) << 1 | 1);
    levels.extend_from_slice(&there);
    let mut page = (levels.len() as u32).to_le_bytes().to_vec();
    page.extend_from_slice(&levels);
    page.extend_from_slice(&values);
    page
}

fn text(values: &mut Vec<u8>, it: &str) {
    values.extend_from_slice(&(it.len() as u32).to_le_bytes());
    values.extend_from_slice(it.as_bytes());
}

fn foot(
    notes: &[(&str, &str)],
    names: &[String],
    kinds: &[i32],
    rows: usize,
    groups: &[Group],
) -> Vec<u8> {
    let mut file = Compact::default();
    file.i32(1, 1);
    file.list(2, STRUCT, names.len() + 1, |schema| {
        schema.element(|root| {
            root.text(4, "table");
            root.i32(5, names.len() as i32);
        });
        for (name, kind) in names.iter().zip(kinds) {
            schema.element(|column| {
                column.i32(1, *kind);
                column.i32(3, OPTIONAL);
                column.text(4, name);
                if *kind == BYTE_ARRAY {
                    // The type UTF8, in the old form and as the newer logical type.
                    column.i32(6, 0);
                    column.structure(10, |logical| logical.structure(1, |_| {}));
                }
            });
        }
    });
    file.i64(3, rows as i64);
    file.list(4, STRUCT, groups.len(), |list| {
        for group in groups {
            list.element(|it| row_group(it, names, kinds, group));
        }
    });
    file.list(5, STRUCT, notes.len(), |list| {
        for (key, value) in notes {
            list.element(|pair| {
                pair.text(1, key);
                pair.text(2, value);
            });
        }
    });
    file.text(6, concat!("nengce version ", env!("CARGO_PKG_VERSION")));
    file.end()
}

fn row_group(it: &mut Compact, names: &[String], kinds: &[i32], group: &Group) {
    let total: usize = group.chunks.iter().map(|it| it.bytes).sum();
    it.list(1, STRUCT, names.len(), |list| {
        for ((chunk, name), kind) in group.chunks.iter().zip(names).zip(kinds) {
            list.element(|column| {
                column.i64(2, chunk.offset as i64);
                column.structure(3, |meta| {
                    meta.i32(1, *kind);
                    meta.list(2, I32, 2, |list| {
                        list.bare_i32(PLAIN);
                        list.bare_i32(RLE);
                    });
                    meta.list(3, BINARY, 1, |list| list.bare_text(name));
                    meta.i32(4, 0);
                    meta.i64(5, group.rows as i64);
                    meta.i64(6, chunk.bytes as i64);
                    meta.i64(7, chunk.bytes as i64);
                    meta.i64(9, chunk.offset as i64);
                });
            });
        }
    });
    it.i64(2, total as i64);
    it.i64(3, group.rows as i64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_among_text_is_text_and_names_are_told_apart() {
        let rows = [
            vec![Value::Text("甲".into()), Value::Number(1.5)],
            vec![Value::Number(2.0), Value::Missing],
        ];
        assert_eq!((kind(&rows, 0), kind(&rows, 1)), (BYTE_ARRAY, DOUBLE));
        let page = page(&rows, 0, BYTE_ARRAY);
        assert_eq!(page, [2, 0, 0, 0, 3, 3, 3, 0, 0, 0, 0xE7, 0x94, 0xB2, 1, 0, 0, 0, b'2']);
        let names = distinct(&["a".into(), "a".into(), "a".into()]);
        assert_eq!(names, ["a", "a (2)", "a (3)"]);
    }
}
