//! The error body of the API (RFC 9457, `application/problem+json`), and the form of rejected entries that terminal
//! answers and imports share. `problem_code` explains the codes.

use serde::{Deserialize, Serialize};

use crate::codes::credit_code::CreditCodeError;
use crate::codes::data_code::DataCodeError;
use crate::wire::lang::Lang;

pub use crate::problems::problem_code::ProblemCode;

/// Characters of a wrong text that an error message repeats.
pub const MOST_ECHOED: usize = 100;

/// Characters of a detail or a reason. Sentences of the program are shorter, even with the text that they repeat.
const MOST_SAID: usize = 600;

/// The beginning of a text, at most 100 characters; `…` stands for the rest.
pub fn cut(found: &str) -> String {
    match found.char_indices().nth(MOST_ECHOED) {
        None => found.to_owned(),
        Some(_) => {
            let end = found.char_indices().nth(MOST_ECHOED - 1);
            let end = end.map_or(found.len(), |it| it.0);
            format!("{}…", &found[..end])
        }
    }
}

/// Media type of a [`Problem`] body.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong, for machines.
    pub code: ProblemCode,
    /// HTTP status, repeated in the body.
    pub status: u16,
    /// The code in words.
    pub title: String,
    /// This occurrence: what, where, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The nearest name that exists, in place of one that does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub nearest: Option<Box<str>>,
    /// Wrong passwords that may follow before the account is locked for this address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u32>,
    /// Until when trying again is useless, local time `YYYY-MM-DD HH:MM:SS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Box<str>>,
    /// One per entry, row or parameter that is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// One thing wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Entry of a message, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Line of a file, counted from 1 with the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Attribute, column or parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong, for machines.
    pub code: ProblemCode,
    /// What is wrong, for people, with the offending text where it helps.
    pub reason: String,
}

impl Problem {
    /// A problem with the table's status and title.
    pub fn new(code: ProblemCode, lang: Lang) -> Self {
        Self {
            code,
            status: code.status(),
            title: code.title(lang).to_owned(),
            detail: None,
            nearest: None,
            tries_left: None,
            until: None,
            errors: Vec::new(),
        }
    }

    /// Adds what happened this time.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Offers the nearest name that exists.
    pub fn with_nearest(mut self, nearest: Option<impl Into<Box<str>>>) -> Self {
        self.nearest = nearest.map(Into::into);
        self
    }

    /// Shortens texts that are longer than any sentence of the program, because they repeat too much of the request.
    pub fn shorten(&mut self) {
        let reasons = self.errors.iter_mut().map(|it| &mut it.reason);
        for text in self.detail.iter_mut().chain(reasons) {
            if let Some((end, _)) = text.char_indices().nth(MOST_SAID) {
                text.truncate(end);
                text.push('…');
            }
        }
    }

    /// Lists the places that are wrong.
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.errors = errors;
        self
    }
}

impl FieldProblem {
    /// A problem with a reason, without a place yet.
    pub fn new(code: ProblemCode, reason: impl Into<String>) -> Self {
        Self { index: None, row: None, field: None, code, reason: reason.into() }
    }

    /// Sets the entry, counted from 0.
    pub fn at_index(mut self, index: u32) -> Self {
        self.index = Some(index);
        self
    }

    /// Sets the line, counted from 1.
    pub fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// Sets the attribute, column or parameter.
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl DataCodeError {
    /// The code a rejected entry carries.
    pub fn problem(&self) -> ProblemCode {
        match self {
            Self::Ambiguous => ProblemCode::EntryDataCodeAmbiguous,
            Self::Length { .. } | Self::Character { .. } | Self::Hyphens => {
                ProblemCode::EntryDataCodeMalformed
            }
        }
    }

    /// The reason in Chinese, as the terminal protocol answers.
    pub fn reason_zh(&self) -> String {
        match self {
            Self::Length { found } => format!("数据编码应为16位数字，实为{found}位"),
            Self::Character { position, character } => {
                format!("数据编码第{position}个字符“{character}”不是数字或连字符")
            }
            Self::Hyphens => "数据编码连字符位置有误，应为 PP-UU-DDDD-CCTTTT-YY".to_owned(),
            Self::Ambiguous => "数据编码缺少部分连字符，无法确定各段".to_owned(),
        }
    }
}

impl CreditCodeError {
    /// The reason in Chinese, as the terminal protocol answers.
    pub fn reason_zh(&self) -> String {
        match self {
            Self::Length { expected, found } => {
                format!("统一社会信用代码应为{expected}位，实为{found}位")
            }
            Self::Character { position, character } => {
                format!("统一社会信用代码第{position}位“{character}”不在允许的字符集内")
            }
            Self::CheckDigit { expected, found } => {
                format!("统一社会信用代码校验位应为{expected}，实为{found}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_leaves_out_what_it_does_not_say() {
        let problem = Problem::new(ProblemCode::ParameterInvalid, Lang::En);
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"code":"parameter_invalid","status":400,"title":"A parameter is not valid"}"#
        );
        let placed = FieldProblem::new(ProblemCode::EntryDataCodeAmbiguous, "x")
            .at_index(3)
            .in_field("dataCode");
        let full = problem.with_detail("d").with_errors(vec![placed]);
        let json = serde_json::to_value(&full).unwrap();
        assert_eq!(json["errors"][0]["index"], 3);
        assert_eq!(json["errors"][0]["code"], "entry_data_code_ambiguous");
        assert_eq!(json["errors"][0].get("row"), None);
        assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), full);
    }
}
