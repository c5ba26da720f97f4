//! Requests byte for byte, as a client's own stack writes them, over one connection that the server closes or keeps.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::answer::Answer;
use super::app::TestApp;

/// Sends bytes and reads one answer, by its Content-Length or its chunks; an interim answer (100) is passed over.
pub fn exchange(app: &TestApp, request: &[u8]) -> Answer {
    let url = app.url();
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a socket");
    stream.write_all(request).expect("the request is sent");
    answer(&mut stream)
}

/// The next answer on a stream.
pub fn answer(stream: &mut impl Read) -> Answer {
    loop {
        let head = head(stream);
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|it| it.parse().ok())
            .unwrap_or_else(|| panic!("no status: {head}"));
        if status == 100 {
            continue;
        }
        let headers: std::collections::BTreeMap<_, _> = head
            .lines()
            .skip(1)
            .filter_map(|it| it.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.get("content-length").and_then(|it| it.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).expect("a whole body");
        if headers.get("transfer-encoding").is_some_and(|it| it == "chunked") {
            body = chunks(stream);
        }
        return Answer { status, headers, body, what: "a raw request".to_owned() };
    }
}

fn head(stream: &mut impl Read) -> String {
    let bytes = until(stream, b"\r\n\r\n");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn chunks(stream: &mut impl Read) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = until(stream, b"\r\n");
        let text = String::from_utf8_lossy(&line);
        let length = usize::from_str_radix(text.trim(), 16).expect("a chunk's length");
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).expect("a chunk");
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

fn until(stream: &mut impl Read, end: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(end) {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            other => panic!("no answer: {other:?} after {}", String::from_utf8_lossy(&bytes)),
        }
    }
    bytes
}
