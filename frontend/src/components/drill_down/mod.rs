//! The list of the units and readings behind a bar, dot or line of a chart: the page's filters, narrowed to it. It is part
//! of the address (`list=`), so back closes it and links open it. Its code is downloaded when it is first opened.

mod drawer;
mod lazy;
mod prefetch;
mod readings;
mod units;

use leptos::prelude::*;

pub use prefetch::use_prefetch;

use crate::lazy_view::show;
use crate::url_state::{UrlState, use_url_state};

/// The key of the address.
const LIST_KEY: &str = "list";

/// What a mark may narrow; `unit` asks for that unit's readings at once.
const KNOWN: [&str; 8] = ["region", "industry", "class", "energy", "units", "from", "to", "unit"];

/// What a mark stands for, beyond the page's filters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrillDown(Vec<(String, String)>);

impl DrillDown {
    /// The page's filters as they are.
    pub fn all() -> Self {
        Self::default()
    }

    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(own, _)| own != key);
        self.0.push((key.to_owned(), value.into()));
        self
    }

    pub fn of(key: &str, value: impl Into<String>) -> Self {
        Self::all().with(key, value)
    }

    /// A month, a year or a day.
    pub fn period(period: &str) -> Self {
        Self::of("from", period).with("to", period)
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    pub fn unit(&self) -> Option<String> {
        let unit = self.0.iter().find(|(key, _)| key == "unit");
        unit.map(|(_, code)| code.clone())
    }

    pub fn without_unit(mut self) -> Self {
        self.0.retain(|(key, _)| key != "unit");
        self
    }

    /// `from:2026-03;to:2026-03`; `all` where nothing is narrowed.
    fn word(&self) -> String {
        if self.0.is_empty() {
            return "all".to_owned();
        }
        let pair = |(key, value): &(String, String)| format!("{key}:{value}");
        self.0.iter().map(pair).collect::<Vec<_>>().join(";")
    }

    fn read(word: &str) -> Self {
        let pairs = word.split(';').filter_map(|it| it.split_once(':'));
        Self(
            pairs
                .filter(|(key, value)| KNOWN.contains(key) && !value.is_empty())
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
        )
    }
}

impl UrlState {
    /// The list that is open; tracked.
    pub fn drill_down(self) -> Option<DrillDown> {
        self.get(LIST_KEY).map(|it| DrillDown::read(&it))
    }

    pub fn open_drill_down(self, drill_down: &DrillDown) {
        self.set(&[(LIST_KEY, Some(drill_down.word()))]);
    }

    pub fn close_drill_down(self) {
        self.set(&[(LIST_KEY, None)]);
    }
}

/// The drawer, while the address names a list.
#[component]
pub fn DrillDownPlace() -> impl IntoView {
    let url = use_url_state();
    let open = Memo::new(move |_| url.drill_down().is_some());
    move || open.get().then(|| show(lazy::drawer()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for it in [
            DrillDown::all(),
            DrillDown::period("2026-03"),
            DrillDown::of("region", "370102,370103").with("unit", "91370100"),
        ] {
            assert_eq!(DrillDown::read(&it.word()), it);
        }
        assert_eq!(
            DrillDown::read("colour:red;from:;region:370102"),
            DrillDown::of("region", "370102")
        );
    }
}
