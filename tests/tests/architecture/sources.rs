//! Conventions of the source: opening lines, length, literal colours, and words that no tracked file may hold.

use nengce_tests::support::sources::{self, Source};

/// The hard limit of lines; a file that keeps growing usually holds a second idea.
const MOST_LINES: usize = 400;

#[track_caller]
fn check_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn every_file_opens_by_saying_what_is_inside() {
    let opening =
        |source: &Source| source.text.lines().take_while(|it| it.starts_with("//!")).count();
    let found: Vec<String> = sources::rust()
        .iter()
        .map(|source| (opening(source), &source.path))
        .filter(|(lines, _)| !(1..=4).contains(lines))
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    check_none(&found, "a Rust file opens with one to four `//!` lines");
}

#[test]
fn files_stay_short() {
    let found: Vec<String> = sources::rust()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    check_none(&found, &format!("a Rust file has at most {MOST_LINES} lines"));
}

/// `#` followed by exactly 3, 4, 6 or 8 hexadecimal digits; `#[` and anchors do not count.
fn literal_colours(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let rest = &line[at + 1..];
        let word = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .map_or(rest, |end| &rest[..end]);
        matches!(word.len(), 3 | 4 | 6 | 8)
            && word.chars().all(|c| c.is_ascii_hexdigit())
            && word.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
    })
}

#[test]
fn colours_are_named_and_only_the_tokens_know_them() {
    let concerned = |source: &&Source| {
        (source.under("frontend/") || source.under("public/") || source.under("shared/"))
            && source.path != "public/styles/tokens.css"
            && [".rs", ".css", ".html", ".js"].iter().any(|end| source.path.ends_with(end))
            && !source.under("frontend/charts/tests/")
    };
    let found: Vec<String> = sources::all()
        .iter()
        .filter(concerned)
        .flat_map(|source| {
            let code = source
                .text
                .lines()
                .enumerate()
                .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
            code.filter(|(_, line)| literal_colours(line))
                .map(|(at, line)| format!("{}:{}: {}", source.path, at + 1, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    check_none(&found, "a component names a meaning, never a colour");
}

/// The server's content policy forbids them: properties are set by `style:name`, and scripts are files.
#[test]
fn the_portal_needs_no_style_attribute_and_no_inline_script() {
    let forbidden = [" style=", "\"style\"", "<script>", "<style>", "inner_html", "onclick="];
    let found: Vec<String> = sources::all()
        .iter()
        .filter(|source| source.under("frontend/src/") || source.under("public/"))
        .flat_map(|source| {
            let lines = source.text.lines().enumerate();
            lines
                .filter(|(_, line)| forbidden.iter().any(|it| line.contains(it)))
                .map(|(at, line)| format!("{}:{}: {}", source.path, at + 1, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    check_none(&found, "styles and scripts are no attributes and no text of the page");
}

/// The words are built from halves, so that this file does not hold them.
fn forbidden_texts() -> Vec<String> {
    [
        ("/wo", "rk/"),
        ("/ho", "me/"),
        ("/ro", "ot/"),
        ("/op", "t/libduckdb"),
        ("/tm", "p/"),
        ("artifact", "ory"),
        ("npm", "mirror"),
        ("rsproxy", ".cn"),
        ("mirrors.", "tuna"),
        ("Co-Auth", "ored-By"),
    ]
    .map(|(a, b)| format!("{a}{b}"))
    .into()
}

#[test]
fn no_file_names_a_local_path_or_a_registry_host() {
    let forbidden = forbidden_texts();
    let found: Vec<String> = sources::all()
        .iter()
        .flat_map(|source| {
            let mut hits = Vec::new();
            for (at, line) in source.text.lines().enumerate() {
                if let Some(text) = forbidden.iter().find(|text| line.contains(text.as_str())) {
                    hits.push(format!("{}:{}: {text}", source.path, at + 1));
                }
            }
            hits
        })
        .collect();
    check_none(&found, "the project speaks of itself alone");
}

#[test]
fn exceptions_to_lints_say_why() {
    let allow = ["#[all", "ow("].concat();
    let found: Vec<String> = sources::rust()
        .iter()
        .flat_map(|source| {
            let hits = source
                .code_lines()
                .filter(|(_, code)| code.contains(&allow) || code.contains("#![allow("));
            hits.map(|(line, _)| format!("{}:{line}", source.path)).collect::<Vec<_>>()
        })
        .filter(|place| !place.starts_with("tests/tests/architecture/"))
        .collect();
    check_none(&found, "an exception is #[expect(lint, reason = \"…\")]");
}

/// A panic must only fail its own job, so no profile of the server aborts on panic.
#[test]
fn only_the_browsers_profile_aborts_on_a_panic() {
    let manifests = sources::all();
    let text = manifests
        .iter()
        .find(|it| it.path == "Cargo.toml")
        .map(|it| it.text.as_str())
        .expect("the workspace's manifest");
    let mut profile = "";
    let mut aborts = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            profile = line;
        } else if line.starts_with("panic") {
            aborts.push((profile, line));
        }
    }
    assert_eq!(aborts, [("[profile.web]", "panic = \"abort\"")]);
}

#[test]
fn a_literal_colour_is_recognised() {
    assert!(literal_colours("color: #0C5D70;"));
    assert!(literal_colours("\"#fff0\""));
    assert!(!literal_colours("#[derive(Debug)]"));
    assert!(!literal_colours("href=\"#main\""));
    assert!(!literal_colours("duckdb #16229"));
    assert!(!literal_colours("<a href=\"#face\">"));
}
