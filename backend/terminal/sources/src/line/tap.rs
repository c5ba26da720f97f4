//! A stream whose bytes are kept while they pass, so that a page can show what a device said.
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::measured::{Exchange, KEPT_BYTES};

/// What bytes pass over.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

/// The bytes of one exchange, shared with the tap that fills it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record(Arc<Mutex<Exchange>>);

impl Record {
    /// What passed since the last call.
    pub(crate) fn take(&self) -> Exchange {
        std::mem::take(&mut *self.0.lock())
    }
}

/// A stream that fills a record.
#[derive(Debug)]
pub(crate) struct Tap {
    wire: Box<dyn Wire>,
    record: Record,
}

impl Tap {
    pub(crate) fn new(wire: Box<dyn Wire>) -> (Self, Record) {
        let record = Record::default();
        (Self { wire, record: record.clone() }, record)
    }
}

fn keep(into: &mut Vec<u8>, bytes: &[u8]) {
    let room = KEPT_BYTES.saturating_sub(into.len()).min(bytes.len());
    into.extend_from_slice(&bytes[..room]);
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.wire).poll_read(context, buffer))?;
        keep(&mut self.record.0.lock().received, &buffer.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tap {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.wire).poll_write(context, bytes))?;
        keep(&mut self.record.0.lock().sent, &bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(context)
    }
}
