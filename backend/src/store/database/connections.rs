//! Database connections for queries: each serves one query at a time, is interrupted when the client has gone, and all are returned before
//! the database is opened again.

use std::sync::Arc;
use std::time::Duration;

use duckdb::{Connection, InterruptHandle};
use parking_lot::{Condvar, Mutex, MutexGuard};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::error::{Result, StoreError};

/// An interrupt that comes before execution starts is lost: it is repeated this often.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(5);

pub(crate) struct ReadConnections {
    state: Mutex<State>,
    returned: Condvar,
    turns: Arc<Semaphore>,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    lent: Vec<Arc<RunningQuery>>,
    open: bool,
}

impl ReadConnections {
    /// Closed until the first [`Self::fill`].
    pub(crate) fn new(count: usize) -> Self {
        Self {
            state: Mutex::default(),
            returned: Condvar::new(),
            turns: Arc::new(Semaphore::new(count.max(1))),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// Opens with these connections.
    pub(crate) fn fill(&self, connections: Vec<Connection>) {
        let mut state = self.state();
        state.idle = connections;
        state.open = true;
    }

    /// Interrupts what runs and waits until no connection is left.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.open = false;
        state.idle.clear();
        while !state.lent.is_empty() {
            for question in &state.lent {
                question.interrupt();
            }
            self.returned.wait_for(&mut state, INTERRUPT_INTERVAL);
        }
    }

    /// Waits for a turn; whoever holds it may borrow a connection.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        turn.map_err(|_| gone())
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("no connection to the database is left".to_owned())
}

/// One question under way.
#[derive(Default)]
pub(crate) struct RunningQuery(Mutex<Stage>);

#[derive(Default)]
enum Stage {
    #[default]
    Waiting,
    Running(Arc<InterruptHandle>),
    Over,
}

impl RunningQuery {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.0.lock()
    }

    /// Stops what runs, or what has not begun; whether there is anything left to stop.
    fn interrupt(&self) -> bool {
        let mut stage = self.stage();
        match &*stage {
            Stage::Running(handle) => {
                handle.interrupt();
                true
            }
            _ => {
                *stage = Stage::Over;
                false
            }
        }
    }
}

/// Interrupts the query when it is dropped, because its client has gone.
pub(crate) struct InterruptOnDrop(pub Arc<RunningQuery>);

impl Drop for InterruptOnDrop {
    fn drop(&mut self) {
        if !self.0.interrupt() {
            return;
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let question = Arc::clone(&self.0);
            runtime.spawn(async move {
                while question.interrupt() {
                    tokio::time::sleep(INTERRUPT_INTERVAL).await;
                }
            });
        }
    }
}

/// A connection that serves a query, with its permit; both are returned however the query ends.
pub(crate) struct BorrowedConnection {
    conn: Option<Connection>,
    question: Arc<RunningQuery>,
    readers: Arc<ReadConnections>,
    _turn: OwnedSemaphorePermit,
}

impl BorrowedConnection {
    /// Fails when the question was given up, or the database is being opened anew.
    pub(crate) fn new(
        readers: Arc<ReadConnections>,
        turn: OwnedSemaphorePermit,
        question: Arc<RunningQuery>,
    ) -> Result<Self> {
        let conn = {
            let mut state = readers.state();
            let mut stage = question.stage();
            if !state.open || matches!(*stage, Stage::Over) {
                return Err(StoreError::Unavailable(
                    "the database is being opened anew".to_owned(),
                ));
            }
            let conn = state.idle.pop().ok_or_else(gone)?;
            *stage = Stage::Running(conn.interrupt_handle());
            state.lent.push(Arc::clone(&question));
            conn
        };
        Ok(Self { conn: Some(conn), question, readers, _turn: turn })
    }

    pub(crate) fn conn(&self) -> Result<&Connection> {
        self.conn.as_ref().ok_or_else(gone)
    }
}

impl Drop for BorrowedConnection {
    fn drop(&mut self) {
        *self.question.stage() = Stage::Over;
        let mut state = self.readers.state();
        state.lent.retain(|it| !Arc::ptr_eq(it, &self.question));
        let mut conn = self.conn.take();
        if std::thread::panicking() {
            // Whatever the question left open on the connection goes with it.
            conn = conn.map(|it| it.try_clone().unwrap_or(it));
        }
        if state.open {
            state.idle.extend(conn);
        } else {
            drop(conn);
        }
        self.readers.returned.notify_all();
    }
}
