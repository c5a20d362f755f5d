//! A run: every collection is planned and built, one after the other.

mod agreed;
mod known;
mod playlists;
mod trakt_list;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use clock::Clock;
use kometa::collections::{Collection, Library, Loaded};
use kometa::schedule::RunStart;

use crate::failure::Failure;
use crate::fetch::{Cache, Fetcher, Sources};
use crate::library::{Level, Library as View};
use crate::list_sync::{ListFailure, ListPlan};
use crate::options::{Options, cache_days, is_due, wants_description};
use crate::plan::{Action, Given, Member, Plan, Status, Trouble, plan};
use crate::source::{Need, Needs, Source};
use crate::target::{Target, TargetError, Written};
pub use agreed::Agreed;
use known::Known;

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Only this library.
    pub library: Option<String>,
    /// Only these collections, by name. Their schedules do not count.
    pub collections: Vec<String>,
    /// Nothing is written.
    pub dry_run: bool,
    /// What a person has agreed to.
    pub agreed: Agreed,
    /// When the run began.
    pub now: DateTime<Utc>,
    /// The day on which it began, in local time.
    pub today: NaiveDate,
    /// The same for schedules.
    pub start: RunStart,
}

/// What became of one collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Where it is built, as people call that.
    pub target: String,
    /// The library, as config.yml calls it.
    pub library: String,
    /// The collection's plan.
    pub plan: Plan,
    /// What became of it: the plan's status, or that it waits or could not be written.
    pub status: Status,
    /// Why it could not be written.
    pub error: Option<String>,
    /// What was changed, or would be, where the target says more than the plan.
    pub changes: Vec<String>,
    /// What became of the own list on Trakt that is to be the same, where there is one.
    pub list: Option<Result<ListPlan, ListFailure>>,
    /// How long planning and building took.
    pub seconds: f64,
}

impl Outcome {
    /// Whether something went wrong.
    pub fn failed(&self) -> bool {
        self.plan.failed() || self.error.is_some() || matches!(self.list, Some(Err(_)))
    }

    /// The members of the collection when the run is over.
    pub fn items(&self) -> &[Member] {
        match self.status {
            Status::Waiting | Status::Failure => &self.plan.before,
            _ => &self.plan.items,
        }
    }

    /// Takes over what the target says.
    fn wrote(&mut self, written: Written) {
        let (status, changes) = match written {
            Written::AsPlanned => return,
            Written::Unchanged => (Status::Unchanged, Vec::new()),
            Written::Details(changes) => (Status::UpdatedMetadata, changes),
            Written::Members(changes) => (Status::Modified, changes),
        };
        if self.status != Status::Created {
            self.status = status;
        }
        self.changes = changes;
    }

    /// Everything that went wrong, as sentences.
    pub fn errors(&self) -> Vec<String> {
        let troubles = self.plan.troubles.iter().filter(|trouble| trouble.is_error());
        let list = self.list.iter().filter_map(|list| list.as_ref().err()).map(ToString::to_string);
        troubles.map(ToString::to_string).chain(self.error.clone()).chain(list).collect()
    }
}

/// What a run has done.
#[derive(Debug, Default)]
pub struct Ran {
    /// One for each collection, in the order of the file.
    pub outcomes: Vec<Outcome>,
    /// Libraries and definitions that could not be looked at.
    pub problems: Vec<String>,
    /// Why sources failed, each cause once, with the sources that it concerns.
    pub causes: BTreeMap<String, Vec<String>>,
    /// What was done for libraries as a whole.
    pub done: Vec<String>,
    /// Names that `collections` asked for and no library has.
    pub unknown: Vec<String>,
}

impl Ran {
    /// Whether everything went well.
    pub fn is_good(&self) -> bool {
        self.problems.is_empty() && self.unknown.is_empty() && !self.outcomes.iter().any(Outcome::failed)
    }
}

/// Something that happens during a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A source is about to be read.
    Reading {
        /// How many are done.
        done: usize,
        /// How many there are.
        of: usize,
        /// Which comes now.
        source: &'a Source,
    },
    /// A collection is done.
    Done(&'a Outcome),
}

