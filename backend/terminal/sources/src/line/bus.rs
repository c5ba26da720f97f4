//! Meters that answer one request at a time on a shared line: asking, waiting, and giving up in time.
use std::marker::PhantomData;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::line::envelope::Found;
use crate::line::own;
use crate::line::round::{self, Line};
use crate::line::tap::{Record, Tap};
use crate::line::target::Target;
use crate::measured::{Exchange, Measured};

/// The most bytes of one answer, echoes and wake-up bytes included.
const MOST_BYTES: usize = 1024;

/// How one protocol asks and understands.
pub(crate) trait Protocol: Send {
    /// Where a value lies.
    type Address: Send + Sync;
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
        round::read(&mut Meters::<P>(self, PhantomData), addresses).await
    }

    /// Sends a frame that a person wrote; the next read opens the line anew.
    pub(crate) async fn own(&mut self, frame: &[u8]) -> Result<Exchange, SourceError> {
        self.line = None;
        own::exchange(&self.target, self.time, frame).await
    }

    async fn connect(&mut self) -> Result<(), SourceError> {
        if self.line.is_none() {
            self.line = Some(self.target.open(self.time).await?);
        }
        Ok(())
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
            self.connect().await?;
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

/// The meters of a line that speak one protocol.
struct Meters<'a, P>(&'a mut Bus, PhantomData<P>);

impl<P: Protocol> Line for Meters<'_, P> {
    type Address = P::Address;
    type Device = String;

    fn parse(text: &str) -> Result<P::Address, AddressError> {
        P::parse(text)
    }

    fn device(address: &P::Address) -> String {
        P::meter(address)
    }

    fn place(&self, address: &str) -> String {
        self.0.place(address)
    }

    async fn connect(&mut self) -> Result<(), SourceError> {
        self.0.connect().await
    }

    async fn one(&mut self, address: &P::Address, text: &str) -> Result<Measured, SourceError> {
        self.0.one::<P>(address, text).await
    }
}

/// Two decimal digits in each byte, the lowest byte first; none where a digit is none.
pub(crate) fn decimal(bytes: &[u8]) -> Option<f64> {
    bytes.iter().rev().try_fold(0.0, |sum, byte| {
        let (high, low) = (byte >> 4, byte & 0xF);
        (high < 10 && low < 10).then(|| sum * 100.0 + f64::from(high * 10 + low))
    })
}
