//! Reading the contents of a list.

use chrono::{DateTime, Utc};
use trakt::{
    Client, Paged, Result,
    endpoints::{ListItemKinds, MediaType},
    models::{CollectedMovie, CollectedShow, ListEntry, Media},
    paging::{Complete, Proven},
};

use super::{description::Description, place::Place};
use crate::{order::to_read_in, pull::RemoteItem};

/// One full read of a list.
pub(super) struct Contents(Vec<Part>);

enum Part {
    Entries(Complete<ListEntry>),
    Movies(Complete<CollectedMovie>),
    Shows(Complete<CollectedShow>),
}

/// A title on a list.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) item: RemoteItem,
    pub(super) listed_at: Option<DateTime<Utc>>,
}

/// The first entries of a list.
pub(super) struct Beginning {
    pub(super) listed: Vec<Listed>,
    /// The total number of entries, if Trakt reports it.
    pub(super) total: Option<u64>,
}

impl Contents {
    pub(super) async fn read(client: &Client, list: &Description) -> Result<Self> {
        let Place::Collection(member) = &list.place else {
            return Ok(Self(vec![Part::Entries(entries(client, list).collect_all().await?)]));
        };
        let users = client.users();
        let movies = users.collected_movies(member).collect_all().await?;
        let shows = users.collected_shows(member).collect_all().await?;
        Ok(Self(vec![Part::Movies(movies), Part::Shows(shows)]))
    }

    /// The titles, in the order of the list.
    pub(super) fn titles(&self) -> Vec<Listed> {
        self.0.iter().flat_map(Part::titles).collect()
    }

    /// How many entries are not titles, or could not be read.
    pub(super) fn others(&self) -> usize {
        let entries = |part: &Part| match part {
            Part::Entries(read) => read.listing.len() + read.listing.unreadable.len(),
            Part::Movies(read) => read.listing.len() + read.listing.unreadable.len(),
            Part::Shows(read) => read.listing.len() + read.listing.unreadable.len(),
        };
        let all: usize = self.0.iter().map(entries).sum();
        all - self.titles().len()
    }

    /// How many entries Trakt announced but did not deliver.
    pub(super) fn shortfall(&self) -> u64 {
        let shortfall = |part: &Part| match part {
            Part::Entries(read) => read.shortfall(),
            Part::Movies(read) => read.shortfall(),
            Part::Shows(read) => read.shortfall(),
        };
        self.0.iter().map(shortfall).sum()
    }

    /// Whether this read and `second`, the one after it, prove that titles missing from both are not on the
    /// list. `known`: how many entries Trakt had announced but not delivered in earlier reads. If there are
    /// more now, the missing titles are probably among them.
    pub(super) fn proves(self, second: Self, known: u64) -> bool {
        second.shortfall() <= known
            && self.0.len() == second.0.len()
            && self.0.into_iter().zip(second.0).all(|(first, second)| first.proves(second))
    }
}

impl Part {
    fn titles(&self) -> Vec<Listed> {
        let listed = |media: Media, listed_at| Some(Listed { item: RemoteItem::of(media)?, listed_at });
        match self {
            Self::Entries(read) => {
                read.listing.iter().filter_map(|entry| listed(entry.media.clone(), entry.listed_at)).collect()
            }
            Self::Movies(read) => read
                .listing
                .iter()
                .filter_map(|copy| listed(Media::Movie(Box::new(copy.movie.clone())), copy.collected_at))
                .collect(),
            Self::Shows(read) => read
                .listing
                .iter()
                .filter_map(|copy| listed(Media::Show(Box::new(copy.show.clone())), copy.last_collected_at))
                .collect(),
        }
    }

    fn proves(self, second: Self) -> bool {
        match (self, second) {
            (Self::Entries(first), Self::Entries(second)) => Proven::from_reads(first, second).is_ok(),
            (Self::Movies(first), Self::Movies(second)) => Proven::from_reads(first, second).is_ok(),
            (Self::Shows(first), Self::Shows(second)) => Proven::from_reads(first, second).is_ok(),
            (Self::Entries(_) | Self::Movies(_) | Self::Shows(_), _) => false,
        }
    }
}

impl Beginning {
    pub(super) async fn read(client: &Client, list: &Description, count: u32) -> Result<Self> {
        let of = |media: Media, listed_at| Some(Listed { item: RemoteItem::of(media)?, listed_at });
        if let Place::Collection(member) = &list.place {
            let movies = client.users().collected_movies(member).limit(count).page(1).await?;
            let shows = client.users().collected_shows(member).limit(count).page(1).await?;
            let total =
                movies.info.item_count.zip(shows.info.item_count).map(|(movies, shows)| movies + shows);
            let movies = movies
                .listing
                .into_iter()
                .map(|copy| of(Media::Movie(Box::new(copy.movie)), copy.collected_at));
            let shows = shows
                .listing
                .into_iter()
                .map(|copy| of(Media::Show(Box::new(copy.show)), copy.last_collected_at));
            return Ok(Self { listed: movies.chain(shows).flatten().take(count as usize).collect(), total });
        }
        let page = entries(client, list).limit(count).page(1).await?;
        let listed = page.listing.into_iter().filter_map(|entry| of(entry.media, entry.listed_at)).collect();
        Ok(Self { listed, total: page.info.item_count })
    }
}

/// The entries of any list except a collection, in the order of the list.
fn entries(client: &Client, list: &Description) -> Paged<ListEntry> {
    let kinds = ListItemKinds::all();
    // Without an explicit order, Trakt uses the list's own, which may change from page to page.
    let (by, how) = to_read_in(list.order.clone());
    match &list.place {
        Place::List { number, owner: Some(owner) } => {
            client.users().lists(owner.as_str()).list(number.to_string()).sorted(&kinds, &by, &how)
        }
        Place::List { number, owner: None } => client.lists().sorted(number.to_string(), &kinds, &by, &how),
        Place::Smart { number } => client.lists().smart_items(number.to_string(), &kinds, &by, &how),
        Place::Favorites(member) => client.users().favorites(member, MediaType::All),
        Place::Watchlist(member) | Place::Collection(member) => {
            client.users().watchlist(member, MediaType::All)
        }
    }
}
