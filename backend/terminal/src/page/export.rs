//! The download of everything that is kept: streamed, so that the memory stays small however much it is.

use std::io::{Error, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc::{Sender, channel};

use crate::page::guard::Page;

/// Blocks of 64 KiB that may wait for the browser.
const BLOCKS: usize = 4;

/// Gives what is written to the answer, and waits while the browser is slow.
struct Pipe(Sender<Result<Bytes, Error>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let block = Ok(Bytes::copy_from_slice(bytes));
        self.0.blocking_send(block).map_err(|_| Error::from(std::io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) async fn export(State(page): State<Arc<Page>>) -> Response {
    let exporter = page.plant.engine.lock().exporter();
    let (blocks, receiver) = channel(BLOCKS);
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe(blocks.clone());
        if let Err(error) = exporter.csv(i64::MIN, i64::MAX, &mut pipe) {
            // The answer breaks off, so that half a file is not taken for a whole one.
            drop(blocks.blocking_send(Err(Error::other(error.to_string()))));
        }
    });
    let stream =
        futures_util::stream::unfold(
            receiver,
            |mut it| async move { Some((it.recv().await?, it)) },
        );
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=readings.csv");
    ([kind, name], Body::from_stream(stream)).into_response()
}
