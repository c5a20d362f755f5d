//! Titles: cards, the rows of the home page, search results, filters.

use api_types::home as wire_home;
use api_types::recommendations as wire_recommendations;
use api_types::title as wire;
use catalogue::card::{Card, ImageRef};
use catalogue::facets::{Facet, Facets};
use catalogue::home::Home;
use catalogue::search::{FoundPerson, SearchResults};
use catalogue::view::View;
use db::ids::TitleId;

use super::addresses;

/// A title in a grid or row.
pub(crate) fn card(card: Card) -> wire::TitleCard {
    wire::TitleCard {
        id: card.id,
        kind: card.kind,
        name: card.name.into(),
        year: card.year,
        season_number: card.season_number,
        episode_number: card.episode_number,
        show_name: card.show_name.map(Into::into),
        show_id: card.show_id,
        poster: card.poster.map(image),
        backdrop: card.backdrop.map(image),
        still: card.still.map(image),
        runtime_minutes: card.runtime_minutes,
        rating: card.rating,
        resolution: card.resolution.map(str::to_owned),
        hdr: card.hdr.as_deref().map(str::to_owned),
        versions: card.versions,
        watched: card.watched,
        plays: card.plays,
        progress_percent: card.progress_percent,
        unwatched_episodes: card.unwatched_episodes,
        episode_count: card.episode_count,
        added_at: card.added_at,
        missing: card.missing,
        matched: card.matched,
        my_rating: card.preferences.rating,
        in_watchlist: card.preferences.in_watchlist,
        dropped: card.preferences.is_dropped,
    }
}

/// Titles in a grid or row.
pub(crate) fn cards(cards: Vec<Card>) -> Vec<wire::TitleCard> {
    cards.into_iter().map(card).collect()
}

/// A picture with its URL.
pub(crate) fn image(image: ImageRef) -> wire::Image {
    wire::Image {
        url: addresses::image(&image),
        color: image.thumbnail.color.map(Into::into),
        width: image.thumbnail.size.map(|(width, _)| width),
        height: image.thumbnail.size.map(|(_, height)| height),
    }
}

/// The rows of the home page.
pub(crate) fn home(home: Home) -> wire_home::Home {
    let count = |titles| i64::try_from(titles).unwrap_or(i64::MAX);
    wire_home::Home {
        hero: home.hero.map(card),
        continue_watching: cards(home.continue_watching),
        up_next: cards(home.up_next),
        recently_added: cards(home.recently_added),
        counts: wire_home::LibraryCounts {
            movies: count(home.counts.movies),
            shows: count(home.counts.shows),
            episodes: count(home.counts.episodes),
        },
    }
}

/// Trakt's recommendations, those in the library first. Titles that the user has watched since are left out.
pub(crate) fn recommendations(ids: &[TitleId], view: &View) -> wire_recommendations::Recommendations {
    let known = ids.iter().filter_map(|id| view.card_of(*id)).filter(|card| !card.watched);
    let mut items: Vec<_> = known
        .map(|found| {
            let in_library = found.versions > 0 || found.episode_count.is_some_and(|episodes| episodes > 0);
            wire_recommendations::Recommendation { title: card(found), in_library }
        })
        .collect();
    items.sort_by_key(|item| !item.in_library);
    wire_recommendations::Recommendations { items }
}

/// Search results.
pub(crate) fn search_results(found: SearchResults, people: Vec<FoundPerson>) -> wire::SearchResults {
    wire::SearchResults {
        movies: cards(found.movies),
        shows: cards(found.shows),
        episodes: cards(found.episodes),
        people: super::people::found_people(people),
    }
}

/// All filter values.
pub(crate) fn facets(facets: Facets) -> wire::TitleFacets {
    let shown = |facets: Vec<Facet>| facets.into_iter().map(facet).collect();
    wire::TitleFacets {
        genres: shown(facets.genres),
        decades: shown(facets.decades),
        resolutions: shown(facets.resolutions),
        libraries: shown(facets.libraries),
    }
}

fn facet(facet: Facet) -> wire::Facet {
    wire::Facet { value: facet.value, label: facet.label, count: facet.count }
}
