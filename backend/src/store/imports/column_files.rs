//! Reads Parquet and Arrow IPC files as rows of text, one batch at a time. A separate DuckDB instance with little
//! memory reads Parquet; Arrow's framing is checked against the length of the file before a buffer is allocated.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use arrow_ipc::reader::StreamReader;
use duckdb::arrow::array::{Array, ArrayRef, RecordBatch, StringArray, make_array};
use duckdb::arrow::compute::cast;
use duckdb::arrow::datatypes::{ArrowNativeType, DataType};
use duckdb::{Config, Connection};

/// What a columnar file may hold.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub columns: usize,
    /// Bytes of one cell as text.
    pub cell_bytes: usize,
    /// Bytes of one batch of an Arrow stream.
    pub batch_bytes: u64,
    /// Memory of the engine that reads a Parquet file.
    pub parquet_memory_mib: u32,
}

/// Rows that are turned into text at once: what a batch unfolds to stays small, whatever it repeats.
const WINDOW_ROWS: usize = 1_024;

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

/// Gets the header once and says which columns it wants as text, then batches of these until it answers false.
pub trait Reader<E> {
    fn header(&mut self, names: Vec<String>) -> Result<Vec<usize>, E>;
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

/// A decoder of damaged bytes may panic: that is the file's fault, not the server's.
fn guarded<E>(read: impl FnOnce() -> Result<(), Failure<E>>) -> Result<(), Failure<E>> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(unreadable("the file is damaged")))
}

pub fn parquet<E>(
    path: &Path,
    bounds: &Bounds,
    reader: &mut dyn Reader<E>,
) -> Result<(), Failure<E>> {
    guarded(|| {
        let settings = Config::default()
            .max_memory(&format!("{}MiB", bounds.parquet_memory_mib))
            .and_then(|it| it.threads(1))
            .map_err(unreadable)?;
        let conn = Connection::open_in_memory_with_flags(settings).map_err(unreadable)?;
        let mut statement =
            conn.prepare(include_str!("sql/parquet_text.sql")).map_err(unreadable)?;
        let batches = statement.stream_arrow([path.to_string_lossy()]).map_err(unreadable)?;
        let names = batches.get_schema();
        let names = names.fields().iter().map(|it| it.name().clone()).collect();
        let wanted = header(names, bounds, reader)?;
        for batch in batches {
            if !hand_over(&batch, &wanted, bounds, reader)? {
                break;
            }
        }
        Ok(())
    })
}

fn header<E>(
    names: Vec<String>,
    bounds: &Bounds,
    reader: &mut dyn Reader<E>,
) -> Result<Vec<usize>, Failure<E>> {
    if names.len() > bounds.columns {
        let most = bounds.columns;
        return Err(unreadable(format!("{} columns; max_bulk_columns = {most}", names.len())));
    }
    reader.header(names).map_err(Failure::Reader)
}

/// The stream format, and the file format, which is the same after eight bytes.
pub fn arrow<E>(
    path: &Path,
    bounds: &Bounds,
    reader: &mut dyn Reader<E>,
) -> Result<(), Failure<E>> {
    guarded(|| {
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let mut magic = [0; 8];
        let start = match file.read_exact(&mut magic) {
            Ok(()) if magic.starts_with(b"ARROW1") => 8,
            _ => 0,
        };
        check_framing(&mut file, start, length, bounds.batch_bytes).map_err(Failure::Unreadable)?;
        file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
        let batches = StreamReader::try_new(BufReader::new(file), None).map_err(unreadable)?;
        let schema = batches.schema();
        let names = schema.fields().iter().map(|it| it.name().clone()).collect();
        let wanted = header(names, bounds, reader)?;
        for batch in batches {
            if !hand_over(&batch.map_err(unreadable)?, &wanted, bounds, reader)? {
                break;
            }
        }
        Ok(())
    })
}

