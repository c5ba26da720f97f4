//! Each view as anybody reads it where it is published, as a signed-in reader of the whole city, and as a reader of one
//! district, in turns: processor time of the server and time to the answer.

use std::time::Instant;

use anyhow::Result;
use nengce_shared::access::role::Role;

use crate::bench::report::{Report, percentile};
use crate::bench::usage::running_seconds;
use crate::bench::views::{QUESTIONS, VIEWS};
use crate::support::app::TestApp;
use crate::support::person::{Person, create};

const ROUNDS: usize = 45;
const DISTRICT: &str = "120116";
/// What the check may add to a view.
const MOST: f64 = 1.05;

/// Milliseconds of each answer, and for each round those of the server's processor per answer.
#[derive(Default)]
struct Cost {
    times: Vec<f64>,
    processor: Vec<f64>,
}

impl Cost {
    /// The median of the rounds, which another task on the machine does not move.
    fn per_answer(&self) -> f64 {
        percentile(&self.processor, 0.5)
    }

    /// The same questions once.
    fn add(&mut self, app: &TestApp, paths: &[String], cookie: &str) -> Result<()> {
        let before = running_seconds(app.server.pid())?;
        for path in paths {
            let start = Instant::now();
            let headers = [("cookie", cookie)];
            let answer = app.get_with(path, if cookie.is_empty() { &[] } else { &headers });
            // A district without a figure for a question has an answer too.
            assert!(matches!(answer.status, 200 | 404), "{path}: {}", answer.text());
            self.times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        let spent = running_seconds(app.server.pid())? - before;
        self.processor.push(spent * 1000.0 / paths.len() as f64);
        Ok(())
    }
}

pub(in crate::bench) fn measure(app: &TestApp, report: &mut Report) -> Result<()> {
    report.step("readers of the views");
    create(app, "bench.city", &[Role::Policymaker], &[], &[]);
    create(app, "bench.district", &[Role::DistrictOffice], &[DISTRICT], &[]);
    let [city, district] =
        ["bench.city", "bench.district"].map(|it| Person::sign_in(app, it).cookie);
    let snapshot = ("snapshot", "/api/v1/snapshot?");
    for (view, path) in VIEWS.into_iter().chain([snapshot]) {
        let questions = match view {
            "benchmarks" | "snapshot" => vec![path.to_owned(); QUESTIONS.len()],
            _ => QUESTIONS.iter().map(|it| format!("{path}{it}")).collect(),
        };
        let mut costs: [Cost; 3] = Default::default();
        for round in 0..ROUNDS {
            for turn in 0..3 {
                let reader = (turn + round) % 3;
                let cookie = ["", &city, &district][reader];
                costs[reader].add(app, &questions, cookie)?;
            }
        }
        row(view, &costs, report);
    }
    Ok(())
}

fn row(view: &str, [open, city, district]: &[Cost; 3], report: &mut Report) {
    let p50 = |it: &Cost| percentile(&it.times, 0.5);
    let ratio = |it: &Cost| it.per_answer() / open.per_answer();
    let is_met = ratio(city) <= MOST && ratio(district) <= MOST;
    report.row(
        &format!("access {view}: signed in / one district"),
        format!(
            "{:.2} / {:.2} ms of processor, p50 {:.2} / {:.2} ms",
            city.per_answer(),
            district.per_answer(),
            p50(city),
            p50(district)
        ),
        format!("published: {:.2} ms, p50 {:.2} ms", open.per_answer(), p50(open)),
        format!("{:.2} / {:.2}", ratio(city), ratio(district)),
        if is_met { "≤ 1.05: met" } else { "≤ 1.05: missed" },
    );
}
