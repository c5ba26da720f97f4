//! No two modules of a crate import each other, at any depth, so that each can be read without the other.

use nengce_tests::support::imports;
use nengce_tests::support::sources;

/// Pairs that do, and why: folder of the parent, the two modules, the reason.
const EXCEPTIONS: [(&str, [&str; 2], &str); 3] = [
    (
        "backend/src/http",
        ["state", "transport"],
        "the state holds the limits of the transport, and layers of the transport receive the state",
    ),
    (
        "backend/src/http",
        ["state", "views"],
        "the state holds the cached snapshots of the views, and handlers receive the state",
    ),
    (
        "tests/src/support",
        ["app", "terminal"],
        "a test gets its terminals from the server that they talk to",
    ),
];

#[test]
fn no_two_modules_of_a_crate_import_each_other() {
    let mut unused: Vec<_> = EXCEPTIONS.iter().map(|it| (it.0, it.1)).collect();
    let mut found = Vec::new();
    for it in imports::mutual(&sources::all()) {
        let [a, b] = &it.modules;
        match unused.iter().position(|known| *known == (it.parent.as_str(), [a, b])) {
            Some(at) => drop(unused.remove(at)),
            None => found
                .push(format!("{}: {a} and {b} ({} and {})", it.parent, it.files[0], it.files[1])),
        }
    }
    assert!(found.is_empty(), "modules import each other:\n  {}", found.join("\n  "));
    assert!(unused.is_empty(), "exceptions that no longer are any: {unused:?}");
}
