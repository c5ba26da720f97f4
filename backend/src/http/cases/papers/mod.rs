//! The papers of a case: its documents, the values that templates may name, the templates, the dossier.

pub mod documents;
pub mod dossier;
pub mod templates;
pub(super) mod values;
