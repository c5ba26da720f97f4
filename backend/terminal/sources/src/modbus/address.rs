//! Addresses of Modbus: `UNIT/TABLE/REGISTER/FORM[/ORDER][*SCALE]`, as `1/holding/100/f32/cdab*0.1`; coils and discrete
//! inputs end at the register. Registers count from 0, as on the wire.
use crate::address::AddressError;
use crate::modbus::value::{Form, Order};

/// Which table of the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Coil,
    Discrete,
    Holding,
    Input,
}

/// Where a number lies in a device.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Address {
    pub(super) unit: u8,
    pub(super) table: Table,
    pub(super) register: u16,
    pub(super) form: Form,
    pub(super) order: Order,
    pub(super) scale: f64,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = |zh: &str, en: &str| AddressError::new(text, zh, en);
        let (path, scale) = match text.split_once('*') {
            Some((path, scale)) => (path, scale.trim().parse::<f64>().ok()),
            None => (text, Some(1.0)),
        };
        let scale = scale
            .filter(|it| it.is_finite() && *it != 0.0)
            .ok_or_else(|| wrong("倍率不是数", "the scale is not a number"))?;
        let parts: Vec<&str> = path.trim().split('/').map(str::trim).collect();
        let [unit, table, register, rest @ ..] = parts.as_slice() else {
            return Err(wrong(
                "应写作 站号/表/寄存器/类型，如 1/holding/100/u32",
                "write UNIT/TABLE/REGISTER/FORM, as 1/holding/100/u32",
            ));
        };
        let unit =
            unit.parse::<u8>().map_err(|_| wrong("站号应为 0–255", "the unit is 0 to 255"))?;
        let register = register
            .parse::<u16>()
            .map_err(|_| wrong("寄存器应为 0–65535", "the register is 0 to 65535"))?;
        let table = match *table {
            "coil" => Table::Coil,
            "discrete" => Table::Discrete,
            "holding" => Table::Holding,
            "input" => Table::Input,
            _ => {
                return Err(wrong(
                    "表应为 holding、input、coil 或 discrete",
                    "the table is holding, input, coil or discrete",
                ));
            }
        };
        let (form, order) = match (table, rest) {
            (Table::Coil | Table::Discrete, []) => (Form::U16, Order::default()),
            (Table::Holding | Table::Input, [form, order @ ..]) if order.len() < 2 => {
                let form = Form::named(form).ok_or_else(|| {
                    wrong(
                        "类型应为 u16 i16 u32 i32 u64 i64 f32 f64 bcd16 bcd32 bcd64 之一",
                        "the form is one of u16 i16 u32 i32 u64 i64 f32 f64 bcd16 bcd32 bcd64",
                    )
                })?;
                let order = order.first().copied().unwrap_or("abcd");
                let order = Order::named(order).ok_or_else(|| {
                    wrong(
                        "字节序应为 abcd badc cdab dcba 之一",
                        "the order is one of abcd badc cdab dcba",
                    )
                })?;
                (form, order)
            }
            _ => return Err(wrong("类型缺失或多余", "the form is missing or not wanted")),
        };
        if register.checked_add(form.registers() - 1).is_none() {
            return Err(wrong("寄存器超出 65535", "the registers go beyond 65535"));
        }
        Ok(Self { unit, table, register, form, order, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Table};

    #[test]
    fn well_written() {
        let it = Address::parse("3/holding/100/f32/cdab*0.1").expect("an address");
        assert_eq!((it.unit, it.table, it.register, it.scale), (3, Table::Holding, 100, 0.1));
        for text in ["1/coil/0", "255/discrete/65535", "1/input/7/bcd32", "1/holding/0/u16/badc"] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn badly_written() {
        for text in [
            "",
            "1",
            "1/holding/1",
            "256/holding/1/u16",
            "1/holdings/1/u16",
            "1/holding/65535/u32",
            "1/holding/1/u24",
            "1/holding/1/u32/acbd",
            "1/coil/1/u16",
            "1/holding/1/u16*0",
            "1/holding/1/u16*x",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
