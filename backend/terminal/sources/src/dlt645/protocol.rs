//! Asks a meter of DL/T 645 for a number, follows it over several frames, and explains the bytes.
use crate::address::AddressError;
use crate::dlt645::address::{Address, Edition, matches};
use crate::dlt645::frame::{Frame, MORE, REFUSED, find_answer};
use crate::dlt645::items::Form;
use crate::error::Problem;
use crate::line::bus::{Bus, Failure, Protocol, decimal};
use crate::measured::{Exchange, Measured};

/// The most frames of one answer.
const MOST_FRAMES: u8 = 32;

/// The protocol.
#[derive(Debug)]
pub(crate) struct Dlt645;

impl Protocol for Dlt645 {
    type Address = Address;

    fn parse(text: &str) -> Result<Address, AddressError> {
        Address::parse(text)
    }

    fn meter(address: &Address) -> String {
        format!("{:02X?}", address.meter)
    }

    async fn ask(bus: &mut Bus, address: &Address) -> Result<Measured, Failure> {
        let (first, next) = match address.edition {
            Edition::Of2007 => (0x11, 0x12),
            Edition::Of1997 => (0x01, 0x02),
        };
        let mut numbers: Vec<u8> = Vec::new();
        let mut whole: Option<Exchange> = None;
        for sequence in 0..MOST_FRAMES {
            let mut data = address.item.clone();
            if sequence > 0 && address.edition == Edition::Of2007 {
                data.push(sequence);
            }
            let control = if sequence == 0 { first } else { next };
            let request = Frame { meter: address.meter, control, data };
            let (bytes, exchange) = bus.exchange(&request.with_wake(), find_answer).await?;
            let exchange = explained(exchange, &bytes, address.item.len());
            let answer = part(&bytes, address, control, sequence);
            let (part, more) = match answer {
                Ok(it) => it,
                Err((problem, detail)) => return Err(Failure::new(problem, detail, exchange)),
            };
            numbers.extend(part);
            let exchange = match whole.take() {
                Some(before) => joined(before, exchange),
                None => exchange,
            };
            if !more {
                return number(&numbers, address.index, address.form)
                    .map(|value| Measured { value, at: None, exchange: exchange.clone() })
                    .map_err(|detail| Failure::new(Problem::NotNumber, detail, exchange));
            }
            whole = Some(exchange);
        }
        let detail = format!("more than {MOST_FRAMES} frames");
        Err(Failure::new(Problem::TooLarge, detail, whole.unwrap_or_default()))
    }
}

/// The bytes of the numbers in one frame, and whether more follows.
fn part(
    bytes: &[u8],
    address: &Address,
    control: u8,
    sequence: u8,
) -> Result<(Vec<u8>, bool), (Problem, String)> {
    let frame = Frame::of(bytes).ok_or_else(|| (Problem::Frame, "cut".to_owned()))?;
    if !matches(address.meter, frame.meter) {
        return Err((Problem::OtherMeter, meter_text(frame.meter)));
    }
    if frame.control & 0x1F != control & 0x1F {
        return Err((Problem::Frame, format!("control {:02X}", frame.control)));
    }
    if frame.control & REFUSED != 0 {
        let byte = frame.data.first().copied().unwrap_or_default();
        return Err((Problem::Refused, refusal(byte, address.edition)));
    }
    let Some(rest) = frame.data.strip_prefix(address.item.as_slice()) else {
        return Err((Problem::Frame, format!("another item: {:02X?}", frame.data)));
    };
    let mut rest = rest.to_vec();
    // Later frames of the edition of 2007 end in their number.
    if sequence > 0 && address.edition == Edition::Of2007 && rest.pop() != Some(sequence) {
        return Err((Problem::Frame, format!("not frame {sequence}")));
    }
    Ok((rest, frame.control & MORE != 0))
}

/// The number at a place of a block.
fn number(bytes: &[u8], index: usize, form: Form) -> Result<f64, String> {
    let start = index * usize::from(form.stride);
    let range = start..start + usize::from(form.bytes);
    let mut digits = bytes
        .get(range)
        .ok_or_else(|| format!("{} bytes, number {} wanted", bytes.len(), index + 1))?
        .to_vec();
    let highest = digits.len() - 1;
    let is_negative = form.signed && digits[highest] & 0x80 != 0;
    if is_negative {
        digits[highest] &= 0x7F;
    }
    let value = decimal(&digits).ok_or_else(|| format!("{digits:02X?} are no decimal digits"))?;
    let value = value / 10_f64.powi(i32::from(form.decimals));
    Ok(if is_negative { -value } else { value })
}

fn meter_text(meter: [u8; 6]) -> String {
    meter.iter().rev().map(|it| format!("{it:02X}")).collect()
}

