//! Every dependency in a manifest is used: its name occurs in the code of its crate.

use std::collections::BTreeSet;

use nengce_tests::support::sources::{self, Source};

/// Dependencies that code does not name, with the reason for which they are needed.
const UNUSED_ALLOWED: [(&str, &str, &str); 0] = [];

/// The names in sections of a manifest whose title ends so: `dependencies]`, `workspace.dependencies]`.
fn dependencies(manifest: &Source, is_section: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in manifest.text.lines() {
        if let Some(title) = line.strip_prefix('[') {
            inside = is_section(title.trim_end_matches(']'));
        } else if inside && line.starts_with(|it: char| it.is_ascii_alphanumeric()) {
            found.extend(line.split(['.', ' ', '=']).next());
        }
    }
    found
}

fn is_member_section(title: &str) -> bool {
    title.ends_with("dependencies") && !title.starts_with("workspace")
}

/// The crate's folder, with a slash at its end.
fn folder(manifest: &Source) -> &str {
    manifest.path.trim_end_matches("Cargo.toml")
}

#[test]
fn every_dependency_is_named_in_the_code() {
    let sources = sources::all();
    let manifests: Vec<&Source> =
        sources.iter().filter(|it| it.path.ends_with("/Cargo.toml")).collect();
    assert!(manifests.len() > 5, "the members have manifests");
    let mut unused = Vec::new();
    for manifest in &manifests {
        let inner = manifests.iter().map(|it| folder(it)).filter(|it| *it != folder(manifest));
        let inner: Vec<&str> = inner.filter(|it| it.starts_with(folder(manifest))).collect();
        let own = sources.iter().filter(|it| {
            it.is_rust() && it.under(folder(manifest)) && !inner.iter().any(|other| it.under(other))
        });
        let code: Vec<&str> = own.flat_map(|it| it.code_lines().map(|(_, line)| line)).collect();
        for name in dependencies(manifest, is_member_section) {
            let word = name.replace('-', "_");
            let is_named = code.iter().any(|line| sources::contains_word(line, &word));
            let is_known = UNUSED_ALLOWED.iter().any(|it| (it.0, it.1) == (&manifest.path, name));
            if is_named == is_known {
                unused.push(format!("{}: {name}", manifest.path));
            }
        }
    }
    assert!(unused.is_empty(), "not used (or listed here and used):\n  {}", unused.join("\n  "));
}

#[test]
fn every_version_of_the_workspace_is_taken_by_a_member() {
    let sources = sources::all();
    let workspace = sources.iter().find(|it| it.path == "Cargo.toml").expect("a manifest");
    let members = sources.iter().filter(|it| it.path.ends_with("/Cargo.toml"));
    let taken: BTreeSet<&str> =
        members.flat_map(|it| dependencies(it, is_member_section)).collect();
    let declared = dependencies(workspace, |title| title == "workspace.dependencies");
    assert!(declared.len() > 20, "the workspace declares versions");
    let idle: Vec<_> = declared.difference(&taken).collect();
    assert!(idle.is_empty(), "no member takes these: {idle:?}");
}
