//! Splits a column's heading into its name and its unit of measure.

use super::table::Unit;

/// `天然气（万Nm³）` is the name 天然气 with the unit 万Nm³.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The text before the unit.
    pub name: String,
    /// The unit as it is written, known or not.
    pub unit: Option<String>,
}

const OPEN: [char; 13] = ['(', '（', '[', '【', '〔', '［', '{', '｛', '<', '〈', '＜', '「', '《'];
const CLOSE: [char; 13] =
    [')', '）', ']', '】', '〕', '］', '}', '｝', '>', '〉', '＞', '」', '》'];

impl Heading {
    /// Splits a heading; where no unit is found, the whole text is the name.
    pub fn of(text: &str) -> Self {
        let text = text.trim().trim_start_matches(['*', '＊']).trim();
        let text = &text.replace(['\n', '\r'], " ");
        bracketed(text)
            .or_else(|| separated(text))
            .or_else(|| attached(text))
            .or_else(|| Unit::parse(text).ok().map(|_| Self::new("", Some(text))))
            .or_else(|| begun(text))
            .unwrap_or_else(|| Self::new(text, None))
    }

    fn new(name: &str, unit: Option<&str>) -> Self {
        let edge = |it: char| {
            it.is_whitespace() || matches!(it, ':' | '：' | ',' | '，' | '/' | '_' | '-' | '、')
        };
        Self {
            name: name.trim_matches(edge).to_owned(),
            unit: unit.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        }
    }
}

/// The last pair of brackets, and within it the text after `单位：`. Of several pairs, the one with a known unit is taken.
fn bracketed(text: &str) -> Option<Heading> {
    let mut found = None;
    let mut from = 0;
    while let Some(open) = text[from..].find(OPEN).map(|it| it + from) {
        let width = text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = text[open..].find(CLOSE).map(|it| it + open) else {
            break;
        };
        let close_width = text[close..].chars().next().map_or(1, char::len_utf8);
        let inside = &text[open + width..close];
        let inside = inside
            .split_once(['：', ':'])
            .filter(|it| it.0.contains("单位") || it.0.eq_ignore_ascii_case("unit"))
            .map_or(inside, |it| it.1);
        // `（kWh，当月）` holds one unit among remarks.
        let mut parts =
            inside.split(['，', ',', '、', ';', '；']).filter(|it| Unit::parse(it).is_ok());
        let inside = match (parts.next(), parts.next()) {
            (Some(one), None) => one,
            _ => inside,
        };
        let outside = format!("{}{}", &text[..open], &text[close + close_width..]);
        let heading = Heading::new(&outside, Some(inside));
        if Unit::parse(inside).is_ok() {
            return Some(heading);
        }
        found = Some(heading);
        from = close + close_width;
    }
    found
}

/// `原煤/kg`, `Usage_kWh`, `coke t`, `用电量 单位：kWh`.
fn separated(text: &str) -> Option<Heading> {
    for word in ["单位：", "单位:", "unit:", "Unit:"] {
        if let Some((name, unit)) = text.split_once(word) {
            return Some(Heading::new(name, Some(unit)));
        }
    }
    let places = text
        .char_indices()
        .filter(|(_, it)| matches!(it, '/' | '_' | ' ' | '，' | ',' | '-' | '、' | ':' | '：'));
    // The longest ending that is a unit: `electricity 10^4 kWh`.
    for (at, sign) in places {
        let unit = &text[at + sign.len_utf8()..];
        // A lone letter is a name's index more often than a unit; tonnes are not.
        let letter = unit.len() == 1 && !unit.eq_ignore_ascii_case("t");
        if !letter && Unit::parse(unit).is_ok() {
            return Some(Heading::new(&text[..at], Some(unit)));
        }
    }
    None
}

/// `用电量kWh`, `天然气万m³`: a unit directly after Chinese words.
fn attached(text: &str) -> Option<Heading> {
    let mut ends = text.char_indices().skip(1).filter(|(at, it)| {
        let before = text[..*at].chars().next_back().unwrap_or(' ');
        !before.is_ascii() && (it.is_ascii_alphanumeric() || matches!(it, '万' | '亿'))
    });
    ends.find(|(at, _)| Unit::parse(&text[*at..]).is_ok())
        .map(|(at, _)| Heading::new(&text[..at], Some(&text[at..])))
}

/// `天然气 Nm3/h`, `用电 kWh 倍率80`: the text from a unit on, with what follows it. No table has the whole, so a person is
/// asked; without it the column would seem to name no unit.
fn begun(text: &str) -> Option<Heading> {
    let kind = |it: char| match it {
        it if !it.is_alphanumeric() => 0,
        it if it.is_ascii() || matches!(it, '²' | '³') => 1,
        _ => 2,
    };
    let mut from = 0;
    let mut before = 0;
    for (at, it) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = kind(it);
        if now != before {
            let word = &text[from..at];
            // A lone letter is a name's index more often than a unit; tonnes per something are not.
            let long = word.chars().count() > 1 || (word.eq_ignore_ascii_case("t") && it == '/');
            if long && Unit::parse(word).is_ok() {
                return Some(Heading::new(&text[..from], Some(&text[from..])));
            }
            (from, before) = (at, now);
        }
    }
    None
}

/// The name without what does not matter: letter case, blanks, separators, a star.
pub fn plain_name(text: &str) -> String {
    text.chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '_' | '-' | '*' | '＊' | '.' | ':' | '：')
        })
        .flat_map(char::to_lowercase)
        .collect()
}
