//! No two top-level modules of a crate import each other, so that each can be read without the other.

use nengce_tests::support::imports;
use nengce_tests::support::sources;

#[test]
fn no_two_top_level_modules_of_a_crate_and_no_two_rooms_of_the_store_import_each_other() {
    let found: Vec<String> = imports::mutual(&sources::all())
        .into_iter()
        .filter(|it| it.parent.ends_with("/src") || it.parent == "backend/src/store")
        .map(|it| {
            let [a, b] = &it.modules;
            format!("{}: {a} and {b} ({} and {})", it.parent, it.files[0], it.files[1])
        })
        .collect();
    assert!(found.is_empty(), "modules import each other:\n  {}", found.join("\n  "));
}
