//! Checks a workbook's package before anything of it is kept: each part is unpacked once and counted, so that its real
//! size is known whatever the package claims.

use std::io::{Cursor, Read};

use nengce_shared::problem::ProblemCode;
use zip::ZipArchive;

use crate::import::limits::{self, Limits};
use crate::import::problem::FileProblem;

/// Opening tags of a part that is neither a sheet nor the shared strings; each costs memory when it is read.
const TAGS_OF_A_PART: usize = 400_000;
/// Bytes of such a part: relations, styles, the list of sheets.
const BYTES_OF_A_PART: usize = 32 << 20;

/// What a package holds by its parts' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Ods,
    Other,
}

fn unreadable(error: impl std::fmt::Display) -> FileProblem {
    FileProblem::new(ProblemCode::ImportFileUnreadable, error.to_string())
}

/// Unpacks every part within the limits and says what the package is.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Kind, FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > limits.parts {
        let (zh, en) = ("压缩包内文件过多", "the package holds too many parts");
        return Err(limits::beyond("max_import_parts", limits.parts, "", zh, en));
    }
    let names: Vec<String> = archive
        .file_names()
        .map(|it| Ok(it.map_err(unreadable)?.to_lowercase()))
        .collect::<Result<_, FileProblem>>()?;
    let has = |name: &str| names.iter().any(|it| it.trim_start_matches('/') == name);
    let kind = match () {
        () if has("xl/workbook.xml") => Kind::Xlsx,
        () if has("xl/workbook.bin") => Kind::Xlsb,
        () if has("content.xml") => Kind::Ods,
        () => Kind::Other,
    };
    if kind != Kind::Xlsx {
        return Ok(kind);
    }
    let mut left = limits.unpacked_bytes;
    let (mut unfit, mut relations) = (Vec::new(), Vec::new());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.to_lowercase();
        let is_relations = name.ends_with("_rels/workbook.xml.rels");
        let mut scan = Scan::of(&name);
        let mut fits = true;
        let mut piece = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut piece).map_err(unreadable)?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read).ok_or_else(|| {
                let (zh, en) =
                    ("解压后过大，请分成几个文件", "too large once unpacked; split the file");
                let key = "max_import_unpacked_bytes";
                limits::beyond(key, limits.unpacked_bytes, &name, zh, en)
            })?;
            if is_relations {
                relations.extend_from_slice(&piece[..read]);
            }
            if fits && let Err(problem) = scan.take(&piece[..read], &name, limits) {
                // Pictures and the like are no markup: they are let be as long as nothing calls them a sheet.
                if name.ends_with(".xml") || name.ends_with(".rels") {
                    return Err(problem);
                }
                fits = false;
            }
        }
        if !fits {
            unfit.push(name);
        }
    }
    check_relations(&relations, &unfit)?;
    Ok(kind)
}

/// No part that does not fit may be opened as a sheet, under whatever name.
fn check_relations(relations: &[u8], unfit: &[String]) -> Result<(), FileProblem> {
    let text = String::from_utf8_lossy(relations).to_lowercase();
    let base = |it: &str| it.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    for element in text.split('<') {
        let Some(at) = element.find("target") else {
            continue;
        };
        let value = element[at..].split(['"', '\'']).nth(1).unwrap_or_default();
        let odd = value.contains(['&', '%']) && !unfit.is_empty();
        if odd || unfit.iter().any(|it| base(it) == base(value)) {
            return Err(unreadable(format!(
                "{value}: 不是工作表 / it is no sheet; 另存为 .xlsx / save it as .xlsx"
            )));
        }
    }
    Ok(())
}

/// Counts in a part's markup: opening tags, bytes between two signs of markup, and the text of a cell over all its runs.
struct Scan {
    is_sheet: bool,
    is_strings: bool,
    bytes: usize,
    tags: usize,
    /// Bytes since the last `<` or `>`.
    run: usize,
    in_tag: bool,
    /// The tag's name so far, until it has ended.
    name: Vec<u8>,
    name_ended: bool,
    /// Bytes of text since the cell or string began; none outside of one.
    text: Option<usize>,
}

impl Scan {
    fn of(name: &str) -> Self {
        let name = name.trim_start_matches('/');
        Self {
            is_sheet: name.starts_with("xl/worksheets/") && name.ends_with(".xml"),
            is_strings: name.ends_with("sharedstrings.xml"),
            bytes: 0,
            tags: 0,
            run: 0,
            in_tag: false,
            name: Vec::new(),
            name_ended: true,
            text: None,
        }
    }

    fn take(&mut self, piece: &[u8], part: &str, limits: &Limits) -> Result<(), FileProblem> {
        self.bytes += piece.len();
        for byte in piece {
            match byte {
                b'<' => {
                    (self.in_tag, self.name_ended, self.run) = (true, false, 0);
                    self.name.clear();
                }
                b'>' => {
                    self.end_name();
                    (self.in_tag, self.run) = (false, 0);
                }
                _ => {
                    self.run += 1;
                    if self.in_tag {
                        self.tag_byte(*byte);
                    } else if let Some(text) = &mut self.text {
                        *text += 1;
                    }
                }
            }
            if self.run.max(self.text.unwrap_or(0)) > limits.cell_bytes {
                return Err(limits::cell_too_long(limits, part));
            }
        }
        if self.is_strings && self.tags > limits.shared_strings.saturating_mul(3) {
            let (zh, en) =
                ("不同文字过多，请分成几个文件", "too many distinct texts; split the file");
            let key = "max_import_shared_strings";
            return Err(limits::beyond(key, limits.shared_strings, part, zh, en));
        }
        let other = !self.is_sheet && !self.is_strings;
        if other && (self.tags > TAGS_OF_A_PART || self.bytes > BYTES_OF_A_PART) {
            let why = "样式或关系过多，请把数据另存到新的工作簿 / too many styles or relations; save the data in a new workbook";
            return Err(FileProblem::new(
                ProblemCode::ImportTooLarge,
                format!("{part}: {BYTES_OF_A_PART} bytes, {TAGS_OF_A_PART} tags；{why}"),
            ));
        }
        Ok(())
    }

    fn tag_byte(&mut self, byte: u8) {
        match byte {
            _ if self.name_ended => {}
            b'/' if self.run == 1 => self.name.push(b'/'),
            b' ' | b'\t' | b'\r' | b'\n' | b'/' => self.end_name(),
            _ if self.name.len() < 64 => self.name.push(byte),
            _ => {}
        }
    }

    /// A cell of a sheet or a shared string begins or ends.
    fn end_name(&mut self) {
        if std::mem::replace(&mut self.name_ended, true) {
            return;
        }
        let closes = self.name.first() == Some(&b'/');
        self.tags += usize::from(!closes);
        let name = self.name.strip_prefix(b"/").unwrap_or(&self.name);
        let local = name.rsplit(|it| *it == b':').next().unwrap_or_default();
        if matches!(local, b"c" | b"si") {
            self.text = (!closes).then_some(0);
        }
    }
}
