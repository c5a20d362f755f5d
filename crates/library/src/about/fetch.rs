//! Reads details of titles and people from Trakt, and converts them to rows.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use db::ids::{PersonId, TitleId};
use db::kinds::{CreditKind, TitleKind};
use db::rows::{Credit, Person, Title, TitleAbout};
use media::collation::fold;
use serde_json::json;
use trakt::models::{self, CommunityRating, Role, TitlePeople, TraktId, Work};
use trakt::{Client, Extended};

use super::related::{PersonTitle, Related, first};

/// Maximum number of roles: more than any user scrolls through.
const CAST: usize = 40;
/// Maximum number of guest stars.
const GUESTS: usize = 20;
/// Maximum number of crew members.
const CREW: usize = 16;
/// Maximum number of related titles.
const RELATED: usize = 18;
/// Maximum number of a person's titles.
const TITLES: usize = 120;

/// The details of a title.
pub(super) struct Read {
    pub about: TitleAbout,
    pub people: Vec<Person>,
    pub credits: Vec<Credit>,
}

/// Reads the details of a title. `show`: the show of a season or episode.
///
/// # Errors
/// When Trakt cannot be reached or does not know the title.
pub(super) async fn title(
    client: &Client,
    row: &Title,
    show: Option<&Title>,
    now: DateTime<Utc>,
) -> trakt::Result<Read> {
    let id = |row: &Title| row.trakt_id.map(|id| TraktId(id.cast_unsigned())).ok_or(trakt::Error::NotFound);
    let number = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let numbers = (number(row.season_number), number(row.episode_number));
    let detail = Extended::FULL | Extended::IMAGES;
    let (people, ratings, related) = match (row.kind, show, numbers) {
        (TitleKind::Movie, ..) => {
            let (api, id) = (client.movies(), id(row)?);
            let people = api.people(id).extended(detail).await?;
            let ratings = api.ratings(id).await?;
            let related = api.related(id).extended(Extended::IMAGES).first(RELATED).await?;
            (people, ratings, related.items.into_iter().map(Related::movie).collect())
        }
        (TitleKind::Show, ..) => {
            let (api, id) = (client.shows(), id(row)?);
            let people = api.people(id).extended(detail).await?;
            let ratings = api.ratings(id).await?;
            let related = api.related(id).extended(Extended::IMAGES).first(RELATED).await?;
            (people, ratings, related.items.into_iter().map(Related::show).collect())
        }
        (TitleKind::Season, Some(show), (Some(season), _)) => {
            let season = client.shows().season(id(show)?, season);
            (season.people().extended(detail).await?, season.ratings().await?, Vec::new())
        }
        (TitleKind::Episode, Some(show), (Some(season), Some(episode))) => {
            let (api, id) = (client.shows(), id(show)?);
            let people =
                api.episode_people(id, season, episode).extended(detail | Extended::GUEST_STARS).await?;
            (people, api.episode_ratings(id, season, episode).await?, Vec::new())
        }
        _ => return Err(trakt::Error::NotFound),
    };
    Ok(read(row.id, people, &ratings, &related, now))
}

/// Empty details for a title that does not exist on Trakt (any more), stored so that it is not requested at
/// every visit.
pub(super) fn empty(title_id: TitleId, now: DateTime<Utc>) -> Read {
    let about = TitleAbout { title_id, votes: json!([]), related: json!([]), read_at: now.into() };
    Read { about, people: Vec::new(), credits: Vec::new() }
}

fn read(
    title_id: TitleId,
    people: TitlePeople,
    ratings: &CommunityRating,
    related: &[Related],
    now: DateTime<Utc>,
) -> Read {
    let parts = parts(people);
    let mut known: HashMap<PersonId, Person> = HashMap::new();
    let mut credits = Vec::with_capacity(parts.len());
    for (position, Part { kind, part, person }) in (0..).zip(parts) {
        let person = person_row(&person);
        credits.push(Credit { title_id, position, person_id: person.id, kind, part });
        known.entry(person.id).or_insert(person);
    }
    let about =
        TitleAbout { title_id, votes: json!(votes(ratings)), related: json!(related), read_at: now.into() };
    Read { about, people: known.into_values().collect(), credits }
}

/// A person's role or job in a title.
struct Part {
    kind: CreditKind,
    part: Option<String>,
    person: models::Person,
}

fn parts(people: TitlePeople) -> Vec<Part> {
    let role = |kind| move |role: Role| Part { kind, part: joined(&role.characters), person: role.person };
    let cast = people.cast.into_iter().take(CAST).map(role(CreditKind::Cast));
    let guests = people.guest_stars.into_iter().take(GUESTS).map(role(CreditKind::Guest));
    cast.chain(guests).chain(crew(people.crew)).filter(|part| !part.person.name.trim().is_empty()).collect()
}

/// The crew, most important jobs first. A person with several jobs is listed once.
fn crew(departments: BTreeMap<String, Vec<Work>>) -> Vec<Part> {
    let mut found: Vec<(usize, Part)> = Vec::new();
    for (department, work) in departments {
        let (rank, kind) = importance(&department);
        for Work { jobs, person } in work {
            // The directing department includes assistants, too.
            let kind = if kind == CreditKind::Director && !jobs.iter().any(|job| job == "Director") {
                CreditKind::Crew
            } else {
                kind
            };
            let known = found.iter_mut().find(|(_, part)| part.kind == kind && part.person.ids == person.ids);
            match (known, joined(&jobs)) {
                (Some((_, Part { part: Some(known), .. })), Some(more)) if *known != more => {
                    known.push_str(", ");
                    known.push_str(&more);
                }
                (Some(_), _) => {}
                (None, part) => found.push((rank, Part { kind, part, person })),
            }
        }
    }
    found.sort_by_key(|(rank, part)| (*rank, part.kind == CreditKind::Crew));
    found.into_iter().map(|(_, part)| part).take(CREW).collect()
}

