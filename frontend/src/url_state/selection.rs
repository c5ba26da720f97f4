//! What a reader selected: span, district, industry, class, energy type, units, basis and comparison, as the address and
//! the API write them.

use leptos_router::params::ParamsMap;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::unit_class::UnitClass;

/// What the page's figures are filtered by. `None` and empty lists are the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; absent: the server's default span.
    pub from: Option<String>,
    pub to: Option<String>,
    pub region: Vec<String>,
    pub industry: Vec<String>,
    pub class: Vec<UnitClass>,
    pub energy: Vec<EnergyGroup>,
    /// Credit codes.
    pub units: Vec<String>,
    pub basis: Basis,
    /// Word of the comparison; absent: the same span a year earlier.
    pub compare: Option<String>,
}

impl Selection {
    pub(super) fn of(query: &ParamsMap) -> Self {
        let word = |key| query.get(key).filter(|it| !it.is_empty());
        Self {
            from: word("from"),
            to: word("to"),
            region: values(word("region"), |it| Some(it.to_owned())),
            industry: values(word("industry"), |it| Some(it.to_owned())),
            class: values(word("class"), UnitClass::parse),
            energy: values(word("energy"), EnergyGroup::parse),
            units: values(word("units"), |it| Some(it.to_owned())),
            basis: word("basis").as_deref().and_then(Basis::parse).unwrap_or(Basis::Equivalent),
            compare: word("compare"),
        }
    }

    pub(super) fn pairs(&self) -> [(&'static str, Option<String>); 9] {
        [
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("region", joined(&self.region)),
            ("industry", joined(&self.industry)),
            ("class", joined(&self.class)),
            ("energy", joined(&self.energy)),
            ("units", joined(&self.units)),
            ("basis", (self.basis != Basis::Equivalent).then(|| self.basis.to_string())),
            ("compare", self.compare.clone()),
        ]
    }

    /// The query of an analysis endpoint; always names the basis.
    pub fn api_query(&self) -> String {
        let mut query = format!("basis={}", self.basis);
        for (key, value) in self.pairs().iter().filter(|(key, _)| *key != "basis") {
            push_pair(&mut query, key, value.as_deref());
        }
        query
    }

    /// These filters with some keys set anew.
    pub fn narrowed(&self, by: &[(String, String)]) -> Self {
        let mut query = ParamsMap::new();
        for (key, value) in self.pairs() {
            if let Some(value) = value.filter(|_| by.iter().all(|(own, _)| own != key)) {
                query.insert(key, value);
            }
        }
        for (key, value) in by {
            query.insert(key.clone(), value.clone());
        }
        Self::of(&query)
    }

    /// Span, basis and comparison alone: what a single unit is asked by. It is compared with itself at another time only.
    pub fn of_a_unit(&self) -> Self {
        let times = [Comparison::Year, Comparison::Previous, Comparison::BaseYear]
            .contains(&self.against());
        Self {
            compare: self.compare.clone().filter(|_| times),
            region: Vec::new(),
            industry: Vec::new(),
            class: Vec::new(),
            energy: Vec::new(),
            units: Vec::new(),
            ..self.clone()
        }
    }

    /// The same filters without a comparison of their own.
    pub fn without_comparison(&self) -> Self {
        Self { compare: None, ..self.clone() }
    }

    /// What the figures are compared with.
    pub fn against(&self) -> Comparison {
        match self.compare.as_deref() {
            None | Some("year") => Comparison::Year,
            Some("previous") => Comparison::Previous,
            Some("peers") => Comparison::Peers,
            Some(word) if word.starts_with(BASE_YEAR) => Comparison::BaseYear,
            Some(_) => Comparison::District,
        }
    }

    /// The year compared with, where one was chosen.
    pub fn base_year(&self) -> Option<&str> {
        self.compare.as_deref()?.strip_prefix(BASE_YEAR)
    }

    /// The code of the district compared with.
    pub fn compared_district(&self) -> Option<&str> {
        self.compare.as_deref()?.strip_prefix("region:")
    }

    /// How many values of region, industry, class, energy and unit are selected.
    pub fn count(&self) -> usize {
        let positions_of = self.region.len() + self.industry.len();
        positions_of + self.class.len() + self.energy.len() + self.units.len()
    }

    /// Clears the selection; the span, the basis and the comparison stay.
    pub fn clear(&mut self) {
        self.region.clear();
        self.industry.clear();
        self.class.clear();
        self.energy.clear();
        self.units.clear();
    }
}

/// Before the year in the word of a comparison with it.
pub const BASE_YEAR: &str = "year:";

/// Kinds of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same span a year earlier.
    Year,
    /// The span just before.
    Previous,
    /// The same span of a chosen earlier year.
    BaseYear,
    /// Another district over the same span.
    District,
    /// The average unit of the same industries over the same span.
    Peers,
}

impl Comparison {
    /// The word before a change.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Year => lang.pick("同比", "YoY"),
            Self::Previous => lang.pick("环比", "vs previous"),
            Self::BaseYear => lang.pick("较基年", "vs base year"),
            Self::District => lang.pick("较对比区", "vs district"),
            Self::Peers => lang.pick("较同行", "vs peers"),
        }
    }
}

/// The values of a key, each once; a comma stands between two.
fn values<T: PartialEq>(text: Option<String>, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut found = Vec::new();
    for word in text.iter().flat_map(|it| it.split(',')) {
        if let Some(it) = parse(word.trim()).filter(|it| !found.contains(it)) {
            found.push(it);
        }
    }
    found
}

/// Values as a key holds them; `None` for none.
pub fn joined(list: &[impl ToString]) -> Option<String> {
    let words: Vec<String> = list.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| words.join(","))
}

/// Selects a value: alone, or, when `more`, besides those selected. Selecting what is selected already removes it.
pub fn toggle_value<T: PartialEq>(list: &mut Vec<T>, value: T, more: bool) {
    if more && list.contains(&value) {
        list.retain(|it| *it != value);
    } else if more {
        list.push(value);
    } else if list.len() == 1 && list[0] == value {
        list.clear();
    } else {
        *list = vec![value];
    }
}

/// Appends `&key=value`, percent-encoded; nothing for `None`.
pub fn push_pair(query: &mut String, key: &str, value: Option<&str>) {
    let Some(value) = value.filter(|it| !it.is_empty()) else {
        return;
    };
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(key);
    query.push('=');
    // Codes and days stand for themselves; the browser encodes the rest.
    if value.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') {
        query.push_str(value);
    } else {
        query.push_str(&js_sys::encode_uri_component(value).as_string().unwrap_or_default());
    }
}
