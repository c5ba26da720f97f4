//! The payload of a message of Sparkplug B: its moment and its metrics.
use super::metric::Sent;
use super::wire::{Broken, Field, Fields};

/// A metric as a message has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Metric {
    pub(super) name: Option<String>,
    pub(super) alias: Option<u64>,
    /// In milliseconds since 1970 in UTC.
    pub(super) at: Option<u64>,
    /// The number of its data type.
    pub(super) kind: Option<u64>,
    pub(super) is_historical: bool,
    pub(super) is_null: bool,
    /// 192 is good, 0 bad, 500 stale.
    pub(super) quality: Option<u64>,
    pub(super) sent: Option<Sent>,
}

/// What a message says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Payload {
    /// In milliseconds since 1970 in UTC.
    pub(super) at: Option<u64>,
    pub(super) metrics: Vec<Metric>,
}

impl Payload {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let mut payload = Self::default();
        for field in Fields(bytes) {
            match field? {
                (1, Field::Number(at)) => payload.at = Some(at),
                (2, Field::Bytes(metric)) => payload.metrics.push(Metric::parse(metric)?),
                _ => {}
            }
        }
        Ok(payload)
    }
}

impl Metric {
    fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let mut metric = Self::default();
        for field in Fields(bytes) {
            match field? {
                (1, Field::Bytes(name)) => metric.name = Some(text(name)?),
                (2, Field::Number(alias)) => metric.alias = Some(alias),
                (3, Field::Number(at)) => metric.at = Some(at),
                (4, Field::Number(kind)) => metric.kind = Some(kind),
                (5, Field::Number(it)) => metric.is_historical = it != 0,
                (7, Field::Number(it)) => metric.is_null = it != 0,
                (9, Field::Bytes(properties)) => metric.quality = quality(properties)?,
                (10, Field::Number(it)) => metric.sent = Some(Sent::Int(it as u32)),
                (11, Field::Number(it)) => metric.sent = Some(Sent::Long(it)),
                (12, Field::Four(it)) => metric.sent = Some(Sent::Float(f32::from_le_bytes(it))),
                (13, Field::Eight(it)) => metric.sent = Some(Sent::Double(f64::from_le_bytes(it))),
                (14, Field::Number(it)) => metric.sent = Some(Sent::Boolean(it != 0)),
                (15, Field::Bytes(it)) => metric.sent = Some(Sent::Text(text(it)?)),
                (16..=19, _) => metric.sent = Some(Sent::Other),
                _ => {}
            }
        }
        Ok(metric)
    }
}

/// The property named Quality: names and values stand in two lists of one order.
fn quality(bytes: &[u8]) -> Result<Option<u64>, Broken> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for field in Fields(bytes) {
        match field? {
            (1, Field::Bytes(name)) => names.push(name),
            (2, Field::Bytes(value)) => values.push(value),
            _ => {}
        }
    }
    let Some(place) = names.iter().position(|it| *it == b"Quality") else { return Ok(None) };
    for field in Fields(values.get(place).copied().unwrap_or_default()) {
        if let (3 | 4, Field::Number(quality)) = field? {
            return Ok(Some(quality));
        }
    }
    Ok(None)
}

fn text(bytes: &[u8]) -> Result<String, Broken> {
    str::from_utf8(bytes).map(str::to_owned).map_err(|_| Broken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Payload;
    use crate::mqtt::sparkplug::wire::put_bytes;

    #[test]
    fn quality_is_found() {
        let (mut bad, mut set, mut metric, mut payload) = (vec![], vec![], vec![], vec![]);
        // The type of a property (Int32) and its value.
        bad.extend([0x08, 3, 0x18, 0]);
        put_bytes(&mut set, 1, b"Unit");
        put_bytes(&mut set, 1, b"Quality");
        put_bytes(&mut set, 2, &[0x08, 12, 0x42, 1, b'V']);
        put_bytes(&mut set, 2, &bad);
        put_bytes(&mut metric, 9, &set);
        put_bytes(&mut payload, 2, &metric);
        let read = Payload::parse(&payload).expect("a payload");
        assert_eq!(read.metrics[0].quality, Some(0));
    }

    proptest! {
        #[test]
        fn noise_never_panics(bytes: Vec<u8>) {
            // Whatever comes of it, it is no more than the bytes hold.
            if let Ok(payload) = Payload::parse(&bytes) {
                prop_assert!(payload.metrics.len() <= bytes.len());
            }
        }
    }
}
