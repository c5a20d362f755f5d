//! A run: plans and builds all collections, one after the other.

mod build;
mod cached_target;
mod confirmed;
mod delete_named;
mod dynamic_sync;
mod hubs;
mod outcome;
mod playlists;
mod prepare;
mod run_again;
mod trakt_list;

use chrono::{DateTime, NaiveDate, Utc};
use clock::Clock;
use kometa::collections::{Library, Loaded};
use kometa::schedule::RunStart;

use crate::fetch::{Cache, Fetcher, Sources};
use crate::library::Library as Contents;
use crate::source::{Needs, Source};
use crate::target::Target;
use cached_target::CachedTarget;
pub use confirmed::{Confirmed, ConfirmedList};
use dynamic_sync::ReadDefinition;
pub use outcome::{Outcome, RunResult, Unknown};

/// Options of a run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Only this library; `None` for all.
    pub library: Option<String>,
    /// Only these collections, by name, regardless of their schedules; empty for all.
    pub collections: Vec<String>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// What the user has confirmed.
    pub confirmed: Confirmed,
    /// When the run began.
    pub now: DateTime<Utc>,
    /// The day on which the run began, in local time.
    pub today: NaiveDate,
    /// When the run began in local time, for schedules.
    pub start: RunStart,
}

/// A progress event of a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A source is about to be read.
    Reading {
        /// How many sources are finished.
        done: usize,
        /// The total number of sources.
        of: usize,
        /// The source.
        source: &'a Source,
    },
    /// A collection is done.
    Done(&'a Outcome),
}

/// Receives progress events.
pub type Listener<'a> = &'a mut (dyn FnMut(Progress<'_>) + Send);

/// What a run works with.
pub struct RunContext<'a> {
    /// Reads from Trakt.
    pub fetcher: &'a mut Fetcher,
    /// Results of earlier runs.
    pub cache: &'a dyn Cache,
    /// Where the collections are built.
    pub target: &'a dyn Target,
    /// Measures how long collections take.
    pub clock: &'a dyn Clock,
}

impl RunOptions {
    /// Whether the run includes a collection with this name.
    fn includes(&self, name: &str) -> bool {
        self.collections.is_empty()
            || self.collections.iter().any(|requested| requested.eq_ignore_ascii_case(name))
    }
}

/// Runs the collections of a config.yml.
pub async fn run(
    loaded: &mut Loaded,
    options: &RunOptions,
    mut context: RunContext<'_>,
    listener: Listener<'_>,
) -> RunResult {
    let mut result = RunResult::default();
    let chosen = |name: &str| options.library.as_deref().is_none_or(|wanted| wanted == name);
    loaded.libraries.retain(|library| chosen(&library.name) || chosen(&library.mapping_name));
    let mut read = Vec::new();
    for library in &mut loaded.libraries {
        read.push(prepare::expand(library, options, context.fetcher, &mut result).await);
    }
    prepare::report_unknown(loaded, options, &mut result);
    let mut contents = Vec::new();
    for library in &loaded.libraries {
        let levels = playlists::levels(&loaded.playlists, &library.name, context.target);
        contents.push(prepare::contents(library, options, levels, context.target, &mut result).await);
    }
    let mut target = CachedTarget::new(context.target);
    let sources = sources(loaded, &contents, options, &mut context, &mut target, listener).await;
    for (source, failure) in sources.iter().filter_map(|(source, read)| Some((source, read.as_ref().err()?)))
    {
        result.causes.entry(failure.to_string()).or_default().push(source.to_string());
    }
    result.causes.values_mut().for_each(|names| names.sort());
    for ((library, contents), read) in loaded.libraries.iter().zip(&contents).zip(&read) {
        let Some(contents) = contents else { continue };
        let prepared = PreparedLibrary { library, contents, read };
        collections(&prepared, &sources, options, &mut context, &mut target, &mut result, listener).await;
    }
    let named: Vec<_> = loaded.libraries.iter().map(|library| library.name.as_str()).zip(&contents).collect();
    for playlist in playlists::selected(&loaded.playlists, options, context.target) {
        let began = context.clock.now();
        let mut outcome =
            playlists::plan_and_build(playlist, &named, &sources, options, context.target).await;
        outcome.seconds = (context.clock.now() - began).as_seconds_f64();
        listener(Progress::Done(&outcome));
        result.outcomes.push(outcome);
    }
    run_again::run_again(loaded, options, &mut context, &sources, &mut result, listener).await;
    result
}

/// Reads everything that this run needs from Trakt, each source once.
async fn sources(
    loaded: &Loaded,
    contents: &[Option<Contents>],
    options: &RunOptions,
    context: &mut RunContext<'_>,
    target: &mut CachedTarget<'_>,
    listener: Listener<'_>,
) -> Sources {
    let mut needs = Needs::default();
    for (library, _) in loaded.libraries.iter().zip(contents).filter(|(_, contents)| contents.is_some()) {
        prepare::add_needs(library, options, target, &mut needs).await;
    }
    playlists::add_needs(loaded, options, context.target, &mut needs);
    let on_progress = &mut |done, of, source: &Source| listener(Progress::Reading { done, of, source });
    context.fetcher.fetch(&needs, context.cache, options.now, on_progress).await
}

/// A library whose collections can be built.
struct PreparedLibrary<'a> {
    library: &'a Library,
    contents: &'a Contents,
    /// The dynamic definitions whose sources responded.
    read: &'a [ReadDefinition],
}

/// Builds the collections of a library.
async fn collections(
    prepared: &PreparedLibrary<'_>,
    sources: &Sources,
    options: &RunOptions,
    context: &mut RunContext<'_>,
    target: &mut CachedTarget<'_>,
    result: &mut RunResult,
    listener: Listener<'_>,
) {
    let library = prepared.library;
    let first = result.outcomes.len();
    for collection in prepare::selected(library, options) {
        let began = context.clock.now();
        let mut outcome =
            build::plan_and_build(library, collection, prepared.contents, sources, options, target).await;
        trakt_list::sync(&mut outcome, options, context.fetcher, target.is_dry_run()).await;
        outcome.seconds = (context.clock.now() - began).as_seconds_f64();
        listener(Progress::Done(&outcome));
        result.outcomes.push(outcome);
    }
    let named = delete_named::delete(library, &result.outcomes[first..], options, target).await;
    let obsolete = dynamic_sync::delete(library, prepared.read, options, target).await;
    for deleted in [named, obsolete] {
        match deleted {
            Ok(deleted) => {
                for outcome in deleted {
                    result.unknown.retain(|unknown| !outcome.plan.name.eq_ignore_ascii_case(&unknown.name));
                    listener(Progress::Done(&outcome));
                    result.outcomes.push(outcome);
                }
            }
            Err(error) => result.problems.push(error.to_string()),
        }
    }
    let hubs = hubs::order(library, options);
    match context.target.finish(&library.name, hubs.as_ref()).await {
        Ok(done) => result.done.extend(done.into_iter().map(|done| format!("{}: {done}", library.name))),
        Err(error) => result.problems.push(error.to_string()),
    }
}