/// The rank of a department, and the kind of its members.
fn importance(department: &str) -> (usize, CreditKind) {
    match department {
        "created by" => (0, CreditKind::Creator),
        "directing" => (1, CreditKind::Director),
        "writing" => (2, CreditKind::Writer),
        "sound" => (3, CreditKind::Crew),
        "camera" => (4, CreditKind::Crew),
        "production" => (5, CreditKind::Crew),
        "editing" => (6, CreditKind::Crew),
        _ => (7, CreditKind::Crew),
    }
}

fn joined(words: &[String]) -> Option<String> {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The number of votes for each rating from 1 to 10; empty if there are none.
fn votes(ratings: &CommunityRating) -> Vec<u64> {
    let votes: Vec<u64> = (1..=10)
        .map(|value: u32| ratings.distribution.get(&value.to_string()).copied().unwrap_or_default())
        .collect();
    if votes.iter().all(|count| *count == 0) { Vec::new() } else { votes }
}

fn person_row(person: &models::Person) -> Person {
    let name = person.name.trim().to_owned();
    Person {
        id: PersonId(person.ids.trakt.0.cast_signed()),
        slug: person.ids.slug.clone(),
        folded: fold(&name),
        name,
        photo: person.images.as_ref().and_then(|images| first(&images.headshot)),
        biography: person.biography.clone().filter(|text| !text.trim().is_empty()),
        birthday: person.birthday.map(|day| day.to_string()),
        death: person.death.map(|day| day.to_string()),
        birthplace: person.birthplace.clone().filter(|text| !text.trim().is_empty()),
        titles: json!([]),
        read_at: None,
    }
}

/// Reads the details of a person, with their titles.
///
/// # Errors
/// When Trakt cannot be reached or does not know the person.
pub(super) async fn person(client: &Client, id: PersonId, now: DateTime<Utc>) -> trakt::Result<Person> {
    let (api, trakt_id) = (client.people(), TraktId(id.0.cast_unsigned()));
    let found = api.summary(trakt_id).extended(Extended::FULL | Extended::IMAGES).await?;
    let movies = api.movies(trakt_id).await?;
    let shows = api.shows(trakt_id).await?;
    let mut titles: Vec<PersonTitle> = Vec::new();
    for (part, movie) in with_parts(movies) {
        PersonTitle::add(&mut titles, Related::movie(movie), part);
    }
    for (part, show) in with_parts(shows) {
        PersonTitle::add(&mut titles, Related::show(show), part);
    }
    // Newest first. Titles without a year are probably not released yet, so they come before all others.
    titles.sort_by_key(|title| std::cmp::Reverse(title.title.year.unwrap_or(i32::MAX)));
    titles.truncate(TITLES);
    Ok(Person { id, titles: json!(titles), read_at: Some(now.into()), ..person_row(&found) })
}

/// The titles in a person's credits, each with the person's roles or jobs.
fn with_parts<T>(credits: models::Credits<T>) -> Vec<(Option<String>, T)> {
    let cast = credits.cast.into_iter().flat_map(|list| list.items);
    let roles = cast.map(|credit| (joined(&credit.characters), credit.item));
    let crew = credits.crew.into_iter().flatten().flat_map(|(_, list)| list.items);
    roles.chain(crew.map(|credit| (joined(&credit.jobs), credit.item))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(json: serde_json::Value) -> Vec<(CreditKind, Option<String>, String)> {
        let people = serde_json::from_value(json).expect("people as Trakt sends them");
        parts(people).into_iter().map(|part| (part.kind, part.part, part.person.name)).collect()
    }

    #[test]
    fn directors_and_writers_come_before_other_crew_and_people_are_listed_once() {
        let work = |id: u64, name: &str, job: &str| json!({"jobs": [job], "person": {"name": name, "ids": {"trakt": id}}});
        let found = people(json!({
            "cast": [{"characters": ["Ellen", ""], "person": {"name": "Greta", "ids": {"trakt": 1}}}],
            "crew": {
                "art": [work(2, "Albin", "Art Direction")],
                "directing": [work(4, "Ruth", "Script Supervisor"), work(3, "Friedrich", "Director")],
                "writing": [work(5, "Henrik", "Story"), work(5, "Henrik", "Screenplay")],
            },
        }));
        let expected = [
            (CreditKind::Cast, "Ellen", "Greta"),
            (CreditKind::Director, "Director", "Friedrich"),
            (CreditKind::Crew, "Script Supervisor", "Ruth"),
            (CreditKind::Writer, "Story, Screenplay", "Henrik"),
            (CreditKind::Crew, "Art Direction", "Albin"),
        ];
        assert_eq!(found, expected.map(|(kind, part, name)| (kind, Some(part.to_owned()), name.to_owned())));
    }

    #[test]
    fn people_without_a_name_are_left_out() {
        assert_eq!(people(json!({"cast": [{"person": {"name": " ", "ids": {"trakt": 1}}}]})), []);
    }

    #[test]
    fn votes_contain_all_ten_ratings_or_nothing() {
        let ratings = |distribution: serde_json::Value| {
            serde_json::from_value::<CommunityRating>(json!({"distribution": distribution})).expect("ratings")
        };
        assert_eq!(votes(&ratings(json!({"1": 3, "10": 9}))), [3, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
        assert_eq!(votes(&ratings(json!({}))), [0_u64; 0]);
        assert_eq!(votes(&ratings(json!({"0": 4}))), [0_u64; 0]);
    }
}
