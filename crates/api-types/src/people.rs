//! People who play in titles or make them, and what goes with a title.

use db::ids::{ListId, PersonId};
use db::kinds::{CreditKind, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::title::{Image, TitleCard};

/// Somebody who plays in titles or makes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonCard {
    /// Trakt's id.
    #[schema(value_type = i64)]
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// A portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Image>,
}

/// What somebody did in a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Credit {
    /// Who.
    pub person: PersonCard,
    /// What they did.
    pub kind: CreditKind,
    /// The role, or the job in Trakt's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// A movie or show that may not be in the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KnownTitle {
    /// Movie or show.
    pub kind: TitleKind,
    /// Trakt's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Upright picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Whether it is in the library.
    pub in_library: bool,
    /// Its card, when it has a page here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
}

/// A list of the person who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListLink {
    /// The list.
    #[schema(value_type = i64)]
    pub id: ListId,
    /// Its name.
    pub name: String,
}

/// What Trakt says about a title beside its own texts, as it was read last.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleAbout {
    /// It is being read for the first time: ask again soon.
    pub is_loading: bool,
    /// Who plays in it, the leading roles first.
    pub cast: Vec<Credit>,
    /// Who plays in this episode only.
    pub guests: Vec<Credit>,
    /// Who made it, those whom everybody names first.
    pub crew: Vec<Credit>,
    /// What goes with it, those in the library first.
    pub related: Vec<KnownTitle>,
    /// How many members gave each rating from 1 to 10; empty when it is not known.
    pub votes: Vec<u64>,
    /// The lists of the person who asks that hold it.
    pub lists: Vec<ListLink>,
}

/// A title of a person's.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonTitle {
    /// The title.
    #[serde(flatten)]
    pub known: KnownTitle,
    /// Their roles and jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// A person's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonDetail {
    /// Their titles are being read for the first time: ask again soon.
    pub is_loading: bool,
    /// Who it is.
    #[serde(flatten)]
    pub card: PersonCard,
    /// About their life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub biography: Option<String>,
    /// Day of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub birthday: Option<String>,
    /// Day of death.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub death: Option<String>,
    /// Place of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthplace: Option<String>,
    /// Their titles, those in the library first, then the newest.
    pub titles: Vec<PersonTitle>,
    /// Their page on Trakt.
    pub trakt_url: String,
}

/// Somebody whom a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundPerson {
    /// Who.
    #[serde(flatten)]
    pub card: PersonCard,
    /// How many titles of the library they are known to have a part in.
    pub titles: i64,
}
