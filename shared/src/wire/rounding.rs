//! Rounds a figure once, half away from zero, on the decimal digits that a reader sees.

/// A decimal figure after rounding: its digits, the last `decimals` of them behind the point.
pub(super) struct Rounded {
    pub(super) negative: bool,
    digits: Vec<u8>,
    decimals: usize,
}

impl Rounded {
    pub(super) fn is_zero(&self) -> bool {
        self.digits.iter().all(|it| *it == 0)
    }

    pub(super) fn text(&self, commas: bool) -> String {
        let whole = self.digits.len() - self.decimals;
        let mut text = String::with_capacity(self.digits.len() + whole / 3 + 1);
        for (at, digit) in self.digits.iter().enumerate() {
            if at == whole {
                text.push('.');
            } else if commas && at > 0 && at < whole && (whole - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(char::from(b'0' + digit));
        }
        text
    }
}

/// Rounds value · 10^shift to `decimals`, half away from zero, on the shortest decimal digits that
/// name the number: 2.675 becomes 2.68, as a reader expects, whatever its binary form.
pub(super) fn rounded(value: f64, shift: i32, decimals: usize) -> Option<Rounded> {
    if !value.is_finite() {
        return None;
    }
    let text = format!("{:e}", value.abs());
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let source: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    // Place of the decimal point within `source`; may lie before or behind its digits.
    let point = if value == 0.0 { 1 } else { exponent + shift + 1 };
    let whole = point.max(1);
    let digit_at = |place: i32| -> u8 {
        let at = place - whole + point;
        usize::try_from(at).ok().and_then(|at| source.get(at)).copied().unwrap_or(0)
    };
    let length = whole + decimals as i32;
    let mut digits: Vec<u8> = (0..length).map(digit_at).collect();
    if digit_at(length) >= 5 {
        round_up(&mut digits);
    }
    let zero = digits.iter().all(|it| *it == 0);
    Some(Rounded { negative: value < 0.0 && !zero, digits, decimals })
}

fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}
