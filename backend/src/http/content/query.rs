//! Reads query parameters strictly. An unknown name is an error that suggests the nearest known one.

use axum::extract::Query;
use axum::http::Uri;
use jiff::civil::Date;
use nengce_messages::echo;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use crate::config::nearest;

/// Parameters every resource takes.
pub const EVERYWHERE: [&str; 2] = ["format", "lang"];

/// The parameters of one request. An empty value counts as not given.
#[derive(Debug, Clone)]
pub struct Params {
    pairs: Vec<(String, String)>,
    pub lang: Lang,
}

/// A problem about one parameter.
pub fn parameter_problem(code: ProblemCode, name: &str, lang: Lang, reason: String) -> Problem {
    let field = FieldProblem::new(code, reason.clone()).in_field(name);
    Problem::new(code, lang).with_detail(reason).with_errors(vec![field])
}

impl Params {
    /// Reads the query of an address. `lang` is the language of errors unless `?lang=` names one.
    pub fn read(uri: &Uri, known: &[&str], lang: Lang) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|error| {
            Problem::new(ProblemCode::ParameterInvalid, lang).with_detail(echo(&error.body_text()))
        })?;
        let named = pairs.iter().find(|(name, _)| name == "lang");
        let lang = named.map_or(lang, |(_, it)| Lang::of_tag(it));
        let all = || known.iter().copied().chain(EVERYWHERE);
        for (at, (name, value)) in pairs.iter().enumerate() {
            let shown = &echo(name);
            let problem = |code, zh: String, en: String| {
                Err(parameter_problem(code, shown, lang, lang.pick(&zh, &en).to_owned()))
            };
            if !all().any(|it| it == name) {
                let near = nearest(name, all()).unwrap_or_default();
                return problem(
                    ProblemCode::ParameterUnknown,
                    format!("没有参数“{shown}”，最接近的是“{near}”"),
                    format!("there is no parameter '{shown}'; the nearest is '{near}'"),
                );
            }
            if pairs[..at].iter().any(|(other, _)| other == name) {
                return problem(
                    ProblemCode::ParameterInvalid,
                    format!("参数“{shown}”出现两次"),
                    format!("the parameter '{shown}' stands twice"),
                );
            }
            // An empty value counts as not given; one of blanks is a mistake anywhere but in words to look for.
            if !value.is_empty() && value.trim().is_empty() && name != "q" {
                return problem(
                    ProblemCode::ParameterInvalid,
                    format!("参数“{shown}”只有空白"),
                    format!("the parameter '{shown}' holds blanks alone"),
                );
            }
        }
        let params = Self { pairs, lang };
        let tag = params.text("lang").unwrap_or("zh");
        let language = tag.split('-').next().unwrap_or_default();
        if !["zh", "en"].iter().any(|it| it.eq_ignore_ascii_case(language)) {
            return Err(params.refuse("lang", tag, "zh | en"));
        }
        Ok(params)
    }

    /// The text of a parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, it)| it.trim())
            .filter(|it| !it.is_empty())
    }

    /// An invalid parameter, with what it may be.
    pub fn refuse(&self, name: &str, found: &str, allowed: &str) -> Problem {
        let found = echo(found);
        let reason = match self.lang {
            Lang::Zh => format!("参数 {name}=“{found}” 有误，应为 {allowed}"),
            Lang::En => format!("{name}='{found}' is not valid; it must be {allowed}"),
        };
        parameter_problem(ProblemCode::ParameterInvalid, name, self.lang, reason)
    }

    /// One of a closed list of words.
    pub fn one_of<T>(
        &self,
        name: &str,
        words: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(found) = self.text(name) else {
            return Ok(None);
        };
        match parse(found) {
            Some(it) => Ok(Some(it)),
            None => Err(self.refuse(name, found, &words.join(" | "))),
        }
    }

    /// A state of a closed list, or `all`, which is the empty word.
    pub fn state(&self, states: &[&str]) -> Result<Option<String>, Problem> {
        let words: Vec<&str> = states.iter().copied().chain(["all"]).collect();
        self.one_of("state", &words, |it| match it {
            "all" => Some(String::new()),
            it => states.contains(&it).then(|| it.to_owned()),
        })
    }

    /// A data code as clients write it, in its hyphened form; empty when not named.
    pub fn data_code(&self, name: &str) -> Result<String, Problem> {
        let Some(found) = self.text(name) else {
            return Ok(String::new());
        };
        match DataCode::parse_lenient(found) {
            Ok(code) => Ok(code.to_string()),
            Err(_) => Err(self.refuse(name, found, "PP-UU-DDDD-CCTTTT-YY")),
        }
    }

    /// Values separated by commas, each once, in the order given; none when the parameter is not there.
    pub fn listed<T: PartialEq>(
        &self,
        name: &str,
        allowed: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, Problem> {
        let mut found = Vec::new();
        for word in self.text(name).into_iter().flat_map(|it| it.split(',')) {
            let value = parse(word.trim()).ok_or_else(|| self.refuse(name, word, allowed))?;
            if !found.contains(&value) {
                found.push(value);
            }
        }
        Ok(found)
    }

    /// A day, `YYYY-MM-DD` and nothing else.
    pub fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        self.one_of(name, &["YYYY-MM-DD"], day)
    }

    /// Districts by GB/T 2260, separated by commas.
    pub fn regions(&self) -> Result<Vec<String>, Problem> {
        self.listed("region", "GB/T 2260, 6 digits", |code| {
            (code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit())).then(|| code.to_owned())
        })
    }

    /// Industries by GB/T 4754 with their letter, separated by commas.
    pub fn industries(&self) -> Result<Vec<String>, Problem> {
        self.listed("industry", "GB/T 4754, C | C31 | C3110", |code| {
            Some(code.to_ascii_uppercase()).filter(|it| is_industry(it))
        })
    }

    /// A whole number within bounds.
    pub fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<u32>, Problem> {
        let Some(found) = self.text(name) else {
            return Ok(None);
        };
        let digits = found.bytes().all(|it| it.is_ascii_digit());
        match found.parse::<u32>() {
            Ok(it) if digits && (least..=most).contains(&it) => Ok(Some(it)),
            _ => Err(self.refuse(name, found, &format!("{least}–{most}"))),
        }
    }
}

