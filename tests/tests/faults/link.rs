//! City and nation under SIGKILL and cuts at random moments while a terminal sends: at the end the nation has exactly the
//! values of the city. `NENGCE_KILLS` says how often, `NENGCE_SEED` repeats a run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::server::Options;
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

use crate::kills::{number, send};
use crate::ledger::{Chance, Ledger, setting};

/// The values of a unit by time; a time that stands twice fails.
fn values(app: &TestApp, unit: &str) -> std::collections::BTreeMap<String, String> {
    let path =
        format!("/api/v1/units/{unit}/readings?data_code={ELECTRICITY}&stat_type=0&limit=1000");
    let answer = app.get(&path);
    let mut found = std::collections::BTreeMap::new();
    if answer.status != 200 {
        return found;
    }
    for row in answer.ok()["rows"].as_array().expect("rows") {
        let at = row["stat_date"].as_str().expect("a time").to_owned();
        assert!(found.insert(at.clone(), row["value"].to_string()).is_none(), "{at} stands twice");
    }
    found
}

fn token(nation: &TestApp) -> String {
    let body = json!({"name": "city", "units": [], "all_units": false, "regions": ["1201"]});
    let made = nation.admin("POST", "/api/v1/tokens", body.to_string().into_bytes()).ok();
    made["token"].as_str().expect("a token").to_owned()
}

/// A city whose link leads through the proxy to the nation.
fn city(folder: &std::path::Path, proxy: &Proxy, nation: &TestApp) -> TestApp {
    let file = folder.join("link.toml");
    let text = format!(
        "[[upper]]\nname = \"nation\"\nurl = \"{}\"\ntoken = \"{}\"\nmax_values_per_message = 100\n",
        proxy.url(),
        token(nation)
    );
    std::fs::write(&file, text).expect("the file of the link");
    TestApp::with(Options {
        environment: vec![
            setting("NENGCE_LINK_FILE", file.to_str().expect("a path")),
            setting("NENGCE_LINK_ROUND_SECONDS", "1"),
            setting("NENGCE_LINK_LONGEST_REST_SECONDS", "1"),
        ],
        ..Options::default()
    })
}

#[test]
fn kills_on_both_sides_and_cuts_between_lose_and_double_nothing_upward() {
    let kills = number("NENGCE_KILLS", 12);
    let seed = number("NENGCE_SEED", u64::from(std::process::id()));
    eprintln!("{kills} kills, seed {seed}");
    let mut chance = Chance::new(seed);
    let proxy = Proxy::new();
    let mut nation = TestApp::with(Options {
        environment: vec![setting("NENGCE_PUBLIC_ADDRESS", &proxy.url())],
        ..Options::default()
    });
    proxy.lead_to(&nation.url());
    let folder = tempfile::tempdir().expect("a folder");
    let mut city = city(folder.path(), &proxy, &nation);
    let enterprise = Enterprise::new("断链厂");
    drop(city.terminal(&enterprise));
    let mut ledger = Ledger::default();
    for round in 0..kills {
        let stop = AtomicBool::new(false);
        let whom = chance.below(3);
        let after = Duration::from_millis(chance.below(1_200));
        let terminal = city.registered(&enterprise);
        let pid = if whom == 0 { city.server.pid() } else { nation.server.pid() };
        std::thread::scope(|scope| {
            let (stop, ledger, terminal) = (&stop, &mut ledger, &terminal);
            let mut chance = Chance::new(seed ^ (round << 8));
            scope.spawn(move || send(terminal, ledger, &mut chance, stop));
            std::thread::sleep(after);
            if whom == 2 {
                proxy.cut();
            } else {
                let done =
                    std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status();
                assert!(done.is_ok_and(|it| it.success()), "SIGKILL is sent");
            }
            stop.store(true, Ordering::Release);
        });
        drop(terminal);
        match whom {
            0 => {
                city.server.kill();
                city.server.launch();
            }
            1 => {
                nation.server.kill();
                nation.server.launch();
            }
            _ => {}
        }
        proxy.lead_to(&nation.url());
        ledger.check(&city.registered(&enterprise));
    }
    let expected = values(&city, &enterprise.code);
    assert!(!expected.is_empty(), "something was sent");
    wait_until("the nation has the values of the city", || {
        values(&nation, &enterprise.code) == expected
    });
    wait_until("nothing waits any more", || {
        let link: Value = city.admin_get("/api/v1/link").ok();
        link["uppers"][0]["due_item_days"] == 0
    });
    assert_eq!(values(&nation, &enterprise.code), expected);
    eprintln!("{kills} kills and cuts over {} acknowledged messages: equal above", ledger.messages);
}
