//! A run: plans and builds every collection, one after the other.

mod again;
mod agreed;
mod build;
mod gone;
mod known;
mod named;
mod outcome;
mod playlists;
mod prepare;
mod rows;
mod trakt_list;

use chrono::{DateTime, NaiveDate, Utc};
use clock::Clock;
use kometa::collections::{Library, Loaded};
use kometa::schedule::RunStart;

use crate::fetch::{Cache, Fetcher, Sources};
use crate::library::Library as View;
use crate::source::{Needs, Source};
use crate::target::Target;
pub use agreed::{Agreed, AgreedList};
use gone::ReadDefinition;
use known::Known;
pub use outcome::{Outcome, Ran, Unknown};

/// Options of a run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Only this library.
    pub library: Option<String>,
    /// Only these collections, by name. Their schedules do not count.
    pub collections: Vec<String>,
    /// Nothing is written.
    pub dry_run: bool,
    /// What the user has confirmed.
    pub agreed: Agreed,
    /// When the run began.
    pub now: DateTime<Utc>,
    /// The day on which it began, in local time.
    pub today: NaiveDate,
    /// The same for schedules.
    pub start: RunStart,
}

/// A progress event of a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A source is about to be read.
    Reading {
        /// How many are finished.
        done: usize,
        /// The total.
        of: usize,
        /// Which comes next.
        source: &'a Source,
    },
    /// A collection is done.
    Done(&'a Outcome),
}

/// Receives progress events.
pub type Listener<'a> = &'a mut (dyn FnMut(Progress<'_>) + Send);

/// Where to read from and where to build.
pub struct Parts<'a> {
    /// Reads from Trakt.
    pub fetcher: &'a mut Fetcher,
    /// Answers of earlier runs.
    pub cache: &'a dyn Cache,
    /// Where the collections are.
    pub target: &'a dyn Target,
    /// Measures how long collections take.
    pub clock: &'a dyn Clock,
}

impl RunOptions {
    /// Whether a run includes a collection of this name.
    fn asks_for(&self, name: &str) -> bool {
        self.collections.is_empty() || self.collections.iter().any(|asked| asked.eq_ignore_ascii_case(name))
    }
}

/// Runs the collections of a config.yml.
pub async fn run(
    loaded: &mut Loaded,
    options: &RunOptions,
    mut parts: Parts<'_>,
    listener: Listener<'_>,
) -> Ran {
    let mut ran = Ran::default();
    let chosen = |name: &str| options.library.as_deref().is_none_or(|wanted| wanted == name);
    loaded.libraries.retain(|library| chosen(&library.name) || chosen(&library.mapping_name));
    let mut read = Vec::new();
    for library in &mut loaded.libraries {
        read.push(prepare::expand(library, options, parts.fetcher, &mut ran).await);
    }
    prepare::unknown(loaded, options, &mut ran);
    let mut views = Vec::new();
    for library in &loaded.libraries {
        let levels = playlists::levels(&loaded.playlists, &library.name, parts.target);
        views.push(prepare::view(library, options, levels, parts.target, &mut ran).await);
    }
    let mut target = Known::new(parts.target);
    let sources = sources(loaded, &views, options, &mut parts, &mut target, listener).await;
    for (source, failure) in sources.iter().filter_map(|(source, read)| Some((source, read.as_ref().err()?)))
    {
        ran.causes.entry(failure.to_string()).or_default().push(source.to_string());
    }
    ran.causes.values_mut().for_each(|names| names.sort());
    for ((library, view), read) in loaded.libraries.iter().zip(&views).zip(&read) {
        let Some(view) = view else { continue };
        let this = Part { library, view, read };
        collections(&this, &sources, options, &mut parts, &mut target, &mut ran, listener).await;
    }
    let named: Vec<_> = loaded.libraries.iter().map(|library| library.name.as_str()).zip(&views).collect();
    for playlist in playlists::wanted(&loaded.playlists, options, parts.target) {
        let began = parts.clock.now();
        let mut outcome = playlists::one(playlist, &named, &sources, options, parts.target).await;
        outcome.seconds = (parts.clock.now() - began).as_seconds_f64();
        listener(Progress::Done(&outcome));
        ran.outcomes.push(outcome);
    }
    again::again(loaded, options, &mut parts, &sources, &mut ran, listener).await;
    ran
}

/// Reads everything that this run needs from Trakt, each list and chart once.
async fn sources(
    loaded: &Loaded,
    views: &[Option<View>],
    options: &RunOptions,
    parts: &mut Parts<'_>,
    target: &mut Known<'_>,
    listener: Listener<'_>,
) -> Sources {
    let mut needs = Needs::default();
    for (library, _) in loaded.libraries.iter().zip(views).filter(|(_, view)| view.is_some()) {
        prepare::needed(library, options, target, &mut needs).await;
    }
    playlists::needed(loaded, options, parts.target, &mut needs);
    let told = &mut |done, of, source: &Source| listener(Progress::Reading { done, of, source });
    parts.fetcher.fetch(&needs, parts.cache, options.now, told).await
}

/// A library that can be built in.
struct Part<'a> {
    library: &'a Library,
    view: &'a View,
    read: &'a [ReadDefinition],
}

/// Builds the collections of a library.
async fn collections(
    part: &Part<'_>,
    sources: &Sources,
    options: &RunOptions,
    parts: &mut Parts<'_>,
    target: &mut Known<'_>,
    ran: &mut Ran,
    listener: Listener<'_>,
) {
    let library = part.library;
    let first = ran.outcomes.len();
    for collection in prepare::wanted(library, options) {
        let began = parts.clock.now();
        let mut outcome = build::one(library, collection, part.view, sources, options, target).await;
        trakt_list::sync(&mut outcome, options, parts.fetcher, target.is_dry_run()).await;
        outcome.seconds = (parts.clock.now() - began).as_seconds_f64();
        listener(Progress::Done(&outcome));
        ran.outcomes.push(outcome);
    }
    let named = named::delete(library, &ran.outcomes[first..], options, target).await;
    let gone = gone::delete(library, part.read, options, target).await;
    for deleted in [named, gone] {
        match deleted {
            Ok(deleted) => {
                for outcome in deleted {
                    ran.unknown.retain(|one| !outcome.plan.name.eq_ignore_ascii_case(&one.name));
                    listener(Progress::Done(&outcome));
                    ran.outcomes.push(outcome);
                }
            }
            Err(error) => ran.problems.push(error.to_string()),
        }
    }
    let rows = rows::of(library, options);
    match parts.target.finish(&library.name, rows.as_ref()).await {
        Ok(done) => ran.done.extend(done.into_iter().map(|done| format!("{}: {done}", library.name))),
        Err(error) => ran.problems.push(error.to_string()),
    }
}
