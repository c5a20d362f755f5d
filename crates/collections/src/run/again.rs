//! `run_again`: adds missing titles that have arrived after the run.

use std::time::Duration;

use kometa::collections::Loaded;

use super::known::Known;
use super::{Listener, Outcome, Parts, Progress, Ran, RunOptions, build, playlists, prepare, trakt_list};
use crate::fetch::Sources;
use crate::options::{Options, run_again_minutes};
use crate::plan::Status;

/// Plans collections with `run_again` and missing titles once more, from the same Trakt data and the current libraries.
/// Titles that have arrived are added.
pub(super) async fn again(
    loaded: &Loaded,
    options: &RunOptions,
    parts: &mut Parts<'_>,
    sources: &Sources,
    ran: &mut Ran,
    listener: Listener<'_>,
) {
    let mut target = Known::new(parts.target);
    if options.dry_run || target.is_dry_run() {
        return;
    }
    let mut waited = false;
    for library in &loaded.libraries {
        let lacks = |name: &str| ran.outcomes.iter().position(|one| lacks(one, &library.name, name));
        let asked: Vec<_> = prepare::wanted(library, options)
            .filter(|one| Options::of(one, options.start, true).run_again)
            .filter_map(|one| Some((lacks(&one.name)?, one)))
            .collect();
        if asked.is_empty() {
            continue;
        }
        if !waited {
            let minutes = asked.iter().map(|(_, one)| run_again_minutes(one)).max().unwrap_or(0);
            parts.clock.sleep(Duration::from_secs(minutes * 60)).await;
            waited = true;
        }
        let levels = playlists::levels(&loaded.playlists, &library.name, parts.target);
        let Some(view) = prepare::view(library, options, levels, parts.target, ran).await else { continue };
        for (at, collection) in asked {
            let began = parts.clock.now();
            let mut outcome = build::one(library, collection, &view, sources, options, &mut target).await;
            if outcome.plan.added.is_empty() || outcome.error.is_some() {
                continue;
            }
            trakt_list::sync(&mut outcome, options, parts.fetcher, false).await;
            outcome.seconds = (parts.clock.now() - began).as_seconds_f64();
            listener(Progress::Done(&outcome));
            if let Some(first) = ran.outcomes.get_mut(at) {
                first.arrived(outcome);
            }
        }
    }
}

/// Whether this is the outcome of this collection, it was built, and titles are missing.
fn lacks(outcome: &Outcome, library: &str, name: &str) -> bool {
    let built = match outcome.status {
        Status::Created | Status::Modified | Status::Unchanged | Status::UpdatedMetadata => true,
        // Below the minimum, and what has arrived may be enough.
        Status::MinimumNotMet(_) | Status::Ignored => true,
        Status::Deleted
        | Status::NotScheduled
        | Status::DeletedNotScheduled
        | Status::SkippedRunDefinition
        | Status::AlreadyCreated
        | Status::Waiting
        | Status::BuilderValidationError
        | Status::ServiceError
        | Status::Failure => false,
    };
    built
        && outcome.library == library
        && outcome.plan.name == name
        && !outcome.playlist
        && !outcome.plan.missing.is_empty()
}
