//! A user's actions on lists.

use std::collections::HashMap;

use db::{
    Millis,
    ids::{ListId, TitleId, UserId},
    kinds::{AccountState, ListKind, TitleKind},
    lists,
    rows::List,
    trakt_accounts,
};
use trakt::Client;

use super::{
    address::{self, Address, NoAddress},
    contents::{Beginning, Contents},
    description::Description,
    place::Place,
    refresh::{Reading, Refreshed, refresh},
};
use crate::{
    Engine, Error, Failure, Result, SyncEvent,
    account::profile,
    pull::{RemoteItem, known_titles},
};

/// The number of titles in a preview.
const PREVIEWED: u32 = 12;

/// Why a list is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListProblem {
    /// The input is not the address of a list.
    NoAddress(NoAddress),
    /// Trakt has no such list, or does not reveal it.
    NotFound,
    /// Its owner does not share it with this account.
    Private,
    /// It is the account's own watchlist, which cannot be unfollowed while the account is connected.
    System,
}

/// A list before it is followed.
#[derive(Clone, Debug)]
pub struct ListPreview {
    /// The kind of list.
    pub kind: ListKind,
    /// Its name.
    pub name: String,
    /// The owner's description.
    pub description: Option<String>,
    /// The slug and the name of its owner.
    pub owner: Option<(String, String)>,
    /// The number of entries, if Trakt reports it.
    pub item_count: Option<u64>,
    /// Its page on Trakt.
    pub page: Option<String>,
    /// The first titles on it.
    pub titles: Vec<PreviewTitle>,
    /// The list here, if already followed.
    pub followed: Option<ListId>,
}

/// A title on a list that is not followed yet.
#[derive(Clone, Debug)]
pub struct PreviewTitle {
    /// The kind of title.
    pub kind: TitleKind,
    /// Its name, or that of its show.
    pub name: String,
    /// Year of release or first broadcast.
    pub year: Option<i32>,
    /// Season number (seasons and episodes).
    pub season: Option<u32>,
    /// Episode number (episodes).
    pub episode: Option<u32>,
    /// The ID of the title here, if it is known.
    pub title_id: Option<TitleId>,
}

/// One of the account's own lists, or one that it likes.
#[derive(Clone, Debug)]
pub struct ListChoice {
    /// The kind of list.
    pub kind: ListKind,
    /// Whether it is one of the account's own.
    pub is_own: bool,
    /// Its name.
    pub name: String,
    /// The slug and the name of its owner.
    pub owner: Option<(String, String)>,
    /// The number of entries, if Trakt reports it.
    pub item_count: Option<u64>,
    /// Its address, for following it.
    pub page: String,
    /// The list here, if already followed.
    pub followed: Option<ListId>,
}

/// The page of a list on Trakt.
pub fn page_of_list(row: &List) -> Option<String> {
    Place::of(row).map(|place| address::page(&place))
}

/// Why a list could not be read the last time; `None` if it could.
pub fn why_not_current(row: &List) -> Option<Failure> {
    let stored = row.failure.as_ref()?;
    let code = stored.get("code")?.as_str()?;
    Some(Failure::read(code, stored.get("facts")).unwrap_or(Failure::Failed))
}

impl Engine {
    /// A list before it is followed.
    ///
    /// # Errors
    /// [`Error::NotConnected`]; [`Error::List`] if the address is not that of a list that this account may see.
    pub async fn preview_list(&self, user_id: UserId, address: &str) -> Result<ListPreview> {
        let (client, own) = self.list_client(user_id).await?;
        let address = resolved(address, &own)?;
        if is_own_watchlist(&address, &own) {
            return self.preview_own(user_id).await;
        }
        let list = Description::read(&client, &address).await.map_err(not_shown)?;
        let beginning = Beginning::read(&client, &list, PREVIEWED).await.map_err(not_shown)?;
        let items: Vec<&RemoteItem> = beginning.listed.iter().map(|listed| &listed.item).collect();
        let rows = known_titles(&self.core.db, &items).await?;
        let titles =
            items.iter().map(|item| previewed(item, rows.get(&item.key()).map(|row| row.id))).collect();
        let followed = lists::from_source(&self.core.db, user_id, &list.place.source()).await?;
        Ok(ListPreview {
            kind: list.kind,
            item_count: list.item_count.or(beginning.total),
            page: Some(address::page(&list.place)),
            name: list.name,
            description: list.description,
            owner: list.owner,
            titles,
            followed: followed.map(|row| row.id),
        })
    }

