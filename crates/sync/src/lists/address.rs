//! The addresses of lists on Trakt: pages of the old and the new site, and paths of the API.

use std::str::FromStr;

use percent_encoding::percent_decode_str;
use url::Url;

use super::place::Place;

/// Longer texts are not addresses.
const LONGEST: usize = 2_000;
/// The longest name or slug in an address.
const LONGEST_NAME: usize = 200;
/// Pages about many lists. Their names take the place of a list's number in the path.
const OVERVIEWS: [&str; 6] = ["official", "smart", "trending", "popular", "user", "create"];
/// The pages about the lists of a member.
const OVERVIEWS_OF_MEMBER: [&str; 2] = ["view", "collaborations"];

/// A list as identified by an address. Members and lists are identified by number or slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A list whose owner is not in the address: one of Trakt's own, or any list by its number.
    List(String),
    /// A member's list.
    OfMember { member: String, list: String },
    /// A smart list.
    Smart(String),
    /// A member's smart list.
    SmartOfMember { member: String, list: String },
    /// A member's watchlist.
    Watchlist(String),
    /// A member's favorites.
    Favorites(String),
    /// A member's collection.
    Collection(String),
}

/// Why a text is not the address of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAddress {
    /// It is empty.
    Empty,
    /// It is not an address, or not one on Trakt.
    NotTrakt,
    /// It is an address on Trakt, but not of a single list.
    NoList,
}

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let url = trakt_url(text.trim().trim_matches(['<', '>', '"']))?;
        let parts: Option<Vec<String>> =
            url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(decoded).collect();
        let parts = parts.ok_or(NoAddress::NoList)?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        of_path(&parts).ok_or(NoAddress::NoList)
    }
}

/// The address, which may come without a scheme.
fn trakt_url(text: &str) -> Result<Url, NoAddress> {
    if text.is_empty() {
        return Err(NoAddress::Empty);
    }
    if text.len() > LONGEST {
        return Err(NoAddress::NotTrakt);
    }
    let complete = match text {
        text if text.contains("://") => text.to_owned(),
        text => format!("https://{}", text.trim_start_matches('/')),
    };
    let url = Url::parse(&complete).map_err(|_| NoAddress::NotTrakt)?;
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let is_trakt = host == "trakt.tv" || host.ends_with(".trakt.tv");
    let is_web = matches!(url.scheme(), "http" | "https");
    if is_web && is_trakt { Ok(url) } else { Err(NoAddress::NotTrakt) }
}

/// A decoded part of a path; `None` if it cannot exist on Trakt.
fn decoded(part: &str) -> Option<String> {
    let text = percent_decode_str(part).decode_utf8().ok()?;
    let text = text.trim();
    let is_name = !text.is_empty()
        && text.len() <= LONGEST_NAME
        && !matches!(text, "." | "..")
        && !text.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | '?' | '#'));
    is_name.then(|| text.to_owned())
}

fn of_path(parts: &[&str]) -> Option<Address> {
    let (first, rest) = parts.split_first()?;
    match (lower(first).as_str(), rest) {
        ("users" | "profile", [member, rest @ ..]) => of_member(member, rest),
        ("lists", rest) => of_list(rest),
        ("smart-lists", [list, ..]) => Some(Address::Smart((*list).to_owned())),
        // The signed-in member's own pages.
        ("watchlist", _) => Some(Address::Watchlist("me".to_owned())),
        ("favorites", _) => Some(Address::Favorites("me".to_owned())),
        _ => None,
    }
}

fn of_member(member: &str, rest: &[&str]) -> Option<Address> {
    let member = member.to_owned();
    let (first, rest) = rest.split_first()?;
    match (lower(first).as_str(), rest) {
        ("watchlist", _) => Some(Address::Watchlist(member)),
        // The older name of the favorites.
        ("favorites" | "recommendations", _) => Some(Address::Favorites(member)),
        ("collection" | "library", _) => Some(Address::Collection(member)),
        ("lists", [list, ..]) if !OVERVIEWS_OF_MEMBER.contains(&lower(list).as_str()) => {
            Some(Address::OfMember { member, list: (*list).to_owned() })
        }
        ("smart-lists", [list, ..]) => Some(Address::SmartOfMember { member, list: (*list).to_owned() }),
        _ => None,
    }
}

fn of_list(parts: &[&str]) -> Option<Address> {
    let (first, rest) = parts.split_first()?;
    match (lower(first).as_str(), rest) {
        ("official", [list, ..]) => Some(Address::List((*list).to_owned())),
        ("smart", [page, list, ..]) if matches!(lower(page).as_str(), "view" | "edit") => {
            Some(Address::Smart((*list).to_owned()))
        }
        (overview, _) if OVERVIEWS.contains(&overview) => None,
        _ => Some(Address::List((*first).to_owned())),
    }
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// The page of a list on Trakt.
pub(super) fn page(place: &Place) -> String {
    match place {
        Place::List { number, owner: Some(owner) } => {
            format!("https://trakt.tv/users/{owner}/lists/{number}")
        }
        Place::List { number, owner: None } => format!("https://trakt.tv/lists/official/{number}"),
        Place::Smart { number } => format!("https://app.trakt.tv/lists/smart/view/{number}"),
        Place::Watchlist(member) => format!("https://trakt.tv/users/{member}/watchlist"),
        Place::Favorites(member) => format!("https://trakt.tv/users/{member}/favorites"),
        Place::Collection(member) => format!("https://trakt.tv/users/{member}/collection"),
    }
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
