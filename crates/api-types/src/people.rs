//! Cast, crew and related titles.

use db::ids::{ListId, PersonId};
use db::kinds::{CreditKind, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::title::{Image, TitleCard};

/// A person in the cast or crew of titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonCard {
    /// Trakt's ID.
    #[schema(value_type = i64)]
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// A portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Image>,
}

/// A person's role or job in a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Credit {
    /// The person.
    pub person: PersonCard,
    /// Cast, guest star or crew.
    pub kind: CreditKind,
    /// The role, or the job in Trakt's notation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// A movie or show that may not be in the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KnownTitle {
    /// Movie or show.
    pub kind: TitleKind,
    /// Trakt's ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Portrait image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Whether it is in the library.
    pub in_library: bool,
    /// Its card, if it has a page here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
}

/// One of the user's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListLink {
    /// The list.
    #[schema(value_type = i64)]
    pub id: ListId,
    /// Its name.
    pub name: String,
}

/// Cast, crew, related titles and ratings from Trakt, as last read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleAbout {
    /// Whether this data is being read from Trakt for the first time: request it again soon.
    pub is_loading: bool,
    /// The cast, leading roles first.
    pub cast: Vec<Credit>,
    /// Guest stars of this episode.
    pub guests: Vec<Credit>,
    /// The crew, most important jobs first.
    pub crew: Vec<Credit>,
    /// Related titles, those in the library first.
    pub related: Vec<KnownTitle>,
    /// How many users gave each rating from 1 to 10; empty if unknown.
    pub votes: Vec<u64>,
    /// The user's lists that contain it.
    pub lists: Vec<ListLink>,
}

/// A title in a person's filmography.
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
    /// Whether their titles are being read for the first time: request them again soon.
    pub is_loading: bool,
    /// Their card.
    #[serde(flatten)]
    pub card: PersonCard,
    /// Biography.
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

/// A person found by a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundPerson {
    /// Their card.
    #[serde(flatten)]
    pub card: PersonCard,
    /// The number of titles in the library on which they are known to have worked.
    pub titles: i64,
}
