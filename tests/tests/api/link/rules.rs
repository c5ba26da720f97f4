//! Which units, items, grains and days go up is data of the file of the link.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, hour};
use nengce_tests::support::server::command;

use super::{below, configured, token, values, wait_until_up};

#[test]
fn units_items_grains_and_days_go_up_by_the_rules() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let (ours, excepted) = (Enterprise::new("上报厂"), Enterprise::new("除外厂"));
    let rules = format!(
        "grains = [\"day\"]\nsince = \"2025-03-01\"\nexcept_data_codes = [\"{NATURAL_GAS}\"]\nexcept_units = [\"{}\"]",
        excepted.code
    );
    let city = below(&[("nation", &nation.url(), &of_nation, &rules)], &[]);
    for it in [&ours, &excepted] {
        let entries = [
            day(ELECTRICITY, "2025-03-01", 1.0),
            day(ELECTRICITY, "2025-02-28", 2.0),
            day(NATURAL_GAS, "2025-03-01", 3.0),
            hour(ELECTRICITY, "2025-03-01", 5, 4.0),
        ];
        configured(&city, it).upload(&entries).received();
    }
    wait_until_up(&city, "nation");
    let found = values(&nation, &ours.code);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("2025-03-01") && found[0].ends_with("1.0"), "{found:?}");
    assert!(values(&nation, &excepted.code).is_empty());
}

#[test]
fn a_wrong_file_of_the_link_is_named_by_the_check_of_the_configuration() {
    let check = |upper: &str, reasons: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("link.toml");
        std::fs::write(&file, format!("[[upper]]\nname = \"n\"\n{upper}\n")).expect("a file");
        let done = command()
            .args(["check-config"])
            .current_dir(folder.path())
            .env("NENGCE_LINK_FILE", &file)
            .output()
            .expect("the command runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && said.contains("link_file"), "{said}");
        assert!(reasons.iter().all(|it| said.contains(it)), "{said}");
    };
    check("url = \"http://a.example\"", &["https://"]);
    for profile in ["yunnan", "anhui"] {
        let upper = format!("url = \"https://a.example\"\nprofile = \"{profile}\"");
        check(&upper, &[profile, "平台不能代其上报", "no platform can speak for it"]);
    }
}
