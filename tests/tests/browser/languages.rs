//! No Chinese on English pages but names of data, no English on Chinese pages but what an explicit list names, no key of
//! the program on either.

use nengce_tests::support::city::UNITS;
use serde_json::Value;

use super::stage::{pages, stage};

/// What is seen or read aloud: texts and names, without those of data, which are marked by their links and codes.
const SHOWN: &str = r"
const parts = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const own = walk.currentNode.parentElement;
  if (own && !own.closest('code, script, style, noscript, .lang, #profile td')) parts.push(walk.currentNode.textContent);
}
for (const it of all('[aria-label], [title], [placeholder]')) {
  if (!it.closest('.lang')) for (const name of ['aria-label', 'title', 'placeholder']) parts.push(it.getAttribute(name) || '');
}
return [...new Set(parts.map(it => it.replace(/\s+/g, ' ').trim()).filter(it => it))];
";

/// Documents of the state, which have no other name.
const DOCUMENTS: [&str; 2] = ["发改办环资〔2021〕629号", "发改产业〔2023〕723号"];

/// Units of measure, formats, standards and words that Chinese texts of the field use as they are.
const USUAL: [&str; 65] = [
    "tce",
    "kgce",
    "万tce",
    "kWh",
    "kW",
    "MWh",
    "GJ",
    "MJ",
    "kg",
    "GB",
    "HJ",
    "NECC",
    "NHJC",
    "CSV",
    "XLSX",
    "XLS",
    "Parquet",
    "PNG",
    "PDF",
    "JSON",
    "XML",
    "API",
    "EN",
    "Esc",
    "Ctrl",
    "Shift",
    "Enter",
    "Space",
    "LMDI",
    "Gini",
    "P10",
    "P25",
    "P50",
    "P75",
    "P90",
    "Top",
    "IP",
    "TLS",
    "ID",
    "GDP",
    "MAD",
    "UTC",
    "min",
    "max",
    "km",
    "cm",
    "mg",
    "Nm",
    "pp",
    "SHA",
    "UTF",
    "GBK",
    "AES",
    "DL",
    "YS",
    "QB",
    "HG",
    "FZ",
    "Nengce",
    "zip",
    "csv",
    "xlsx",
    "Excel",
    "WebAssembly",
    "MiB",
];

/// What a page shows to a stranger and, where it says more to an administrator, to one.
fn shown(path: &str, lang: &str) -> Vec<String> {
    let stage = stage();
    let address = format!("{path}?lang={lang}");
    let browser = stage.visit(&address);
    let mut parts = vec![browser.run(SHOWN)];
    if browser.value("seen(document.querySelector('#sign-in'))") == true {
        browser.hold_token();
        browser.open(&address);
        browser.settle();
        browser.wait("!seen(document.querySelector('#sign-in'))");
        parts.push(browser.run(SHOWN));
    }
    let parts = parts.iter().filter_map(Value::as_array).flatten();
    parts.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Names of units and of the token, and the word for where the city of the tests comes from.
fn names_of_data() -> Vec<&'static str> {
    UNITS.iter().map(|it| it.name).chain(["tests", "administrator"]).collect()
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[test]
fn english_pages_hold_no_chinese_but_names_of_data() {
    let stage = stage();
    let names = names_of_data();
    let mut found = Vec::new();
    for (page, path) in pages(&stage) {
        for part in shown(&path, "en") {
            let mut rest = part.clone();
            for name in names.iter().copied().chain(DOCUMENTS) {
                rest = rest.replace(name, "");
            }
            if rest.chars().any(is_chinese) {
                found.push(format!("{page}: {part}"));
            }
        }
    }
    assert!(found.is_empty(), "Chinese on English pages:\n  {}", found.join("\n  "));
}

#[test]
fn chinese_pages_hold_no_english_and_no_keys() {
    let stage = stage();
    let names = names_of_data();
    let mut found = Vec::new();
    for (page, path) in pages(&stage) {
        for part in shown(&path, "zh") {
            let mut rest = part.clone();
            for name in &names {
                rest = rest.replace(name, "");
            }
            // A masked id, such as …cbaa, is no word.
            let pieces = rest.split('…').enumerate().map(|(at, piece)| match at {
                0 => piece,
                _ => piece.trim_start_matches(|it: char| it.is_ascii_hexdigit()),
            });
            let rest: String = pieces.collect();
            let words = rest.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
            // Codes have digits in them; one or two letters are signs of units.
            let words = words.filter(|it| {
                it.contains('_') && it.len() > 2
                    || it.len() > 2 && !it.contains(|it: char| it.is_ascii_digit())
            });
            let strange: Vec<&str> = words.filter(|it| !USUAL.contains(it)).collect();
            if !strange.is_empty() {
                found.push(format!("{page}: {strange:?} in {part}"));
            }
        }
    }
    assert!(found.is_empty(), "English on Chinese pages:\n  {}", found.join("\n  "));
}