/// Walks the messages: none may say that it is longer than what is left of the file, or is beyond the limit.
fn check_framing(file: &mut File, start: u64, length: u64, most: u64) -> Result<(), String> {
    const CONTINUATION: u32 = u32::MAX;
    let mut at = start;
    loop {
        if at == length {
            return Ok(());
        }
        file.seek(SeekFrom::Start(at)).map_err(|it| it.to_string())?;
        let mut word = || -> Result<u32, String> {
            let mut bytes = [0; 4];
            file.read_exact(&mut bytes).map_err(|it| it.to_string())?;
            Ok(u32::from_le_bytes(bytes))
        };
        let mut size = word()?;
        at += 4;
        if size == CONTINUATION {
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
        if u64::from(size) > most {
            return Err(beyond(at, most));
        }
        let mut head = vec![0; size as usize];
        file.read_exact(&mut head).map_err(|it| it.to_string())?;
        let message = arrow_ipc::root_as_message(&head).map_err(|it| it.to_string())?;
        let body = u64::try_from(message.bodyLength()).map_err(|_| broken())?;
        at += u64::from(size);
        if body > length - at {
            return Err(format!("the body at byte {at} is longer than the file"));
        }
        if body > most {
            return Err(beyond(at, most));
        }
        check_rows(&message, body)?;
        check_buffers(&message, body)?;
        at += body;
    }
}

fn beyond(at: u64, most: u64) -> String {
    format!(
        "the message at byte {at} is larger than max_bulk_batch_bytes = {most}; 写成较小的批 / write smaller batches"
    )
}

/// A batch has rows as far as its bytes can hold them: eight to a byte at most.
fn check_rows(message: &arrow_ipc::Message<'_>, body: u64) -> Result<(), String> {
    let rows = match message.header_type() {
        arrow_ipc::MessageHeader::RecordBatch => {
            message.header_as_record_batch().map(|it| it.length())
        }
        arrow_ipc::MessageHeader::DictionaryBatch => {
            message.header_as_dictionary_batch().and_then(|it| it.data()).map(|it| it.length())
        }
        _ => None,
    };
    match rows.map(u64::try_from) {
        None => Ok(()),
        Some(Ok(rows)) if rows <= body.saturating_mul(8) => Ok(()),
        Some(_) => Err("a batch says that it has more rows than its bytes can hold".to_owned()),
    }
}

/// Every buffer lies within the message's body.
fn check_buffers(message: &arrow_ipc::Message<'_>, body: u64) -> Result<(), String> {
    let batch = match message.header_type() {
        arrow_ipc::MessageHeader::DictionaryBatch => {
            message.header_as_dictionary_batch().and_then(|it| it.data())
        }
        _ => message.header_as_record_batch(),
    };
    let mut buffers = batch.and_then(|it| it.buffers()).into_iter().flatten();
    let within = |offset: i64, length: i64| {
        let end = u64::try_from(offset).ok()?.checked_add(u64::try_from(length).ok()?)?;
        (end <= body).then_some(())
    };
    match buffers.all(|it| within(it.offset(), it.length()).is_some()) {
        true => Ok(()),
        false => Err("a buffer lies outside of its message".to_owned()),
    }
}

/// A batch in windows; a text that many rows share is measured once and never unfolded for all of them.
fn hand_over<E>(
    batch: &RecordBatch,
    wanted: &[usize],
    bounds: &Bounds,
    reader: &mut dyn Reader<E>,
) -> Result<bool, Failure<E>> {
    let wanted = wanted.iter().filter_map(|at| batch.columns().get(*at));
    let columns: Vec<ArrayRef> = wanted
        .map(|it| prepared(it, bounds).map_err(Failure::Unreadable))
        .collect::<Result<_, Failure<E>>>()?;
    let mut from = 0;
    while from < batch.num_rows() {
        let rows = WINDOW_ROWS.min(batch.num_rows() - from);
        let text = |it: &ArrayRef| -> Result<StringArray, Failure<E>> {
            let text = cast(&it.slice(from, rows), &DataType::Utf8).map_err(unreadable)?;
            let text = text.as_any().downcast_ref::<StringArray>().cloned();
            text.ok_or_else(|| unreadable("a column is no text"))
        };
        let rows = TextRows { columns: columns.iter().map(text).collect::<Result<_, _>>()?, rows };
        if !reader.batch(&rows).map_err(Failure::Reader)? {
            return Ok(false);
        }
        from += rows.rows;
    }
    Ok(true)
}

/// A column whose cells are within the limit; the texts of a dictionary are made once, not for every window.
fn prepared(column: &ArrayRef, bounds: &Bounds) -> Result<ArrayRef, String> {
    widest(column, bounds.cell_bytes)?;
    match column.data_type() {
        DataType::Dictionary(key, of) if **of != DataType::Utf8 => {
            let text = DataType::Dictionary(key.clone(), Box::new(DataType::Utf8));
            cast(column, &text).map_err(|it| it.to_string())
        }
        _ => Ok(ArrayRef::clone(column)),
    }
}

/// Refuses a column whose longest text is beyond the limit, before it is copied.
fn widest(column: &ArrayRef, most: usize) -> Result<(), String> {
    let longest = match column.data_type() {
        DataType::Utf8 | DataType::Binary => longest::<i32>(column),
        DataType::LargeUtf8 | DataType::LargeBinary => longest::<i64>(column),
        DataType::Utf8View | DataType::BinaryView => {
            let views =
                column.to_data().buffers().first().map(|it| it.typed_data::<u128>().to_vec());
            let views = views.unwrap_or_default();
            let lengths = views.iter().map(|it| (*it & u128::from(u32::MAX)) as usize);
            lengths.max().unwrap_or(0)
        }
        DataType::Dictionary(_, of) if of.is_nested() => {
            return Err("a column is nested".to_owned());
        }
        DataType::Dictionary(..) => {
            let values = column.to_data().child_data().first().cloned();
            return values.map_or(Ok(()), |it| widest(&make_array(it), most));
        }
        it if it.is_nested() => return Err("a column is nested".to_owned()),
        _ => 0,
    };
    match longest <= most {
        true => Ok(()),
        false => Err(format!("a cell of {longest} bytes; max_bulk_row_bytes = {most}")),
    }
}

/// The longest of the texts between offsets.
fn longest<O: ArrowNativeType>(column: &ArrayRef) -> usize {
    let data = column.to_data();
    let Some(offsets) = data.buffers().first() else {
        return 0;
    };
    let offsets = offsets.typed_data::<O>();
    let last = (data.offset() + data.len() + 1).min(offsets.len());
    let window = offsets.get(data.offset()..last).unwrap_or_default();
    let length = |it: &[O]| it[1].as_usize().saturating_sub(it[0].as_usize());
    window.windows(2).map(length).max().unwrap_or(0)
}
