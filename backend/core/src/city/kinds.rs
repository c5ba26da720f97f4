//! The kinds of enterprises of the demo city: sizes, energies, frequencies and products, read from
//! `data/demo_city_kinds.csv`. They are invented in believable proportions; no enterprise of the city exists.

use std::str::FromStr;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, Error};

/// Whether a unit's year follows the weather alone or the terms of schools as well.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// The year follows the weather alone.
    Weather,
    /// The year follows the terms of schools as well.
    Campus,
}

/// How a day is spread over its hours.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Day and night alike.
    Continuous,
    /// From eight to midnight.
    TwoShifts,
    /// Over the working day.
    Office,
    /// Over noon and evening.
    Evening,
    /// In the morning and in the evening.
    Traffic,
}

/// A code and its number, written `code=number` in the file.
#[derive(Debug, Clone)]
pub struct Pair<K, V>(pub K, pub V);

/// A product that a unit of the kind makes, written `code=output_per_tce` or `code=output_per_tce/process`.
#[derive(Debug, Clone)]
pub struct Made {
    /// The code of the product.
    pub product: String,
    /// Tons (or weight cases) of output per tce of the unit's consumption.
    pub output_per_tce: f64,
    /// Whether the unit sends the energy of the process; otherwise it reports the indicator.
    pub process_items: bool,
}

/// One row of the file; lists are separated by spaces.
#[derive(Debug, serde::Deserialize)]
pub struct Kind {
    /// The name of the kind.
    #[serde(rename = "kind")]
    pub key: String,
    /// The industries of the kind, each with a word that ends the name of one of its units.
    #[serde(deserialize_with = "list")]
    pub words: Vec<Pair<String, String>>,
    /// Units in a city of 286, apart from the large ones.
    pub units: u32,
    /// tce a year of the large ones (千家); conversion units by input.
    #[serde(deserialize_with = "list")]
    pub large_tce: Vec<f64>,
    /// tce a year of the smallest of the others.
    pub least_tce: f64,
    /// tce a year of the largest of the others.
    pub most_tce: f64,
    /// Energy inputs: type with its class, share of the unit's tce on the equivalent basis.
    #[serde(deserialize_with = "list")]
    pub inputs: Vec<Pair<String, f64>>,
    /// Conversion outputs: type with its class, tce per tce of all inputs.
    #[serde(deserialize_with = "list")]
    pub outputs: Vec<Pair<String, f64>>,
    /// What its year follows.
    pub season: Season,
    /// The part of the consumption that follows the need of heating; the rest is level.
    pub heating: f64,
    /// The part of the consumption that follows the need of cooling.
    pub cooling: f64,
    /// How its day is spread over the hours.
    pub hours: Hours,
    /// The level of a weekend.
    pub weekend: f64,
    /// The level at the heart of Spring Festival.
    pub festival: f64,
    /// Value added in 10^4 yuan per tce.
    pub value_added: f64,
    /// The products that its units make.
    #[serde(deserialize_with = "list")]
    pub products: Vec<Made>,
    /// Districts by weight: the last two digits of the code. Large units take them in turn.
    #[serde(deserialize_with = "list")]
    pub districts: Vec<Pair<u8, u32>>,
    /// Terminal protocol `fieldCode`.
    pub field_code: u16,
}

/// All kinds, in the order of the file: the order is part of the city of a seed.
pub(super) static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let file = include_str!("../../data/demo_city_kinds.csv");
    match csv::Reader::from_reader(file.as_bytes()).deserialize().collect() {
        Ok(kinds) => kinds,
        Err(error) => unreachable!("the built-in file is checked by a test: {error}"),
    }
});

impl Kind {
    /// The industries of its units, each once.
    pub fn industries(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.words.iter().map(|it| it.0.as_str()).collect();
        all.dedup();
        all
    }

    /// The words that name a unit of the industry.
    pub fn words_of(&self, industry: &str) -> Vec<&str> {
        self.words.iter().filter(|it| it.0 == industry).map(|it| it.1.as_str()).collect()
    }
}

impl<K: FromStr, V: FromStr> FromStr for Pair<K, V> {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, value) = text.split_once('=').ok_or("no `=`")?;
        let key = key.parse().map_err(|_| "the code before `=` cannot be read")?;
        Ok(Self(key, value.parse().map_err(|_| "the number after `=` cannot be read")?))
    }
}

impl FromStr for Made {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (text, process_items) = match text.strip_suffix("/process") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let Pair(product, output_per_tce) = text.parse()?;
        Ok(Self { product, output_per_tce, process_items })
    }
}

fn list<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read =
        |it: &str| it.parse().map_err(|_| D::Error::custom(format!("'{it}' cannot be read")));
    text.split_whitespace().map(read).collect()
}
