//! Converts the items of a Plex library to the form that plans use.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use collections::entry::{Ids, Kind};
use collections::library::{Facts, Item as ContentsItem, Library as Contents};
use kometa::spec::Media;
use plex::matching::Ids as PlexIds;
use plex::models::{Item, Kind as PlexKind};

/// Filters for which nothing is read from Plex: it has neither languages nor country codes, for example.
const UNSUPPORTED_FILTERS: [&str; 21] = [
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

/// The media type of a library whose titles are of this kind.
pub(crate) fn media(kind: PlexKind) -> Media {
    if kind == PlexKind::Movie { Media::Movies } else { Media::Shows }
}

/// Converts titles with their seasons and episodes. Items without ids do not match any entry, but can be members.
pub(crate) fn contents(kind: PlexKind, titles: &[Item], parts: &[Item]) -> Contents {
    let shows: HashMap<u64, &Item> = titles.iter().map(|item| (item.key, item)).collect();
    let of_title = titles.iter().filter_map(|item| convert(item, item));
    let of_part = parts.iter().filter_map(|part| convert(part, shows.get(&part.show?)?));
    Contents::new(media(kind), of_title.chain(of_part).collect())
        .with_unsupported_filters(&UNSUPPORTED_FILTERS)
}

/// The kind of an item, in the form that plans use.
pub(crate) fn kind(item: &Item) -> Option<Kind> {
    Some(match item.kind {
        PlexKind::Movie => Kind::Movie,
        PlexKind::Show => Kind::Show,
        PlexKind::Season => Kind::Season(item.season?),
        PlexKind::Episode => Kind::Episode(item.season?, item.episode?),
    })
}

/// Converts an item. `owner` is the movie or show itself, or the show of a season or episode, which gets its ids.
fn convert(item: &Item, owner: &Item) -> Option<ContentsItem> {
    let kind = kind(item)?;
    let (title, sort_title) = match kind {
        Kind::Season(season) => {
            (format!("{}, season {season}", owner.title), format!("{} {season:05}", owner.sort_title))
        }
        Kind::Episode(season, number) => (
            format!("{} {season}x{number:02} {}", owner.title, item.title),
            format!("{} {season:05} {number:05}", owner.sort_title),
        ),
        Kind::Movie | Kind::Show => (item.title.clone(), item.sort_title.clone()),
    };
    let ids = PlexIds::of(owner).unwrap_or_default();
    Some(ContentsItem {
        key: i64::try_from(item.key).ok()?,
        kind,
        show: item.show.and_then(|show| i64::try_from(show).ok()),
        title,
        sort_title: sort_title.to_lowercase(),
        year: item.year.or(owner.year),
        ids: Ids { tmdb: ids.tmdb, tvdb: ids.tvdb, imdb: ids.imdb, trakt: None },
        facts: facts(item, owner),
    })
}

fn facts(item: &Item, owner: &Item) -> Facts {
    let day = |text: &String| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    };
    Facts {
        added: item.added_at.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0)),
        released: item.released.as_ref().and_then(day),
        minutes: item.facts.duration.and_then(|length| i32::try_from(length / 60_000).ok()),
        rating: item.facts.audience_rating,
        genres: owner.facts.genres.clone(),
        countries: owner.facts.countries.clone(),
        language: None,
        network: owner.facts.studio.clone().filter(|_| owner.kind == PlexKind::Show),
        certification: owner.facts.content_rating.clone(),
        summary: item.facts.summary.clone(),
        name: Some(item.title.clone()),
        ..Facts::default()
    }
}