/// What the byte of a refusal says.
fn refusal(byte: u8, edition: Edition) -> String {
    let words: &[&str] = match edition {
        Edition::Of2007 => &[
            "其他错误 other error",
            "无请求数据 no such item",
            "密码错或未授权 not authorised",
            "通信速率不能更改 baud rate fixed",
            "年时区数超 too many seasons",
            "日时段数超 too many periods",
            "费率数超 too many tariffs",
        ],
        Edition::Of1997 => &[
            "非法数据 illegal data",
            "数据标识错 wrong item",
            "密码错 wrong password",
            "",
            "年时区数超 too many seasons",
            "日时段数超 too many periods",
            "费率数超 too many tariffs",
        ],
    };
    let said = words.iter().enumerate().filter(|(bit, _)| byte >> bit & 1 != 0);
    let said: Vec<&str> = said.map(|(_, words)| *words).collect();
    format!("{byte:02X}: {}", said.join(", "))
}

/// Several frames as one exchange.
fn joined(mut before: Exchange, after: Exchange) -> Exchange {
    let shift = before.received.len();
    before.sent.extend(after.sent);
    before.received.extend(after.received);
    before.parts.extend(after.parts.into_iter().map(|mut it| {
        it.range = it.range.start + shift..it.range.end + shift;
        it
    }));
    before
}

/// Says what the bytes of an answer mean.
fn explained(mut exchange: Exchange, frame: &[u8], item: usize) -> Exchange {
    let found = exchange.received.windows(frame.len()).position(|it| it == frame);
    let Some(start) = found else { return exchange };
    let end = start + frame.len();
    let at = |from: usize, to: usize| start + from..start + to;
    if start > 0 {
        exchange.explain(0..start, "前导字节", "wake-up bytes");
    }
    exchange.explain(at(0, 1), "帧起始符", "start");
    exchange.explain(at(1, 7), "表号，低字节在前", "meter, lowest byte first");
    exchange.explain(at(7, 8), "帧起始符", "start");
    exchange.explain(at(8, 9), "控制码", "control");
    exchange.explain(at(9, 10), "数据长度", "length of the data");
    let data_end = end - 2;
    if frame[8] & REFUSED != 0 {
        exchange.explain(
            start + 10..data_end,
            "错误信息字，加 33H",
            "reason of refusal, 33H added",
        );
    } else {
        let item_end = (start + 10 + item).min(data_end);
        exchange.explain(start + 10..item_end, "数据标识，加 33H", "item, 33H added");
        exchange.explain(
            item_end..data_end,
            "数据，BCD 低字节在前，加 33H",
            "digits, lowest byte first, 33H added",
        );
    }
    exchange.explain(data_end..end - 1, "校验和", "checksum");
    exchange.explain(end - 1..end, "结束符", "end");
    exchange
}

#[cfg(test)]
mod tests {
    use super::{number, part, refusal};
    use crate::dlt645::address::{Address, Edition};
    use crate::dlt645::frame::Frame;
    use crate::error::Problem;

    fn asked(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    #[test]
    fn the_published_answer_is_317_76() {
        let address = asked("202107072529/00000000");
        let data = vec![0, 0, 0, 0, 0x76, 0x17, 0x03, 0x00];
        let frame = Frame { meter: address.meter, control: 0x91, data };
        let (bytes, more) = part(&frame.bytes(), &address, 0x11, 0).expect("numbers");
        assert!(!more);
        assert_eq!(number(&bytes, 0, address.form), Ok(317.76));
    }

    #[test]
    fn signs_blocks_and_what_is_no_number() {
        let address = asked("1/0202FF00#2");
        let block = [0x00, 0x50, 0x01, 0x34, 0x12, 0x80];
        assert_eq!(number(&block, address.index, address.form), Ok(-1.234));
        assert!(number(&block, 5, address.form).is_err());
        assert!(number(&[0xFF; 3], 0, address.form).is_err());
    }

    #[test]
    fn refusals_and_other_meters() {
        let address = asked("1/00010000");
        let refused = Frame { meter: address.meter, control: 0xD1, data: vec![2] };
        let (problem, detail) = part(&refused.bytes(), &address, 0x11, 0).expect_err("refused");
        assert_eq!(problem, Problem::Refused);
        assert!(detail.contains("无请求数据"), "{detail}");
        let other = Frame { meter: [9; 6], control: 0x91, data: vec![0; 8] };
        let (problem, _) = part(&other.bytes(), &address, 0x11, 0).expect_err("another");
        assert_eq!(problem, Problem::OtherMeter);
        assert!(refusal(4, Edition::Of1997).contains("密码错"));
    }

    #[test]
    fn later_frames_end_in_their_number() {
        let address = asked("1/0001FF00");
        let data = vec![0x00, 0xFF, 0x01, 0x00, 1, 2, 3, 4, 1];
        let later = Frame { meter: address.meter, control: 0xB2, data };
        assert_eq!(part(&later.bytes(), &address, 0x12, 1), Ok((vec![1, 2, 3, 4], true)));
        assert!(part(&later.bytes(), &address, 0x12, 2).is_err());
    }
}
