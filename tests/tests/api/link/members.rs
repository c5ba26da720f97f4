//! A unit that comes into the rules later goes up with its past days, and one that leaves them stops.

use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city_clock::today;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, hour};
use nengce_tests::support::wait::wait_until;

use super::{
    below, below_of, changed, configured, token, unit_of, values, wait_until_equal, wait_until_up,
    write_file,
};

#[test]
fn a_unit_whose_region_changes_into_the_rules_goes_up_and_out_of_them_stops() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let city = below(&[("nation", &nation.url(), &of_nation, "regions = [\"120116\"]")], &[]);
    let (stays, moves) = (Enterprise::new("留区厂"), Enterprise::new("迁区厂").region("120110"));
    for it in [&moves, &stays] {
        let days = [day(ELECTRICITY, "2025-03-01", 1.0), day(NATURAL_GAS, "2025-03-02", 2.0)];
        configured(&city, it).upload(&days).received();
    }
    wait_until_equal(&city, &nation, &stays.code);
    wait_until_up(&city, "nation");
    assert!(values(&nation, &moves.code).is_empty());
    assert!(unit_of(&city, "nation", &moves.code).is_none(), "it never went up");
    // It moves here: its past days go up without any new value.
    changed(&city, &moves.clone().region("120116"));
    wait_until_equal(&city, &nation, &moves.code);
    // It moves away: nothing more of it goes up, and the page says so.
    changed(&city, &moves);
    wait_until("the page says that it left the rules", || {
        let unit = unit_of(&city, "nation", &moves.code);
        unit.is_some_and(|it| {
            it["code"] == "left_rules" && it["due_item_days"] == 0 && it["reason_zh"] != ""
        })
    });
    for it in [&moves, &stays] {
        city.registered(it).upload(&[day(ELECTRICITY, "2025-03-03", 3.0)]).received();
    }
    wait_until_equal(&city, &nation, &stays.code);
    wait_until_up(&city, "nation");
    assert_eq!((values(&city, &moves.code).len(), values(&nation, &moves.code).len()), (3, 2));
    // It comes back: what it has sent meanwhile follows.
    changed(&city, &moves.clone().region("120116"));
    wait_until_equal(&city, &nation, &moves.code);
    let unit = unit_of(&city, "nation", &moves.code).expect("it goes up");
    assert_eq!(unit["code"], "", "{unit}");
}

#[test]
fn other_rules_of_the_file_take_in_past_days_with_the_last_days_first() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("link.toml");
    let (first, later) = (Enterprise::new("先报厂"), Enterprise::new("后报厂"));
    let write = |rules: &str| {
        let rules = format!("max_item_days_per_batch = 1\n{rules}");
        write_file(&file, &[("nation", &nation.url(), &of_nation, &rules)]);
    };
    write(&format!("grains = [\"day\"]\nexcept_units = [\"{}\"]", later.code));
    let mut city = below_of(&file, &[("NENGCE_LINK_UPLOADS_PER_LOOK", "1")]);
    let yesterday = today().saturating_sub(1.days()).to_string();
    for it in [&first, &later] {
        let terminal = configured(&city, it);
        for past in ["2025-03-01", "2025-03-02", "2025-03-03"] {
            let entries = [day(ELECTRICITY, past, 1.0), hour(ELECTRICITY, past, 5, 4.0)];
            terminal.upload(&entries).received();
        }
        terminal.upload(&[day(ELECTRICITY, &yesterday, 2.0)]).received();
    }
    wait_until("the days of the first are above", || values(&nation, &first.code).len() == 4);
    wait_until_up(&city, "nation");
    assert!(values(&nation, &later.code).is_empty());
    city.server.stop();
    write("");
    city.server.launch();
    for it in [&first, &later] {
        wait_until_equal(&city, &nation, &it.code);
    }
    // Yesterday of the unit that came later went up before its past.
    let uploads =
        nation.admin_get(&format!("/api/v1/units/{}/readings?limit=1000", later.code)).ok();
    let rows = uploads["rows"].as_array().expect("rows");
    let upload = |day: &str| {
        let of =
            rows.iter().find(|it| it["stat_date"].as_str().is_some_and(|it| it.starts_with(day)));
        of.and_then(|it| it["upload_id"].as_i64()).expect("an upload")
    };
    assert!(upload(&yesterday) < upload("2025-03-01"), "{uploads}");
    // The rules are made narrower again: the unit stops and the page says so.
    city.server.stop();
    write(&format!("except_units = [\"{}\"]", later.code));
    city.server.launch();
    wait_until("the page says that it left the rules", || {
        unit_of(&city, "nation", &later.code).is_some_and(|it| it["code"] == "left_rules")
    });
}