/// Hears what happens.
pub type Listener<'a> = &'a mut (dyn FnMut(Progress<'_>) + Send);

/// What is read from and what is built in.
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

/// Runs the collections of a config.yml.
pub async fn run(loaded: &mut Loaded, options: &RunOptions, parts: Parts<'_>, listener: Listener<'_>) -> Ran {
    let mut ran = Ran::default();
    let chosen = |name: &str| options.library.as_deref().is_none_or(|wanted| wanted == name);
    loaded.libraries.retain(|library| chosen(&library.name) || chosen(&library.mapping_name));
    for library in &mut loaded.libraries {
        expand(library, parts.fetcher, &mut ran).await;
    }
    unknown(loaded, options, &mut ran);
    let mut views = Vec::new();
    for library in &loaded.libraries {
        let levels = playlists::levels(&loaded.playlists, &library.name, parts.target);
        views.push(view(library, options, levels, parts.target, &mut ran).await);
    }
    let mut needs = Needs::default();
    let mut target = Known::new(parts.target);
    for (library, _) in loaded.libraries.iter().zip(&views).filter(|(_, view)| view.is_some()) {
        needed(library, options, &mut target, &mut needs).await;
    }
    playlists::needed(loaded, options, parts.target, &mut needs);
    let sources = parts
        .fetcher
        .fetch(&needs, parts.cache, options.now, &mut |done, of, source| {
            listener(Progress::Reading { done, of, source });
        })
        .await;
    for (source, failure) in sources.iter().filter_map(|(source, read)| Some((source, read.as_ref().err()?)))
    {
        ran.causes.entry(failure.to_string()).or_default().push(source.to_string());
    }
    ran.causes.values_mut().for_each(|names| names.sort());
    for (library, view) in loaded.libraries.iter().zip(&views) {
        let Some(view) = view else { continue };
        for collection in wanted(library, options) {
            let began = parts.clock.now();
            let mut outcome = one(library, collection, view, &sources, options, &mut target).await;
            trakt_list::sync(&mut outcome, options, parts.fetcher, target.is_dry_run()).await;
            outcome.seconds = (parts.clock.now() - began).as_seconds_f64();
            listener(Progress::Done(&outcome));
            ran.outcomes.push(outcome);
        }
        match parts.target.finish(&library.name).await {
            Ok(done) => ran.done.extend(done.into_iter().map(|done| format!("{}: {done}", library.name))),
            Err(error) => ran.problems.push(error.to_string()),
        }
    }
    let named: Vec<_> = loaded.libraries.iter().map(|library| library.name.as_str()).zip(&views).collect();
    for playlist in playlists::wanted(&loaded.playlists, options, parts.target) {
        let began = parts.clock.now();
        let mut outcome = playlists::one(playlist, &named, &sources, options, parts.target).await;
        outcome.seconds = (parts.clock.now() - began).as_seconds_f64();
        listener(Progress::Done(&outcome));
        ran.outcomes.push(outcome);
    }
    ran
}

/// Adds the collections of dynamic definitions. One that cannot be read is told; what exists of it stays.
async fn expand(library: &mut Library, fetcher: &mut Fetcher, ran: &mut Ran) {
    let asked: Vec<_> = library.dynamic.iter().map(|one| (one.name.clone(), one.asks.clone())).collect();
    for (name, asks) in asked {
        match fetcher.keys(&asks).await {
            Ok(keys) => library.expand(&name, &keys),
            Err(failure) => {
                ran.problems.push(format!("{}: dynamic_collections.{name}: {failure}", library.name));
            }
        }
    }
}

fn unknown(loaded: &Loaded, options: &RunOptions, ran: &mut Ran) {
    let playlists = || loaded.playlists.iter().map(|playlist| &playlist.collection);
    let all = || loaded.libraries.iter().flat_map(|library| &library.collections).chain(playlists());
    let is_there = |name: &&String| all().any(|collection| is_named(collection, name));
    ran.unknown = options.collections.iter().filter(|name| !is_there(name)).cloned().collect();
}

async fn view(
    library: &Library,
    options: &RunOptions,
    playlists: Vec<Level>,
    target: &dyn Target,
    ran: &mut Ran,
) -> Option<View> {
    let names = [&library.name, &library.mapping_name];
    let level = |one| Options::of(one, options.start, false).level;
    let mut levels: Vec<_> = wanted(library, options).map(level).collect();
    levels.extend(playlists);
    for name in names {
        match target.library(name, &levels).await {
            Ok(Some(view)) if view.media == library.media => return Some(view),
            Ok(Some(view)) => {
                let (has, taken) = (view.media.path(), library.media.path());
                ran.problems.push(format!("{name}: it holds {has}, and its file was read for {taken}"));
                return None;
            }
            Ok(None) => {}
            Err(error) => {
                ran.problems.push(error.to_string());
                return None;
            }
        }
    }
    ran.problems.push(format!(
        "there is no library {:?}: name one of your libraries so, or map it with --map {:?}=YOURS",
        library.name, library.mapping_name
    ));
    None
}

fn is_named(collection: &Collection, name: &str) -> bool {
    collection.name.eq_ignore_ascii_case(name) || collection.mapping_name.eq_ignore_ascii_case(name)
}

/// The collections that this run is about.
fn wanted<'a>(library: &'a Library, options: &'a RunOptions) -> impl Iterator<Item = &'a Collection> {
    let names = &options.collections;
    library
        .collections
        .iter()
        .filter(move |one| names.is_empty() || names.iter().any(|name| is_named(one, name)))
}

/// What the collections need that this run will build.
async fn needed(library: &Library, options: &RunOptions, target: &mut Known<'_>, needs: &mut Needs) {
    for collection in wanted(library, options) {
        if collection.fails() || !collection.is_for(library.media) {
            continue;
        }
        let exists = target.exists(&library.name, &collection.name).await;
        let due = !options.collections.is_empty() || is_due(collection, options.start, exists);
        let made = exists && Options::of(collection, options.start, exists).only_run_on_create;
        if !due || made {
            continue;
        }
        let days = cache_days(collection);
        for builder in &collection.spec.builders {
            let (source, first) = Source::of(builder, library.media);
            needs.add(source, Need { first, description: wants_description(builder), days });
        }
    }
}

async fn one(
    library: &Library,
    collection: &Collection,
    view: &View,
    sources: &Sources,
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Outcome {
    let (library, schedules) = (library.name.clone(), options.collections.is_empty());
    let (existing, unread) = match target.take(&library, &collection.name).await {
        Ok(existing) => (existing, None),
        Err(error) => (None, Some(error)),
    };
    let (start, today) = (options.start, options.today);
    let given =
        Given { collection, library: view, sources, existing: existing.as_ref(), start, today, schedules };
    let plan = plan(given);
    let mut outcome = Outcome {
        target: target.name().to_owned(),
        library,
        status: plan.status,
        plan,
        error: None,
        changes: Vec::new(),
        list: None,
        seconds: 0.0,
    };
    let built = match unread {
        Some(error) => Err(error),
        None => build(&mut outcome, options, target).await,
    };
    if let Err(error) = built {
        outcome.status = Status::Failure;
        outcome.error = Some(error.to_string());
    }
    outcome
}

async fn build(
    outcome: &mut Outcome,
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Result<(), TargetError> {
    let Outcome { library, plan, .. } = &*outcome;
    if !options.agreed.allows(plan) {
        outcome.status = Status::Waiting;
        return Ok(());
    }
    if options.dry_run && !target.is_dry_run() {
        return Ok(());
    }
    for name in plan.deletes.iter().filter(|name| !name.eq_ignore_ascii_case(&plan.name)) {
        target.delete(library, name).await?;
    }
    match &plan.action {
        Action::Nothing => Ok(()),
        Action::Write { members, details } => {
            let written = target.write(library, &plan.name, members, details).await?;
            outcome.wrote(written);
            Ok(())
        }
        Action::Delete => target.delete(library, &plan.name).await,
    }
}

/// The sources of an outcome that failed, for people.
pub fn failures(outcome: &Outcome) -> impl Iterator<Item = (&str, &Failure)> {
    outcome.plan.troubles.iter().filter_map(|trouble| match trouble {
        Trouble::Source { source_name, failure } => Some((source_name.as_str(), failure)),
        _ => None,
    })
}
