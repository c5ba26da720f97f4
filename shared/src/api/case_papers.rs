//! The papers of a case: frozen evidence, documents, templates. Days are `YYYY-MM-DD`, moments local `YYYY-MM-DD HH:MM:SS`.

use super::wire;
use crate::codes::case::{CaseDocumentKind, EvidenceKind};

wire! {
/// Frozen evidence without its rows.
pub struct EvidenceRow {
    /// Its number in the case.
    pub number: u32,
    /// The step that froze it.
    pub step: u32,
    /// What it is.
    pub kind: EvidenceKind,
    /// A sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Its rows.
    pub rows: u32,
    /// The SM3 hash of its table as JSON.
    pub sm3: String,
    /// When it was frozen.
    pub at: String,
    /// By whom.
    pub by: String,
    /// The version of the data.
    pub data_version: u64,
}
/// A table of frozen evidence.
pub struct EvidenceTable {
    /// The heads in Chinese.
    pub heads_zh: Vec<String>,
    /// The heads in English.
    pub heads_en: Vec<String>,
    /// How many of the first columns say what a row is about.
    pub keys: u32,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}
/// A row that is another one today.
pub struct EvidenceChange {
    /// What the row is about.
    pub key: Vec<String>,
    /// As it was frozen; null where there was none.
    pub before: Option<Vec<String>>,
    /// As it is now; null where there is none.
    pub after: Option<Vec<String>>,
}
/// Frozen evidence with its rows, and beside it what has changed since (`GET /api/v1/cases/{id}/evidence/{number}`).
pub struct EvidenceDetail {
    /// What it is.
    pub about: EvidenceRow,
    /// The table as it was frozen.
    pub table: EvidenceTable,
    /// What has changed since.
    pub changes: Vec<EvidenceChange>,
}
/// A document of a case in a list.
pub struct CaseDocumentRow {
    /// Its number in the case.
    pub document: u32,
    /// The step that made it.
    pub step: u32,
    /// What it is.
    pub kind: CaseDocumentKind,
    /// Its number, such as 津节监改〔2026〕18号.
    pub number: String,
    /// Its day.
    pub on: String,
    /// Whether it has to be served.
    pub is_served: bool,
    /// The day on which it was served.
    pub served_on: Option<String>,
    /// The SM3 hash of its content.
    pub sm3: String,
}
/// A part of a document.
pub struct DocumentBlock {
    /// `title`, `number`, `text`, `right`, `row` or `line`.
    pub kind: String,
    /// The text; of a row its cells.
    pub text: Vec<String>,
}
/// A document as it is on paper.
pub struct CaseDocument {
    /// What it is.
    pub about: CaseDocumentRow,
    /// The version of the template.
    pub template_version: u32,
    /// Its parts, from the top.
    pub blocks: Vec<DocumentBlock>,
}
/// A template of a document (`GET /api/v1/document-templates`).
pub struct DocumentTemplate {
    /// Of what.
    pub kind: CaseDocumentKind,
    /// 0: the built-in one; others count up.
    pub version: u32,
    /// The text.
    pub content: String,
    /// Who put it there; empty for the built-in one.
    pub put_by: String,
    /// When.
    pub put_at: String,
}
/// The templates in force.
pub struct DocumentTemplateList {
    /// One for each kind of document.
    pub rows: Vec<DocumentTemplate>,
}
/// A new text of a template (`PUT /api/v1/document-templates/{kind}`).
pub struct TemplateText {
    /// The text, at most 20,000 characters; empty: the built-in one again.
    pub content: String,
}
}
