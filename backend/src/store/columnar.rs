//! Parquet and Arrow IPC files as rows of text, a batch at a time. Parquet is read by an engine of its own with
//! little memory; Arrow's framing is checked against the file's length before a buffer is made.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use arrow_ipc::reader::StreamReader;
use duckdb::arrow::array::{Array, RecordBatch, StringArray};
use duckdb::arrow::compute::cast;
use duckdb::arrow::datatypes::DataType;
use duckdb::{Config, Connection};

/// Memory of the engine that reads a Parquet file.
const PARQUET_MEMORY: &str = "256MiB";

/// One batch of rows: every column as text.
pub struct TextRows {
    columns: Vec<StringArray>,
    pub rows: usize,
}

impl TextRows {
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let column = self.columns.get(column)?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub fn columns(&self) -> usize {
        self.columns.len()
    }
}

/// Gets the header once, then batches until it answers false.
pub trait Reader<E> {
    fn header(&mut self, names: Vec<String>) -> Result<(), E>;
    fn batch(&mut self, rows: &TextRows) -> Result<bool, E>;
}

/// Why a file cannot be read on.
pub enum Failure<E> {
    Unreadable(String),
    Reader(E),
}

fn unreadable<E>(error: impl std::fmt::Display) -> Failure<E> {
    Failure::Unreadable(error.to_string())
}

pub fn parquet<E>(path: &Path, reader: &mut dyn Reader<E>) -> Result<(), Failure<E>> {
    let settings = Config::default()
        .max_memory(PARQUET_MEMORY)
        .and_then(|it| it.threads(1))
        .map_err(unreadable)?;
    let conn = Connection::open_in_memory_with_flags(settings).map_err(unreadable)?;
    let mut statement = conn
        .prepare(include_str!("sql/parquet_text.sql"))
        .map_err(unreadable)?;
    let batches = statement
        .stream_arrow([path.to_string_lossy()])
        .map_err(unreadable)?;
    let names = batches.get_schema();
    let names = names.fields().iter().map(|it| it.name().clone());
    reader.header(names.collect()).map_err(Failure::Reader)?;
    for batch in batches {
        if !hand_over(&batch, reader)? {
            break;
        }
    }
    Ok(())
}

/// The stream format, and the file format, which is the same after eight bytes.
pub fn arrow<E>(path: &Path, reader: &mut dyn Reader<E>) -> Result<(), Failure<E>> {
    let mut file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut magic = [0; 8];
    let start = match file.read_exact(&mut magic) {
        Ok(()) if magic.starts_with(b"ARROW1") => 8,
        _ => 0,
    };
    check_framing(&mut file, start, length).map_err(Failure::Unreadable)?;
    file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
    let batches = StreamReader::try_new(BufReader::new(file), None).map_err(unreadable)?;
    let schema = batches.schema();
    let names = schema.fields().iter().map(|it| it.name().clone());
    reader.header(names.collect()).map_err(Failure::Reader)?;
    for batch in batches {
        if !hand_over(&batch.map_err(unreadable)?, reader)? {
            break;
        }
    }
    Ok(())
}

/// Walks the messages: none may say that it is longer than what is left of the file.
fn check_framing(file: &mut File, start: u64, length: u64) -> Result<(), String> {
    const CONTINUES: u32 = u32::MAX;
    let mut at = start;
    loop {
        if at == length {
            return Ok(());
        }
        file.seek(SeekFrom::Start(at))
            .map_err(|it| it.to_string())?;
        let mut word = || -> Result<u32, String> {
            let mut bytes = [0; 4];
            file.read_exact(&mut bytes).map_err(|it| it.to_string())?;
            Ok(u32::from_le_bytes(bytes))
        };
        let mut size = word()?;
        at += 4;
        if size == CONTINUES {
            size = word()?;
            at += 4;
        }
        if size == 0 {
            return Ok(());
        }
        let broken = || format!("the message at byte {at} is longer than the file");
        if at + u64::from(size) > length {
            return Err(broken());
        }
        let mut head = vec![0; size as usize];
        file.read_exact(&mut head).map_err(|it| it.to_string())?;
        let message = arrow_ipc::root_as_message(&head).map_err(|it| it.to_string())?;
        let body = u64::try_from(message.bodyLength()).map_err(|_| broken())?;
        at += u64::from(size);
        if body > length - at {
            return Err(format!("the body at byte {at} is longer than the file"));
        }
        at += body;
    }
}

fn hand_over<E>(batch: &RecordBatch, reader: &mut dyn Reader<E>) -> Result<bool, Failure<E>> {
    let columns = batch
        .columns()
        .iter()
        .map(|it| {
            let text = cast(it, &DataType::Utf8).map_err(unreadable)?;
            let text = text.as_any().downcast_ref::<StringArray>().cloned();
            text.ok_or_else(|| unreadable("a column is no text"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let rows = TextRows {
        columns,
        rows: batch.num_rows(),
    };
    reader.batch(&rows).map_err(Failure::Reader)
}
