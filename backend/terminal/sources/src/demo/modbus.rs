//! A simulated device of Modbus TCP: holding and input registers hold values as `f64` in four registers, highest first.
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::demo::value::Value;

const HOLDING: u8 = 3;
const INPUT: u8 = 4;
const NO_FUNCTION: u8 = 1;
const NO_ADDRESS: u8 = 2;
/// What follows the length: unit, function, register, count.
const REQUEST: usize = 6;

/// Values by the first of their four registers.
pub type Registers = BTreeMap<u16, Value>;

/// Answers until it is dropped.
pub async fn serve_modbus(listener: TcpListener, registers: Registers) -> io::Result<()> {
    let registers = Arc::new(registers);
    loop {
        let (stream, _) = listener.accept().await?;
        let registers = Arc::clone(&registers);
        tokio::spawn(async move {
            // A client that leaves ends its own connection alone.
            let _ended = converse(stream, &registers).await.is_ok();
        });
    }
}

async fn converse(mut stream: TcpStream, registers: &Registers) -> io::Result<()> {
    loop {
        let mut head = [0; 6];
        stream.read_exact(&mut head).await?;
        let length = usize::from(u16::from_be_bytes([head[4], head[5]]));
        if !(2..=260).contains(&length) {
            return Ok(());
        }
        let mut request = vec![0; length];
        stream.read_exact(&mut request).await?;
        let answer = answer(&request, registers);
        let mut bytes = head[..4].to_vec();
        bytes.extend_from_slice(&(answer.len() as u16).to_be_bytes());
        bytes.extend_from_slice(&answer);
        stream.write_all(&bytes).await?;
    }
}

fn answer(request: &[u8], registers: &Registers) -> Vec<u8> {
    let (unit, function) = (request[0], request[1]);
    let refuse = |reason| vec![unit, function | 0x80, reason];
    if request.len() != REQUEST || !matches!(function, HOLDING | INPUT) {
        return refuse(NO_FUNCTION);
    }
    let register = u16::from_be_bytes([request[2], request[3]]);
    let count = u16::from_be_bytes([request[4], request[5]]);
    if count == 0 || count > 125 {
        return refuse(NO_ADDRESS);
    }
    let mut bytes = vec![unit, function, (count * 2) as u8];
    let mut read = BTreeMap::new();
    for offset in 0..count {
        let wanted = register.wrapping_add(offset);
        let Some((first, value)) = registers.range(..=wanted).next_back() else {
            return refuse(NO_ADDRESS);
        };
        let place = usize::from(wanted - first) * 2;
        // One call for the four registers of a value, so that they fit together.
        let eight = read.entry(*first).or_insert_with(|| value().to_be_bytes());
        match eight.get(place..place + 2) {
            Some(two) => bytes.extend_from_slice(two),
            None => return refuse(NO_ADDRESS),
        }
    }
    bytes
}
