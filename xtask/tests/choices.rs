//! Which library, which test files, which arguments. Nothing is fetched or started here.
use std::path::{Path, PathBuf};

use xtask::duckdb::{self, Library};
use xtask::npm;
use xtask::test::{IgnoredTests, Part, arguments, part_of, test_targets};

#[test]
fn only_a_folder_somebody_chose_counts_as_explicit() {
    let default = Path::new("/w/target/libduckdb");
    assert_eq!(duckdb::explicit(None, default), None);
    assert_eq!(duckdb::explicit(Some(default.to_path_buf()), default), None);
    assert_eq!(duckdb::explicit(Some(PathBuf::new()), default), None);
    let chosen = PathBuf::from("/usr/local/lib");
    assert_eq!(duckdb::explicit(Some(chosen.clone()), default), Some(chosen));
}

#[test]
fn every_pinned_package_has_a_version_and_a_whole_checksum() {
    let duckdb =
        [("linux", "x86_64"), ("linux", "aarch64")].map(|(os, arch)| duckdb::package(os, arch));
    let mut seen = Vec::new();
    for package in duckdb.into_iter().flatten().chain([&xtask::npm::BINARYEN, &xtask::npm::AXE]) {
        assert_eq!(package.sha256.len(), 64, "{}", package.spec());
        assert!(package.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
        assert!(package.version.starts_with(|c: char| c.is_ascii_digit()), "{}", package.spec());
        seen.push(package.sha256);
    }
    assert_eq!(seen.len(), 4);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 4, "two packages cannot have one checksum");
    assert!(duckdb::package("plan9", "x86_64").is_none());
}

#[test]
fn bundled_asks_cargo_for_the_feature_and_ships_no_library() {
    assert_eq!(Library::Bundled.cargo_args(), ["--features", "nengce/bundled"]);
    assert_eq!(Library::Bundled.file(), None);
    let folder = Library::Folder(PathBuf::from("/x"));
    assert!(folder.cargo_args().is_empty());
    assert_eq!(folder.file(), Some(Path::new("/x").join(duckdb::file_name())));
}

#[test]
fn a_test_file_belongs_to_the_part_its_name_begins_with() {
    assert_eq!(part_of("api_upload"), Some(Part::Api));
    assert_eq!(part_of("browser"), Some(Part::Browser));
    assert_eq!(part_of("arch-layers"), Some(Part::Arch));
    assert_eq!(part_of("architecture"), Some(Part::Arch));
    assert_eq!(part_of("faults_disk_full"), Some(Part::Faults));
    assert_eq!(part_of("schema"), Some(Part::Schema));
    assert_eq!(part_of("apiary"), None);
}

#[test]
fn this_very_file_is_found_as_a_test_target() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    assert_eq!(test_targets(&here), ["choices", "documents"]);
    assert!(test_targets(Path::new("/no/such/folder")).is_empty());
}

#[test]
fn the_web_files_keep_out_of_the_folders_that_cargo_names_after_profiles() {
    let profiles =
        std::fs::read_to_string(xtask::paths::root().join("Cargo.toml")).expect("Cargo.toml");
    let folder = xtask::paths::web();
    let name = folder.file_name().expect("a name").to_string_lossy();
    for profile in ["debug", "release", "web"] {
        assert_ne!(name, profile);
    }
    assert!(!profiles.contains(&format!("[profile.{name}]")), "{name} is a profile");
}

#[test]
fn ignored_tests_run_where_the_machine_has_what_they_need() {
    let ignored = [("disk::", true), ("steel::", false)].map(|(name, runs_here)| IgnoredTests {
        name,
        needs: "something",
        runs_here,
    });
    assert_eq!(arguments(&[], &ignored), ["--include-ignored", "--skip", "steel::"]);
    let chosen = ["--ignored".to_owned(), "steel".to_owned()];
    assert_eq!(arguments(&chosen, &ignored), chosen);
}

#[test]
fn sha256_is_the_standard_one_and_a_wrong_one_is_refused() {
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(npm::sha256_hex(b"abc"), abc);
    assert!(npm::check(b"abc", abc).is_ok());
    let error = npm::check(b"abd", abc).expect_err("another content").to_string();
    assert!(error.contains(abc) && error.contains("not used"), "{error}");
}
