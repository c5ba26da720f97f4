//! Addresses of CJ/T 188: `TYPE/METER/ITEM[#FIELD]`, as `10/78330011223344/901F`. Types: 10–19 water, 20–29 heat, 30–39
//! gas. The item is sent low byte first. Fields of 901F: `current`, `settled` of water and gas; `heat`, `settled`,
//! `power`, `flow`, `volume`, `supply`, `return`, `hours` of heat.
use crate::address::AddressError;

/// One number among those of an answer: where it lies and how many digits follow its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) zh: &'static str,
    /// From the first byte after item and sequence.
    pub(super) offset: usize,
    pub(super) bytes: usize,
    pub(super) decimals: i32,
    pub(super) has_unit: bool,
}

const fn field(
    (name, zh): (&'static str, &'static str),
    (offset, bytes): (usize, usize),
    decimals: i32,
    has_unit: bool,
) -> Field {
    Field { name, zh, offset, bytes, decimals, has_unit }
}

/// Of water and gas; the first is meant where none is named.
const VOLUMES: [Field; 2] = [
    field(("current", "当前累积流量"), (0, 4), 2, true),
    field(("settled", "结算日累积流量"), (5, 4), 2, true),
];

/// Of heat.
const HEATS: [Field; 8] = [
    field(("heat", "当前热量"), (5, 4), 2, true),
    field(("settled", "结算日热量"), (0, 4), 2, true),
    field(("power", "热功率"), (10, 4), 2, true),
    field(("flow", "流量"), (15, 4), 4, true),
    field(("volume", "累积流量"), (20, 4), 2, true),
    field(("supply", "供水温度"), (25, 3), 2, false),
    field(("return", "回水温度"), (28, 3), 2, false),
    field(("hours", "累积工作时间"), (31, 3), 0, false),
];

/// Of the past months' settlements, D120 to D12B.
const SETTLEMENTS: [Field; 1] = [field(("settled", "历史结算日累积量"), (0, 4), 2, true)];

/// Where a number lies in a meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(super) kind: u8,
    /// Lowest byte first.
    pub(super) meter: [u8; 7],
    /// Lowest byte first.
    pub(super) item: [u8; 2],
    pub(super) field: Field,
    /// All fields of the answer, to explain its bytes.
    pub(super) fields: &'static [Field],
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = |zh: &str, en: &str| AddressError::new(text, zh, en);
        let parts: Vec<&str> = text.trim().split('/').map(str::trim).collect();
        let [kind, meter, item] = parts.as_slice() else {
            return Err(wrong(
                "应写作 表类型/表号/数据标识，如 10/78330011223344/901F",
                "write TYPE/METER/ITEM, as 10/78330011223344/901F",
            ));
        };
        let is_kind = kind.len() == 2 && kind.bytes().all(|it| it.is_ascii_digit());
        let kind = u8::from_str_radix(kind, 16)
            .ok()
            .filter(|it| is_kind && (0x10..0x40).contains(it))
            .ok_or_else(|| wrong("表类型应为 10–39", "the type is 10 to 39"))?;
        let is_meter = (1..=14).contains(&meter.len())
            && meter.bytes().all(|it| it.is_ascii_digit() || it.eq_ignore_ascii_case(&b'A'));
        let meter = u64::from_str_radix(meter, 16)
            .ok()
            .filter(|_| is_meter)
            .and_then(|it| it.to_le_bytes()[..7].try_into().ok())
            .ok_or_else(|| wrong("表号应为至多 14 位数字", "the meter has at most 14 digits"))?;
        let (item, name) =
            item.split_once('#').map_or((*item, None), |(it, name)| (it, Some(name)));
        let is_item = item.len() == 4 && item.bytes().all(|it| it.is_ascii_hexdigit());
        let item = u16::from_str_radix(item, 16).ok().filter(|_| is_item).ok_or_else(|| {
            wrong("数据标识应为 4 位十六进制数", "the item has 4 hexadecimal digits")
        })?;
        let fields: &'static [Field] = match (item, kind) {
            (0x901F | 0x1F90, 0x20..=0x29) => &HEATS,
            (0x901F | 0x1F90, _) => &VOLUMES,
            (0xD120..=0xD12B, _) => &SETTLEMENTS,
            _ => {
                return Err(wrong(
                    "可读的数据标识为 901F、D120–D12B",
                    "items that can be read: 901F, D120 to D12B",
                ));
            }
        };
        let field = match name {
            None => fields.first(),
            Some(name) => fields.iter().find(|it| it.name == name),
        };
        let field = *field.ok_or_else(|| {
            let names: Vec<&str> = fields.iter().map(|it| it.name).collect();
            let names = names.join(" ");
            wrong(&format!("字段应为 {names} 之一"), &format!("the field is one of {names}"))
        })?;
        Ok(Self { kind, meter, item: item.to_le_bytes(), field, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn well_written() {
        let it = Address::parse("10/78330011223344/901F").expect("an address");
        assert_eq!(it.meter, [0x44, 0x33, 0x22, 0x11, 0x00, 0x33, 0x78]);
        assert_eq!((it.kind, it.item, it.field.name), (0x10, [0x1F, 0x90], "current"));
        let it = Address::parse("20/1/901F#return").expect("an address");
        assert_eq!((it.field.offset, it.field.bytes), (28, 3));
        assert!(Address::parse("30/AAAAAAAAAAAAAA/D12A").is_ok());
    }

    #[test]
    fn badly_written() {
        for text in [
            "",
            "10/1",
            "40/1/901F",
            "1/1/901F",
            "10/x/901F",
            "10/1/901",
            "10/1/901F#heat",
            "10/1/8106",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