/// A day to its last character: jiff would pass over a time behind it.
pub fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    plain.then(|| text.parse().ok())?
}

fn is_industry(code: &str) -> bool {
    let mut bytes = code.bytes();
    bytes.next().is_some_and(|it| it.is_ascii_uppercase())
        && code.len() <= 5
        && bytes.all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Params, Problem> {
        Params::read(
            &format!("/x?{query}").parse().expect("an address"),
            &["region", "from"],
            Lang::En,
        )
    }

    #[test]
    fn an_unknown_parameter_names_the_nearest() {
        let problem = read("regoin=120101").unwrap_err();
        assert_eq!(problem.code, ProblemCode::ParameterUnknown);
        assert!(problem.detail.is_some_and(|it| it.contains("'region'")));
    }

    #[test]
    fn values_are_decoded_trimmed_and_empty_ones_are_missing() {
        let params = read("region=%E5%92%8C%E5%B9%B3+&from=").unwrap();
        assert_eq!((params.text("region"), params.text("from")), (Some("和平"), None));
        assert!(read("from=1&from=2").is_err());
        assert!(read("from=%0B").is_err() && read("from=+").is_err());
        for lang in ["fr", "english", "zhx", "en;q=1"] {
            assert!(read(&format!("lang={lang}")).is_err(), "{lang}");
        }
        assert!(read("lang=en-GB").is_ok_and(|it| it.lang == Lang::En));
        let day = |it: &str| read(&format!("from={it}")).unwrap().day("from");
        assert!(day("2025-03-01").is_ok_and(|it| it.is_some()));
        for it in [
            "2025-03-01T10:00:00",
            "2025-03-01+10:00",
            "20250301",
            "2025-3-1",
            "2025-02-30",
            "2025-03-01x",
        ] {
            assert!(day(it).is_err(), "{it}");
        }
        let numbers = |it: &str| read(&format!("from={it}")).unwrap().number("from", 1, 9);
        assert_eq!(numbers("7").unwrap(), Some(7));
        for it in ["%2B7", "7.0", "7x", "0x7", "10"] {
            assert!(numbers(it).is_err(), "{it}");
        }
        assert!(read("format=csv&lang=zh").is_ok_and(|it| it.lang == Lang::Zh));
    }
}
