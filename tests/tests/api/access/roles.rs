//! Every role asks every address, for its own units and for another's: the answers are those of the permission table, and
//! no answer to a reader of some units names another unit.

use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::{Reach, reach};
use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::person::{Person, create};

use super::walk::{Operation, operations};

/// The unit of the enterprise and of the case officer, alone in the district of the district office.
const OWN_UNIT: &str = "蓟北水泥";
const OWN_DISTRICT: &str = "120119";

/// Streams have no end, and a signed-out reader cannot go on.
fn is_walked(it: &Operation) -> bool {
    it.address != "/api/v1/events" && !(it.method == "DELETE" && it.address == "/api/v1/session")
}

fn closed_city() -> City {
    City::on(TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]))
}

/// What tells of a unit: its code and its name.
fn marks(unit: &Enterprise) -> [&str; 2] {
    [&unit.code, &unit.name]
}

fn has(body: &[u8], mark: &str) -> bool {
    body.windows(mark.len()).any(|it| it == mark.as_bytes())
}

#[test]
fn every_role_is_answered_as_the_table_says_and_nothing_tells_of_another_unit() {
    let city = closed_city();
    city.app.wait_until_assessed();
    let own = city.unit(OWN_UNIT);
    let others: Vec<&Enterprise> = city.units.iter().filter(|it| it.name != OWN_UNIT).collect();
    let of_own = operations(&city.app, &own.code);
    let of_other = operations(&city.app, &others[0].code);
    for role in Role::ALL {
        let name = role.as_str().replace('_', ".");
        create(&city.app, &name, &[*role], &[OWN_DISTRICT], &[&own.code]);
        let person = Person::sign_in(&city.app, &name);
        let reads_city = reach(*role, Permission::Figures) == Some(Reach::City);
        for (mine, other) in of_own.iter().zip(&of_other).filter(|it| is_walked(it.0)) {
            let permission = Permission::parse(&mine.permission).expect("a permission");
            let asked = format!("{role}: {} {}", mine.method, mine.address);
            let answer = person.send(&mine.method, &mine.address, None);
            assert!(answer.status < 500, "{asked}: {}", answer.text());
            if matches!(permission, Permission::Open | Permission::Sender) {
                continue;
            }
            let Some(reach) = reach(*role, permission) else {
                assert_eq!(answer.status, 403, "{asked}: {}", answer.text());
                continue;
            };
            assert!(!matches!(answer.status, 401 | 403), "{asked}: {}", answer.text());
            let of_unit = mine.address.contains(&own.code);
            // A unit without real-time items has no load, and one without projects has none with the number 1.
            let may_be_none =
                ["load-", "savings-projects/"].iter().any(|it| mine.address.contains(it));
            if of_unit && mine.method == "GET" && !may_be_none {
                assert!(matches!(answer.status, 200 | 400), "{asked}: {}", answer.text());
            }
            if reach == Reach::City && (permission != Permission::Names || reads_city) {
                continue;
            }
            if mine.address.contains(&own.code) {
                let refused = person.send(&other.method, &other.address, None);
                assert_eq!(refused.status, 404, "{role}: {} {}", other.method, other.address);
            }
            let table = format!("{}?format=csv", mine.address);
            for (form, answer) in [("", answer), ("csv", person.send(&mine.method, &table, None))] {
                for mark in others.iter().flat_map(|it| marks(it)) {
                    assert!(!has(&answer.body, mark), "{asked} {form} tells of {mark}");
                }
            }
        }
    }
}

#[test]
fn a_district_is_its_own_city_and_an_enterprise_sees_itself() {
    let city = closed_city();
    create(&city.app, "jizhou", &[Role::DistrictOffice], &[OWN_DISTRICT], &[]);
    create(&city.app, "clerk", &[Role::EnterpriseClerk], &[], &[&city.unit("武清水泥").code]);
    let (district, clerk) =
        (Person::sign_in(&city.app, "jizhou"), Person::sign_in(&city.app, "clerk"));
    let total = |person: &Person<'_>, query: &str| {
        let path = format!("/api/v1/dual-control?from=2025-01-01&to=2025-01-31{query}");
        person.get(&path).ok()["total"]["value"].clone()
    };
    let expected =
        city.app.admin_get("/api/v1/dual-control?from=2025-01-01&to=2025-01-31&region=120119");
    assert_eq!(total(&district, ""), expected.ok()["total"]["value"]);
    assert_eq!(total(&district, "&region=120116"), serde_json::Value::Null);
    let units = clerk.get("/api/v1/units").ok();
    assert_eq!(
        (&units["page"]["total"], &units["rows"][0]["unit"]["name"]),
        (&1.into(), &"武清水泥".into())
    );
    let card = clerk.get(&format!("/api/v1/units/{}", city.unit("武清水泥").code)).ok();
    assert!(card["industry_place"].is_null() && card["score_rank"].is_null(), "{card}");
    let slice = clerk.get("/api/v1/slice?group=unit").ok();
    assert_eq!(slice["keys"][0].as_array().map(Vec::len), Some(1), "{slice}");
    // A snapshot holds the other units neither in their names nor in their figures.
    let whole = city.app.admin_get("/api/v1/snapshot").body.len();
    let snapshot = clerk.get("/api/v1/snapshot").body;
    assert!(snapshot.len() < whole && !has(&snapshot, "蓟北水泥") && has(&snapshot, "武清水泥"));
}
