//! Files of separated values: which characters they are written in, which separator they use, and their rows with the line
//! on which each begins, however lines end.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use nengce_shared::cell;

use super::grid::{Filling, Row};
use super::workbook::unreadable;
use crate::import::limits::Limits;
use crate::import::problem::FileProblem;

/// The text of a file: by its byte-order mark, as UTF-8 where it is that, as UTF-16 where every other byte says so, else GB18030.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static Encoding), FileProblem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[mark..]).ok_or_else(|| damaged(encoding));
    }
    if let Some(encoding) = utf16(bytes) {
        return strict(encoding, bytes).ok_or_else(|| damaged(encoding));
    }
    if let Some(found) = strict(UTF_8, bytes) {
        return Ok(found);
    }
    if let Some(line) = damaged_utf8(bytes) {
        return Err(unreadable(format!(
            "第 {line} 行的 UTF-8 字符损坏，请重新导出 / characters of UTF-8 are damaged in line {line}; export the file again"
        )));
    }
    strict(GB18030, bytes).ok_or_else(|| {
        let at = std::str::from_utf8(bytes).map_or_else(|it| it.valid_up_to(), |_| 0);
        let line = bytes[..at].iter().filter(|it| **it == b'\n').count() + 1;
        unreadable(format!(
            "第 {line} 行既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 / line {line} is neither UTF-8 nor GB18030; save it as UTF-8"
        ))
    })
}

/// The line where bytes that are otherwise UTF-8 are none: GB18030 would make other words of the whole file.
fn damaged_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut line, mut first) = (0, 0, 1, None);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            bad += 1;
            first = first.or(Some(line));
        }
    }
    first.filter(|_| good >= 4 && good >= 4 * bad)
}

fn damaged(encoding: &'static Encoding) -> FileProblem {
    let name = encoding.name();
    unreadable(format!(
        "{name} 字符损坏，请另存为 UTF-8 / characters of {name} are damaged; save it as UTF-8"
    ))
}

fn strict<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
) -> Option<(Cow<'a, str>, &'static Encoding)> {
    // Zero bytes mean a file that is no text at all.
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then_some((text, encoding))
}

/// Without a mark: ASCII separators and digits leave every other byte zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4_096) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs == 0 || bytes.len() % 2 == 1 => None,
        () if even == 0 && odd * 4 >= pairs => Some(UTF_16LE),
        () if odd == 0 && even * 4 >= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The separator, and the text behind a first line that names it.
fn separator(text: &str) -> (u8, &str, u32) {
    let first = text.lines().next().unwrap_or_default();
    let named = first.trim().trim_matches('"').strip_prefix("sep=");
    if let Some(&[byte]) = named.map(str::as_bytes) {
        let rest = &text[first.len()..];
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        return (byte, rest, 2);
    }
    if named == Some("") && first.contains('\t') {
        return (b'\t', text[first.len()..].trim_start_matches(['\r', '\n']), 2);
    }
    // A title has no separator, a decimal comma is no column: most lines agree on how often the right one stands in them.
    let votes = |byte: u8| {
        let of_line = |line: &str| {
            let mut quoted = false;
            let outside = |it: &u8| {
                quoted ^= *it == b'"';
                !quoted && *it == byte
            };
            line.as_bytes().iter().map(outside).filter(|it| *it).count()
        };
        let counts: Vec<usize> = text.lines().take(20).map(of_line).collect();
        let some = counts.iter().filter(|it| **it > 0);
        let agree = |count: usize| counts.iter().filter(|it| **it == count).count();
        some.map(|it| (agree(*it), *it)).max().unwrap_or((0, 0))
    };
    let mut best = (b',', votes(b','));
    for byte in [b';', b'\t', b'|'] {
        let found = votes(byte);
        if found > best.1 {
            best = (byte, found);
        }
    }
    (best.0, text, 1)
}

/// The rows of a text, each with the line on which it begins.
pub(super) fn rows(text: &str, limits: &Limits) -> Result<(Vec<Row>, u8), FileProblem> {
    let (separator, text, first_line) = separator(text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut filling = Filling::new(limits);
    let mut record = csv::StringRecord::new();
    let (mut seen, mut line) = (0, first_line);
    while reader.read_record(&mut record).map_err(unreadable)? {
        // The reader's position is behind the last record; its line end and blank lines are still to come.
        let at = record.position().map_or(0, csv::Position::byte) as usize;
        let ends = |it: &u8| matches!(it, b'\r' | b'\n');
        let blank = text.as_bytes()[at..].iter().take_while(|it| ends(it)).count();
        line += line_ends(&text.as_bytes()[seen..at + blank]);
        seen = at + blank;
        let row = Row::new(line, record.iter().map(cell::unguarded));
        filling.push(row, || format!("{line}"))?;
    }
    Ok((filling.finish(), separator))
}

/// `\r\n`, `\n` and `\r` each end a line.
fn line_ends(bytes: &[u8]) -> u32 {
    let single = bytes.iter().filter(|it| **it == b'\n').count();
    let alone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let old = (0..bytes.len()).filter(|at| alone(*at)).count();
    u32::try_from(single + old).unwrap_or(u32::MAX)
}
