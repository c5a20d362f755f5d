//! Invented people. Cast and crew follow from the title's slug.

use super::model::Facts;
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

/// Distance from Trakt's numbers to those of The Movie Database.
pub(crate) const TMDB_OFFSET: u64 = 700_000;

/// Number of roles in every title.
const CAST: usize = 9;

/// Number of guest stars in every episode.
const GUESTS: usize = 3;

/// Number of actors shared by the demo titles, so that each of them plays in several titles.
const TROUPE: u64 = 72;
/// Distance between the shared actors: not a divisor of the number of people, so that their surnames differ.
const TROUPE_STEP: u64 = 37;

/// Crew jobs: department and job.
const MOVIE_JOBS: &[(&str, &str)] = &[
    ("directing", "Director"),
    ("writing", "Screenplay"),
    ("writing", "Story"),
    ("production", "Producer"),
    ("sound", "Original Music Composer"),
    ("camera", "Director of Photography"),
    ("editing", "Editor"),
];
const SHOW_JOBS: &[(&str, &str)] = &[
    ("created by", "Creator"),
    ("production", "Executive Producer"),
    ("writing", "Writer"),
    ("directing", "Director"),
    ("sound", "Original Music Composer"),
];

const TOWNS: &[&str] =
    &["Trieste", "Aarhus", "Duluth", "Leith", "Ghent", "Savannah", "Galway", "Bergen", "Porto", "Basel"];
const BEGINNINGS: &[&str] = &[
    "began in a travelling puppet theatre",
    "was discovered while selling tickets at a provincial cinema",
    "trained as a clockmaker before turning to the stage",
    "spent five years in radio plays",
    "came to film by way of a circus orchestra",
    "played the seaside theatres for a decade before a camera was ever near",
];
const REPUTATIONS: &[&str] = &[
    "is known for playing people who say little and notice everything",
    "has a name for learning every part in the script, not only their own",
    "is said never to have needed a second take",
    "is loved for comic timing and feared at the card table",
    "has worked in eleven languages and claims to speak four",
];

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    /// Trakt's number, from 1.
    pub id: u64,
    pub name: String,
    pub slug: String,
}

/// Returns the number of actors.
pub(crate) fn count() -> u64 {
    (titles::NAMES.len() * SURNAMES.len()) as u64
}

/// Returns the actor with this number.
pub(crate) fn actor(id: u64) -> Option<Actor> {
    let index = usize::try_from(id.checked_sub(1)?).ok()?;
    let first = titles::NAMES[index % titles::NAMES.len()];
    let name = format!("{first} {}", SURNAMES.get(index / titles::NAMES.len())?);
    Some(Actor { id, slug: titles::slug(&name), name })
}

/// Returns the actor for a path segment: number or slug.
pub(crate) fn actor_by_segment(segment: &str) -> Option<Actor> {
    match segment.parse() {
        Ok(id) => actor(id),
        Err(_) => (1..=count()).filter_map(actor).find(|actor| actor.slug == segment),
    }
}

/// Returns the actor with this ID on another site.
pub(crate) fn actor_by_id(site: &str, id: &str) -> Option<Actor> {
    match site {
        "trakt" => actor(id.parse().ok()?),
        "tmdb" => actor(id.parse::<u64>().ok()?.checked_sub(TMDB_OFFSET)?),
        _ => None,
    }
}

/// Biographical data of an actor.
pub(crate) struct Life {
    pub biography: String,
    /// ISO 8601.
    pub birthday: String,
    pub birthplace: &'static str,
}

/// Returns the biographical data of an actor.
pub(crate) fn life(actor: &Actor) -> Life {
    let mut random = Random::stream(key_of(&actor.slug), 0x6c69_6665);
    let (town, year) = (random.pick(TOWNS), random.between(1931, 1991));
    let (beginning, reputation) = (random.pick(BEGINNINGS), random.pick(REPUTATIONS));
    Life {
        biography: format!(
            "Born in {town}, {} {beginning}, and {reputation}. Like everybody here, {} is invented.",
            actor.name, actor.name
        ),
        birthday: format!("{year}-{:02}-{:02}", random.between(1, 12), random.between(1, 28)),
        birthplace: town,
    }
}

/// Returns the numbers of a title's actors, the lead first, and their characters.
pub(crate) fn cast(facts: &Facts) -> Vec<(u64, &'static str)> {
    roles(Random::stream(key_of(&facts.ids.slug), 0x6361_7374), facts, CAST)
}

/// Returns the numbers of an episode's guest stars, and their characters.
pub(crate) fn guests(facts: &Facts, season: u16, number: u16) -> Vec<(u64, &'static str)> {
    let key = key_of(&format!("{}/{season}x{number}", facts.ids.slug));
    roles(Random::stream(key, 0x6775_6573), facts, GUESTS)
}

fn roles(mut random: Random, facts: &Facts, count: usize) -> Vec<(u64, &'static str)> {
    let mut cast: Vec<(u64, &'static str)> = Vec::with_capacity(count);
    while cast.len() < count {
        let (id, role) = (random_actor(&mut random, facts), random.pick(titles::NAMES));
        if cast.iter().all(|(known, _)| *known != id) {
            cast.push((id, role));
        }
    }
    cast
}

/// Returns the numbers of a title's crew, with department and job.
pub(crate) fn crew(facts: &Facts, is_show: bool) -> Vec<(u64, &'static str, &'static str)> {
    let mut random = Random::stream(key_of(&facts.ids.slug), 0x6372_6577);
    let jobs = if is_show { SHOW_JOBS } else { MOVIE_JOBS };
    jobs.iter().map(|(department, job)| (random_actor(&mut random, facts), *department, *job)).collect()
}

fn random_actor(random: &mut Random, facts: &Facts) -> u64 {
    if facts.demo { 1 + random.below(TROUPE) * TROUPE_STEP % count() } else { random.between(1, count()) }
}
