//! One round for a platform above: what changed is noted, the next batch is read, sent unit by unit, and its outcome kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};
use jiff::ToSpan;

use super::Upper;
use super::dictionaries;
use super::failure::RoundError;
use super::noted;
use super::registering;
use super::registration::Keeper;
use super::unit::{self, UnitSent};
use super::work::UnitWork;
use super::works;
use crate::clock::Clock;
use crate::config::Config;
use crate::fail_point;
use crate::store::Store;
use crate::store::link::due::{self, Wanted};
use crate::store::link::outcome::{self, Outcome};
use crate::store::link::upper as standings;
use nengce_messages::stamp::day_number;

/// Does one round; whether more waits that could be sent at once.
pub(super) async fn once(
    upper: &Upper,
    store: &Store,
    config: &Config,
    clock: &Clock,
) -> Result<bool, RoundError> {
    let name = upper.config.name.clone();
    let standing = store.read({
        let name = name.clone();
        move |conn| standings::standing(conn, &name)
    });
    let standing = standing.await?;
    if standing.paused_by.is_some() {
        return Ok(false);
    }
    let had_failed = standing.failure.is_some();
    let has_more = noted::note(upper, store, config, clock, standing).await?;
    let started = Instant::now();
    let recent_from = clock.today().saturating_sub(i64::from(upper.config.recent_days).days());
    let wanted = Wanted {
        upper: name.clone(),
        recent_from,
        grains: upper.config.stat_types(),
        most: upper.config.max_item_days_per_batch,
    };
    let (now, most) = (clock.now(), wanted.most as usize);
    let batch = store.read(move |conn| due::next(conn, &wanted, now)).await?;
    let is_full = batch.len() >= most;
    let recent = day_number(recent_from);
    let is_backfill = batch.iter().all(|it| it.item_day.day < recent);
    let works = works::of(upper, store, clock, batch).await?;
    let is_full = is_full || works.has_more;
    let has_units = !works.units.is_empty();
    let sent = send_batch(upper, store, clock, works.units).await?;
    let has_answered = dictionaries::ask(upper, store, config, clock).await?;
    if had_failed && (has_units || has_answered) {
        let name = name.clone();
        store.write_apart(move |conn| standings::note(conn, &name, None)).await?;
    }
    if is_backfill && sent > 0 {
        let pace = f64::from(upper.config.max_backfill_values_per_second);
        let wanted = Duration::from_secs_f64(sent as f64 / pace);
        tokio::time::sleep(wanted.saturating_sub(started.elapsed())).await;
    }
    Ok(has_more || is_full)
}

/// Sends a batch, several units at once, and keeps what became of it; the number of values that were sent.
async fn send_batch(
    upper: &Upper,
    store: &Store,
    clock: &Clock,
    works: Vec<UnitWork>,
) -> Result<usize, RoundError> {
    if works.is_empty() {
        return Ok(0);
    }
    let (works, mut stopped_by) = registering::all(upper, store, clock, works).await?;
    let keeper = Keeper::of(upper, store);
    let most = upper.config.max_values_per_message;
    let stop = Arc::new(AtomicBool::new(stopped_by.is_some()));
    let mut outcome = Outcome::default();
    {
        let tasks: Vec<_> = works
            .into_iter()
            .map(|work| task(upper, &keeper, clock, work, (most, Arc::clone(&stop))))
            .collect();
        let mut sending = stream::iter(tasks).buffer_unordered(upper.config.units_at_once);
        // After a failure of the platform the exchanges under way end, and no other begins.
        while let Some(sent) = sending.next().await {
            outcome.extend(sent.outcome);
            if let Some(error) = sent.stopped_by {
                stop.store(true, Ordering::Release);
                stopped_by.get_or_insert(error);
            }
        }
    }
    fail_point::hit("link:before_keep");
    let sent = outcome.sent.len();
    metrics::counter!("nengce_link_values_sent_total", "upper" => upper.config.name.clone())
        .increment(sent as u64);
    let (name, now) = (upper.config.name.clone(), clock.now());
    store.write_apart(move |conn| outcome::keep(conn, &name, &outcome, now)).await?;
    fail_point::hit("link:after_keep");
    stopped_by.map_or(Ok(sent), Err)
}

/// Sends one unit's part, unless the batch stopped before.
fn task(
    upper: &Upper,
    keeper: &Keeper,
    clock: &Clock,
    work: UnitWork,
    (most, stop): (usize, Arc<AtomicBool>),
) -> BoxFuture<'static, UnitSent> {
    let centre = upper.centre.for_unit(&work.unit.enterprise_code, &work.unit.region_code);
    let (keeper, clock) = (keeper.clone(), clock.clone());
    Box::pin(async move {
        match stop.load(Ordering::Acquire) {
            true => unit::not_sent(work),
            false => unit::send(centre, work, &keeper, &clock, most).await,
        }
    })
}
