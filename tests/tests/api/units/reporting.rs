//! Whether a unit reports today, beside a span in which it may be whole.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days, days_ago};

use super::list::check_filter;

/// 第1厂 reports, 第2厂 fell silent 14 days ago, 第3厂 came back 2 days ago, 第4厂 has just registered.
fn town() -> TestApp {
    let app = TestApp::new();
    let sent: [&[(i64, i64)]; 4] = [&[(70, 1)], &[(70, 15)], &[(70, 10), (2, 1)], &[]];
    for (number, spans) in (1..).zip(sent) {
        let enterprise =
            Enterprise::numbered(number, &format!("第{number}厂")).collects(ELECTRICITY, 1);
        let terminal = app.terminal(&enterprise);
        for (from, to) in spans {
            let values = days(ELECTRICITY, &days_ago(*from), &days_ago(*to), |_| 1.0);
            terminal.upload(&values).received();
        }
    }
    app
}

#[test]
fn the_state_of_today_is_told_beside_the_span_and_filters_the_list() {
    let app = town();
    check_filter(&app, "reporting=reporting", &[1]);
    check_filter(&app, "reporting=silent", &[2]);
    check_filter(&app, "reporting=resumed,not_due", &[3, 4]);
    check_filter(&app, "reporting=never", &[]);
    check_filter(&app, "data=none", &[4]);
    check_filter(&app, "data=some", &[1, 2, 3]);
    app.get("/api/v1/units?reporting=asleep").problem(400, "parameter_invalid");

    let silent = app.get(&format!("/api/v1/units/{}", Enterprise::numbered(2, "").code)).ok();
    assert_eq!(silent["reporting"]["state"], "silent", "{silent}");
    assert_eq!(silent["reporting"]["since"], days_ago(14));
    assert_eq!(silent["reporting"]["days"], 14);
    assert_eq!(silent["last_day"], days_ago(15));
    let resumed = app.get("/api/v1/units?reporting=resumed").ok();
    let resumed = &resumed["rows"][0]["reporting"];
    assert_eq!((&resumed["since"], &resumed["days"]), (&days_ago(2).into(), &7.into()));

    let city = app.get("/api/v1/dual-control").ok();
    let counts = &city["scope"]["reporting_today"];
    let of = |state: &str| counts[state].as_u64().expect("a count");
    let all = ["never", "silent", "resumed", "not_due", "reporting"].map(of);
    assert_eq!(all, [0, 1, 1, 1, 1], "{counts}");
}

#[test]
fn a_unit_that_is_not_there_names_the_nearest() {
    let app = town();
    let code = Enterprise::numbered(2, "").code;
    let wrong = format!("{}X", &code[..17]);
    let problem = app.get(&format!("/api/v1/units/{wrong}")).problem(404, "not_found");
    assert_eq!(problem["nearest"], code.as_str(), "{problem}");
}
