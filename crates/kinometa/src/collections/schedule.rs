//! Starts runs automatically: daily at a chosen time, and after scans. Kometa's own schedules decide which
//! collections are part of a run.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Days, Local, NaiveTime, TimeDelta, TimeZone, Utc};
use db::collection_runs;
use db::ids::CollectionConfigId;
use db::kinds::CollectionRunReason;
use db::rows::CollectionConfig;
use model::events::Event;
use model::scan::ScanPhase;
use tokio::sync::broadcast::error::RecvError;

use super::jobs::Scope;
use super::service::{CollectionError, Collections, Inner};

/// How often to check whether a file is due.
const CHECK_EVERY: Duration = Duration::from_secs(20);

/// Delay after a scan. Libraries are often scanned in sequence, and files should run once for all of them.
const AFTER_SCAN: Duration = Duration::from_secs(5);

/// Starts due runs, until the future is dropped.
pub(super) async fn run(service: Collections) {
    let mut events = service.inner.parts.events.subscribe();
    let mut scanned: HashSet<CollectionConfigId> = HashSet::new();
    let mut wait = Duration::ZERO;
    loop {
        let sleep = service.inner.parts.clock.sleep(wait);
        tokio::select! {
            () = sleep => {
                if let Err(error) = start_due_runs(&service, &mut scanned).await {
                    tracing::warn!(%error, "cannot read whether collections are due");
                }
                wait = CHECK_EVERY;
            }
            event = events.recv() => match event {
                Ok(Event::Scan(status)) if status.phase == ScanPhase::Done => {
                    scanned.extend(after_scans(&service).await);
                    wait = AFTER_SCAN;
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}

async fn after_scans(service: &Collections) -> Vec<CollectionConfigId> {
    match service.configs().await {
        Ok(configs) => configs.iter().filter(|row| row.enabled && row.after_scan).map(|row| row.id).collect(),
        Err(error) => {
            tracing::warn!(%error, "cannot read which collections are built after scans");
            Vec::new()
        }
    }
}

async fn start_due_runs(
    service: &Collections,
    scanned: &mut HashSet<CollectionConfigId>,
) -> Result<(), CollectionError> {
    for id in scanned.drain().collect::<Vec<_>>() {
        match service.run(id, CollectionRunReason::Scan, Scope::All).await {
            // Try again later: the current run may have read the library before the scan.
            Err(CollectionError::Running) => drop(scanned.insert(id)),
            Err(CollectionError::NotFound(_)) | Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
    for config in service.configs().await? {
        if !is_due(&service.inner, &config).await? {
            continue;
        }
        match service.run(config.id, CollectionRunReason::Daily, Scope::All).await {
            Ok(_) | Err(CollectionError::Running | CollectionError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the file's daily time has passed since its last run.
pub(super) async fn is_due(inner: &Inner, config: &CollectionConfig) -> db::Result<bool> {
    let Some(run_at) = config.run_at.filter(|_| config.enabled) else { return Ok(false) };
    let last = collection_runs::list(&inner.parts.db, Some(config.id), 0, 10).await?;
    let whole = last.iter().find(|run| run.reason != CollectionRunReason::Confirmed);
    let since = whole.map_or(config.scheduled_since.0, |run| run.started_at.0.max(config.scheduled_since.0));
    Ok(latest_occurrence(inner.parts.clock.now().with_timezone(&Local), run_at).is_some_and(|at| at > since))
}

/// The latest moment, up to `now`, at which the local time was `minute` minutes after midnight. If that time was
/// skipped because clocks were set forward, an hour later.
fn latest_occurrence<Zone: TimeZone>(now: DateTime<Zone>, minute: i32) -> Option<DateTime<Utc>> {
    let seconds = u32::try_from(minute).ok()? * 60;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
    let (zone, today) = (now.timezone(), now.date_naive());
    let of_day = |back: u64| {
        let day = today.checked_sub_days(Days::new(back))?.and_time(time);
        let exact = zone.from_local_datetime(&day).earliest();
        exact.or_else(|| zone.from_local_datetime(&(day + TimeDelta::hours(1))).earliest())
    };
    let past = |at: &DateTime<Zone>| *at <= now;
    (0..=2).filter_map(of_day).find(past).map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::today("2026-11-29T05:00:00+01:00", 240, "2026-11-29T03:00:00Z")]
    #[case::just_now("2026-11-29T04:00:00+01:00", 240, "2026-11-29T03:00:00Z")]
    #[case::not_yet("2026-11-29T03:59:59+01:00", 240, "2026-11-28T03:00:00Z")]
    #[case::midnight("2026-11-29T00:00:00+01:00", 0, "2026-11-28T23:00:00Z")]
    #[case::end_of_day("2026-01-01T00:30:00+00:00", 1439, "2025-12-31T23:59:00Z")]
    fn the_latest_occurrence_of_a_daily_time_is_found(
        #[case] now: &str,
        #[case] minute: i32,
        #[case] at: &str,
    ) {
        let now: DateTime<FixedOffset> = now.parse().unwrap();
        assert_eq!(latest_occurrence(now, minute), Some(at.parse().unwrap()));
    }
}
