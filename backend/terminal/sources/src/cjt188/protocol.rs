//! Asks a meter of CJ/T 188 for a number and explains the bytes.
use crate::address::AddressError;
use crate::cjt188::address::{Address, Field};
use crate::cjt188::frame::{Frame, REFUSED, find_answer};
use crate::cjt188::units::unit;
use crate::error::Problem;
use crate::line::bus::{Bus, Failure, Protocol, decimal};
use crate::measured::{Exchange, Measured};

/// The protocol.
#[derive(Debug)]
pub(crate) struct Cjt188;

/// The control byte of a request to read.
const READ: u8 = 0x01;
/// Item and sequence before the numbers.
const HEAD: usize = 3;
/// Bytes of the frame before its data.
const ENVELOPE: usize = 11;

impl Protocol for Cjt188 {
    type Address = Address;

    fn parse(text: &str) -> Result<Address, AddressError> {
        Address::parse(text)
    }

    fn meter(address: &Address) -> String {
        format!("{:02X?}", address.meter)
    }

    async fn ask(bus: &mut Bus, address: &Address) -> Result<Measured, Failure> {
        let [low, high] = address.item;
        let data = vec![low, high, 0];
        let request = Frame { kind: address.kind, meter: address.meter, control: READ, data };
        let (bytes, exchange) = bus.exchange(&request.with_wake(), find_answer).await?;
        let exchange = explained(exchange, &bytes, address.fields);
        match value(&bytes, address) {
            Ok(value) => Ok(Measured { value, at: None, exchange }),
            Err((problem, detail)) => Err(Failure::new(problem, detail, exchange)),
        }
    }
}

fn value(bytes: &[u8], address: &Address) -> Result<f64, (Problem, String)> {
    let frame = Frame::of(bytes).ok_or_else(|| (Problem::Frame, "cut".to_owned()))?;
    let any = [0xAA; 7];
    if address.meter != any && frame.meter != address.meter {
        let meter: String = frame.meter.iter().rev().map(|it| format!("{it:02X}")).collect();
        return Err((Problem::OtherMeter, meter));
    }
    if frame.control & REFUSED != 0 {
        return Err((Problem::Refused, format!("{:02X?}", frame.data)));
    }
    if frame.data.get(..2) != Some(&address.item) {
        return Err((Problem::Frame, format!("another item: {:02X?}", frame.data)));
    }
    let field = address.field;
    let start = HEAD + field.offset;
    let digits = frame.data.get(start..start + field.bytes);
    let digits = digits.ok_or_else(|| (Problem::Missing, format!("{} bytes", frame.data.len())))?;
    let number = decimal(digits)
        .ok_or_else(|| (Problem::NotNumber, format!("{digits:02X?} are no decimal digits")))?;
    let number = number / 10_f64.powi(field.decimals);
    if !field.has_unit {
        return Ok(number);
    }
    let byte = frame.data.get(start + field.bytes).copied().unwrap_or_default();
    let (_, _, factor) =
        unit(byte).ok_or_else(|| (Problem::NotNumber, format!("unknown unit {byte:02X}")))?;
    Ok(number * factor)
}

/// Says what the bytes of an answer mean.
fn explained(mut exchange: Exchange, frame: &[u8], fields: &[Field]) -> Exchange {
    let found = exchange.received.windows(frame.len()).position(|it| it == frame);
    let Some(start) = found else { return exchange };
    let end = start + frame.len();
    if start > 0 {
        exchange.explain(0..start, "前导字节", "wake-up bytes");
    }
    exchange.explain(start..start + 1, "帧起始符", "start");
    exchange.explain(start + 1..start + 2, "表类型", "type of the meter");
    exchange.explain(start + 2..start + 9, "表号，低字节在前", "meter, lowest byte first");
    exchange.explain(start + 9..start + 10, "控制码", "control");
    exchange.explain(start + 10..start + 11, "数据长度", "length of the data");
    let data = start + ENVELOPE;
    let numbers = data + HEAD;
    if frame[9] & REFUSED == 0 && numbers <= end - 2 {
        exchange.explain(data..numbers, "数据标识与序号", "item and sequence");
        let mut sorted = fields.to_vec();
        sorted.sort_by_key(|it| it.offset);
        let mut next = numbers;
        for field in sorted {
            let from = numbers + field.offset;
            let to = from + field.bytes + usize::from(field.has_unit);
            if to > end - 2 {
                break;
            }
            let name = field.has_unit.then(|| unit(frame[to - 1 - start])).flatten();
            let (in_meter, given) = name.map_or(("", ""), |(it, given, _)| (it, given));
            exchange.explain(
                from..to,
                format!("{} {in_meter}→{given}", field.zh),
                format!("{} {in_meter}→{given}", field.name),
            );
            next = to;
        }
        if next < end - 2 {
            exchange.explain(next..end - 2, "表内时间与状态", "clock and state of the meter");
        }
    } else {
        exchange.explain(data..end - 2, "拒绝的原因", "reason of refusal");
    }
    exchange.explain(end - 2..end - 1, "校验和", "checksum");
    exchange.explain(end - 1..end, "结束符", "end");
    exchange
}

