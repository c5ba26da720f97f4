//! Reads devices of Modbus over TCP, or by RTU frames over a serial line or a converter.
use std::time::Duration;

use tokio::time::timeout;
use tokio_modbus::client::{Context, Reader as _, rtu, tcp};
use tokio_modbus::slave::{Slave, SlaveContext as _};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::line::own;
use crate::line::round::{self, Line};
use crate::line::tap::Record;
use crate::line::target::Target;
use crate::measured::{Exchange, Measured};
use crate::modbus::address::{Address, Table};
use crate::modbus::value::number;

/// The framing of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    Tcp,
    Rtu,
}

/// The devices on one line.
pub(crate) struct Reader {
    target: Target,
    framing: Framing,
    time: Duration,
    line: Option<(Context, Record)>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("target", &self.target).finish_non_exhaustive()
    }
}

impl Reader {
    pub(crate) fn new(target: Target, framing: Framing, time: Duration) -> Self {
        Self { target, framing, time, line: None }
    }

    /// Reads each address; a device that stays silent is not asked again in the same round.
    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        round::read(self, addresses).await
    }

    /// Whether a frame that a person wrote is exactly one that reads.
    pub(crate) fn only_reads(&self, frame: &[u8]) -> bool {
        let (function, length) = match self.framing {
            Framing::Tcp => (7, 12),
            Framing::Rtu => (1, 8),
        };
        frame.len() == length && (1..=4).contains(&frame[function])
    }

    /// Sends a frame that a person wrote; the next read opens the line anew.
    pub(crate) async fn own(&mut self, frame: &[u8]) -> Result<Exchange, SourceError> {
        self.line = None;
        let exchange = own::exchange(&self.target, self.time, frame).await?;
        Ok(explained(exchange, self.framing))
    }
}

impl Line for Reader {
    type Address = Address;
    type Device = u8;

    fn parse(text: &str) -> Result<Address, AddressError> {
        Address::parse(text)
    }

    fn device(address: &Address) -> u8 {
        address.unit
    }

    fn place(&self, address: &str) -> String {
        format!("{} {address}", self.target.name())
    }

    async fn connect(&mut self) -> Result<(), SourceError> {
        if self.line.is_none() {
            let (tap, record) = self.target.open(self.time).await?;
            let context = match self.framing {
                Framing::Tcp => tcp::attach(tap),
                Framing::Rtu => rtu::attach(tap),
            };
            self.line = Some((context, record));
        }
        Ok(())
    }

    /// One number; a line that was open before and fails is opened once more.
    async fn one(&mut self, address: &Address, text: &str) -> Result<Measured, SourceError> {
        let first = self.ask(*address, text).await;
        match first {
            Err(error) if error.problem == Problem::Connection => {
                self.line = None;
                self.connect().await?;
                self.ask(*address, text).await
            }
            other => other,
        }
    }
}

impl Reader {
    async fn ask(&mut self, address: Address, text: &str) -> Result<Measured, SourceError> {
        let place = self.place(text);
        let Some((context, record)) = &mut self.line else {
            return Err(SourceError::new(Problem::Connection, place, "not open"));
        };
        context.set_slave(Slave(address.unit));
        drop(record.take());
        let asked = timeout(self.time, registers(context, address)).await;
        let exchange = explained(record.take(), self.framing);
        let answer = match asked {
            Err(_) => Err(SourceError::new(Problem::Timeout, place, format!("{:?}", self.time))),
            Ok(Err((problem, detail))) => Err(SourceError::new(problem, place, detail)),
            Ok(Ok(registers)) => match number(&registers, address.form, address.order) {
                Some(it) => {
                    let value = it * address.scale;
                    return Ok(Measured { value, at: None, exchange });
                }
                None => {
                    let detail = format!("{registers:04X?} as {:?}", address.form);
                    Err(SourceError::new(Problem::NotNumber, place, detail))
                }
            },
        };
        answer.map_err(|error| {
            if error.breaks_connection() {
                self.line = None;
            }
            error.with(exchange)
        })
    }
}

async fn registers(context: &mut Context, address: Address) -> Result<Vec<u16>, (Problem, String)> {
    let (register, count) = (address.register, address.form.registers());
    let bits = |bits: Vec<bool>| bits.into_iter().map(u16::from).collect::<Vec<u16>>();
    let answer = match address.table {
        Table::Holding => context.read_holding_registers(register, count).await,
        Table::Input => context.read_input_registers(register, count).await,
        Table::Coil => context.read_coils(register, 1).await.map(|it| it.map(bits)),
        Table::Discrete => context.read_discrete_inputs(register, 1).await.map(|it| it.map(bits)),
    };
    match answer {
        Ok(Ok(registers)) => Ok(registers),
        Ok(Err(exception)) => Err((Problem::Refused, exception.to_string())),
        Err(tokio_modbus::Error::Protocol(error)) => Err((Problem::Frame, error.to_string())),
        Err(tokio_modbus::Error::Transport(error)) => {
            let is_frame = error.kind() == std::io::ErrorKind::InvalidData;
            let problem = if is_frame { Problem::Frame } else { Problem::Connection };
            Err((problem, error.to_string()))
        }
    }
}

/// Says what the bytes of an answer mean.
fn explained(mut exchange: Exchange, framing: Framing) -> Exchange {
    let length = exchange.received.len();
    let head = match framing {
        Framing::Tcp if length >= 9 => {
            exchange.explain(0..2, "事务号", "transaction");
            exchange.explain(2..4, "协议号", "protocol");
            exchange.explain(4..6, "后随长度", "length that follows");
            6
        }
        Framing::Rtu if length >= 5 => 0,
        _ => return exchange,
    };
    let end = if framing == Framing::Rtu { length - 2 } else { length };
    let is_refusal = exchange.received[head + 1] & 0x80 != 0;
    exchange.explain(head..head + 1, "站号", "unit");
    exchange.explain(head + 1..head + 2, "功能码", "function");
    if is_refusal {
        exchange.explain(head + 2..end, "异常码", "exception");
    } else {
        exchange.explain(head + 2..head + 3, "字节数", "count of bytes");
        exchange.explain(head + 3..end, "数据", "data");
    }
    if framing == Framing::Rtu {
        exchange.explain(end..length, "校验 CRC16", "checksum CRC16");
    }
    exchange
}
