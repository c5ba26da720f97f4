//! Why a file cannot be used at all.

use nengce_shared::problem::ProblemCode;

/// A file that cannot be used at all.
#[derive(Debug, Clone, PartialEq)]
pub struct FileProblem {
    pub code: ProblemCode,
    pub detail: String,
}

impl FileProblem {
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}
