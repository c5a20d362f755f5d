//! `run_again`: adds titles that were missing, but arrived in the library after the run.

use std::time::Duration;

use kometa::collections::Loaded;

use super::cached_target::CachedTarget;
use super::{
    Listener, Outcome, Progress, RunContext, RunOptions, RunResult, build, playlists, prepare, trakt_list,
};
use crate::fetch::Sources;
use crate::options::{Options, run_again_minutes};
use crate::plan::Status;

/// Plans the collections that have `run_again` and missing titles a second time, from the same Trakt data and the
/// current contents of the libraries. Titles that have arrived in between are added.
pub(super) async fn run_again(
    loaded: &Loaded,
    options: &RunOptions,
    context: &mut RunContext<'_>,
    sources: &Sources,
    result: &mut RunResult,
    listener: Listener<'_>,
) {
    let mut target = CachedTarget::new(context.target);
    if options.dry_run || target.is_dry_run() {
        return;
    }
    let mut waited = false;
    for library in &loaded.libraries {
        let first_outcome = |name: &str| {
            result.outcomes.iter().position(|outcome| has_missing_titles(outcome, &library.name, name))
        };
        let requested: Vec<_> = prepare::selected(library, options)
            .filter(|collection| Options::of(collection, options.start, true).run_again)
            .filter_map(|collection| Some((first_outcome(&collection.name)?, collection)))
            .collect();
        if requested.is_empty() {
            continue;
        }
        if !waited {
            let minutes =
                requested.iter().map(|(_, collection)| run_again_minutes(collection)).max().unwrap_or(0);
            context.clock.sleep(Duration::from_secs(minutes * 60)).await;
            waited = true;
        }
        let levels = playlists::levels(&loaded.playlists, &library.name, context.target);
        let contents = prepare::contents(library, options, levels, context.target, result).await;
        let Some(contents) = contents else { continue };
        for (at, collection) in requested {
            let began = context.clock.now();
            let mut outcome =
                build::plan_and_build(library, collection, &contents, sources, options, &mut target).await;
            if outcome.plan.added.is_empty() || outcome.error.is_some() {
                continue;
            }
            trakt_list::sync(&mut outcome, options, context.fetcher, false).await;
            outcome.seconds = (context.clock.now() - began).as_seconds_f64();
            listener(Progress::Done(&outcome));
            if let Some(first) = result.outcomes.get_mut(at) {
                first.merge_second_pass(outcome);
            }
        }
    }
}

/// Whether this is the outcome of this collection, and it was built with titles missing.
fn has_missing_titles(outcome: &Outcome, library: &str, name: &str) -> bool {
    let built = match outcome.status {
        Status::Created | Status::Modified | Status::Unchanged | Status::UpdatedMetadata => true,
        // It had too few titles. With those that have arrived, there may be enough.
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
