//! A frame that a person wrote: sent as it is over a line of its own, and what comes back until the line is quiet.
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

use crate::error::{Problem, SourceError};
use crate::line::target::Target;
use crate::measured::{Exchange, KEPT_BYTES};

/// After the first byte the answer ends when nothing comes for so long.
const QUIET: Duration = Duration::from_millis(300);

/// Sends bytes and keeps what comes back.
pub(crate) async fn exchange(
    target: &Target,
    time: Duration,
    frame: &[u8],
) -> Result<Exchange, SourceError> {
    let (mut wire, record) = target.open(time).await?;
    let until = Instant::now() + time;
    let sent = timeout_at(until, async {
        wire.write_all(frame).await?;
        wire.flush().await
    });
    let failed = |problem, detail: String| {
        SourceError::new(problem, target.name(), detail).with(record.take())
    };
    match sent.await {
        Err(_) => return Err(failed(Problem::Timeout, format!("{time:?}"))),
        Ok(Err(error)) => return Err(failed(Problem::Connection, error.to_string())),
        Ok(Ok(())) => {}
    }
    let (mut count, mut quiet) = (0, until);
    let mut buffer = [0; 256];
    while count < KEPT_BYTES {
        match timeout_at(quiet, wire.read(&mut buffer)).await {
            Ok(Ok(more)) if more > 0 => count += more,
            Ok(Err(error)) => return Err(failed(Problem::Connection, error.to_string())),
            _ => break,
        }
        quiet = until.min(Instant::now() + QUIET);
    }
    if count == 0 {
        return Err(failed(Problem::Timeout, format!("{time:?}")));
    }
    Ok(record.take())
}
