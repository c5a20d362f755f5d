//! Plays and titles as Trakt sends them.

use chrono::{DateTime, Utc};
use db::kinds::TitleKind;
use trakt::models::{Episode, HistoryItem, Ids, Media, Movie, Season, Show, to_the_minute};

/// Identifies a title by Trakt's ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TitleKey {
    pub(crate) kind: TitleKind,
    pub(crate) trakt_id: i64,
}

impl TitleKey {
    /// Returns the key of an entry's title; `None` if it is not a title, or of an unknown kind.
    pub(super) fn of(media: &Media) -> Option<Self> {
        let kind = match media {
            Media::Movie(_) => TitleKind::Movie,
            Media::Show(_) => TitleKind::Show,
            Media::Season { .. } => TitleKind::Season,
            Media::Episode { .. } => TitleKind::Episode,
            Media::Person(_) | Media::List(_) | Media::Other(_) => return None,
        };
        Some(Self { kind, trakt_id: super::signed(media.ids()?.trakt.0)? })
    }
}

/// Identifies a movie or episode by Trakt's ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ItemKey {
    pub(super) is_movie: bool,
    pub(super) trakt_id: i64,
}

impl ItemKey {
    pub(super) fn kind(self) -> TitleKind {
        if self.is_movie { TitleKind::Movie } else { TitleKind::Episode }
    }

    pub(super) fn title(self) -> TitleKey {
        TitleKey { kind: self.kind(), trakt_id: self.trakt_id }
    }
}

/// A play on Trakt.
#[derive(Clone, Debug)]
pub(super) struct RemotePlay {
    pub(super) history_id: i64,
    /// To the minute.
    pub(super) watched_at: DateTime<Utc>,
    pub(super) item: RemoteItem,
}

/// A title.
#[derive(Clone, Debug)]
pub(crate) enum RemoteItem {
    Movie(Box<Movie>),
    Show(Box<Show>),
    Season { season: Box<Season>, show: Box<Show> },
    Episode { episode: Box<Episode>, show: Box<Show> },
}

/// Returns when a play was watched, to the minute; `None` if unknown. Trakt dates unknown times to the Unix epoch.
pub(super) fn dated(watched_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(to_the_minute(watched_at)).filter(|at| *at != DateTime::UNIX_EPOCH)
}

impl RemotePlay {
    /// Returns `None` for a kind that cannot be watched or is unknown to this version.
    pub(super) fn of(item: HistoryItem) -> Option<Self> {
        let watched = RemoteItem::of(item.media)?;
        let can_be_watched = matches!(watched, RemoteItem::Movie(_) | RemoteItem::Episode { .. });
        let history_id = super::signed(item.id.0).filter(|_| can_be_watched)?;
        Some(Self { history_id, watched_at: to_the_minute(item.watched_at), item: watched })
    }

    pub(super) fn key(&self) -> ItemKey {
        let is_movie = matches!(self.item, RemoteItem::Movie(_));
        ItemKey { is_movie, trakt_id: self.item.key().trakt_id }
    }
}

impl RemoteItem {
    /// Returns `None` for something that is not a title, or of a kind unknown to this version.
    pub(crate) fn of(media: Media) -> Option<Self> {
        let item = match media {
            Media::Movie(movie) => Self::Movie(movie),
            Media::Show(show) => Self::Show(show),
            Media::Season { season, show: Some(show) } => Self::Season { season, show },
            Media::Episode { episode, show: Some(show) } => Self::Episode { episode, show },
            _ => return None,
        };
        super::signed(item.ids().trakt.0)?;
        Some(item)
    }

    pub(crate) fn key(&self) -> TitleKey {
        let kind = match self {
            Self::Movie(_) => TitleKind::Movie,
            Self::Show(_) => TitleKind::Show,
            Self::Season { .. } => TitleKind::Season,
            Self::Episode { .. } => TitleKind::Episode,
        };
        TitleKey { kind, trakt_id: self.ids().trakt.0.cast_signed() }
    }

    fn ids(&self) -> &Ids {
        match self {
            Self::Movie(movie) => &movie.ids,
            Self::Show(show) => &show.ids,
            Self::Season { season, .. } => &season.ids,
            Self::Episode { episode, .. } => &episode.ids,
        }
    }
}
