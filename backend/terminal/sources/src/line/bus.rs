//! Meters that answer one request at a time on a shared line: asking, waiting, and giving up in time.
use std::collections::BTreeSet;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::line::tap::{Record, Tap};
use crate::line::target::Target;
use crate::measured::{Exchange, Measured};

/// The most bytes of one answer, echoes and wake-up bytes included.
const MOST_BYTES: usize = 1024;

/// What the bytes that came so far are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// More is needed.
    Incomplete,
    /// An answer that cannot be used.
    Bad(Problem, String),
    /// An answer in this range.
    Frame(std::ops::Range<usize>),
}

/// How one protocol asks and understands.
pub(crate) trait Protocol {
    /// Where a value lies.
    type Address: Send;
    /// Reads an address.
    fn parse(text: &str) -> Result<Self::Address, AddressError>;
    /// The meter, for leaving out one that is silent.
    fn meter(address: &Self::Address) -> String;
    /// Asks for the value.
    fn ask(
        bus: &mut Bus,
        address: &Self::Address,
    ) -> impl Future<Output = Result<Measured, Failure>> + Send;
}

/// A problem without its place.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) problem: Problem,
    pub(crate) detail: String,
    pub(crate) exchange: Exchange,
}

impl Failure {
    pub(crate) fn new(problem: Problem, detail: impl Into<String>, exchange: Exchange) -> Self {
        Self { problem, detail: detail.into(), exchange }
    }
}

/// A line with meters on it.
#[derive(Debug)]
pub(crate) struct Bus {
    target: Target,
    time: Duration,
    line: Option<(Tap, Record)>,
}

impl Bus {
    pub(crate) fn new(target: Target, time: Duration) -> Self {
        Self { target, time, line: None }
    }

    /// Reads each address; a meter that stays silent is not asked again in the same round.
    pub(crate) async fn read<P: Protocol>(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let mut answers = Vec::with_capacity(addresses.len());
        let mut silent = BTreeSet::new();
        let mut unreachable: Option<SourceError> = None;
        for text in addresses {
            let answer = match (P::parse(text), &unreachable) {
                (Err(error), _) => Err(SourceError::new(Problem::Address, text, error)),
                (Ok(_), Some(error)) => Err(error.clone()),
                (Ok(it), None) if silent.contains(&P::meter(&it)) => Err(SourceError::new(
                    Problem::Timeout,
                    self.place(text),
                    "silent in this round",
                )),
                (Ok(it), None) => {
                    let answer = self.one::<P>(&it, text).await;
                    match &answer {
                        Err(error) if error.problem == Problem::Timeout => {
                            silent.insert(P::meter(&it));
                        }
                        Err(error) if error.problem == Problem::Connection => {
                            unreachable = Some(error.clone());
                        }
                        _ => {}
                    }
                    answer
                }
            };
            answers.push(answer);
        }
        answers
    }

    fn place(&self, address: &str) -> String {
        format!("{} {address}", self.target.name())
    }

    /// One value; after noise on the line, or a connection gone, it is asked once more.
    async fn one<P: Protocol>(
        &mut self,
        address: &P::Address,
        text: &str,
    ) -> Result<Measured, SourceError> {
        let mut asked_again = false;
        loop {
            let was_open = self.line.is_some();
            if self.line.is_none() {
                self.line = Some(self.target.open(self.time).await?);
            }
            let failure = match P::ask(self, address).await {
                Ok(measured) => return Ok(measured),
                Err(failure) => failure,
            };
            let error = SourceError::new(failure.problem, self.place(text), failure.detail);
            if error.breaks_connection() {
                self.line = None;
            }
            let again = match error.problem {
                Problem::Connection => was_open,
                Problem::Checksum | Problem::Frame => true,
                _ => false,
            };
            if asked_again || !again {
                return Err(error.with(failure.exchange));
            }
            asked_again = true;
        }
    }

    /// Sends a request and waits for the answer that `find` sees in the bytes.
    pub(crate) async fn exchange(
        &mut self,
        request: &[u8],
        find: fn(&[u8]) -> Found,
    ) -> Result<(Vec<u8>, Exchange), Failure> {
        let Some((wire, record)) = &mut self.line else {
            return Err(Failure::new(Problem::Connection, "not open", Exchange::default()));
        };
        let until = Instant::now() + self.time;
        drop(record.take());
        let mut received = Vec::new();
        let mut asked = false;
        let ended = loop {
            if !asked {
                let sent = timeout_at(until, async {
                    wire.write_all(request).await?;
                    wire.flush().await
                });
                match sent.await {
                    Err(_) => break Err((Problem::Timeout, format!("{:?}", self.time))),
                    Ok(Err(error)) => break Err((Problem::Connection, error.to_string())),
                    Ok(Ok(())) => asked = true,
                }
            }
            let mut buffer = [0; 256];
            let count = match timeout_at(until, wire.read(&mut buffer)).await {
                Err(_) => break Err((Problem::Timeout, format!("{:?}", self.time))),
                Ok(Err(error)) => break Err((Problem::Connection, error.to_string())),
                Ok(Ok(0)) => {
                    break Err((Problem::Connection, "closed by the other side".to_owned()));
                }
                Ok(Ok(count)) => count,
            };
            received.extend_from_slice(&buffer[..count]);
            match find(&received) {
                Found::Frame(range) => break Ok(received[range].to_vec()),
                Found::Bad(problem, detail) => break Err((problem, detail)),
                Found::Incomplete if received.len() > MOST_BYTES => {
                    break Err((
                        Problem::Frame,
                        format!("{} bytes without an end", received.len()),
                    ));
                }
                Found::Incomplete => {}
            }
        };
        let exchange = record.take();
        match ended {
            Ok(frame) => Ok((frame, exchange)),
            Err((problem, detail)) => Err(Failure::new(problem, detail, exchange)),
        }
    }
}

/// The sum of bytes, which both protocols of meters have before their last byte.
pub(crate) fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, it| sum.wrapping_add(*it))
}

/// Two decimal digits in each byte, the lowest byte first; none where a digit is none.
pub(crate) fn decimal(bytes: &[u8]) -> Option<f64> {
    bytes.iter().rev().try_fold(0.0, |sum, byte| {
        let (high, low) = (byte >> 4, byte & 0xF);
        (high < 10 && low < 10).then(|| sum * 100.0 + f64::from(high * 10 + low))
    })
}
