//! What a platform above refuses is kept with its reason, and sent again when somebody says so.

use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city_clock::today;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use super::{below, configured, step, token, upper, values, wait_until_equal};

#[test]
fn a_refused_value_is_kept_with_its_reason_and_the_others_go_up() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let lenient = [("NENGCE_FUTURE_SKEW_MINUTES", "100000")];
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &lenient);
    let enterprise = Enterprise::new("被拒厂");
    let terminal = configured(&city, &enterprise);
    let ahead = today().saturating_add(5.days()).to_string();
    terminal
        .upload(&[day(ELECTRICITY, &ahead, 7.0), day(ELECTRICITY, "2025-03-01", 1.0)])
        .received();
    wait_until("the refused value is shown", || upper(&city, "nation")["refused_entries"] == 1);
    assert_eq!(values(&nation, &enterprise.code).len(), 1);
    let list = city.admin_get("/api/v1/link/nation/refused").ok();
    let row = &list["rows"][0];
    assert_eq!(
        (&row["value"], &row["data_code"], &row["enterprise_code"]),
        (&json!(7.0), &json!(ELECTRICITY), &json!(enterprise.code)),
        "{list}"
    );
    assert_eq!(row["code"], "entry_stat_date_future", "{list}");
    assert!(row["reason"].as_str().is_some_and(|it| it.contains("statDate")), "{list}");
    let file = city.admin_get("/api/v1/link/nation/refused?format=csv&lang=en").text();
    assert!(file.contains("Refused at") && file.contains(&enterprise.code), "{file}");
    // It is not sent again by itself, and refused again when it is.
    let before = list["rows"][0]["refused_at"].clone();
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(city.admin_get("/api/v1/link/nation/refused").ok()["rows"][0]["refused_at"], before);
    step(&city, "nation", "retry");
    wait_until("it was sent again", || {
        let list = city.admin_get("/api/v1/link/nation/refused").ok();
        list["total"] == 1 && list["rows"][0]["refused_at"] != before
    });
}

#[test]
fn a_unit_that_the_platform_above_refuses_holds_up_no_other() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["120116"]);
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &[]);
    let (foreign, in_place) =
        (Enterprise::new("区外厂").region("120110"), Enterprise::new("自报厂"));
    let ours = Enterprise::new("区内厂");
    // This one sends to the nation by a terminal of its own.
    drop(nation.terminal(&in_place));
    for it in [&foreign, &in_place, &ours] {
        configured(&city, it).upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    }
    wait_until_equal(&city, &nation, &ours.code);
    wait_until("two units are refused", || upper(&city, "nation")["units_refused"] == 2);
    let list = city.admin_get("/api/v1/link/nation/units").ok();
    let code = |unit: &str| {
        let row =
            list["rows"].as_array().expect("rows").iter().find(|it| it["enterprise_code"] == unit);
        row.map(|it| it["code"].clone()).expect("the unit")
    };
    assert_eq!(code(&foreign.code), "forbidden", "{list}");
    assert_eq!(code(&in_place.code), "terminal_in_place", "{list}");
    assert_eq!(code(&ours.code), "", "{list}");
    assert!(
        values(&nation, &foreign.code).is_empty() && values(&nation, &in_place.code).is_empty()
    );
    let search = city.admin_get(&format!("/api/v1/link/nation/units?q={}", ours.code)).ok();
    assert_eq!(search["total"], 1, "{search}");
}

#[test]
fn a_platform_below_registers_again_by_its_token_and_nobody_else_does() {
    let nation = TestApp::new();
    let below = format!("Bearer {}", token(&nation, &["1201"]));
    let other = json!({"name": "other", "units": [], "all_units": false, "regions": ["12"]});
    let other = nation.admin("POST", "/api/v1/tokens", other.to_string().into_bytes()).ok();
    let other = format!("Bearer {}", other["token"].as_str().expect("a token"));
    let enterprise = Enterprise::new("令牌厂");
    let message = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    let register = |headers: &[(&str, &str)]| {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        nation.post_bytes("/register", message.to_string().into_bytes(), &headers)
    };
    let first = register(&[("authorization", &below)]).received();
    let again = register(&[("authorization", &below)]).received();
    assert_eq!(first["deviceId"], again["deviceId"], "the token proves the platform below");
    for headers in [&[][..], &[("authorization", other.as_str())][..]] {
        let refused = register(headers).refused();
        assert_eq!(refused["errors"][0]["code"], "terminal_in_place", "{refused}");
    }
    let abroad = json!({"enterpriseCode": Enterprise::new("外省厂").code, "region": "110101"});
    let headers = [("authorization", below.as_str()), ("content-type", "application/json")];
    let refused =
        nation.post_bytes("/register", abroad.to_string().into_bytes(), &headers).refused();
    assert_eq!(refused["errors"][0]["code"], "forbidden", "{refused}");
    nation.admin("POST", "/api/v1/tokens/below/revoke", Vec::new()).ok();
    let revoked = register(&[("authorization", &below)]).refused();
    assert_eq!(revoked["errors"][0]["code"], "terminal_in_place", "{revoked}");
}
