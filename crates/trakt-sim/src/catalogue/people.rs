//! Invented actors. Who plays in what follows from the title's slug.

use super::random::{Random, key_of};
use super::titles;

const SURNAMES: &[&str] = &[
    "Abbott",
    "Bergström",
    "Castellan",
    "Dray",
    "Eriksen",
    "Farrow",
    "Galloway",
    "Hale",
    "Ibarra",
    "Jansen",
    "Kovac",
    "Lindqvist",
    "Marchetti",
    "Novak",
    "Okafor",
    "Pryce",
    "Quist",
    "Rosenthal",
    "Sato",
    "Vance",
];

/// From Trakt's number to the one of The Movie Database.
pub(crate) const TMDB_OFFSET: u64 = 700_000;

/// Roles in every title.
const CAST: usize = 6;

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    /// Trakt's number, from 1.
    pub id: u64,
    pub name: String,
    pub slug: String,
}

/// How many there are.
pub(crate) fn count() -> u64 {
    (titles::NAMES.len() * SURNAMES.len()) as u64
}

/// The actor with this number.
pub(crate) fn actor(id: u64) -> Option<Actor> {
    let index = usize::try_from(id.checked_sub(1)?).ok()?;
    let first = titles::NAMES[index % titles::NAMES.len()];
    let name = format!("{first} {}", SURNAMES.get(index / titles::NAMES.len())?);
    Some(Actor { id, slug: titles::slug(&name), name })
}

/// The actor behind a path segment: number or slug.
pub(crate) fn actor_by_segment(segment: &str) -> Option<Actor> {
    match segment.parse() {
        Ok(id) => actor(id),
        Err(_) => (1..=count()).filter_map(actor).find(|actor| actor.slug == segment),
    }
}

/// The actor with this id at a site.
pub(crate) fn actor_by_id(site: &str, id: &str) -> Option<Actor> {
    match site {
        "trakt" => actor(id.parse().ok()?),
        "tmdb" => actor(id.parse::<u64>().ok()?.checked_sub(TMDB_OFFSET)?),
        _ => None,
    }
}

/// The numbers of the actors in a title, the lead first, and whom they play.
pub(crate) fn cast(slug: &str) -> Vec<(u64, &'static str)> {
    let mut random = Random::stream(key_of(slug), 0x6361_7374);
    let mut cast: Vec<(u64, &'static str)> = Vec::with_capacity(CAST);
    while cast.len() < CAST {
        let (id, role) = (random.between(1, count()), random.pick(titles::NAMES));
        if cast.iter().all(|(known, _)| *known != id) {
            cast.push((id, role));
        }
    }
    cast
}
