//! No two top-level modules of a crate import each other, so that each can be read without the other.

use nengce_tests::support::imports;
use nengce_tests::support::sources;

/// Pairs that import each other nevertheless, and why. The list may shrink and must not grow.
const EXCEPTIONS: [(&str, [&str; 2], &str); 2] = [
    ("shared/src", ["lang", "wire_enum"], "the language is itself an enum of the wire"),
    ("shared/src", ["month", "period"], "a month is a period"),
];

#[test]
fn no_two_top_level_modules_of_a_crate_and_no_two_rooms_of_the_store_import_each_other() {
    let found: Vec<_> = imports::mutual(&sources::all())
        .into_iter()
        .filter(|it| it.parent.ends_with("/src") || it.parent == "backend/src/store")
        .collect();
    let is = |it: &imports::MutualImport, parent: &str, modules: &[&str; 2]| {
        it.parent == parent && it.modules == *modules
    };
    let unknown: Vec<String> = found
        .iter()
        .filter(|it| !EXCEPTIONS.iter().any(|(parent, modules, _)| is(it, parent, modules)))
        .map(|it| {
            let [a, b] = &it.modules;
            format!("{}: {a} and {b} ({} and {})", it.parent, it.files[0], it.files[1])
        })
        .collect();
    assert!(unknown.is_empty(), "modules import each other:\n  {}", unknown.join("\n  "));
    let stale: Vec<_> = EXCEPTIONS
        .iter()
        .filter(|(parent, modules, _)| !found.iter().any(|it| is(it, parent, modules)))
        .collect();
    assert!(stale.is_empty(), "these no longer import each other, drop them here: {stale:?}");
}
