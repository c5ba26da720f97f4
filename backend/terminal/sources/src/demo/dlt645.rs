//! A simulated meter of DL/T 645-2007 on TCP: it answers requests for its items, and refuses others.
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::demo::value::Value;
use crate::dlt645::frame::{ANSWER, Frame, REFUSED, find};
use crate::line::envelope::Found;

/// The request to read of the edition of 2007.
const READ: u8 = 0x11;
/// "No such item".
const NO_ITEM: u8 = 0x02;

/// Meters by their number of twelve digits; in each, energies in kWh by their item, as `0x0001_0000`.
pub type Meters = BTreeMap<String, BTreeMap<u32, Value>>;

/// Answers until it is dropped.
pub async fn serve_dlt645(listener: TcpListener, meters: Meters) -> io::Result<()> {
    let meters = Arc::new(meters);
    loop {
        let (stream, _) = listener.accept().await?;
        let meters = Arc::clone(&meters);
        tokio::spawn(async move {
            // A client that leaves ends its own connection alone.
            let _ended = converse(stream, &meters).await.is_ok();
        });
    }
}

async fn converse(mut stream: TcpStream, meters: &Meters) -> io::Result<()> {
    let mut received = Vec::new();
    let mut buffer = [0; 256];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..count]);
        match find(&received, |control| control & ANSWER == 0) {
            Found::Frame(range) => {
                let answer = Frame::of(&received[range.clone()]).and_then(|it| answer(&it, meters));
                received.drain(..range.end);
                if let Some(answer) = answer {
                    stream.write_all(&answer.with_wake()).await?;
                }
            }
            Found::Bad(..) => received.clear(),
            Found::Incomplete => {}
        }
    }
}

/// None where the request is for no meter here: a meter stays silent then.
fn answer(request: &Frame, meters: &Meters) -> Option<Frame> {
    let asked: String = request.meter.iter().rev().map(|it| format!("{it:02X}")).collect();
    let is_any = asked.bytes().all(|it| it == b'A');
    let (number, items) =
        if is_any { meters.first_key_value()? } else { meters.get_key_value(&asked)? };
    let mut meter = [0; 6];
    let number = u64::from_str_radix(number, 16).ok()?;
    meter.copy_from_slice(&number.to_le_bytes()[..6]);
    let refused = Frame { meter, control: request.control | ANSWER | REFUSED, data: vec![NO_ITEM] };
    let item: Option<[u8; 4]> = request.data.as_slice().try_into().ok();
    let value = item.and_then(|it| items.get(&u32::from_le_bytes(it)));
    Some(match value {
        Some(value) if request.control == READ => {
            let mut data = request.data.clone();
            data.extend(digits(value()));
            Frame { meter, control: READ | ANSWER, data }
        }
        _ => refused,
    })
}

/// Four bytes of decimal digits with two after the point; the counter begins anew after 999999.99.
fn digits(value: f64) -> [u8; 4] {
    let mut rest = ((value * 100.0).round().max(0.0) as u64) % 100_000_000;
    std::array::from_fn(|_| {
        let pair = (rest % 100) as u8;
        rest /= 100;
        ((pair / 10) << 4) | (pair % 10)
    })
}
