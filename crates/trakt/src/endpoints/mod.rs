//! The calls, grouped as Trakt groups them.
//!
//! A client creates a group (`client.movies()`), and a call is a method of the group. Reads return
//! [`Read`](crate::Read) or [`Paged`](crate::Paged) requests that accept more parameters before they are awaited;
//! writes are plain async methods.

mod calendars;
mod lists;
mod movies;
mod people;
mod personal_lists;
mod recommendations;
mod scrobble;
mod search;
mod shows;
mod smart_lists;
mod sync;
mod sync_saved;
mod users;
mod vocabularies;

pub use calendars::{CalendarTarget, Calendars};
pub use lists::Lists;
pub use movies::Movies;
pub use people::People;
pub use personal_lists::{ListItemKinds, PersonalList, PersonalLists};
pub use recommendations::Recommendations;
pub use scrobble::ScrobbleApi;
pub use search::{Search, SearchField};
pub use shows::{SeasonApi, Shows};
pub use smart_lists::SmartLists;
pub use sync::{HistoryQuery, MediaType, Sync};
pub use sync_saved::{SavedItems, SavedSort};
pub use users::Users;
pub use vocabularies::{CatalogueType, Vocabularies};

use crate::client::Call;

macro_rules! group {
    ($(#[$meta:meta])* $name:ident, $(#[$method_meta:meta])* $method:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            pub(crate) client: $crate::client::Client,
        }

        impl $crate::client::Client {
            $(#[$method_meta])*
            pub fn $method(&self) -> $name {
                $name { client: self.clone() }
            }
        }
    };
}
use group;

/// A public read, with the token when there is one.
fn public<S: Into<String>>(segments: impl IntoIterator<Item = S>) -> Call {
    Call::get(crate::client::Auth::Optional, segments)
}

/// A read of a member's public data. `me` is the connected account: without a usable token, it fails before anything is
/// sent, because Trakt would respond to an anonymous `me` with a 401 that reads as "connect again".
fn of_member<S: Into<String>>(user: &str, segments: impl IntoIterator<Item = S>) -> Call {
    if user.eq_ignore_ascii_case("me") { own(segments) } else { public(segments) }
}

/// A read of the connected account.
fn own<S: Into<String>>(segments: impl IntoIterator<Item = S>) -> Call {
    Call::get(crate::client::Auth::Required, segments)
}
