//! Addresses of databases: `QUERY.COLUMN[@TIME COLUMN]`, the query by its name in the settings.
use crate::address::AddressError;

/// Where a number stands in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(super) query: String,
    pub(super) column: String,
    pub(super) time: Option<String>,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = || {
            let (zh, en) = ("应写作 查询名.列[@时间列]", "write QUERY.COLUMN[@TIME COLUMN]");
            AddressError::new(text, zh, en)
        };
        let (query, rest) = text.trim().split_once('.').ok_or_else(wrong)?;
        let (column, time) =
            rest.split_once('@').map_or((rest, None), |(it, time)| (it, Some(time)));
        if query.is_empty() || column.is_empty() || time == Some("") {
            return Err(wrong());
        }
        let time = time.map(str::to_owned);
        Ok(Self { query: query.to_owned(), column: column.to_owned(), time })
    }
}
