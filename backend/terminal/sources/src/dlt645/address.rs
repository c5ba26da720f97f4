//! Addresses of DL/T 645: `METER/ITEM[#N][/FORM]`, as `202107072529/00010000`. Eight digits of the item are the edition
//! of 2007, four that of 1997. `#N` takes the Nth number of a block; the form is written as `XXXXXX.XX`. Digits `A` of
//! the meter stand for any.
use crate::address::AddressError;
use crate::dlt645::items::{Form, of_1997, of_2007};

/// The edition of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    Of1997,
    Of2007,
}

/// Where a number lies in a meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Lowest byte first.
    pub(super) meter: [u8; 6],
    pub(super) edition: Edition,
    /// Lowest byte first; two bytes or four.
    pub(super) item: Vec<u8>,
    /// Which number of a block, from 0.
    pub(super) index: usize,
    pub(super) form: Form,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = |zh: &str, en: &str| AddressError::new(text, zh, en);
        let parts: Vec<&str> = text.trim().split('/').map(str::trim).collect();
        let (meter, item, form) = match parts.as_slice() {
            [meter, item] => (*meter, *item, None),
            [meter, item, form] => (*meter, *item, Some(*form)),
            _ => {
                return Err(wrong(
                    "应写作 表号/数据标识，如 202107072529/00010000",
                    "write METER/ITEM, as 202107072529/00010000",
                ));
            }
        };
        let meter = meter_bytes(meter)
            .ok_or_else(|| wrong("表号应为至多 12 位数字", "the meter has at most 12 digits"))?;
        let (item, index) = match item.split_once('#') {
            None => (item, Some(0)),
            Some((item, index)) => {
                let index = index.parse::<usize>().ok().filter(|it| (1..=64).contains(it));
                (item, index.map(|it| it - 1))
            }
        };
        let index =
            index.ok_or_else(|| wrong("#序号应为 1–64", "the number after # is 1 to 64"))?;
        let is_hex = item.bytes().all(|it| it.is_ascii_hexdigit());
        let number = is_hex.then(|| u32::from_str_radix(item, 16).ok()).flatten();
        let (edition, bytes, known) = match (item.len(), number) {
            (8, Some(it)) => (Edition::Of2007, it.to_le_bytes().to_vec(), of_2007(it)),
            (4, Some(it)) => {
                let it = it as u16;
                (Edition::Of1997, it.to_le_bytes().to_vec(), of_1997(it))
            }
            _ => {
                return Err(wrong(
                    "数据标识应为 8 位（2007 版）或 4 位（1997 版）十六进制数",
                    "the item has 8 (2007) or 4 (1997) hexadecimal digits",
                ));
            }
        };
        let written = form.map(|it| {
            Form::written(it).ok_or_else(|| {
                wrong("格式应如 XXXXXX.XX 或 sXXX.XXX", "write the form as XXXXXX.XX or sXXX.XXX")
            })
        });
        let form = written.transpose()?.or(known).ok_or_else(|| {
            wrong(
                "该数据标识不在已知表中，请在后面写明格式，如 /XXXXXX.XX",
                "this item is not in the known tables; write its form after it, as /XXXXXX.XX",
            )
        })?;
        Ok(Self { meter, edition, item: bytes, index, form })
    }
}

/// Lowest byte first; digits that are missing are zeros, `A` stands for any.
fn meter_bytes(text: &str) -> Option<[u8; 6]> {
    let is_meter = (1..=12).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_digit() || it.eq_ignore_ascii_case(&b'A'));
    let number = is_meter.then(|| u64::from_str_radix(text, 16).ok()).flatten()?;
    number.to_le_bytes()[..6].try_into().ok()
}

/// Whether an answer of one meter answers a request to another that may have wildcards.
pub(super) fn matches(asked: [u8; 6], answered: [u8; 6]) -> bool {
    let digit = |asked: u8, answered: u8| asked == 0xA || asked == answered;
    asked.iter().zip(answered).all(|(a, b)| digit(a >> 4, b >> 4) && digit(a & 0xF, b & 0xF))
}

#[cfg(test)]
mod tests {
    use super::{Address, Edition, matches, meter_bytes};

    #[test]
    fn well_written() {
        let it = Address::parse("202107072529/00000000").expect("an address");
        assert_eq!(it.meter, [0x29, 0x25, 0x07, 0x07, 0x21, 0x20]);
        assert_eq!((it.edition, it.item), (Edition::Of2007, vec![0; 4]));
        let it = Address::parse("12345/9010").expect("an address");
        assert_eq!(it.meter, [0x45, 0x23, 0x01, 0, 0, 0]);
        assert_eq!((it.edition, it.item), (Edition::Of1997, vec![0x10, 0x90]));
        assert_eq!(Address::parse("1/0001FF00#3").expect("an address").index, 2);
        assert!(Address::parse("1/04000101/XXXXXXXX").is_ok());
    }

    #[test]
    fn badly_written() {
        for text in [
            "",
            "1",
            "x/00010000",
            "1234567890123/9010",
            "1/901",
            "1/9010#0",
            "1/04000101",
            "1/9010/XXX",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn wildcards() {
        let any = meter_bytes("AAAAAAAAAAAA").expect("a meter");
        let meter = meter_bytes("202107072529").expect("a meter");
        assert!(matches(any, meter) && matches(meter, meter));
        assert!(!matches(meter, meter_bytes("202107072520").expect("a meter")));
    }
}
