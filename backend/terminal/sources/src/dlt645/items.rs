//! How the numbers of the items lie in their bytes: the tables of both editions, for the items that measure.

/// A number in decimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// Bytes of the number.
    pub(super) bytes: u8,
    /// Digits after the point.
    pub(super) decimals: u8,
    /// Whether the highest bit says that it is negative.
    pub(super) signed: bool,
    /// Bytes from one number of a block to the next; more than `bytes` where a time follows.
    pub(super) stride: u8,
}

impl Form {
    const fn new(bytes: u8, decimals: u8, signed: bool, stride: u8) -> Self {
        Self { bytes, decimals, signed, stride }
    }

    /// Written as in the standard: `XXXXXX.XX`, with `s` before it where it has a sign.
    pub(super) fn written(text: &str) -> Option<Self> {
        let (signed, text) = text.strip_prefix('s').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.len() + decimals.len();
        let is_written =
            !whole.is_empty() && (whole.bytes().chain(decimals.bytes())).all(|it| it == b'X');
        if !is_written || !(2..=12).contains(&digits) || digits % 2 != 0 {
            return None;
        }
        let bytes = (digits / 2) as u8;
        Some(Self::new(bytes, decimals.len() as u8, signed, bytes))
    }
}

/// The form of an item of the edition of 2007, by DI3 to DI0.
pub(super) fn of_2007(item: u32) -> Option<Form> {
    let [di3, di2, di1, _] = item.to_be_bytes();
    Some(match (di3, di2) {
        // Energy; only the combined ones may be negative.
        (0x00, 0x00 | 0x03 | 0x04) => Form::new(4, 2, true, 4),
        (0x00, _) => Form::new(4, 2, false, 4),
        // Greatest demand and the five bytes of its time.
        (0x01, _) => Form::new(3, 4, true, 8),
        // Voltage, current, powers, factor, angle, distortion.
        (0x02, 0x01) => Form::new(2, 1, false, 2),
        (0x02, 0x02) => Form::new(3, 3, true, 3),
        (0x02, 0x03..=0x05) => Form::new(3, 4, true, 3),
        (0x02, 0x06) => Form::new(2, 3, true, 2),
        (0x02, 0x07) => Form::new(2, 1, false, 2),
        (0x02, 0x08 | 0x09) => Form::new(2, 2, false, 2),
        (0x02, 0x80) => match item & 0xFF {
            // Current of the neutral, frequency, average power, present demands, temperature, batteries, minutes.
            0x01 => Form::new(3, 3, true, 3),
            0x02 => Form::new(2, 2, false, 2),
            0x03..=0x06 => Form::new(3, 4, true, 3),
            0x07 => Form::new(2, 1, true, 2),
            0x08 | 0x09 => Form::new(2, 2, false, 2),
            0x0A => Form::new(4, 0, false, 4),
            _ => return None,
        },
        _ => return None,
    })
    .filter(|_| di3 != 0x02 || di2 != 0x80 || di1 == 0)
}

/// The form of an item of the edition of 1997, by DI1 and DI0.
pub(super) fn of_1997(item: u16) -> Option<Form> {
    Some(match item >> 4 {
        0x900..=0x9FF => Form::new(4, 2, false, 4),
        0xA00..=0xAFF => Form::new(3, 4, false, 3),
        0xB61 => Form::new(2, 0, false, 2),
        0xB62 => Form::new(2, 2, false, 2),
        0xB63 => Form::new(3, 4, false, 3),
        0xB64 => Form::new(2, 2, false, 2),
        0xB65 => Form::new(2, 3, false, 2),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Form, of_1997, of_2007};

    #[test]
    fn written_forms() {
        let form = Form::written("sXXX.XXX").expect("a form");
        assert_eq!((form.bytes, form.decimals, form.signed), (3, 3, true));
        for text in ["", "X", "XXX", "XX.X.X", "YY", "XXXXXXXXXXXXXX", "s"] {
            assert_eq!(Form::written(text), None, "{text}");
        }
    }

    #[test]
    fn items_of_both_editions() {
        assert_eq!(of_2007(0x0001_0000).map(|it| (it.bytes, it.decimals)), Some((4, 2)));
        assert_eq!(of_2007(0x0201_0100).map(|it| (it.bytes, it.decimals)), Some((2, 1)));
        assert_eq!(of_2007(0x0101_0000).map(|it| it.stride), Some(8));
        assert_eq!(of_2007(0x0400_0101), None);
        assert_eq!(of_1997(0x9010).map(|it| (it.bytes, it.decimals)), Some((4, 2)));
        assert_eq!(of_1997(0xB611).map(|it| (it.bytes, it.decimals)), Some((2, 0)));
        assert_eq!(of_1997(0xC010), None);
    }
}
