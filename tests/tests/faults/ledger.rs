//! A record of the promises to terminals: for each day the value that was acknowledged last, and the values sent after
//! it without an answer. Every day is one message of 24 hours, so it is stored whole or not at all.

use std::collections::BTreeMap;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, hours};
use nengce_tests::support::terminal::Terminal;
use serde_json::Value;

/// A random generator of its own, so that a failing seed can be run again.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % bound
    }
}

#[derive(Debug, Default, Clone)]
pub(crate) struct Promise {
    pub acknowledged: Option<u64>,
    pub in_doubt: Vec<u64>,
}

/// The promises of one terminal, by day of January 2025.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    days: BTreeMap<u64, Promise>,
    version: u64,
    pub messages: u64,
}

pub(crate) const DAYS: u64 = 31;

fn date(day: u64) -> String {
    format!("2025-01-{:02}", day + 1)
}

pub(crate) fn entries(day: u64, version: u64) -> Vec<Value> {
    hours(ELECTRICITY, &date(day), |_| version as f64)
}

impl Ledger {
    /// The next message: a new day, a new value of an old day, or sometimes the same message again.
    pub(crate) fn next(&mut self, chance: &mut Chance) -> (u64, u64) {
        let day = chance.below(DAYS);
        let again = self.days.get(&day).and_then(|it| it.acknowledged);
        match again {
            Some(version) if chance.below(4) == 0 => (day, version),
            _ => {
                self.version += 1;
                (day, self.version)
            }
        }
    }

    pub(crate) fn sent(&mut self, day: u64, version: u64) {
        let promise = self.days.entry(day).or_default();
        promise.in_doubt.push(version);
    }

    pub(crate) fn acknowledged(&mut self, day: u64, version: u64) {
        self.messages += 1;
        let promise = self.days.entry(day).or_default();
        promise.acknowledged = Some(version);
        promise.in_doubt.clear();
    }

    /// Checks that every acknowledged day is stored with its 24 hours, once each, and with an allowed value.
    #[track_caller]
    pub(crate) fn check(&self, terminal: &Terminal<'_>) {
        let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut stamps = std::collections::BTreeSet::new();
        for row in terminal.readings(ELECTRICITY, 0) {
            let at = row["stat_date"].as_str().expect("a time").to_owned();
            let value = row["value"].as_f64().expect("a value");
            found.entry(at[..10].to_owned()).or_default().push(value);
            assert!(stamps.insert(at.clone()), "{at} stands twice");
        }
        for (day, promise) in &self.days {
            let values = found.remove(&date(*day)).unwrap_or_default();
            let may = |value: f64| {
                let stands = |it: &u64| *it as f64 == value;
                promise.acknowledged.iter().chain(&promise.in_doubt).any(stands)
            };
            let whole = values.len() == 24 && values.iter().all(|it| *it == values[0]);
            let absent = values.is_empty() && promise.acknowledged.is_none();
            assert!(
                absent || (whole && may(values[0])),
                "{}: {promise:?}, found {values:?}",
                date(*day)
            );
        }
        assert!(found.is_empty(), "nobody sent {found:?}");
    }
}

pub(crate) fn setting(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Sends one message; true when it was acknowledged, false when it was refused because the disk is full.
pub(crate) fn send(terminal: &Terminal<'_>, ledger: &mut Ledger, chance: &mut Chance) -> bool {
    let (day, version) = ledger.next(chance);
    ledger.sent(day, version);
    let answer = terminal.upload(&entries(day, version));
    if answer.status == 200 {
        answer.received();
        ledger.acknowledged(day, version);
        return true;
    }
    answer.refused();
    assert!([503, 507].contains(&answer.status), "{}: {}", answer.status, answer.text());
    let wait: u32 = answer.header("retry-after").parse().expect("Retry-After in seconds");
    assert!(wait > 0);
    false
}

/// Checks the promises, now and after the process was killed.
pub(crate) fn check_kept(mut app: TestApp, enterprise: &Enterprise, ledger: &Ledger) {
    ledger.check(&app.registered(enterprise));
    app.server.kill();
    app.server.launch();
    ledger.check(&app.registered(enterprise));
}