    async fn preview_own(&self, user_id: UserId) -> Result<ListPreview> {
        let row = self.own_watchlist(user_id).await?;
        let count = lists::titles(&self.core.db, &row).await?.len();
        Ok(ListPreview {
            kind: row.kind,
            name: row.name,
            description: None,
            owner: None,
            item_count: Some(count as u64),
            page: None,
            titles: Vec::new(),
            followed: Some(row.id),
        })
    }

    async fn own_watchlist(&self, user_id: UserId) -> Result<List> {
        let own = lists::of_user(&self.core.db, user_id).await?;
        own.into_iter().find(|row| row.kind == ListKind::Watchlist).ok_or(Error::NotConnected)
    }

    /// Follows a list; returns it, and whether it is newly followed.
    ///
    /// # Errors
    /// Like [`Engine::preview_list`]; then nothing is followed.
    pub async fn follow_list(&self, user_id: UserId, address: &str) -> Result<(ListId, bool)> {
        let (client, own) = self.list_client(user_id).await?;
        let address = resolved(address, &own)?;
        if is_own_watchlist(&address, &own) {
            return Ok((self.own_watchlist(user_id).await?.id, false));
        }
        let began = self.core.clock.now();
        let list = Description::read(&client, &address).await.map_err(not_shown)?;
        let source = list.place.source();
        if let Some(row) = lists::from_source(&self.core.db, user_id, &source).await? {
            return Ok((row.id, false));
        }
        let contents = Contents::read(&client, &list).await.map_err(not_shown)?;
        Reading { engine: self, client: &client, list: &list, began }.follow(user_id, &contents).await
    }

    /// Reads a list immediately.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Trakt`] if Trakt does not respond. A list that no longer exists or is
    /// private is not an error: it is stored as the list's state.
    pub async fn refresh_list(&self, user_id: UserId, id: ListId) -> Result<()> {
        let row = self.list(user_id, id).await?;
        if row.kind == ListKind::Watchlist {
            return self.sync_now(user_id).await;
        }
        let (client, _) = self.list_client(user_id).await?;
        match refresh(self, &client, row).await? {
            Refreshed::Current | Refreshed::Unavailable => Ok(()),
            Refreshed::Failed(error) => Err(error.into()),
            Refreshed::Unfollowed => Err(Error::NotFound("list")),
        }
    }

    /// Unfollows a list. Its titles stay if they are used elsewhere.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::List`] for the account's own watchlist.
    pub async fn unfollow_list(&self, user_id: UserId, id: ListId) -> Result<()> {
        let row = self.list(user_id, id).await?;
        if row.kind == ListKind::Watchlist {
            return Err(Error::List(ListProblem::System));
        }
        let tx = self.core.db.begin().await?;
        lists::delete(&tx, user_id, id).await?;
        tx.commit().await?;
        self.core.events.send(SyncEvent::Lists { user_id, new_titles: false });
        Ok(())
    }

