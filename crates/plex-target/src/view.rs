//! A Plex library for plans.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use collections::entry::{Ids, Kind};
use collections::library::{Facts, Item as ViewItem, Library as View};
use kometa::spec::Media;
use plex::matching::Ids as PlexIds;
use plex::models::{Item, Kind as PlexKind};

/// Filters that Plex has no data for: it has neither languages nor country codes.
const LACKS: [&str; 21] = [
    "aspect",
    "audio_codec",
    "audio_language",
    "audio_track_title",
    "channels",
    "collection",
    "edition",
    "filepath",
    "folder",
    "has_collection",
    "has_dolby_vision",
    "has_edition",
    "height",
    "origin_country",
    "original_language",
    "resolution",
    "subtitle_language",
    "subtitle_track_title",
    "tmdb_status",
    "video_codec",
    "width",
];

/// The contents of a library of this kind.
pub(crate) fn media(kind: PlexKind) -> Media {
    if kind == PlexKind::Movie { Media::Movies } else { Media::Shows }
}

/// Titles with their seasons and episodes. Items without an id cannot be found, but can be members.
pub(crate) fn view(kind: PlexKind, titles: &[Item], parts: &[Item]) -> View {
    let shows: HashMap<u64, &Item> = titles.iter().map(|item| (item.key, item)).collect();
    let of_title = titles.iter().filter_map(|item| of(item, item));
    let of_part = parts.iter().filter_map(|part| of(part, shows.get(&part.show?)?));
    View::new(media(kind), of_title.chain(of_part).collect()).lacking(&LACKS)
}

/// The kind of an item in plans.
pub(crate) fn kind(item: &Item) -> Option<Kind> {
    Some(match item.kind {
        PlexKind::Movie => Kind::Movie,
        PlexKind::Show => Kind::Show,
        PlexKind::Season => Kind::Season(item.season?),
        PlexKind::Episode => Kind::Episode(item.season?, item.episode?),
    })
}

/// A season or episode has the ids of its show, as in lists.
fn of(item: &Item, about: &Item) -> Option<ViewItem> {
    let kind = kind(item)?;
    let (title, sort_title) = match kind {
        Kind::Season(season) => {
            (format!("{}, season {season}", about.title), format!("{} {season:05}", about.sort_title))
        }
        Kind::Episode(season, number) => (
            format!("{} {season}x{number:02} {}", about.title, item.title),
            format!("{} {season:05} {number:05}", about.sort_title),
        ),
        Kind::Movie | Kind::Show => (item.title.clone(), item.sort_title.clone()),
    };
    let ids = PlexIds::of(about).unwrap_or_default();
    Some(ViewItem {
        key: i64::try_from(item.key).ok()?,
        kind,
        show: item.show.and_then(|show| i64::try_from(show).ok()),
        title,
        sort_title: sort_title.to_lowercase(),
        year: item.year.or(about.year),
        ids: Ids { tmdb: ids.tmdb, tvdb: ids.tvdb, imdb: ids.imdb, trakt: None },
        facts: facts(item, about),
    })
}

fn facts(item: &Item, about: &Item) -> Facts {
    let day = |text: &String| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    };
    Facts {
        added: item.added_at.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0)),
        released: item.released.as_ref().and_then(day),
        minutes: item.facts.duration.and_then(|length| i32::try_from(length / 60_000).ok()),
        rating: item.facts.audience_rating,
        genres: about.facts.genres.clone(),
        countries: about.facts.countries.clone(),
        language: None,
        network: about.facts.studio.clone().filter(|_| about.kind == PlexKind::Show),
        certification: about.facts.content_rating.clone(),
        summary: item.facts.summary.clone(),
        name: Some(item.title.clone()),
        ..Facts::default()
    }
}
