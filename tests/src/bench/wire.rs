//! An HTTP client that costs almost nothing, because it shares the processors with the server: requests are written
//! beforehand, the connection is kept alive, and answers are read without a parser.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, Result, bail, ensure};

/// A terminal with its device id and its enterprise.
#[derive(Clone)]
pub(super) struct Sender {
    pub device: String,
    pub code: String,
}

/// A whole request of `entries` values of ten items in the order of time, the `from`-th quarter-hour value on.
pub(super) fn request(sender: &Sender, from: u32, entries: u32) -> Vec<u8> {
    let rows = (from..from + entries).map(|at| (at % 10, at / 10, 0));
    of_rows(sender, rows)
}

/// A whole request of a day as terminals send it: 96 quarter-hours of one item and their sum.
pub(super) fn day_request(sender: &Sender, day: u32) -> Vec<u8> {
    let quarters = (0..96).map(|at| (0, day * 96 + at, 0));
    of_rows(sender, quarters.chain([(0, day * 96, 1)]))
}

/// Rows are (item, quarter-hours since the beginning of 2000, stat type).
fn of_rows(sender: &Sender, rows: impl Iterator<Item = (u32, u32, u8)>) -> Vec<u8> {
    let mut body =
        format!(r#"{{"deviceId":"{}","enterpriseCode":"{}","data":["#, sender.device, sender.code);
    for (at, (item, slot, stat)) in rows.enumerate() {
        let (day, quarter) = (slot / 96, slot % 96);
        let (year, month, day) = (2000 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        let comma = if at == 0 { "" } else { "," };
        write!(
            body,
            r#"{comma}{{"dataCode":"00-00-0000-{:06}-11","dataValue":{}.25,"inputType":1,"statType":{stat},"statDate":"{year}-{month:02}-{day:02} {:02}:{:02}:00","uploadDate":"2026-01-01 00:00:00","scope":1,"valid":true}}"#,
            22100 + item * 100,
            (slot + item) % 977,
            quarter / 4,
            quarter % 4 * 15,
        )
        .expect("a text grows");
    }
    body.push_str("]}");
    let mut whole = format!(
        "POST /uploadEnergyData HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    whole.push_str(&body);
    whole.into_bytes()
}

pub(super) struct Wire {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Wire {
    pub(super) fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).context("a connection")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(4_096) })
    }

    /// Sends a request and reads its answer: true when everything is stored, false when the server asks to come again.
    pub(super) fn send(&mut self, request: &[u8]) -> Result<bool> {
        self.stream.write_all(request)?;
        self.answer.clear();
        let mut piece = [0; 4_096];
        loop {
            let read = self.stream.read(&mut piece)?;
            ensure!(read > 0, "the server closed the connection");
            self.answer.extend_from_slice(&piece[..read]);
            if let Some(done) = stored(&self.answer)? {
                return Ok(done);
            }
        }
    }
}

/// Whether an answer says that everything is stored; `None` while its bytes are incomplete.
pub(super) fn stored(answer: &[u8]) -> Result<Option<bool>> {
    let Some(head) = answer.windows(4).position(|it| it == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(answer);
    let length = text[..head]
        .lines()
        .find_map(|it| it.strip_prefix("content-length: "))
        .and_then(|it| it.trim().parse::<usize>().ok())
        .context("a content-length")?;
    if answer.len() < head + 4 + length {
        return Ok(None);
    }
    if text.starts_with("HTTP/1.1 200") && text.contains(r#""responseCode":"0""#) {
        return Ok(Some(true));
    }
    if text.starts_with("HTTP/1.1 503") {
        return Ok(Some(false));
    }
    bail!("the server answered {text}")
}