#[cfg(test)]
mod tests {
    use super::{explained, value};
    use crate::cjt188::address::Address;
    use crate::cjt188::frame::Frame;
    use crate::error::Problem;
    use crate::measured::Exchange;

    /// The data of a published answer: 556677.00 m³ twice, the clock of the meter, its state. The checksum printed with it
    /// (08) is not that of its bytes, so it is computed here.
    const WATER: [u8; 22] = [
        0x1F, 0x90, 0x00, 0x00, 0x77, 0x66, 0x55, 0x2C, 0x00, 0x77, 0x66, 0x55, 0x2C, 0x31, 0x01,
        0x22, 0x11, 0x05, 0x15, 0x20, 0x21, 0x84,
    ];

    fn answer(address: &Address, control: u8, data: &[u8]) -> Vec<u8> {
        let data = data.to_vec();
        Frame { kind: address.kind, meter: address.meter, control, data }.bytes()
    }

    #[test]
    fn water() {
        let address = Address::parse("10/78330011223344/901F").expect("an address");
        let bytes = answer(&address, 0x81, &WATER);
        assert_eq!(value(&bytes, &address), Ok(556_677.0));
        let exchange = explained(Exchange::of_bytes(&[], &bytes), &bytes, address.fields);
        let covered: usize = exchange.parts.iter().map(|it| it.range.len()).sum();
        assert_eq!(covered, bytes.len());
    }

    #[test]
    fn heat_in_its_own_units() {
        let mut data = vec![0x1F, 0x90, 0x00];
        data.extend([0x00, 0x00, 0x10, 0x00, 0x05]);
        data.extend([0x50, 0x34, 0x12, 0x00, 0x05]);
        data.extend([0x00, 0x12, 0x00, 0x00, 0x17]);
        data.extend([0x00, 0x50, 0x01, 0x00, 0x35]);
        data.extend([0x25, 0x01, 0x00, 0x00, 0x2C]);
        data.extend([0x50, 0x75, 0x00, 0x25, 0x45, 0x00, 0x34, 0x12, 0x00]);
        data.extend([0; 9]);
        for (field, expected) in [
            ("heat", 1234.5 * 0.0036),
            ("settled", 1000.0 * 0.0036),
            ("power", 12.0),
            ("flow", 1.5),
            ("volume", 1.25),
            ("supply", 75.5),
            ("return", 45.25),
            ("hours", 1234.0),
        ] {
            let address = Address::parse(&format!("20/1/901F#{field}")).expect("an address");
            let read = value(&answer(&address, 0x81, &data), &address).expect("a value");
            assert!((read - expected).abs() < 1e-9, "{field}: {read}");
        }
    }

    #[test]
    fn refusals_other_meters_and_unknown_units() {
        let address = Address::parse("30/1/901F").expect("an address");
        let problem = |bytes: &[u8]| value(bytes, &address).expect_err("refused").0;
        assert_eq!(problem(&answer(&address, 0xC1, &[0, 1, 2])), Problem::Refused);
        let other = Address::parse("30/2/901F").expect("an address");
        assert_eq!(problem(&answer(&other, 0x81, &WATER)), Problem::OtherMeter);
        let mut odd = WATER;
        odd[7] = 0x77;
        assert_eq!(problem(&answer(&address, 0x81, &odd)), Problem::NotNumber);
    }
}
