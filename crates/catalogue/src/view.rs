//! The library as one user sees it: snapshot, plays and resume points, and the resulting cards.

use db::ids::TitleId;
use std::collections::HashMap;
use std::sync::Arc;

use super::card::{Card, ImageRef};
use super::entry::Entry;
use super::orders::Orders;
use super::person::{Person, Rollup, rollups};
use super::query::Shelf;
use super::snapshot::Snapshot;
use db::kinds::TitleKind;
use model::title::ImageKind;

/// The library as one user sees it. Immutable: a change creates a new view.
#[derive(Debug)]
pub struct View {
    /// The titles.
    pub snapshot: Arc<Snapshot>,
    /// The person's plays and resume points.
    pub person: Arc<Person>,
    /// Identifies this view, also across restarts: the base of entity tags.
    pub stamp: String,
    pub(crate) orders: Orders,
    rollups: HashMap<TitleId, Rollup>,
}

impl View {
    /// Combines titles with a person's plays.
    pub fn new(snapshot: Arc<Snapshot>, person: Arc<Person>, stamp: String) -> Self {
        let rollups = rollups(&snapshot, &person);
        Self { snapshot, person, stamp, orders: Orders::default(), rollups }
    }

    /// The movies or shows, in their default order.
    pub fn shelf(&self, shelf: Shelf) -> impl Iterator<Item = &Entry> {
        let ids = match shelf {
            Shelf::Movies => &self.snapshot.movies,
            Shelf::Shows => &self.snapshot.shows,
        };
        ids.iter().filter_map(|id| self.snapshot.get(*id))
    }

    /// The counts of a show or season.
    pub fn rollup(&self, id: TitleId) -> Option<&Rollup> {
        self.rollups.get(&id)
    }

    /// Whether the person has watched it.
    pub fn watched(&self, entry: &Entry) -> bool {
        self.person.watched(entry.id, entry.kind, self.rollup(entry.id))
    }

    /// The card of a title.
    pub fn card_of(&self, id: TitleId) -> Option<Card> {
        self.snapshot.get(id).map(|entry| self.card(entry))
    }

    /// The card of a title.
    pub fn card(&self, entry: &Entry) -> Card {
        let show = entry.show_id.and_then(|id| self.snapshot.get(id));
        let season = entry.season_id.and_then(|id| self.snapshot.get(id));
        let family = || [Some(entry), season, show].into_iter().flatten();
        let rollup = self.rollup(entry.id);
        let is_group = matches!(entry.kind, TitleKind::Show | TitleKind::Season);
        Card {
            id: entry.id,
            kind: entry.kind,
            name: entry.name.clone(),
            year: entry.year,
            season_number: entry.season_number,
            episode_number: entry.episode_number,
            show_name: show.map(|show| show.name.clone()),
            show_id: entry.show_id,
            poster: family()
                .find_map(|entry| ImageRef::new(entry.id, ImageKind::Poster, entry.poster.as_ref())),
            backdrop: family()
                .find_map(|entry| ImageRef::new(entry.id, ImageKind::Backdrop, entry.backdrop.as_ref())),
            still: ImageRef::new(entry.id, ImageKind::Still, entry.still.as_ref()),
            runtime_minutes: entry.runtime_minutes,
            rating: entry.rating,
            resolution: entry.files.resolution,
            hdr: entry.files.hdr.clone(),
            versions: if is_group { 0 } else { entry.files.versions },
            watched: self.watched(entry),
            plays: self.plays(entry, rollup),
            progress_percent: self.person.progress.get(&entry.id).map(|resume| resume.percent),
            unwatched_episodes: rollup.map(|rollup| rollup.unwatched),
            episode_count: is_group.then(|| rollup.map_or(0, |rollup| rollup.episodes)),
            added_at: entry.added_at,
            missing: !entry.files.present,
            matched: entry.matched || show.is_some_and(|show| show.matched),
            preferences: self.person.preferences_of(entry.id),
        }
    }

    fn plays(&self, entry: &Entry, rollup: Option<&Rollup>) -> i64 {
        let own = self.person.plays.get(&entry.id).map_or(0, |count| count.plays);
        own + rollup.map_or(0, |rollup| rollup.plays)
    }
}
