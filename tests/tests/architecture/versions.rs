//! Checks `deny.toml` without cargo-deny: it lists every second version of a crate with its reason, and no other.

use std::collections::{BTreeMap, BTreeSet};

use nengce_tests::support::sources::workspace;

use super::layering::{metadata, rows, text};

/// The targets of `deny.toml`.
const PLATFORMS: [&str; 3] =
    ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "wasm32-unknown-unknown"];

/// All versions of each crate that some member needs on some platform.
fn versions() -> BTreeMap<String, BTreeSet<(Vec<u64>, String)>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for platform in PLATFORMS {
        let metadata = metadata(platform);
        let used: BTreeSet<&str> =
            rows(&metadata["resolve"]["nodes"]).map(|it| text(&it["id"])).collect();
        for it in rows(&metadata["packages"]).filter(|it| used.contains(text(&it["id"]))) {
            let version = text(&it["version"]);
            let order = version.split(['.', '-', '+']).map_while(|it| it.parse().ok()).collect();
            found
                .entry(text(&it["name"]).to_owned())
                .or_default()
                .insert((order, version.to_owned()));
        }
    }
    found
}

/// `name@version` of each line of `skip`; a version may be a part: `0.10`.
fn skipped() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(workspace().join("deny.toml")).expect("deny.toml");
    let list = text.split_once("\nskip = [").expect("a list `skip`").1;
    let list = list.split_once("\n]").expect("its end").0;
    list.lines()
        .filter_map(|it| it.split_once("crate = \"")?.1.split_once('"'))
        .map(|(it, rest)| {
            assert!(rest.contains("reason = \""), "{it} has no reason");
            let (name, version) = it.split_once('@').expect("name@version");
            (name.to_owned(), version.to_owned())
        })
        .collect()
}

#[test]
fn every_second_version_is_listed_and_nothing_else() {
    let skipped = skipped();
    let is = |listed: &str, version: &str| {
        version == listed || version.starts_with(&format!("{listed}."))
    };
    let mut unlisted = Vec::new();
    let mut held_back = BTreeSet::new();
    for (name, versions) in versions() {
        // The newest is the one that stays.
        for (_, version) in versions.iter().rev().skip(1) {
            let line = skipped.iter().find(|it| it.0 == name && is(&it.1, version));
            match line {
                Some(it) => drop(held_back.insert(it.clone())),
                None => unlisted.push(format!("{name}@{version}")),
            }
        }
    }
    assert!(unlisted.is_empty(), "not in deny.toml: {unlisted:?}");
    let stale: Vec<_> = skipped.iter().filter(|it| !held_back.contains(*it)).collect();
    assert!(stale.is_empty(), "deny.toml lists what is not there twice: {stale:?}");
}
