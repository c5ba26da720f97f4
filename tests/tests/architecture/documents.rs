//! The rules of the documents: the README is short, links and paths exist, lists are complete. The tests of `api` and
//! of `xtask` try the command lines.

use std::collections::BTreeSet;

use nengce_core::quality::RULES;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::{Reach, reach};
use nengce_shared::access::role::Role;
use nengce_tests::bench::names::Benchmark;
use nengce_tests::support::documents::{self, Document};
use nengce_tests::support::sources::{self, workspace};

/// The document that a newcomer reads first.
const README_BYTES: usize = 8 << 10;

#[track_caller]
fn check_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

fn page(path: &str) -> Document {
    let mut all = documents::all(&workspace());
    let at = all.iter().position(|it| it.path == path).unwrap_or_else(|| panic!("no {path}"));
    all.swap_remove(at)
}

#[test]
fn the_readme_is_short() {
    let bytes = page("README.md").text.len();
    assert!(bytes <= README_BYTES, "README.md has {bytes} bytes; details belong into docs/");
}

/// `None` where a link is good, otherwise what is wrong with it.
fn defect(all: &[Document], document: &Document, text: &str, target: &str) -> Option<String> {
    if target.contains("://") {
        return None;
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let root = workspace();
    let folder = root.join(&document.path).parent()?.to_path_buf();
    let path = if file.is_empty() { root.join(&document.path) } else { folder.join(file) };
    let Ok(path) = path.canonicalize() else {
        return Some("leads nowhere".to_owned());
    };
    let inside = path.strip_prefix(root.canonicalize().ok()?).ok()?.to_string_lossy().into_owned();
    if !anchor.is_empty() {
        let known = all.iter().find(|it| it.path == inside).map(Document::anchors);
        let found = known.is_some_and(|it| it.iter().any(|it| it == anchor));
        return (!found).then(|| format!("{inside} has no heading #{anchor}"));
    }
    // A name in a link to code has to occur in that code, and a function has its type or module before it.
    let text = text.strip_prefix('`').and_then(|it| it.strip_suffix('`'))?;
    let code = std::fs::read_to_string(path).ok()?;
    let (owner, name) = text.rsplit_once("::").unwrap_or(("", text));
    let found =
        ["fn ", "struct ", "const ", "static "].map(|it| code.contains(&format!("{it}{name}")));
    let module = inside.trim_end_matches("/mod.rs").trim_end_matches(".rs").rsplit('/').next();
    if !found.contains(&true) {
        Some(format!("{inside} defines no {name}"))
    } else if owner.is_empty() && found[0] {
        Some(format!("a function is named with its type or module, not as {name} alone"))
    } else {
        let is_owner =
            owner.is_empty() || module == Some(owner) || code.contains(&format!("impl {owner}"));
        (!is_owner).then(|| format!("{inside} is not {owner} and has none"))
    }
}

#[test]
fn every_link_leads_somewhere() {
    let all = documents::all(&workspace());
    let mut found = Vec::new();
    for document in &all {
        for (line, (text, target)) in document.links() {
            if let Some(why) = defect(&all, document, text, target) {
                found.push(format!("{}:{line}: [{text}]({target}): {why}", document.path));
            }
        }
    }
    check_none(
        &found,
        "a relative link names a file of the repository, a heading in it, or a name in its code",
    );
}

/// Folders whose paths documents name.
const ROOTS: [&str; 9] =
    ["shared/", "backend/", "frontend/", "tests/", "xtask/", "public/", "docs/", "fuzz/", ".ci/"];

#[test]
fn every_path_in_a_document_is_there() {
    let mut found = Vec::new();
    for document in documents::all(&workspace()) {
        for (line, word) in document.quoted() {
            let is_path =
                ROOTS.iter().any(|it| word.starts_with(it)) && !word.contains([' ', '*', '<', '…']);
            if is_path && !workspace().join(word).exists() {
                found.push(format!("{}:{line}: {word}", document.path));
            }
        }
    }
    check_none(&found, "a path in back quotes is a path of the repository");
}

/// Every document that code names is in the repository.
#[test]
fn code_names_only_documents_that_are_there() {
    let sources = sources::all();
    let known: BTreeSet<&str> = sources
        .iter()
        .filter_map(|it| it.path.strip_suffix(".md"))
        .map(|it| it.rsplit('/').next().unwrap_or(it))
        .collect();
    let mut found = Vec::new();
    for source in sources.iter().filter(|it| !it.under("tests/")) {
        for (at, line) in source.text.lines().enumerate() {
            for (place, _) in line.match_indices(".md") {
                let ends = line[place + 3..].chars().next().is_none_or(|it| !it.is_alphanumeric());
                let name = line[..place]
                    .rsplit(|it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '_');
                let name = name.into_iter().next().unwrap_or_default();
                if ends && !name.is_empty() && !known.contains(name) {
                    found.push(format!("{}:{}: {name}.md", source.path, at + 1));
                }
            }
        }
    }
    check_none(&found, "a document that is named is in the repository");
}

#[test]
fn every_benchmark_is_described_and_every_described_one_is_there() {
    let document = page("docs/PERFORMANCE.md");
    let described: Vec<&str> = document
        .text
        .lines()
        .skip_while(|it| !it.starts_with("| Benchmark |"))
        .skip(2)
        .map_while(|it| it.strip_prefix("| `")?.split('`').next())
        .collect();
    let mut known = Benchmark::ALL.map(Benchmark::name).to_vec();
    known.sort_unstable();
    let mut sorted = described;
    sorted.sort_unstable();
    assert_eq!(sorted, known);
}

/// A parameter of a rule is documented with the value in force.
#[test]
fn every_quality_rule_is_described_with_its_parameters() {
    let document = page("docs/DATA-QUALITY.md");
    let mut found = Vec::new();
    for rule in RULES {
        let start = format!("| `{}` ", rule.name);
        let Some(row) = document.text.lines().find(|it| it.starts_with(&start)) else {
            found.push(format!("{}: no row", rule.name));
            continue;
        };
        for it in rule.parameters {
            let text = format!("`{}` {}", it.name, it.value);
            let follows = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.');
            let stands = row.match_indices(&text).any(|(at, _)| follows(&row[at + text.len()..]));
            if !stands {
                found.push(format!("{}: {text}", rule.name));
            }
        }
    }
    check_none(&found, "docs/DATA-QUALITY.md has a row per rule with each parameter and its value");
}

/// The table of roles in the documents is the table by which the server decides.
#[test]
fn the_documents_permission_table_is_the_one_in_force() {
    let document = page("docs/ACCESS.md");
    let rows: Vec<Vec<&str>> = document
        .text
        .lines()
        .filter(|it| it.starts_with("| "))
        .map(|it| it.trim_matches('|').split('|').map(|it| it.trim().trim_matches('`')).collect())
        .collect();
    let columns = rows.iter().find(|it| it[0] == "Role").expect("a head");
    let mut found = Vec::new();
    for role in Role::ALL {
        let row = rows.iter().find(|it| it[0] == role.as_str()).expect("a row of the role");
        for (word, cell) in columns.iter().zip(row).skip(1) {
            let permission = Permission::parse(word).expect("a permission");
            let rule = match reach(*role, permission) {
                Some(Reach::City) => "city",
                Some(Reach::Districts) => "districts",
                Some(Reach::Units) => "units",
                None => "–",
            };
            if rule != *cell {
                found.push(format!("{role} {permission}: {cell}, but {rule} is in force"));
            }
        }
    }
    for permission in Permission::ALL {
        if !rows.iter().any(|it| it[0] == permission.as_str()) {
            found.push(format!("{permission}: no row"));
        }
    }
    check_none(&found, "docs/ACCESS.md holds the permission table");
}

/// Each row of the checklist names a test that tries it, or says what the operator does.
#[test]
fn every_row_of_the_security_checklist_is_tried_or_left_to_the_operator() {
    let document = page("docs/SECURITY-CHECKLIST.md");
    let rows = document.text.lines().filter(|it| {
        it.starts_with("| ") && !it.starts_with("| Section") && !it.starts_with("| Item")
    });
    let (mut found, mut count) = (Vec::new(), 0);
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let is_good = cells.len() == 4
            && (cells[2].contains("`tests/") || (cells[2] == "–" && cells[3] != "–"));
        count += 1;
        if !is_good {
            found.push(row.to_owned());
        }
    }
    assert!(count > 40, "{count} rows");
    check_none(&found, "a row names a test or the operator's part");
}
