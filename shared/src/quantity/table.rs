//! The table of units (`shared/data/units.csv`) and the reading of a unit's text: prefixes of both languages, powers of ten,
//! letter forms that documents and keyboards differ in.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The dimension of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// In J.
    Energy,
    /// In g.
    Mass,
    /// In L.
    Volume,
    /// Mass of standard coal.
    Coal,
    /// Anything that is no quantity of energy: money, power, reactive energy, voltage …
    Other(&'static str),
}

/// A unit: its dimension, and one of it in the dimension's base (J, g, L, gce).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    in_base: f64,
}

/// The text names no unit of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitUnknown;

static UNITS: LazyLock<HashMap<String, Unit>> = LazyLock::new(read);

/// Multipliers before a unit, longest first.
const MULTIPLIERS: [(&str, f64); 12] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("万亿", 1e12),
    ("十亿", 1e9),
    ("亿", 1e8),
    ("万", 1e4),
    ("千", 1e3),
    ("百", 1e2),
];

fn read() -> HashMap<String, Unit> {
    let mut units = HashMap::new();
    for line in include_str!("../../data/units.csv").lines().skip(1) {
        let mut cells = line.splitn(5, ',');
        let (Some(dimension), Some(prefixes), Some(symbols), Some(in_base)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Ok(in_base) = in_base.parse::<f64>() else {
            continue;
        };
        let dimension = match dimension {
            "energy" => Dimension::Energy,
            "mass" => Dimension::Mass,
            "volume" => Dimension::Volume,
            "coal" => Dimension::Coal,
            other => Dimension::Other(other),
        };
        for symbol in symbols.split('|') {
            let mut put = |prefix: &str, times: f64| {
                let unit = Unit { dimension, in_base: in_base * times };
                units.insert(normal(&format!("{prefix}{symbol}")), unit);
            };
            put("", 1.0);
            for prefix in prefixes.chars() {
                let times = match prefix {
                    'k' | '千' => 1e3,
                    'm' | '兆' => 1e6,
                    'g' | '吉' => 1e9,
                    't' | '太' => 1e12,
                    _ => 1e15,
                };
                put(&prefix.to_string(), times);
            }
        }
    }
    units
}

impl Unit {
    /// Reads a unit as people write it: `万千瓦时`, `10^4 kWh`, `Nm³`.
    ///
    /// # Errors
    /// A text that names no unit of the table.
    pub fn parse(text: &str) -> Result<Self, UnitUnknown> {
        let mut rest: &str = &normal(text);
        let mut times = 1.0;
        loop {
            if let Some(unit) = UNITS.get(rest) {
                let in_base = unit.in_base * times;
                return Ok(Self { in_base, ..*unit });
            }
            let (factor, behind) = prefix(rest).ok_or(UnitUnknown)?;
            times *= factor;
            rest = behind;
        }
    }

    /// The factor into another unit; `None` where the dimensions differ.
    pub fn into_unit(self, other: Self) -> Option<f64> {
        (self.dimension == other.dimension).then(|| self.in_base / other.in_base)
    }

    /// Whether it is Wh or a power of ten of it.
    pub fn is_watt_hours(self) -> bool {
        let exponent = (self.in_base / 3_600.0).log10();
        self.dimension == Dimension::Energy && (exponent - exponent.round()).abs() < 1e-9
    }
}

/// A factor before a unit: `万`, `10^4`, `1000`.
fn prefix(text: &str) -> Option<(f64, &str)> {
    for (word, factor) in MULTIPLIERS {
        if let Some(rest) = text.strip_prefix(word).filter(|it| !it.is_empty()) {
            return Some((factor, rest));
        }
    }
    let text = text.trim_start_matches(['×', 'x']);
    if let Some(rest) = text.strip_prefix("10^") {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let power: i32 = rest.get(..digits)?.parse().ok()?;
        let rest = rest[digits..].trim_start_matches(['*', '×']);
        return (power <= 12 && !rest.is_empty()).then(|| (10f64.powi(power), rest));
    }
    let zeros = text.strip_prefix('1')?;
    let rest = zeros.trim_start_matches('0');
    let count = zeros.len() - rest.len();
    let whole =
        (1..=12).contains(&count) && rest.chars().next().is_some_and(|it| !it.is_ascii_digit());
    whole.then(|| (10f64.powi(count as i32), rest))
}

/// One spelling for texts that are written in many ways: half-width, lower case, no blanks, `m3` for `m³`, `㎥` and
/// `m^3`, `kwh` for `kW·h`.
fn normal(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for it in text.trim().chars() {
        match it {
            '³' if plain.ends_with("10") => plain.push_str("^3"),
            '³' => plain.push('3'),
            '²' if plain.ends_with("10") => plain.push_str("^2"),
            '²' => plain.push('2'),
            '⁴'..='⁹' => {
                plain.push('^');
                plain.extend(char::from_u32(u32::from(it) - 0x2070 + 0x30));
            }
            '㎥' => plain.push_str("m3"),
            '㎡' => plain.push_str("m2"),
            '㎏' => plain.push_str("kg"),
            '₂' => plain.push('2'),
            '\u{ff01}'..='\u{ff5e}' => {
                let half = char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it);
                plain.extend(half.to_lowercase());
            }
            '·' | '•' | '・' | '⋅' | '∙' | '.' | '*' | '-' | '_' | '(' | ')' => {}
            it if it.is_whitespace() => {}
            it => plain.extend(it.to_lowercase()),
        }
    }
    // `m^3` is `m3`; `10^4` stays.
    for unit in ["m", "ft"] {
        for power in ["2", "3"] {
            plain = plain.replace(&format!("{unit}^{power}"), &format!("{unit}{power}"));
        }
    }
    plain
}
