//! The background worker that matches new groups and refreshes known titles.

use std::time::Duration;

use db::ids::MatchGroupId;
use db::kinds::MatchState;
use db::rows::{MatchGroup, Title};
use futures::StreamExt as _;
use media::names::ParsedName;
use tokio_util::sync::CancellationToken;
use trakt::models::IdType;
use trakt::{Client, Priority, Remedy};

use super::decide::Matching;
use super::{assign, shown};
use crate::metadata::fetch::{self, Found};
use crate::metadata::refresh::{self, RefreshError, STALE_AFTER};
use crate::score::{self, ExternalId, IdProvider, Outcome, Query};
use catalogue::tracks::Parsed;

/// Concurrent requests: enough to hide latency, few enough not to strain Trakt.
const CONCURRENCY: usize = 4;
/// Groups or titles read from the database at a time.
const BATCH: u64 = 40;
/// The catalogue is reloaded after this many batches, because reloading it costs more than matching one batch.
const BATCHES_PER_RELOAD: u32 = 5;
/// Pause when there is nothing to do.
const IDLE: Duration = Duration::from_secs(600);
/// Pause while no Trakt application is set up.
const UNCONFIGURED: Duration = Duration::from_secs(5);
/// Pause after an error.
const AFTER_ERROR: Duration = Duration::from_secs(60);

/// Why the worker pauses.
enum Rest {
    Idle,
    Unconfigured,
    Error,
}

