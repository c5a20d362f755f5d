//! Reading the preferences of an account from Trakt.

use chrono::{DateTime, Utc};
use db::ids::TitleId;
use trakt::{
    Client, Paged,
    endpoints::{MediaType, SavedSort},
    models::{HiddenItem, HiddenSection, ListEntry, Media, MediaKind, RatingItem},
    paging::{ChosenOrder, Complete, Present, Proven},
};

use super::super::remote::{RemoteItem, TitleKey};
use crate::{
    Result,
    preference::{Preference, SET},
};

/// A preference on Trakt.
#[derive(Clone, Debug)]
pub(super) struct RemoteValue {
    pub(super) item: RemoteItem,
    pub(super) value: i32,
    pub(super) at: DateTime<Utc>,
}

/// A complete read.
pub(super) enum Full {
    Ratings(Complete<RatingItem>),
    Watchlist(Complete<ListEntry>),
    /// Dropped shows, or hidden recommendations.
    Hidden(Complete<HiddenItem>),
}

impl Full {
    /// Reads all preferences. `order` is the order in which to read the watchlist.
    pub(super) async fn read(client: &Client, preference: Preference, order: &SavedSort) -> Result<Self> {
        Ok(match preference {
            Preference::Rating => Self::Ratings(ratings(client).collect_all().await?),
            Preference::Watchlist => Self::Watchlist(watchlist(client, order).collect_all().await?),
            Preference::Dropped => Self::Hidden(dropped(client).collect_all().await?),
            Preference::NotInterested => Self::Hidden(not_recommended(client).collect_all().await?),
        })
    }

    /// Returns the number of requests.
    pub(super) fn requests(&self) -> i64 {
        i64::from(match self {
            Self::Ratings(read) => read.pages,
            Self::Watchlist(read) => read.pages,
            Self::Hidden(read) => read.pages,
        })
    }

    /// Returns the sort order of the watchlist chosen on Trakt.
    pub(super) fn chosen_order(&self) -> Option<ChosenOrder> {
        match self {
            Self::Watchlist(read) => read.chosen_order.clone(),
            Self::Ratings(_) | Self::Hidden(_) => None,
        }
    }

    /// Returns the values. Those without their own time get `now`.
    pub(super) fn values(&self, preference: Preference, now: DateTime<Utc>) -> Vec<RemoteValue> {
        let value = |media: &Media, value: i32, at: Option<DateTime<Utc>>| {
            let item = RemoteItem::of(media.clone())?;
            Some(RemoteValue { item, value, at: at.unwrap_or(now) })
        };
        match self {
            Self::Ratings(read) => read
                .listing
                .iter()
                .filter(|item| (1..=10).contains(&item.rating))
                .filter_map(|item| value(&item.media, i32::from(item.rating), Some(item.rated_at)))
                .collect(),
            Self::Watchlist(read) => {
                read.listing.iter().filter_map(|entry| value(&entry.media, SET, entry.listed_at)).collect()
            }
            Self::Hidden(read) => {
                let values = read.listing.iter().filter_map(|item| value(&item.media, SET, item.hidden_at));
                values.filter(|value| preference.fits(value.item.key().kind)).collect()
            }
        }
    }

    /// Returns proof of which titles exist if a second complete read agrees; without it, nothing can be concluded about
    /// the others.
    pub(super) fn prove(
        self,
        second: Self,
        title_of: impl Fn(TitleKey) -> Option<TitleId>,
    ) -> Option<Present<Option<TitleId>>> {
        let title_of = |media: &Media| TitleKey::of(media).and_then(&title_of);
        match (self, second) {
            (Self::Ratings(first), Self::Ratings(second)) => {
                Some(Proven::from_reads(first, second).ok()?.present(|item| title_of(&item.media)))
            }
            (Self::Watchlist(first), Self::Watchlist(second)) => {
                Some(Proven::from_reads(first, second).ok()?.present(|entry| title_of(&entry.media)))
            }
            (Self::Hidden(first), Self::Hidden(second)) => {
                Some(Proven::from_reads(first, second).ok()?.present(|item| title_of(&item.media)))
            }
            (Self::Ratings(_) | Self::Watchlist(_) | Self::Hidden(_), _) => None,
        }
    }
}

fn ratings(client: &Client) -> Paged<RatingItem> {
    client.sync().ratings(MediaType::All)
}

fn watchlist(client: &Client, order: &SavedSort) -> Paged<ListEntry> {
    client.sync().watchlist().sorted(MediaType::All, order.clone())
}

fn dropped(client: &Client) -> Paged<HiddenItem> {
    client.users().hidden(&HiddenSection::Dropped, Some(MediaKind::Show))
}

fn not_recommended(client: &Client) -> Paged<HiddenItem> {
    client.users().hidden(&HiddenSection::Recommendations, None)
}