    /// Pins a list to Home, or unpins it.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn pin_list(&self, user_id: UserId, id: ListId, is_pinned: bool) -> Result<()> {
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        if !lists::pin(&tx, user_id, id, is_pinned.then_some(now)).await? {
            return Err(Error::NotFound("list"));
        }
        tx.commit().await?;
        self.core.events.send(SyncEvent::Lists { user_id, new_titles: false });
        Ok(())
    }

    /// The account's own lists, and those that it likes.
    ///
    /// # Errors
    /// [`Error::NotConnected`]; [`Error::Trakt`] if Trakt does not respond.
    pub async fn list_choices(&self, user_id: UserId) -> Result<Vec<ListChoice>> {
        let (client, _) = self.list_client(user_id).await?;
        let followed = lists::of_user(&self.core.db, user_id).await?;
        let followed: HashMap<String, ListId> =
            followed.into_iter().map(|row| (row.source, row.id)).collect();
        let users = client.users();
        let own = users.lists("me").all().collect_all().await?.listing.into_iter().map(Description::of_list);
        let smart = users.smart_lists("me").all().await?.into_iter().map(Description::of_smart);
        let liked = users.liked_lists("me").collect_all().await?.listing.into_iter();
        let liked = liked.map(|liked| Description::of_list(liked.list));
        let own = own.chain(smart).map(|list| (list, true));
        Ok(own
            .chain(liked.map(|list| (list, false)))
            .map(|(list, is_own)| choice(list, is_own, &followed))
            .collect())
    }

    async fn list(&self, user_id: UserId, id: ListId) -> Result<List> {
        lists::find(&self.core.db, user_id, id).await?.ok_or(Error::NotFound("list"))
    }

    /// The client of the connected account, and its slug.
    async fn list_client(&self, user_id: UserId) -> Result<(Client, String)> {
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        let stored = stored.filter(|account| account.state == AccountState::Connected);
        let slug = stored.as_ref().and_then(profile::slug).ok_or(Error::NotConnected)?;
        Ok((self.core.accounts.get(user_id)?.client.clone(), slug.to_owned()))
    }
}

fn choice(list: Description, is_own: bool, followed: &HashMap<String, ListId>) -> ListChoice {
    ListChoice {
        kind: list.kind,
        is_own,
        page: address::page(&list.place),
        followed: followed.get(&list.place.source()).copied(),
        name: list.name,
        owner: list.owner,
        item_count: list.item_count,
    }
}

/// The list at an address, with `me` replaced by the account's slug.
fn resolved(address: &str, own: &str) -> Result<Address> {
    let address: Address = address.parse().map_err(|why| Error::List(ListProblem::NoAddress(why)))?;
    let member = |member: String| if member.eq_ignore_ascii_case("me") { own.to_owned() } else { member };
    Ok(match address {
        Address::OfMember { member: owner, list } => Address::OfMember { member: member(owner), list },
        Address::SmartOfMember { member: owner, list } => {
            Address::SmartOfMember { member: member(owner), list }
        }
        Address::Watchlist(owner) => Address::Watchlist(member(owner)),
        Address::Favorites(owner) => Address::Favorites(member(owner)),
        Address::Collection(owner) => Address::Collection(member(owner)),
        Address::List(_) | Address::Smart(_) => address,
    })
}

fn is_own_watchlist(address: &Address, own: &str) -> bool {
    matches!(address, Address::Watchlist(member) if member.eq_ignore_ascii_case(own))
}

/// What an error means for a user who has entered an address.
fn not_shown(error: trakt::Error) -> Error {
    match error {
        trakt::Error::NotFound => Error::List(ListProblem::NotFound),
        trakt::Error::Private | trakt::Error::Forbidden => Error::List(ListProblem::Private),
        error => error.into(),
    }
}

fn previewed(item: &RemoteItem, title_id: Option<TitleId>) -> PreviewTitle {
    let title = |name: &str, year| PreviewTitle {
        kind: item.key().kind,
        name: name.to_owned(),
        year,
        season: None,
        episode: None,
        title_id,
    };
    match item {
        RemoteItem::Movie(movie) => title(&movie.title, movie.year),
        RemoteItem::Show(show) => title(&show.title, show.year),
        RemoteItem::Season { season, show } => {
            PreviewTitle { season: Some(season.number), ..title(&show.title, show.year) }
        }
        RemoteItem::Episode { episode, show } => PreviewTitle {
            season: Some(episode.season),
            episode: Some(episode.number),
            ..title(&show.title, show.year)
        },
    }
}
