//! Cursors of paged lists: opaque to clients, a place in the order of the list inside.

use std::str::FromStr;

use nengce_shared::lang::Lang;
use nengce_shared::problem::{Problem, ProblemCode};

use super::negotiation::Format;
use super::query::{Params, parameter_problem};

/// Rows of a page unless asked for.
pub const DEFAULT_LIMIT: u32 = 100;

/// Most rows of a JSON page.
pub const MOST_ROWS: u32 = 10_000;

/// Rows of a page.
pub fn limit(params: &Params, default: u32) -> Result<u32, Problem> {
    Ok(params.number("limit", 1, MOST_ROWS)?.unwrap_or(default))
}

/// Rows of a page; a file holds them all up to `most` (`max_list_rows`), and its `limit` is read as strictly.
pub fn rows(params: &Params, format: Format, most: u32) -> Result<u32, Problem> {
    let limit = limit(params, DEFAULT_LIMIT)?;
    Ok(if format == Format::Json { limit } else { most })
}

/// A cursor of these parts.
pub fn encode(parts: &[&str]) -> String {
    const_hex::encode(parts.join("\u{1f}").as_bytes())
}

/// The `N` parts of the `cursor` parameter.
pub fn decode<const N: usize>(params: &Params) -> Result<Option<[String; N]>, Problem> {
    let Some(text) = params.text("cursor") else {
        return Ok(None);
    };
    parts(text).and_then(|it| it.try_into().ok()).map(Some).ok_or_else(|| bad_cursor(params.lang))
}

/// The number that a page goes on from; `first` without a cursor.
pub fn after<T: FromStr>(params: &Params, first: T) -> Result<T, Problem> {
    match decode::<1>(params)? {
        Some([it]) => it.parse().map_err(|_| bad_cursor(params.lang)),
        None => Ok(first),
    }
}

/// The answer to a cursor that this list did not give out.
pub fn bad_cursor(lang: Lang) -> Problem {
    let reason = lang
        .pick("游标不是本列表给出的", "the cursor is not one that this list gave out")
        .to_owned();
    parameter_problem(ProblemCode::CursorInvalid, "cursor", lang, reason)
}

fn parts(text: &str) -> Option<Vec<String>> {
    let text = String::from_utf8(const_hex::decode(text).ok()?).ok()?;
    Some(text.split('\u{1f}').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        assert_eq!(
            parts(&encode(&["2025-03-01 00:00:00", "17", "0"])).unwrap(),
            ["2025-03-01 00:00:00", "17", "0"]
        );
        assert_eq!(parts("nonsense"), None);
        assert_eq!(parts("abc"), None);
    }
}
