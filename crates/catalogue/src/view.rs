//! The library as one user sees it: snapshot, plays and resume points, and the resulting cards.

use db::ids::TitleId;
use std::collections::HashMap;
use std::sync::Arc;

use super::card::{Card, ImageRef};
use super::entry::Entry;
use super::orders::Orders;
use super::query::Section;
use super::snapshot::Snapshot;
use super::user_data::{Rollup, UserData, rollups};
use db::kinds::TitleKind;
use model::title::ImageKind;

/// The library as one user sees it. Immutable: a change creates a new view.
#[derive(Debug)]
pub struct View {
    /// The titles.
    pub snapshot: Arc<Snapshot>,
    /// The user's plays, resume points and preferences.
    pub user_data: Arc<UserData>,
    /// Identifies this view, also across restarts: the base of entity tags.
    pub stamp: String,
    pub(crate) orders: Orders,
    rollups: HashMap<TitleId, Rollup>,
}

impl View {
    /// Combines titles with a user's data.
    pub fn new(snapshot: Arc<Snapshot>, user_data: Arc<UserData>, stamp: String) -> Self {
        let rollups = rollups(&snapshot, &user_data);
        Self { snapshot, user_data, stamp, orders: Orders::default(), rollups }
    }

    /// The movies or shows, in their default order.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Entry> {
        let ids = match section {
            Section::Movies => &self.snapshot.movies,
            Section::Shows => &self.snapshot.shows,
        };
        ids.iter().filter_map(|id| self.snapshot.get(*id))
    }

    /// The episode and play counts of a show or season.
    pub fn rollup(&self, id: TitleId) -> Option<&Rollup> {
        self.rollups.get(&id)
    }

    /// Whether the user has watched a title.
    pub fn watched(&self, entry: &Entry) -> bool {
        self.user_data.watched(entry.id, entry.kind, self.rollup(entry.id))
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
            progress_percent: self.user_data.progress.get(&entry.id).map(|resume| resume.percent),
            unwatched_episodes: rollup.map(|rollup| rollup.unwatched),
            episode_count: is_group.then(|| rollup.map_or(0, |rollup| rollup.episodes)),
            added_at: entry.added_at,
            missing: !entry.files.present,
            matched: entry.matched || show.is_some_and(|show| show.matched),
            preferences: self.user_data.preferences_of(entry.id),
        }
    }

    fn plays(&self, entry: &Entry, rollup: Option<&Rollup>) -> i64 {
        let own = self.user_data.plays.get(&entry.id).map_or(0, |count| count.plays);
        own + rollup.map_or(0, |rollup| rollup.plays)
    }
}
