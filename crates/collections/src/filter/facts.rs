//! The values of items that filters compare.

use chrono::{DateTime, NaiveDate, Utc};

use super::countries;
use crate::entry::Kind;
use crate::library::{FileFacts, Item, Library};

/// The value of an item that a filter compares.
pub(super) enum Fact<'a> {
    Text(Vec<&'a str>),
    /// Tags, each with all its names.
    Tags(Vec<Vec<&'a str>>),
    Date(Option<NaiveDate>),
    Number(Option<f64>),
    Switch(bool),
    History(Option<NaiveDate>),
}

/// Filters that are implemented. A library may still have no data for some of them.
pub const SUPPORTED: [&str; 40] = [
    "added",
    "aspect",
    "audience_rating",
    "audio_codec",
    "audio_language",
    "audio_track_title",
    "channels",
    "collection",
    "content_rating",
    "country",
    "duration",
    "edition",
    "episodes",
    "filepath",
    "first_episode_aired",
    "folder",
    "genre",
    "has_collection",
    "has_dolby_vision",
    "has_edition",
    "height",
    "history",
    "network",
    "origin_country",
    "original_language",
    "release",
    "resolution",
    "season_title",
    "seasons",
    "show_title",
    "subtitle_language",
    "subtitle_track_title",
    "summary",
    "title",
    "tmdb_status",
    "video_codec",
    "width",
    "year",
    // Kometa compares TMDb's values; here, those of the library's metadata are used.
    "tmdb_title",
    "tmdb_year",
];

/// Filters that compare data of files. A show or season matches if enough of its episodes do.
pub const FILE_FILTERS: [&str; 13] = [
    "aspect",
    "audio_codec",
    "audio_language",
    "audio_track_title",
    "channels",
    "edition",
    "has_dolby_vision",
    "has_edition",
    "height",
    "resolution",
    "subtitle_language",
    "subtitle_track_title",
    "video_codec",
];

/// The value of an item for a filter; `None` if the filter is not supported.
pub(super) fn fact<'a>(name: &str, item: &'a Item, library: &'a Library) -> Option<Fact<'a>> {
    title_fact(name, item, library).or_else(|| file_fact(name, item, library))
}

fn day(moment: Option<DateTime<Utc>>) -> Option<NaiveDate> {
    moment.map(|moment| moment.date_naive())
}

fn title_fact<'a>(name: &str, item: &'a Item, library: &'a Library) -> Option<Fact<'a>> {
    let facts = &item.facts;
    let texts = |text: Option<&'a str>| Fact::Text(text.into_iter().collect());
    let tag = |tag: &'a Option<String>| Fact::Tags(tag.iter().map(|tag| vec![tag.as_str()]).collect());
    let tags = |tags: &'a [String]| Fact::Tags(tags.iter().map(|tag| vec![tag.as_str()]).collect());
    let show = || item.show.and_then(|show| library.item(show)).unwrap_or(item);
    Some(match name {
        "title" | "tmdb_title" => texts(Some(item.own_title())),
        "show_title" => texts(Some(&show().title)),
        "season_title" => Fact::Text(seasons(item, library).map(Item::own_title).collect()),
        "summary" => Fact::Text(vec![facts.summary.as_deref().unwrap_or_default()]),
        "genre" => tags(&facts.genres),
        "collection" => tags(&facts.collections),
        "country" | "origin_country" => {
            Fact::Tags(facts.countries.iter().map(|country| countries::names(country)).collect())
        }
        "content_rating" => tag(&facts.certification),
        "network" => tag(&facts.network),
        "original_language" => Fact::Tags(facts.language.iter().map(|names| names_of(names)).collect()),
        "tmdb_status" => Fact::Tags(facts.status.iter().map(|status| vec![tmdb_status(status)]).collect()),
        "release" => Fact::Date(day(facts.released)),
        "first_episode_aired" => Fact::Date(day(show().facts.released)),
        "history" => Fact::History(day(facts.released)),
        "added" => Fact::Date(day(facts.added)),
        "year" | "tmdb_year" => Fact::Number(item.year.map(f64::from)),
        "duration" => Fact::Number(facts.minutes.map(f64::from)),
        "audience_rating" => Fact::Number(facts.rating),
        "has_collection" => Fact::Switch(!facts.collections.is_empty()),
        _ => return None,
    })
}

/// A season itself, the season of an episode, or all seasons of a show.
fn seasons<'a>(item: &'a Item, library: &'a Library) -> impl Iterator<Item = &'a Item> {
    let number = match item.kind {
        Kind::Season(number) | Kind::Episode(number, _) => Some(number),
        Kind::Movie | Kind::Show => None,
    };
    let show = item.show.and_then(|show| library.item(show)).unwrap_or(item);
    let fits = move |season: &&Item| number.is_none_or(|number| season.kind == Kind::Season(number));
    library.seasons_of(show).into_iter().filter(fits)
}

fn names_of(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// Converts Trakt's status of a show to the term that Kometa uses.
fn tmdb_status(status: &str) -> &str {
    match status {
        "returning series" | "continuing" => "returning",
        "in production" => "production",
        "upcoming" => "planned",
        other => other,
    }
}

fn file_fact<'a>(name: &str, item: &'a Item, library: &'a Library) -> Option<Fact<'a>> {
    let files = &item.facts.files;
    // If an item has several files, the largest value counts, as in Kometa.
    let largest = |number: &dyn Fn(&FileFacts) -> Option<f64>| {
        Fact::Number(files.iter().filter_map(number).max_by(f64::total_cmp))
    };
    let texts = |of: fn(&'a FileFacts) -> &'a [String]| {
        Fact::Text(files.iter().flat_map(of).map(String::as_str).collect())
    };
    let languages = |of: fn(&'a FileFacts) -> &'a [Vec<String>]| {
        let mut tags: Vec<_> = files.iter().flat_map(of).map(|names| names_of(names)).collect();
        tags.sort_unstable();
        tags.dedup();
        Fact::Tags(tags)
    };
    let paths = || paths(item, library);
    Some(match name {
        "filepath" => Fact::Text(paths().collect()),
        "folder" => Fact::Text(paths().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect()),
        "audio_codec" => texts(|file| &file.audio_codecs),
        "audio_track_title" => texts(|file| &file.audio_titles),
        "subtitle_track_title" => texts(|file| &file.subtitle_titles),
        "video_codec" => Fact::Text(files.iter().filter_map(|file| file.video_codec.as_deref()).collect()),
        "edition" => Fact::Text(files.iter().filter_map(|file| file.edition.as_deref()).collect()),
        "audio_language" => languages(|file| &file.audio_languages),
        "subtitle_language" => languages(|file| &file.subtitle_languages),
        "resolution" => Fact::Tags(files.iter().filter_map(resolution).collect()),
        "channels" => largest(&|file| file.channels.map(f64::from)),
        "height" => largest(&|file| file.size.map(|(_, height)| f64::from(height))),
        "width" => largest(&|file| file.size.map(|(width, _)| f64::from(width))),
        "aspect" => largest(&|file| {
            let (width, height) = file.size.filter(|(_, height)| *height > 0)?;
            Some((f64::from(width) / f64::from(height) * 100.0).round() / 100.0)
        }),
        "has_dolby_vision" => Fact::Switch(files.iter().any(|file| file.dolby_vision)),
        "has_edition" => Fact::Switch(files.iter().any(|file| file.edition.is_some())),
        _ => return None,
    })
}

/// The paths of an item's files, including those of the episodes of shows and seasons.
fn paths<'a>(item: &'a Item, library: &'a Library) -> impl Iterator<Item = &'a str> {
    let own = item.facts.files.iter();
    let parts = library.episodes_of(item).into_iter().flat_map(|episode| &episode.facts.files);
    own.chain(parts).map(|file| file.path.as_str())
}

/// All names of a file's resolution: those that Plex uses, and the common one such as `1080p`.
fn resolution(file: &FileFacts) -> Option<Vec<&str>> {
    let name = file.resolution.as_deref()?;
    let short = name.strip_suffix('p').unwrap_or(name);
    Some(match short {
        "2160" => vec!["4k", name, short],
        "480" | "576" => vec![short, name, "sd"],
        _ => vec![short, name],
    })
}
