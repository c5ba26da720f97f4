//! The value of a metric as it stands in a message, by the type that its BIRTH or the message itself says.

/// A value that was sent, its type not yet applied.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sent {
    /// The field of integers of up to 32 bits.
    Int(u32),
    /// The field of integers of 64 bits, and of moments.
    Long(u64),
    Float(f32),
    Double(f64),
    Boolean(bool),
    Text(String),
    /// Bytes, tables and templates.
    Other,
}

/// The number that was meant.
pub(super) fn number(sent: &Sent, kind: Option<u64>) -> Result<f64, String> {
    let value = match (sent, kind) {
        // Numbers with a sign stand in fields without one, some senders as 8 or 16 bits.
        (Sent::Int(it), Some(1)) => f64::from(*it as u8 as i8),
        (Sent::Int(it), Some(2)) => f64::from(*it as u16 as i16),
        (Sent::Int(it), Some(3)) => f64::from(*it as i32),
        (Sent::Int(it), Some(5..=7)) => f64::from(*it),
        (Sent::Long(it), Some(4)) => *it as i64 as f64,
        // An unsigned number of 32 bits may come in the larger field.
        (Sent::Long(it), Some(5..=8)) => *it as f64,
        (Sent::Float(it), _) => f64::from(*it),
        (Sent::Double(it), _) => *it,
        (Sent::Boolean(it), _) => f64::from(u8::from(*it)),
        (Sent::Text(it), _) => {
            it.trim().parse().map_err(|_| it.chars().take(80).collect::<String>())?
        }
        (Sent::Int(_) | Sent::Long(_), None) => {
            return Err("no data type before the BIRTH".to_owned());
        }
        (other, kind) => {
            return Err(format!("{other:?} of data type {}", kind.unwrap_or_default()));
        }
    };
    if value.is_finite() { Ok(value) } else { Err(value.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::{Sent, number};

    #[test]
    fn each_type() {
        for (sent, kind, expected) in [
            (Sent::Int(0xFB), 1, -5.0),
            (Sent::Int(0xFFFF_FFFB), 1, -5.0),
            (Sent::Int(0xFFFB), 2, -5.0),
            (Sent::Int(0xFFFF_FFFB), 3, -5.0),
            (Sent::Long(u64::MAX - 4), 4, -5.0),
            (Sent::Int(0xFB), 5, 251.0),
            (Sent::Int(0xFFFB), 6, 65531.0),
            (Sent::Int(0xFFFF_FFFB), 7, 4_294_967_291.0),
            (Sent::Long(0xFFFF_FFFB), 7, 4_294_967_291.0),
            (Sent::Long(1 << 53), 8, 9_007_199_254_740_992.0),
            (Sent::Float(1.5), 9, 1.5),
            (Sent::Double(0.1), 10, 0.1),
            (Sent::Boolean(true), 11, 1.0),
            (Sent::Text(" 2.5".to_owned()), 12, 2.5),
        ] {
            assert_eq!(number(&sent, Some(kind)), Ok(expected), "{sent:?} {kind}");
        }
    }

    #[test]
    fn no_numbers() {
        for (sent, kind) in [
            (Sent::Int(5), None),
            (Sent::Long(5), None),
            (Sent::Long(5), Some(13)),
            (Sent::Double(f64::NAN), Some(10)),
            (Sent::Text("closed".to_owned()), Some(12)),
            (Sent::Other, Some(16)),
        ] {
            assert!(number(&sent, kind).is_err(), "{sent:?}");
        }
    }
}
