//! A row in the form that every database can give: names of columns and texts.
use crate::error::Problem;
use crate::measured::{Exchange, Measured};
use crate::moment;
use crate::sql::address::Address;

/// Columns and what stands in them; none where it is NULL.
pub(super) type Row = Vec<(String, Option<String>)>;

/// The number of a row and its time.
pub(super) fn measured(
    row: &Row,
    address: &Address,
    utc_offset_minutes: i32,
) -> Result<Measured, (Problem, String)> {
    let cell = |name: &str| {
        let found = row.iter().find(|(column, _)| column == name);
        let (_, text) = found.ok_or_else(|| (Problem::Missing, format!("no column {name}")))?;
        text.as_deref().ok_or_else(|| (Problem::Missing, format!("{name} is NULL")))
    };
    let text = cell(&address.column)?;
    let value = text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    let value = value.ok_or_else(|| (Problem::NotNumber, text.to_owned()))?;
    let at = match &address.time {
        None => None,
        Some(name) => {
            let text = cell(name)?;
            let at = moment::of_text(text, utc_offset_minutes);
            Some(at.ok_or_else(|| (Problem::NotNumber, format!("time {text}")))?)
        }
    };
    let cells =
        row.iter().map(|(name, text)| format!("{name}={}", text.as_deref().unwrap_or("NULL")));
    let exchange = Exchange::of_text(cells.collect::<Vec<_>>().join(" | "));
    Ok(Measured { value, at, exchange })
}

#[cfg(test)]
mod tests {
    use super::measured;
    use crate::error::Problem;
    use crate::sql::address::Address;

    #[test]
    fn rows() {
        let row = vec![
            ("e".to_owned(), Some("12.50".to_owned())),
            ("t".to_owned(), Some("2026-01-05 08:00:00".to_owned())),
            ("n".to_owned(), None),
        ];
        let read = |text: &str| {
            let address = Address::parse(text).expect("an address");
            measured(&row, &address, 480).map(|it| (it.value, it.at)).map_err(|it| it.0)
        };
        assert_eq!(read("q.e@t"), Ok((12.5, Some(1_767_600_000))));
        assert_eq!(read("q.n"), Err(Problem::Missing));
        assert_eq!(read("q.x"), Err(Problem::Missing));
        assert_eq!(read("q.t"), Err(Problem::NotNumber));
        for text in ["", "q", "q.", ".e", "q.e@"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
