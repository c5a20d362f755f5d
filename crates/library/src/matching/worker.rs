//! The worker that asks Trakt in the background: what new groups are, and what is new about known titles.

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
use crate::score::{self, Outcome, Wanted};
use catalogue::tracks::Parsed;

/// Questions under way at a time: enough to hide the distance to Trakt, few enough to stay a good guest.
const AT_ONCE: usize = 4;
/// Groups or titles taken at a time.
const LOT: u64 = 40;
/// A look for old titles and changes.
const IDLE: Duration = Duration::from_secs(600);
/// A look whether an application has been set up.
const UNCONFIGURED: Duration = Duration::from_secs(5);
/// After Trakt could not be asked.
const AFTER_TROUBLE: Duration = Duration::from_secs(60);

/// Why the worker rests.
enum Rest {
    Idle,
    Unconfigured,
    Trouble,
}

impl Matching {
    /// Works until the server stops.
    pub async fn run(self, stopping: CancellationToken) {
        loop {
            let rest = tokio::select! {
                () = stopping.cancelled() => return,
                rest = self.work() => rest,
            };
            let time = match rest {
                Rest::Idle => IDLE,
                Rest::Unconfigured => UNCONFIGURED,
                Rest::Trouble => AFTER_TROUBLE,
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
                tracing::info!(%error, "Trakt cannot be asked about titles just now");
                Rest::Trouble
            }
            Err(RefreshError::Database(error)) => {
                tracing::warn!(%error, "titles could not be brought up to date");
                Rest::Trouble
            }
        }
    }

    async fn work_with(&self, client: &Client) -> Result<(), RefreshError> {
        self.match_pending(client).await?;
        refresh::note_updates(&self.db, client, self.clock.now()).await?;
        self.refresh_due(client).await
    }

    async fn match_pending(&self, client: &Client) -> Result<(), RefreshError> {
        let mut after = MatchGroupId::NEW;
        loop {
            let groups = db::matches::pending(&self.db, after, LOT).await?;
            let Some(last) = groups.last() else { return Ok(()) };
            after = last.id;
            let mut asked =
                futures::stream::iter(groups.into_iter().map(|group| self.match_one(client, group)))
                    .buffer_unordered(AT_ONCE);
            let mut trouble = Ok(());
            while let Some(result) = asked.next().await {
                trouble = trouble.and(result);
            }
            // What was matched before the trouble is worth showing.
            self.catalogue.library_changed();
            trouble?;
        }
    }

    async fn match_one(&self, client: &Client, group: MatchGroup) -> Result<(), RefreshError> {
        let title = match group.title_id {
            Some(id) => db::titles::find(&self.db, id).await?,
            None => None,
        };
        let wanted = wanted(&group, title.as_ref());
        let found = match self.ask(client, &group, title.as_ref(), &wanted).await {
            Ok(found) => found,
            // One odd question must not hold up the others.
            Err(RefreshError::Trakt(error))
                if matches!(error.remedy(), Remedy::FixEntry | Remedy::NotFound) =>
            {
                tracing::warn!(title = wanted.title, %error, "Trakt refused the question about a title");
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        let candidates = found.iter().map(|(found, by)| found.candidate(by.clone())).collect();
        let outcome = score::judge(&wanted, candidates);
        self.settle(group.id, outcome, &found).await?;
        Ok(())
    }

    /// Ids first; names only when no id leads anywhere.
    async fn ask(
        &self,
        client: &Client,
        group: &MatchGroup,
        title: Option<&Title>,
        wanted: &Wanted,
    ) -> Result<Vec<(Found, Option<String>)>, RefreshError> {
        let mut found: Vec<(Found, Option<String>)> = Vec::new();
        for (id_type, name, id) in self.ids(group, title).await? {
            for title in fetch::by_id(client, group.kind, id_type, &id).await? {
                if !found.iter().any(|(other, _)| other.trakt_id() == title.trakt_id()) {
                    found.push((title, Some(format!("{name} {id}"))));
                }
            }
        }
        if found.is_empty() {
            let by_name = fetch::by_text(client, group.kind, &wanted.title).await?;
            found.extend(by_name.into_iter().map(|title| (title, None)));
        }
        Ok(found)
    }

    /// The ids in names and NFO files.
    async fn ids(
        &self,
        group: &MatchGroup,
        title: Option<&Title>,
    ) -> db::Result<Vec<(IdType, &'static str, String)>> {
        let mut ids = Vec::new();
        let named =
            db::files::of_group(&self.db, group.id).await?.iter().find_map(|file| {
                match Parsed::of(file).name? {
                    ParsedName::Movie(name) => name.work.ids.trakt,
                    ParsedName::Episode(name) => name.show.ids.trakt,
                    _ => None,
                }
            });
        ids.extend(named.map(|id| (IdType::Trakt, "trakt", id.to_string())));
        if let Some(title) = title.filter(|title| title.trakt_id.is_none()) {
            ids.extend(title.imdb_id.clone().map(|id| (IdType::Imdb, "imdb", id)));
            ids.extend(title.tmdb_id.map(|id| (IdType::Tmdb, "tmdb", id.to_string())));
            ids.extend(title.tvdb_id.map(|id| (IdType::Tvdb, "tvdb", id.to_string())));
        }
        Ok(ids)
    }

    async fn settle(
        &self,
        group_id: MatchGroupId,
        outcome: Outcome,
        found: &[(Found, Option<String>)],
    ) -> db::Result<()> {
        let now = self.clock.now();
        let tx = self.db.begin().await?;
        // A person may have decided while Trakt was asked.
        let group =
            db::matches::find(&tx, group_id).await?.filter(|group| group.state == MatchState::Pending);
        let Some(mut group) = group else { return Ok(()) };
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
        match chosen.filter(|_| state == MatchState::Matched) {
            Some((found, _)) => {
                assign::assign(&tx, group, found, state, now).await?;
                self.catalogue.people_changed();
            }
            None => {
                group.state = state;
                group.decided_at = Some(now.into());
                db::matches::update(&tx, group).await?;
            }
        }
        tx.commit().await
    }

    async fn refresh_due(&self, client: &Client) -> Result<(), RefreshError> {
        loop {
            let now = self.clock.now();
            let titles = db::titles::due(&self.db, (now - STALE_AFTER).into(), LOT).await?;
            if titles.is_empty() {
                return Ok(());
            }
            let jobs = titles.into_iter().map(|title| self.refresh_one(client, title));
            let mut fetched = futures::stream::iter(jobs).buffer_unordered(AT_ONCE);
            let mut trouble = Ok(());
            while let Some(result) = fetched.next().await {
                trouble = trouble.and(result);
            }
            self.catalogue.people_changed();
            self.catalogue.library_changed();
            trouble?;
        }
    }
}

impl Matching {
    async fn refresh_one(&self, client: &Client, title: Title) -> Result<(), RefreshError> {
        refresh::refresh(&self.db, client, &title, self.clock.now()).await
    }
}

/// What to look for: an NFO file knows better than a name.
fn wanted(group: &MatchGroup, title: Option<&Title>) -> Wanted {
    let nfo = title.filter(|title| title.source == db::kinds::TitleSource::Nfo);
    Wanted {
        title: nfo.map_or_else(|| group.parsed_title.clone(), |title| title.name.clone()),
        year: nfo.and_then(|title| title.year).or(group.parsed_year),
    }
}
