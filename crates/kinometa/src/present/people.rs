//! Cast, crew and related titles.

use std::collections::HashMap;

use api_types::people as wire;
use catalogue::card::Card;
use catalogue::pictures::Picture;
use catalogue::search::FoundPerson;
use db::ids::TitleId;
use db::kinds::{CreditKind, TitleKind};
use db::rows::{Credit, List, Person};
use library::about::{AboutPerson, AboutTitle, PersonTitle, Related};

use super::{addresses, card};

/// The cards of the titles that have a page on this server, by kind and Trakt ID.
pub(crate) type LocalCards = HashMap<(TitleKind, i64), Card>;

/// Details about a title. `lists` are the caller's lists that contain the title.
pub(crate) fn title_about(
    id: TitleId,
    about: AboutTitle,
    local: &LocalCards,
    lists: Vec<List>,
) -> wire::TitleAbout {
    let (mut cast, mut guests, mut crew) = (Vec::new(), Vec::new(), Vec::new());
    for (credit, person) in about.credits {
        let into = match credit.kind {
            CreditKind::Cast => &mut cast,
            CreditKind::Guest => &mut guests,
            CreditKind::Creator | CreditKind::Director | CreditKind::Writer | CreditKind::Crew => &mut crew,
        };
        into.push(self::credit(credit, &person));
    }
    let mut related: Vec<_> = about
        .related
        .into_iter()
        .map(|title| {
            let poster = |url: &str| Some(addresses::related_poster(id, title.trakt_id, &version(url)?));
            known_title(&title, local, poster)
        })
        .collect();
    related.sort_by_key(|title| !title.in_library);
    wire::TitleAbout {
        is_loading: about.is_loading,
        cast,
        guests,
        crew,
        related,
        votes: about.votes,
        lists: lists.into_iter().map(|list| wire::ListLink { id: list.id, name: list.name }).collect(),
    }
}

fn credit(credit: Credit, person: &Person) -> wire::Credit {
    wire::Credit { person: person_card(person), kind: credit.kind, part: credit.part }
}

/// A person's name and photo.
pub(crate) fn person_card(person: &Person) -> wire::PersonCard {
    let photo = person.photo.as_deref().and_then(version);
    wire::PersonCard {
        id: person.id,
        name: person.name.clone(),
        photo: photo.map(|version| picture(addresses::photo(person.id, &version))),
    }
}

/// A person's page. `parts` are the titles in whose credits the person appears, with their parts.
pub(crate) fn person_detail(
    about: AboutPerson,
    local: &LocalCards,
    parts: Vec<(Card, Option<String>)>,
) -> wire::PersonDetail {
    let AboutPerson { is_loading, person, titles, .. } = about;
    let mut titles: Vec<_> = titles.into_iter().map(|title| person_title(title, local)).collect();
    // Trakt's list of a person's titles may be incomplete; the titles' own credits fill the gaps.
    for (found, part) in parts {
        let is_there =
            |title: &wire::PersonTitle| title.known.title.as_ref().is_some_and(|known| known.id == found.id);
        if !titles.iter().any(is_there) {
            titles.push(wire::PersonTitle { known: of_card(found), part });
        }
    }
    titles.sort_by_key(|title| {
        (!title.known.in_library, std::cmp::Reverse(title.known.year.unwrap_or(i32::MAX)))
    });
    wire::PersonDetail {
        is_loading,
        card: person_card(&person),
        trakt_url: addresses::trakt_person(person.slug.as_deref(), person.id),
        biography: person.biography,
        birthday: person.birthday,
        death: person.death,
        birthplace: person.birthplace,
        titles,
    }
}

fn person_title(title: PersonTitle, local: &LocalCards) -> wire::PersonTitle {
    wire::PersonTitle { known: known_title(&title.title, local, |_| None), part: title.part }
}

/// A title known from Trakt. `poster` makes the URL of its poster if the title has none on this server.
fn known_title(
    title: &Related,
    local: &LocalCards,
    poster: impl Fn(&str) -> Option<String>,
) -> wire::KnownTitle {
    let found = local.get(&(title.kind, title.trakt_id)).cloned();
    let own = title.poster.as_deref().and_then(poster).map(picture);
    let in_library = found.as_ref().is_some_and(is_in_library);
    let found = found.map(card);
    let is_movie = title.kind == TitleKind::Movie;
    let trakt_url = addresses::trakt_title(is_movie, title.trakt_id.cast_unsigned());
    wire::KnownTitle {
        kind: title.kind,
        trakt_id: Some(title.trakt_id),
        name: title.name.clone(),
        year: title.year,
        poster: found.as_ref().and_then(|title| title.poster.clone()).or(own),
        in_library,
        title: found,
        trakt_url: Some(trakt_url),
    }
}

fn of_card(found: Card) -> wire::KnownTitle {
    let in_library = is_in_library(&found);
    let title = card(found);
    wire::KnownTitle {
        kind: title.kind,
        trakt_id: None,
        name: title.name.clone(),
        year: title.year,
        poster: title.poster.clone(),
        in_library,
        trakt_url: None,
        title: Some(title),
    }
}

/// Whether the library contains files of a movie, or of any episode of a show.
fn is_in_library(card: &Card) -> bool {
    card.versions > 0 || card.episode_count.is_some_and(|episodes| episodes > 0)
}

/// People found by a search.
pub(crate) fn found_people(found: Vec<FoundPerson>) -> Vec<wire::FoundPerson> {
    let shown = |found: FoundPerson| wire::FoundPerson {
        card: person_card(&found.person),
        titles: i64::try_from(found.titles).unwrap_or(i64::MAX),
    };
    found.into_iter().map(shown).collect()
}

fn version(url: &str) -> Option<String> {
    Picture::remote(url).version()
}

fn picture(url: String) -> api_types::title::Image {
    api_types::title::Image { url, color: None, width: None, height: None }
}
