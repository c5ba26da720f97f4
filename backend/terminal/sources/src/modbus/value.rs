//! Numbers in registers: their widths, and the order of words and bytes.

/// How a number lies in registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    Bcd16,
    Bcd32,
    Bcd64,
}

impl Form {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "u16" => Self::U16,
            "i16" => Self::I16,
            "u32" => Self::U32,
            "i32" => Self::I32,
            "u64" => Self::U64,
            "i64" => Self::I64,
            "f32" => Self::F32,
            "f64" => Self::F64,
            "bcd16" => Self::Bcd16,
            "bcd32" => Self::Bcd32,
            "bcd64" => Self::Bcd64,
            _ => return None,
        })
    }

    /// How many registers it takes.
    pub(super) fn registers(self) -> u16 {
        match self {
            Self::U16 | Self::I16 | Self::Bcd16 => 1,
            Self::U32 | Self::I32 | Self::F32 | Self::Bcd32 => 2,
            Self::U64 | Self::I64 | Self::F64 | Self::Bcd64 => 4,
        }
    }
}

/// The order in which words and bytes come; `abcd` has the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Order {
    low_word_first: bool,
    low_byte_first: bool,
}

impl Order {
    pub(super) fn named(name: &str) -> Option<Self> {
        let (low_word_first, low_byte_first) = match name {
            "abcd" => (false, false),
            "badc" => (false, true),
            "cdab" => (true, false),
            "dcba" => (true, true),
            _ => return None,
        };
        Some(Self { low_word_first, low_byte_first })
    }
}

/// The number that registers hold; none where they hold none.
pub(super) fn number(registers: &[u16], form: Form, order: Order) -> Option<f64> {
    if registers.len() != usize::from(form.registers()) {
        return None;
    }
    let mut bits = 0_u64;
    let mut add = |word: &u16| {
        let word = if order.low_byte_first { word.swap_bytes() } else { *word };
        bits = bits << 16 | u64::from(word);
    };
    if order.low_word_first {
        registers.iter().rev().for_each(&mut add);
    } else {
        registers.iter().for_each(&mut add);
    }
    let value = match form {
        Form::U16 | Form::U32 | Form::U64 => bits as f64,
        Form::I16 => f64::from(bits as u16 as i16),
        Form::I32 => f64::from(bits as u32 as i32),
        Form::I64 => bits as i64 as f64,
        Form::F32 => f64::from(f32::from_bits(bits as u32)),
        Form::F64 => f64::from_bits(bits),
        Form::Bcd16 | Form::Bcd32 | Form::Bcd64 => decimal(bits)?,
    };
    value.is_finite().then_some(value)
}

/// Four bits for each decimal digit.
fn decimal(bits: u64) -> Option<f64> {
    let digits = (0..16).rev().map(|place| bits >> (4 * place) & 0xF);
    digits.clone().all(|it| it < 10).then(|| digits.fold(0_u64, |sum, it| sum * 10 + it) as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Form, Order, number};

    fn order(name: &str) -> Order {
        Order::named(name).expect("an order")
    }

    #[test]
    fn one_number_in_four_orders() {
        for (name, registers) in [
            ("abcd", [0x42F6, 0xE979]),
            ("cdab", [0xE979, 0x42F6]),
            ("badc", [0xF642, 0x79E9]),
            ("dcba", [0x79E9, 0xF642]),
        ] {
            let value = number(&registers, Form::F32, order(name)).expect("a number");
            assert!((value - 123.456).abs() < 1e-4, "{name}: {value}");
        }
    }

    #[test]
    fn decimal_digits_and_what_is_none() {
        assert_eq!(number(&[0x1234, 0x5678], Form::Bcd32, order("abcd")), Some(12_345_678.0));
        assert_eq!(number(&[0x12A4], Form::Bcd16, order("abcd")), None);
        assert_eq!(number(&[0x7FC0, 0], Form::F32, order("abcd")), None);
        assert_eq!(number(&[1], Form::U32, order("abcd")), None);
    }

    proptest! {
        #[test]
        fn signed_numbers_come_back(it in any::<i32>()) {
            let bits = it as u32;
            let registers = [(bits >> 16) as u16, bits as u16];
            prop_assert_eq!(number(&registers, Form::I32, Order::default()), Some(f64::from(it)));
        }

        #[test]
        fn registers_never_panic(registers in proptest::collection::vec(any::<u16>(), 0..5)) {
            for form in ["u16", "i64", "f64", "bcd64", "f32"] {
                let form = Form::named(form).expect("a form");
                let value = number(&registers, form, Order::default());
                prop_assert!(value.is_none_or(f64::is_finite));
            }
        }
    }
}
