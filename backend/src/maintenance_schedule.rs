//! Maintenance once a day: retention, then compaction. It runs in small steps with pauses, so that uploads and queries
//! are hardly slowed.

use std::time::Duration;

use jiff::civil::{Date, DateTime};

use crate::clock::{self, Clock};
use crate::config::Config;
use crate::fail_point;
use crate::store::maintenance::StepPace;
use crate::store::maintenance::compact::quarter_of;
use crate::store::maintenance::retention::RETIRING;
use crate::store::{Result, Store};

/// How often the clock is looked at.
const POLL_INTERVAL: Duration = Duration::from_secs(60);
/// Three parts of the time belong to uploads.
const REST_PER_STEP: u32 = 3;

/// Quarters before this one are closed: late data are unlikely.
pub fn closed_before(config: &Config, today: Date) -> Date {
    quarter_of(today.saturating_sub(jiff::Span::new().days(i64::from(config.compact_after_days))))
}

pub fn pace(config: &Config) -> StepPace {
    StepPace { step_rows: u64::from(config.compaction_step_readings), rest: 1 }
}

/// Runs until the server ends.
pub async fn run(store: Store, config: std::sync::Arc<Config>, clock: Clock) {
    loop {
        tokio::time::sleep(fail_point::pause(POLL_INTERVAL)).await;
        fail_point::hit("maintenance:look");
        let now = clock.now();
        match store.maintained_at().await {
            Ok(last) if !is_due(last, now, config.maintenance_hour) => {}
            Ok(_) => match once(&store, &config, now).await {
                Ok(()) => tracing::info!("the nightly maintenance is through"),
                Err(error) => {
                    tracing::warn!(%error, "the nightly maintenance did not finish; it is tried again");
                }
            },
            Err(error) => tracing::debug!(%error, "the last maintenance is not known"),
        }
    }
}

/// Retention, then compaction; noted when both are through.
pub async fn once(store: &Store, config: &Config, now: DateTime) -> Result<()> {
    let pace = StepPace { rest: REST_PER_STEP, ..pace(config) };
    let kept = [config.retention_realtime_days, config.retention_day_days];
    for (stat_type, days) in RETIRING.into_iter().zip(kept) {
        if days > 0 {
            let oldest = now.date().saturating_sub(jiff::Span::new().days(i64::from(days)));
            store.retire(stat_type, quarter_of(oldest), pace).await?;
        }
    }
    store.sweep_link(pace).await?;
    let months = i64::from(config.audit_retention_months);
    let oldest = now.saturating_sub(jiff::Span::new().months(months));
    store.retire_audit(clock::text(oldest), clock::text(now)).await?;
    fail_point::hit("maintenance:retired");
    store.sweep_claims(now, config.claim_days).await?;
    store.sweep_old_secrets(now).await?;
    let lapsed = store.sweep_registrations(now, config.pending_lifetime()).await?;
    if lapsed > 0 {
        tracing::info!(lapsed, "registrations that nobody approved have ended");
    }
    let before = closed_before(config, now.date());
    store.compact(before, pace, now).await?;
    fail_point::hit("maintenance:compacted");
    store.set_maintained_at(now).await
}

/// Whether the hour struck since the last time.
fn is_due(last: Option<DateTime>, now: DateTime, hour: u8) -> bool {
    let today = now.date().at(i8::try_from(hour).unwrap_or(0), 0, 0, 0);
    let struck = if today <= now { today } else { today.saturating_sub(jiff::Span::new().days(1)) };
    last.is_none_or(|it| it < struck)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn it_is_due_once_after_the_hour_struck() {
        let now = datetime(2026, 3, 2, 1, 59, 0, 0);
        let last = Some(datetime(2026, 3, 1, 2, 5, 0, 0));
        assert!(!is_due(last, now, 2));
        assert!(is_due(last, datetime(2026, 3, 2, 2, 0, 0, 0), 2));
        assert!(!is_due(Some(now), now, 1));
        assert!(is_due(None, now, 2));
        assert!(is_due(Some(datetime(2026, 2, 20, 0, 0, 0, 0)), now, 2));
    }

    #[test]
    fn a_quarter_is_closed_some_days_after_its_end() {
        let config = Config { compact_after_days: 5, ..Config::default() };
        assert_eq!(closed_before(&config, date(2026, 4, 5)), date(2026, 1, 1));
        assert_eq!(closed_before(&config, date(2026, 4, 6)), date(2026, 4, 1));
    }

    #[test]
    fn retention_and_compaction_run_and_are_noted() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data: folder.path().to_owned(),
            retention_realtime_days: 400,
            ..Config::default()
        };
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let store = Store::open(
            folder.path(),
            &crate::commands::serve::store_config(&config).expect("limits"),
        );
        let store = store.expect("the store opens");
        let now = datetime(2026, 3, 2, 3, 0, 0, 0);
        runtime.block_on(async {
            assert_eq!(store.maintained_at().await.expect("it is asked"), None);
            once(&store, &config, now).await.expect("it runs");
            assert_eq!(store.maintained_at().await.expect("it is asked"), Some(now));
        });
        assert_eq!(store.retired_before(), [Some(date(2025, 1, 1)), None]);
        store.close();
    }
}
