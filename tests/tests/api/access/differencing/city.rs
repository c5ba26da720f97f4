//! The city under attack: two units of the attackers in one district, and the others, whose values are the secret.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::{CLINKER, CLINKER_COAL};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, VALUE_ADDED, day, days, hours, month};

/// The district of the district office; both units of the attackers are in it.
pub(super) const OWN_DISTRICT: &str = "120119";
const OTHER_DISTRICTS: [&str; 3] = ["120116", "120118", "120114"];

/// The closed year that peers are compared in.
pub(super) const YEAR: i16 = 2025;

pub(super) struct Attacked<'a> {
    app: &'a TestApp,
    pub(super) own: Vec<Enterprise>,
    /// Units that are there at last; before they arrive, questions name them as well.
    pub(super) others: Vec<Enterprise>,
    /// kgce per tonne of clinker in [`YEAR`], of the others that are there.
    pub(super) secrets: Vec<f64>,
}

/// Clinker of a month in tonnes and its coal, of the unit `number`; `more` moves the coal.
fn clinker(number: usize, more: f64) -> (f64, f64) {
    let output = 30_011.0 + 7_919.0 * number as f64;
    (output, output * (0.131_7 + 0.006_13 * number as f64) * more)
}

fn enterprise(number: usize, district: &str) -> Enterprise {
    let of = Enterprise::numbered(8800 + number as u32, &format!("示例水泥{number}"));
    let of = of.region(district).industry("C3011").level(5);
    of.collects(RAW_COAL, 1).collects(CLINKER_COAL, 2).collects(CLINKER, 2)
}

impl<'a> Attacked<'a> {
    pub(super) fn new(app: &'a TestApp) -> Self {
        let own: Vec<Enterprise> = (0..2).map(|it| enterprise(it, OWN_DISTRICT)).collect();
        let others = (2..12).map(|it| enterprise(it, OTHER_DISTRICTS[it % 3])).collect();
        for (number, unit) in own.iter().enumerate() {
            settle(app, unit, number, "2024-10");
        }
        let terminal = app.registered(&own[0]);
        let load = |date| hours(ELECTRICITY, date, |hour| 5.0 + f64::from(hour));
        terminal.upload(&[load("2026-08-01"), load("2026-08-02")].concat()).received();
        Self { app, own, others, secrets: Vec::new() }
    }

    /// The next state of the city.
    pub(super) fn go_on(&mut self, change: &str) {
        match change {
            "others arrived" => {
                for number in 2..11 {
                    // Their data begin earlier and end later than those of the attackers.
                    settle(self.app, &self.others[number - 2], number, "2023-03");
                    self.secrets.push(intensity(number, 1.0));
                }
                let lists = "scope,code,kind,from_year,to_year,value,basis,source\n\
                     region,120116,annual_fall,2025,2025,0.03,equivalent,tests\n\
                     region,120000,total_tce,2025,2025,7600000,equivalent,tests\n";
                self.app.import("targets", "targets.csv", lists);
                let economy = "region_code,month,value_added,price_year,estimated,source\n\
                     120116,2025-01,1000,2020,false,tests\n120000,2025-01,9000,2020,false,tests\n";
                self.app.import("economy", "economy.csv", economy);
            }
            "one more came, others changed" => {
                settle(self.app, &self.others[9], 11, "2024-01");
                self.secrets.push(intensity(11, 1.0));
                let changed = self.app.registered(&self.others[0]);
                changed.upload(&year(2, 1.09, YEAR)).received();
                self.secrets[0] = intensity(2, 1.09);
                // Absurd values, so that the quality rules find something.
                let coal: Vec<_> = (1..=9)
                    .map(|it| day(RAW_COAL, &format!("2026-10-0{it}"), 1e6 * f64::from(it)))
                    .collect();
                self.app.registered(&self.others[1]).upload(&coal).received();
            }
            _ => {}
        }
    }
}

fn intensity(number: usize, more: f64) -> f64 {
    let (output, coal) = clinker(number, more);
    coal * 714.3 / output
}

/// The figures of a year by month.
fn year(number: usize, more: f64, year: i16) -> Vec<serde_json::Value> {
    let (output, coal) = clinker(number, more);
    (1..=12)
        .flat_map(|it| {
            let name = format!("{year}-{it:02}");
            [
                month(CLINKER, &name, output),
                month(CLINKER_COAL, &name, coal),
                month(VALUE_ADDED, &name, 700.0 + 31.7 * number as f64),
            ]
        })
        .collect()
}

/// A unit with two closed years, coal on every day of the last one, and some days from the first month on.
fn settle(app: &TestApp, unit: &Enterprise, number: usize, first: &str) {
    let terminal = app.terminal(unit);
    let mut entries = [year(number, 1.0, 2024), year(number, 1.0, YEAR)].concat();
    let coal = |month: &str, at: i32| {
        day(RAW_COAL, &format!("{month}-{at:02}"), 41.3 + 17.9 * number as f64 + f64::from(at))
    };
    entries.extend(days(RAW_COAL, "2025-01-01", "2025-12-31", |_| 53.1 + 17.9 * number as f64));
    entries.extend((1..=20).map(|it| coal(first, it)));
    entries.extend((1..=15).map(|it| coal("2026-09", it)));
    terminal.upload(&entries).received();
}
