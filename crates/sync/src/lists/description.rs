//! Trakt's description of a list, without its contents.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::{ListId, UserId},
    kinds::{ListKind, ListState},
    rows::List,
};
use trakt::{
    Client, Error, Result,
    models::{SmartList, SortBy, SortHow, User, UserList},
};

use super::{address::Address, place::Place};

/// The names of lists that have none on Trakt.
const WATCHLIST: &str = "Watchlist";
const FAVORITES: &str = "Favorites";
const COLLECTION: &str = "Collection";

/// A list on Trakt.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Description {
    pub(super) place: Place,
    pub(super) kind: ListKind,
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// The slug and the name of the member whose list it is.
    pub(super) owner: Option<(String, String)>,
    /// The order that its owner chose.
    pub(super) order: Option<(SortBy, SortHow)>,
    /// The number of entries, if Trakt reports it.
    pub(super) item_count: Option<u64>,
    /// When its owner last changed it, if Trakt reports it.
    pub(super) changed_at: Option<DateTime<Utc>>,
}

impl Description {
    /// Reads the description of a list from Trakt.
    pub(super) async fn read(client: &Client, address: &Address) -> Result<Self> {
        let users = client.users();
        match address {
            Address::List(list) => Ok(Self::of_list(client.lists().summary(list.as_str()).await?)),
            Address::OfMember { member, list } => {
                Ok(Self::of_list(users.lists(member.as_str()).list(list.as_str()).summary().await?))
            }
            Address::Smart(list) => Ok(Self::of_smart(client.lists().smart(list.as_str()).await?)),
            Address::SmartOfMember { member, list } => {
                Ok(Self::of_smart(users.smart_lists(member.as_str()).summary(list.as_str()).await?))
            }
            Address::Watchlist(member) => {
                let owner = owner_of(&users.profile(member).await?, member);
                Ok(Self::of_member(
                    Place::Watchlist(owner.0.clone()),
                    ListKind::MemberWatchlist,
                    WATCHLIST,
                    owner,
                ))
            }
            Address::Favorites(member) => {
                let owner = owner_of(&users.profile(member).await?, member);
                Ok(Self::of_member(
                    Place::Favorites(owner.0.clone()),
                    ListKind::MemberFavorites,
                    FAVORITES,
                    owner,
                ))
            }
            Address::Collection(member) => {
                let owner = owner_of(&users.profile(member).await?, member);
                let place = Place::Collection(owner.0.clone());
                Ok(Self::of_member(place, ListKind::MemberCollection, COLLECTION, owner))
            }
        }
    }

    /// Reads the description of a followed list from Trakt. Owners may rename themselves, but their lists keep their
    /// numbers.
    pub(super) async fn read_again(client: &Client, place: &Place) -> Result<Self> {
        let number = |number: &u64| number.to_string();
        match place {
            Place::List { number: list, owner: Some(owner) } => {
                let address = Address::OfMember { member: owner.clone(), list: number(list) };
                match Self::read(client, &address).await {
                    Err(Error::NotFound) => Self::read(client, &Address::List(number(list))).await,
                    read => read,
                }
            }
            Place::List { number: list, owner: None } => {
                Self::read(client, &Address::List(number(list))).await
            }
            Place::Smart { number: list } => Self::read(client, &Address::Smart(number(list))).await,
            Place::Watchlist(member) => Self::read(client, &Address::Watchlist(member.clone())).await,
            Place::Favorites(member) => Self::read(client, &Address::Favorites(member.clone())).await,
            Place::Collection(member) => Self::read(client, &Address::Collection(member.clone())).await,
        }
    }

    pub(super) fn of_list(list: UserList) -> Self {
        // Trakt's own lists have Trakt as their owner, but cannot be read by owner.
        let owner = list
            .user
            .as_ref()
            .filter(|user| list.kind.as_deref() != Some("official") && !slug_of(user).is_empty());
        let owner = owner.map(|user| owner_of(user, slug_of(user)));
        let is_official = owner.is_none();
        Self {
            place: Place::List {
                number: list.ids.trakt.0,
                owner: owner.as_ref().map(|(slug, _)| slug.clone()),
            },
            kind: if is_official { ListKind::Official } else { ListKind::Personal },
            name: list.name,
            description: list.description.filter(|text| !text.trim().is_empty()),
            owner,
            order: list.sort_by.map(|by| (by, list.sort_how.unwrap_or(SortHow::Ascending))),
            item_count: Some(list.item_count),
            changed_at: list.updated_at,
        }
    }

    pub(super) fn of_smart(list: SmartList) -> Self {
        Self {
            place: Place::Smart { number: list.ids.trakt.0 },
            kind: ListKind::Smart,
            name: list.name,
            description: None,
            owner: None,
            order: None,
            item_count: None,
            // Its contents change without the list itself being changed.
            changed_at: None,
        }
    }

    fn of_member(place: Place, kind: ListKind, name: &str, owner: (String, String)) -> Self {
        Self {
            place,
            kind,
            name: name.to_owned(),
            description: None,
            owner: Some(owner),
            order: None,
            item_count: None,
            changed_at: None,
        }
    }

    /// The row of a list that is followed from `now` on.
    pub(super) fn followed(&self, user_id: UserId, now: Millis) -> List {
        let row = List {
            id: ListId::NEW,
            user_id,
            kind: self.kind,
            source: self.place.source(),
            name: String::new(),
            description: None,
            owner: None,
            owner_name: None,
            sort_by: None,
            sort_how: None,
            state: ListState::Current,
            failure: None,
            failures: 0,
            others: 0,
            revision: None,
            pinned_at: None,
            followed_at: now,
            read_at: None,
            full_at: None,
            next_at: now,
        };
        self.describe(row)
    }

    /// The row, updated from Trakt.
    pub(super) fn describe(&self, row: List) -> List {
        List {
            name: self.name.clone(),
            description: self.description.clone(),
            owner: self.owner.as_ref().map(|(slug, _)| slug.clone()),
            owner_name: self.owner.as_ref().map(|(_, name)| name.clone()),
            sort_by: self.order.as_ref().map(|(by, _)| by.as_str().to_owned()),
            sort_how: self.order.as_ref().map(|(_, how)| how.as_str().to_owned()),
            ..row
        }
    }
}

fn slug_of(user: &User) -> &str {
    user.ids.slug.as_deref().unwrap_or(&user.username)
}

/// The slug and the name of a member.
fn owner_of(user: &User, asked: &str) -> (String, String) {
    let slug = Some(slug_of(user)).filter(|slug| !slug.is_empty()).unwrap_or(asked);
    let name = user.name.as_deref().filter(|name| !name.trim().is_empty());
    let name = name.or(Some(user.username.as_str()).filter(|name| !name.is_empty())).unwrap_or(slug);
    (slug.to_owned(), name.to_owned())
}
