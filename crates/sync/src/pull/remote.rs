//! Plays as Trakt sends them.

use chrono::{DateTime, Utc};
use db::kinds::TitleKind;
use trakt::models::{Episode, HistoryItem, Media, Movie, Show, to_the_minute};

/// Which movie or episode, by Trakt's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ItemKey {
    pub(super) is_movie: bool,
    pub(super) trakt_id: i64,
}

impl ItemKey {
    pub(super) fn kind(self) -> TitleKind {
        if self.is_movie { TitleKind::Movie } else { TitleKind::Episode }
    }
}

/// One play on Trakt.
#[derive(Clone, Debug)]
pub(super) struct RemotePlay {
    pub(super) history_id: i64,
    /// To the minute.
    pub(super) watched_at: DateTime<Utc>,
    pub(super) item: RemoteItem,
}

/// What was watched.
#[derive(Clone, Debug)]
pub(super) enum RemoteItem {
    Movie(Box<Movie>),
    Episode { episode: Box<Episode>, show: Box<Show> },
}

impl RemotePlay {
    /// None: of a kind that this version does not know.
    pub(super) fn of(item: HistoryItem) -> Option<Self> {
        let watched = match item.media {
            Media::Movie(movie) => RemoteItem::Movie(movie),
            Media::Episode { episode, show: Some(show) } => RemoteItem::Episode { episode, show },
            _ => return None,
        };
        let history_id = super::signed(item.id.0)?;
        super::signed(watched.trakt_id())?;
        Some(Self { history_id, watched_at: to_the_minute(item.watched_at), item: watched })
    }

    pub(super) fn key(&self) -> ItemKey {
        let is_movie = matches!(self.item, RemoteItem::Movie(_));
        ItemKey { is_movie, trakt_id: self.item.trakt_id().cast_signed() }
    }
}

impl RemoteItem {
    fn trakt_id(&self) -> u64 {
        match self {
            Self::Movie(movie) => movie.ids.trakt.0,
            Self::Episode { episode, .. } => episode.ids.trakt.0,
        }
    }
}
