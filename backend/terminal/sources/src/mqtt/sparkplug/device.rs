//! A node or a device: whether it lives, what its BIRTH named, and the last value of each metric.
use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::metric::number;
use super::payload::{Metric, Payload};
use crate::error::Problem;
use crate::measured::{Exchange, Measured};

/// The most metrics of one BIRTH that are kept.
const MOST_METRICS: usize = 20_000;

/// A node or a device.
#[derive(Debug, Default)]
pub(super) struct Device {
    life: Life,
    /// Whether it was heard since the broker was reached; before, its death may have been missed.
    is_sure: bool,
    /// Whether an alias came whose name is not known.
    lacks_names: bool,
    is_broken: bool,
    /// Of a node: which of its sessions it is, so that the death of an earlier one is passed over.
    session: Option<u64>,
    metrics: BTreeMap<String, Held>,
    names: BTreeMap<u64, String>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Life {
    #[default]
    Unknown,
    Alive,
    /// By which message.
    Dead(&'static str),
}

#[derive(Debug, Default)]
struct Held {
    kind: Option<u64>,
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    value: Result<f64, (Problem, String)>,
    /// In milliseconds since 1970 in UTC.
    at: Option<u64>,
    came: Instant,
}

impl Device {
    /// Begins anew with what a BIRTH names.
    pub(super) fn born(&mut self, payload: Payload) {
        *self = Self { life: Life::Alive, is_sure: true, ..Self::default() };
        for metric in payload.metrics.into_iter().take(MOST_METRICS) {
            let Some(name) = metric.name.clone() else { continue };
            if name == "bdSeq" {
                self.session = session(&metric);
            }
            if let Some(alias) = metric.alias {
                self.names.insert(alias, name.clone());
            }
            self.metrics.entry(name).or_default().take(&metric, payload.at);
        }
    }

    /// Takes the values of a DATA; a name that no BIRTH gave is kept where an address wants it.
    pub(super) fn told(&mut self, payload: &Payload, is_wanted: impl Fn(&str) -> bool) {
        (self.life, self.is_sure, self.is_broken) = (Life::Alive, true, false);
        for metric in &payload.metrics {
            let known = metric.alias.and_then(|it| self.names.get(&it));
            let Some(name) = metric.name.as_ref().filter(|it| !it.is_empty()).or(known) else {
                self.lacks_names = true;
                continue;
            };
            // What a device held back while it was cut off is not its present value.
            if metric.is_historical {
                continue;
            }
            if let Some(held) = self.metrics.get_mut(name) {
                held.take(metric, payload.at);
            } else if is_wanted(name) {
                self.metrics.entry(name.clone()).or_default().take(metric, payload.at);
            }
        }
    }

    /// Ends it until it is born again; its aliases may then mean something else.
    pub(super) fn dies(&mut self, by: &'static str) {
        (self.life, self.is_sure) = (Life::Dead(by), true);
        self.names.clear();
    }

    /// Whether the death of a node is that of the session that is known.
    pub(super) fn is_of_session(&self, payload: &Payload) -> bool {
        let ended =
            payload.metrics.iter().find(|it| it.name.as_deref() == Some("bdSeq")).and_then(session);
        self.session.is_none() || ended.is_none() || ended == self.session
    }

    /// The broker is gone: what happens now is not heard.
    pub(super) fn lost(&mut self) {
        self.is_sure = false;
        self.session = None;
        self.names.clear();
    }

    pub(super) fn breaks(&mut self) {
        self.is_broken = true;
    }

    /// Whether only a new BIRTH can tell what its values are.
    pub(super) fn lacks_birth(&self) -> bool {
        self.life == Life::Unknown || self.lacks_names && self.life == Life::Alive
    }

    /// Whether there is an answer already.
    pub(super) fn has(&self, metric: &str) -> bool {
        matches!(self.life, Life::Dead(_))
            || self.metrics.get(metric).is_some_and(|it| it.last.is_some())
    }

    /// The value of a metric. While a device lives, what it does not send again has not changed.
    pub(super) fn value(
        &self,
        metric: &str,
        most: Duration,
        utc_offset_minutes: i32,
    ) -> Result<Measured, (Problem, String)> {
        if let Life::Dead(by) = self.life {
            return Err((Problem::TooOld, by.to_owned()));
        }
        let last = self.metrics.get(metric).and_then(|it| it.last.as_ref());
        let Some(last) = last else {
            return Err(match self.life {
                _ if self.is_broken => (Problem::Frame, "no payload of Sparkplug B".to_owned()),
                Life::Alive if self.lacks_names => {
                    (Problem::Missing, "an alias before the BIRTH that names it".to_owned())
                }
                Life::Alive => (Problem::Missing, "no such metric".to_owned()),
                _ => (Problem::Missing, "no message yet".to_owned()),
            });
        };
        let age = last.came.elapsed();
        if age > most && !self.is_sure {
            return Err((Problem::TooOld, format!("{} s", age.as_secs())));
        }
        let value = last.value.clone()?;
        let still = if age > most { age.as_secs() } else { 0 };
        let at = last.at.and_then(|it| i64::try_from(it / 1000 + still).ok());
        let at = at.map(|it| it + i64::from(utc_offset_minutes) * 60);
        let exchange = Exchange::of_text(format!("{metric} = {value}: {} s", age.as_secs()));
        Ok(Measured { value, at, exchange })
    }
}

impl Held {
    fn take(&mut self, metric: &Metric, at: Option<u64>) {
        self.kind = metric.kind.filter(|it| *it != 0).or(self.kind);
        let value = match (&metric.sent, metric.quality) {
            (_, Some(quality)) if quality != 192 => {
                Err((Problem::Refused, format!("quality {quality}")))
            }
            (Some(sent), _) if !metric.is_null => {
                number(sent, self.kind).map_err(|detail| (Problem::NotNumber, detail))
            }
            _ => Err((Problem::Missing, "null".to_owned())),
        };
        self.last = Some(Last { value, at: metric.at.or(at), came: Instant::now() });
    }
}

fn session(metric: &Metric) -> Option<u64> {
    let number = metric.sent.as_ref().map(|it| number(it, metric.kind.or(Some(8))));
    number?.ok().map(|it| it as u64)
}
