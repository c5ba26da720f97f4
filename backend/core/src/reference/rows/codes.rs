//! Rows of codes with names: districts, industries, processes.

use serde::Serialize;

use crate::reference::table::{Entry, Fields, Provenance};

/// A district, or the city itself; the tile is its place in the map of tiles.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// `city` or `district`.
    pub level: String,
    /// The row in the map of tiles.
    pub tile_row: Option<u8>,
    /// The column in the map of tiles.
    pub tile_column: Option<u8>,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for Region {
    const COLUMNS: &'static [&'static str] =
        &["code", "name_zh", "name_en", "level", "tile_row", "tile_column"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            code: row.digits("code", 6),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            level: row.one_of("level", &["city", "district"]),
            tile_row: row.optional("tile_row", "行号", "a row number"),
            tile_column: row.optional("tile_column", "列号", "a column number"),
            provenance: row.provenance(),
        }
    }
}

/// A section (`C`), division (`C31`) or class (`C3110`) of GB/T 4754.
#[derive(Debug, Clone, Serialize)]
pub struct Industry {
    /// The letter with no, two, three or four digits.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// `section`, `division`, `group` or `class`.
    pub level: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for Industry {
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en", "level"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let code = row.text("code");
        let level = row.one_of("level", &["section", "division", "group", "class"]);
        let digits = match level.as_str() {
            "section" => 0,
            "division" => 2,
            "group" => 3,
            _ => 4,
        };
        let mut letters = code.chars();
        let letter = letters.next().is_some_and(|it| it.is_ascii_uppercase());
        let rest = letters.as_str();
        if !letter || rest.len() != digits || !rest.bytes().all(|it| it.is_ascii_digit()) {
            row.refuse(
                "code",
                "wrong_type",
                format!("「{code}」应为一个字母加 {digits} 位数字"),
                format!("'{code}' must be a letter and {digits} digits"),
            );
        }
        Self {
            code,
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            level,
            provenance: row.provenance(),
        }
    }
}

/// A process code `PP` of a data code.
#[derive(Debug, Clone, Serialize)]
pub struct Process {
    /// Two digits.
    pub code: String,
    /// The Chinese name.
    pub name_zh: String,
    /// The English name.
    pub name_en: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

impl Entry for Process {
    const COLUMNS: &'static [&'static str] = &["code", "name_zh", "name_en"];
    fn key(&self) -> String {
        self.code.clone()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        Self {
            code: row.digits("code", 2),
            name_zh: row.text("name_zh"),
            name_en: row.text("name_en"),
            provenance: row.provenance(),
        }
    }
}