impl Matching {
    /// Runs until the server stops.
    pub async fn run(self, stopping: CancellationToken) {
        loop {
            let rest = tokio::select! {
                () = stopping.cancelled() => return,
                rest = self.work() => rest,
            };
            let time = match rest {
                Rest::Idle => IDLE,
                Rest::Unconfigured => UNCONFIGURED,
                Rest::Error => AFTER_ERROR,
            };
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.new_work.notified() => {}
                () = self.clock.sleep(time) => {}
            }
        }
    }

    async fn work(&self) -> Rest {
        let client = match self.engine.public_client() {
            Ok(client) => client.with_priority(Priority::Bulk),
            Err(_) => return Rest::Unconfigured,
        };
        match self.work_with(&client).await {
            Ok(()) => Rest::Idle,
            Err(RefreshError::Trakt(error)) => {
                tracing::info!(%error, "titles could not be fetched from Trakt");
                Rest::Error
            }
            Err(RefreshError::Database(error)) => {
                tracing::warn!(%error, "titles could not be refreshed");
                Rest::Error
            }
        }
    }

    async fn work_with(&self, client: &Client) -> Result<(), RefreshError> {
        self.match_pending(client).await?;
        refresh::mark_changed_titles(&self.db, client, self.clock.now()).await?;
        self.refresh_due(client).await
    }

    async fn match_pending(&self, client: &Client) -> Result<(), RefreshError> {
        let mut after = MatchGroupId::NEW;
        let mut batches = 0;
        let mut affects_plays = false;
        loop {
            let groups = db::matches::pending(&self.db, after, BATCH).await?;
            let Some(last) = groups.last() else {
                if batches > 0 {
                    self.publish_changes(affects_plays).await;
                }
                return Ok(());
            };
            after = last.id;
            let mut searches =
                futures::stream::iter(groups.into_iter().map(|group| self.match_one(client, group)))
                    .buffer_unordered(CONCURRENCY);
            let mut outcome = Ok(());
            while let Some(result) = searches.next().await {
                outcome = outcome.and(result.map(|affects| affects_plays |= affects));
            }
            batches += 1;
            // Publish what was matched before an error.
            if batches == BATCHES_PER_RELOAD || outcome.is_err() {
                self.publish_changes(std::mem::take(&mut affects_plays)).await;
                batches = 0;
            }
            outcome?;
        }
    }

    /// Publishes the changes written since the last call.
    async fn publish_changes(&self, affects_plays: bool) {
        if affects_plays {
            self.catalogue.users_changed();
        }
        self.catalogue.library_changed();
        self.catalogue.refreshed().await;
    }

    /// Matches a group. Returns whether plays or resume points may have moved.
    async fn match_one(&self, client: &Client, group: MatchGroup) -> Result<bool, RefreshError> {
        let title = match group.title_id {
            Some(id) => db::titles::find(&self.db, id).await?,
            None => None,
        };
        let query = query(&group, title.as_ref());
        let found = match self.find_candidates(client, &group, title.as_ref(), &query).await {
            Ok(found) => found,
            // A search that Trakt rejects must not block the others.
            Err(RefreshError::Trakt(error))
                if matches!(error.remedy(), Remedy::FixEntry | Remedy::NotFound) =>
            {
                tracing::warn!(title = query.title, %error, "Trakt refused the search for a title");
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        let candidates = found.iter().map(|(found, by)| found.candidate(by.clone())).collect();
        let outcome = score::rank(&query, candidates);
        Ok(self.store_outcome(group.id, outcome, &found).await?)
    }

    /// Looks up ids; searches by name only if no id has a result.
    async fn find_candidates(
        &self,
        client: &Client,
        group: &MatchGroup,
        title: Option<&Title>,
        query: &Query,
    ) -> Result<Vec<(Found, Option<ExternalId>)>, RefreshError> {
        let mut found: Vec<(Found, Option<ExternalId>)> = Vec::new();
        for id in self.ids(group, title).await? {
            for title in fetch::by_id(client, group.kind, id_type(id.provider), &id.id).await? {
                if !found.iter().any(|(other, _)| other.trakt_id() == title.trakt_id()) {
                    found.push((title, Some(id.clone())));
                }
            }
        }
        if found.is_empty() {
            let by_name = fetch::by_text(client, group.kind, &query.title).await?;
            found.extend(by_name.into_iter().map(|title| (title, None)));
        }
        Ok(found)
    }

    /// The ids in file names and NFO files.
    async fn ids(&self, group: &MatchGroup, title: Option<&Title>) -> db::Result<Vec<ExternalId>> {
        let mut ids = Vec::new();
        let named =
            db::files::of_group(&self.db, group.id).await?.iter().find_map(|file| {
                match Parsed::of(file).name? {
                    ParsedName::Movie(name) => name.work.ids.trakt,
                    ParsedName::Episode(name) => name.show.ids.trakt,
                    _ => None,
                }
            });
        let external = |provider, id: String| ExternalId { provider, id };
        ids.extend(named.map(|id| external(IdProvider::Trakt, id.to_string())));
        if let Some(title) = title.filter(|title| title.trakt_id.is_none()) {
            ids.extend(title.imdb_id.clone().map(|id| external(IdProvider::Imdb, id)));
            ids.extend(title.tmdb_id.map(|id| external(IdProvider::Tmdb, id.to_string())));
            ids.extend(title.tvdb_id.map(|id| external(IdProvider::Tvdb, id.to_string())));
        }
        Ok(ids)
    }

    /// Stores the outcome, and assigns the best candidate if it matched. Returns whether plays or resume
    /// points may have moved.
    async fn store_outcome(
        &self,
        group_id: MatchGroupId,
        outcome: Outcome,
        found: &[(Found, Option<ExternalId>)],
    ) -> db::Result<bool> {
        let now = self.clock.now();
        let tx = self.db.begin_titles().await?;
        // A user may have decided in the meantime.
        let group =
            db::matches::find(&tx, group_id).await?.filter(|group| group.state == MatchState::Pending);
        let Some(mut group) = group else { return Ok(false) };
        let state = match &outcome {
            Outcome::Matched(_) => MatchState::Matched,
            Outcome::Ambiguous(_) => MatchState::Ambiguous,
            Outcome::Unmatched(_) => MatchState::Unmatched,
        };
        let best = outcome.best().map(|scored| scored.candidate.trakt_id);
        let candidates: Vec<_> =
            outcome.into_scored().into_iter().map(|scored| shown::candidate(group.kind, scored)).collect();
        group.candidates = serde_json::to_value(candidates).unwrap_or_default();
        let chosen = found.iter().find(|(found, _)| Some(found.trakt_id()) == best);
        let mut to_wake = Vec::new();
        let affects_plays = match chosen.filter(|_| state == MatchState::Matched) {
            Some((found, _)) => {
                let assigned = assign::assign(&tx, group, found, state, now).await?;
                to_wake = assigned.to_wake;
                assigned.affects_plays
            }
            None => {
                group.state = state;
                group.decided_at = Some(now.into());
                db::matches::update(&tx, group).await?;
                false
            }
        };
        tx.commit().await?;
        to_wake.into_iter().for_each(|user| self.engine.wake(user));
        Ok(affects_plays)
    }

    async fn refresh_due(&self, client: &Client) -> Result<(), RefreshError> {
        loop {
            let now = self.clock.now();
            let titles = db::titles::due(&self.db, (now - STALE_AFTER).into(), BATCH).await?;
            if titles.is_empty() {
                return Ok(());
            }
            let jobs = titles.into_iter().map(|title| self.refresh_one(client, title));
            let mut fetched = futures::stream::iter(jobs).buffer_unordered(CONCURRENCY);
            let mut outcome = Ok(());
            while let Some(result) = fetched.next().await {
                outcome = outcome.and(result);
            }
            self.publish_changes(true).await;
            outcome?;
        }
    }
}

impl Matching {
    async fn refresh_one(&self, client: &Client, title: Title) -> Result<(), RefreshError> {
        refresh::refresh(&self.db, client, &title, self.clock.now()).await
    }
}

fn id_type(provider: IdProvider) -> IdType {
    match provider {
        IdProvider::Trakt => IdType::Trakt,
        IdProvider::Imdb => IdType::Imdb,
        IdProvider::Tmdb => IdType::Tmdb,
        IdProvider::Tvdb => IdType::Tvdb,
    }
}

/// What to search for. An NFO file takes precedence over file names.
fn query(group: &MatchGroup, title: Option<&Title>) -> Query {
    let nfo = title.filter(|title| title.source == db::kinds::TitleSource::Nfo);
    Query {
        title: nfo.map_or_else(|| group.parsed_title.clone(), |title| title.name.clone()),
        year: nfo.and_then(|title| title.year).or(group.parsed_year),
    }
}
