//! A line to devices: a serial port, or a TCP connection to a device or a converter. It opens at its first use.
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_serial::SerialPortBuilderExt;

use crate::error::{Problem, SourceError};
use crate::line::tap::{Record, Tap};
use crate::settings::{Parity, SerialLine};

/// Where a line leads.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Tcp(String),
    Serial(SerialLine),
}

impl Target {
    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Tcp(address) => address,
            Self::Serial(line) => &line.device,
        }
    }

    pub(crate) async fn open(&self, time: Duration) -> Result<(Tap, Record), SourceError> {
        let failed = |detail: String| SourceError::new(Problem::Connection, self.name(), detail);
        match self {
            Self::Tcp(address) => {
                let stream = timeout(time, TcpStream::connect(address))
                    .await
                    .map_err(|_| failed(format!("{time:?}")))?
                    .map_err(|error| failed(error.to_string()))?;
                stream.set_nodelay(true).map_err(|error| failed(error.to_string()))?;
                Ok(Tap::new(Box::new(stream)))
            }
            Self::Serial(line) => {
                let stream = tokio_serial::new(&line.device, line.baud)
                    .parity(match line.parity {
                        Parity::None => tokio_serial::Parity::None,
                        Parity::Odd => tokio_serial::Parity::Odd,
                        Parity::Even => tokio_serial::Parity::Even,
                    })
                    .stop_bits(if line.stop_bits == 2 {
                        tokio_serial::StopBits::Two
                    } else {
                        tokio_serial::StopBits::One
                    })
                    .open_native_async()
                    .map_err(|error| failed(error.to_string()))?;
                Ok(Tap::new(Box::new(stream)))
            }
        }
    }
}
