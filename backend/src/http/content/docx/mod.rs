//! Documents as DOCX: paragraphs and tables as XML, and the package that holds them. A writer of its own: the crate for it
//! brings decoders of pictures and second versions of two libraries.

pub mod package;
pub mod table;
pub mod text;

/// Media type of DOCX.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The body of a document and its foot notes, as XML.
#[derive(Debug, Default)]
pub struct Report {
    pub body: String,
    pub footnotes: String,
}
