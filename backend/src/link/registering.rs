//! Registers the units of a batch that the platform above does not know yet. What it gives is committed while others are
//! asked for, all that came meanwhile at once, and before anything is sent with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};
use nengce_client::{ClientError, Registration};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Upper;
use super::failure::{self, RoundError};
use super::registration::Keeper;
use super::work::UnitWork;
use crate::clock::{self, Clock};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::link::units::{self, GivenRegistration};

/// A registration that the platform above gave, by its place in the batch.
struct Given {
    at: usize,
    given: Registration,
    row: GivenRegistration,
}

/// What became of asking for a registration; `None`: the batch stopped before.
type Asked = (usize, Option<Result<Registration, ClientError>>);

/// Registers those of a batch that are not registered at this address; the failure of the platform above that ended it early.
pub(super) async fn all(
    upper: &Upper,
    store: &Store,
    clock: &Clock,
    mut works: Vec<UnitWork>,
) -> Result<(Vec<UnitWork>, Option<RoundError>), RoundError> {
    note_asked(upper, store, clock, &mut works).await?;
    let keeper = Keeper::of(upper, store);
    let stop = Arc::new(AtomicBool::new(false));
    let asks: Vec<_> = works
        .iter()
        .enumerate()
        .filter(|(_, it)| it.registration.is_none() || it.has_moved)
        .map(|(at, work)| ask(upper, work, at, Arc::clone(&stop)))
        .collect();
    let (give, take) = unbounded_channel();
    let answers = async {
        let mut asking = stream::iter(asks).buffer_unordered(upper.config.units_at_once);
        let mut stopped_by = None;
        while let Some((at, asked)) = asking.next().await {
            let work = &mut works[at];
            match asked {
                Some(Ok(given)) => {
                    let row = keeper.row(&work.unit, work.registration.as_ref(), &given)?;
                    if give.send(Given { at, given, row }).is_err() {
                        // They are not committed any more, which ends the round.
                        stop.store(true, Ordering::Release);
                    }
                }
                Some(Err(error)) => {
                    if !work.was_asked && failure::gave_nothing(&error) {
                        work.standing.asked_at = None;
                    }
                    if failure::is_of_platform(&error) {
                        stop.store(true, Ordering::Release);
                        stopped_by.get_or_insert(error.into());
                    } else {
                        work.refused = Some(error);
                    }
                }
                None if !work.was_asked => work.standing.asked_at = None,
                None => {}
            }
        }
        drop(give);
        Ok::<_, RoundError>(stopped_by)
    };
    let (stopped_by, kept) = tokio::join!(answers, keep(store, &upper.config.name, take));
    let stopped_by = stopped_by?;
    for Given { at, given, row } in kept? {
        let work = &mut works[at];
        work.standing.take(row);
        (work.registration, work.has_moved) = (Some(given), false);
    }
    Ok((works, stopped_by))
}

/// Notes that registrations are asked for before they are, so that a lost answer is known later.
async fn note_asked(
    upper: &Upper,
    store: &Store,
    clock: &Clock,
    works: &mut [UnitWork],
) -> Result<(), RoundError> {
    let is_new = |it: &&mut UnitWork| it.registration.is_none() && !it.was_asked;
    let (now, mut new) = (clock.now(), Vec::new());
    for it in works.iter_mut().filter(is_new) {
        it.standing.asked_at = Some(clock::text(now));
        new.push(it.unit.unit_id);
    }
    if !new.is_empty() {
        let name = upper.config.name.clone();
        store.write_apart(move |conn| units::asked(conn, &name, &new, now)).await?;
    }
    Ok(())
}

/// Asks for one registration, unless the batch stopped before.
fn ask(
    upper: &Upper,
    work: &UnitWork,
    at: usize,
    stop: Arc<AtomicBool>,
) -> BoxFuture<'static, Asked> {
    let centre = upper.centre_for(&work.unit, work.registration.is_some());
    let known = work.registration.clone();
    Box::pin(async move {
        if stop.load(Ordering::Acquire) {
            return (at, None);
        }
        match centre {
            Ok(centre) => (at, Some(centre.register(known.as_ref()).await)),
            Err(error) => (at, Some(Err(ClientError::Unwritable(format!("{error:#}"))))),
        }
    })
}

/// Commits registrations as they come: all that came during a commit with the next one.
async fn keep(
    store: &Store,
    upper: &str,
    mut take: UnboundedReceiver<Given>,
) -> Result<Vec<Given>, StoreError> {
    let mut kept = Vec::new();
    while let Some(first) = take.recv().await {
        let mut group = vec![first];
        while let Ok(more) = take.try_recv() {
            group.push(more);
        }
        let rows: Vec<GivenRegistration> = group.iter().map(|it| it.row.clone()).collect();
        let upper = upper.to_owned();
        store.write_apart(move |conn| units::registered(conn, &upper, &rows)).await?;
        kept.extend(group);
    }
    Ok(kept)
}
