//! Converts rows of the library to the items and members that plans use.

use std::collections::HashMap;

use catalogue::tracks::Subtitle;
use collections::entry::{Ids, Kind};
use collections::library::{Facts, FileFacts, Item};
use collections::plan::Member;
use db::collections::{CollectionTitle, TitleFile};
use db::ids::TitleId;
use db::kinds::TitleKind;
use media::probe::AudioTrack;
use serde::Deserialize as _;

/// All titles of a library that can be in a collection.
pub(super) fn items(
    rows: &[CollectionTitle],
    files: Vec<TitleFile>,
    held: Vec<(TitleId, String)>,
) -> Vec<Item> {
    let by_id: HashMap<TitleId, &CollectionTitle> = rows.iter().map(|row| (row.id, row)).collect();
    let (mut of_title, mut names): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
    for file in files {
        of_title.entry(file.title_id).or_default().push(file_facts(file));
    }
    for (title, name) in held {
        names.entry(title).or_default().push(name);
    }
    let mut one = |row: &CollectionTitle| {
        let mut item = item(row, row.show_id.and_then(|id| by_id.get(&id).copied()))?;
        item.facts.files = of_title.remove(&row.id).unwrap_or_default();
        item.facts.collections = names.remove(&row.id).unwrap_or_default();
        Some(item)
    };
    rows.iter().filter_map(&mut one).collect()
}

/// The facts about a file that filters use. Track lists that cannot be parsed count as empty.
fn file_facts(file: TitleFile) -> FileFacts {
    let tracks = Tracks::read(&file);
    let size = |pixels: Option<i32>| pixels.and_then(|pixels| u32::try_from(pixels).ok());
    FileFacts {
        video_codec: file.video_codec,
        size: size(file.width).zip(size(file.height)),
        resolution: file
            .width
            .zip(file.height)
            .and_then(|(width, height)| catalogue::tracks::resolution(width, height))
            .map(str::to_owned),
        channels: tracks.audio.iter().map(|track| track.channels).max(),
        audio_codecs: tracks.audio.iter().flat_map(|track| codecs(&track.codec)).collect(),
        audio_titles: tracks.audio.iter().filter_map(|track| track.title.clone()).collect(),
        audio_languages: tracks.audio.iter().filter_map(|track| names(track.language.as_deref()?)).collect(),
        subtitle_titles: tracks.subtitles.iter().filter_map(|(_, title)| title.clone()).collect(),
        subtitle_languages: tracks
            .subtitles
            .iter()
            .filter_map(|(language, _)| names(language.as_deref()?))
            .collect(),
        edition: file.edition,
        dolby_vision: file.hdr.as_deref() == Some("Dolby Vision"),
        path: file.path,
    }
}

/// The tracks of a file. Subtitles are pairs of language and title.
#[derive(Default)]
struct Tracks {
    audio: Vec<AudioTrack>,
    subtitles: Vec<(Option<String>, Option<String>)>,
}

impl Tracks {
    fn read(file: &TitleFile) -> Self {
        let audio = Vec::<AudioTrack>::deserialize(&file.audio).unwrap_or_default();
        let subtitles = Vec::<Subtitle>::deserialize(&file.subtitles).unwrap_or_default();
        let facts = |subtitle: Subtitle| match subtitle {
            Subtitle::Inside(track) => (track.language, track.title),
            Subtitle::Beside(file) => (file.language, file.title),
        };
        Self { audio, subtitles: subtitles.into_iter().map(facts).collect() }
    }
}

/// ffmpeg's name of a codec, and Plex's name if it is different.
fn codecs(codec: &str) -> Vec<String> {
    let plex = (codec == "dts").then(|| "dca".to_owned());
    [codec.to_owned()].into_iter().chain(plex).collect()
}

/// A language's code and its English name.
fn names(code: &str) -> Option<Vec<String>> {
    let name = media::language::name(code);
    (!code.is_empty()).then(|| [code.to_owned()].into_iter().chain(name).collect())
}

/// The members of a collection in their order. Their shows need not be among the rows.
pub(super) fn members(order: &[TitleId], rows: &[CollectionTitle]) -> Vec<Member> {
    let by_id: HashMap<TitleId, &CollectionTitle> = rows.iter().map(|row| (row.id, row)).collect();
    let member = |id: &TitleId| {
        let row = by_id.get(id)?;
        Some(Member {
            key: row.id.0,
            kind: kind(row)?,
            title: row.name.clone(),
            year: row.year,
            ids: ids(row),
        })
    };
    order.iter().filter_map(member).collect()
}

fn kind(row: &CollectionTitle) -> Option<Kind> {
    let number = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    Some(match row.kind {
        TitleKind::Movie => Kind::Movie,
        TitleKind::Show => Kind::Show,
        TitleKind::Season => Kind::Season(number(row.season_number)?),
        TitleKind::Episode => Kind::Episode(number(row.season_number)?, number(row.episode_number)?),
    })
}

fn ids(row: &CollectionTitle) -> Ids {
    let number = |id: Option<i64>| id.and_then(|id| u64::try_from(id).ok());
    let imdb = row.imdb_id.as_ref().map(|imdb| imdb.to_lowercase());
    Ids { tmdb: number(row.tmdb_id), tvdb: number(row.tvdb_id), imdb, trakt: number(row.trakt_id) }
}

/// A title as an item of the library. Seasons and episodes get the ids of their show, because lists identify them
/// by these.
fn item(row: &CollectionTitle, show: Option<&CollectionTitle>) -> Option<Item> {
    let kind = kind(row)?;
    let (title, sort_title) = match (kind, show) {
        (Kind::Season(season), Some(show)) => {
            (format!("{}, season {season}", show.name), format!("{} {season:05}", show.sort_name))
        }
        (Kind::Episode(season, number), Some(show)) => (
            format!("{} {season}x{number:02} {}", show.name, row.name),
            format!("{} {season:05} {number:05}", show.sort_name),
        ),
        _ => (row.name.clone(), row.sort_name.clone()),
    };
    let about = show.unwrap_or(row);
    Some(Item {
        key: row.id.0,
        kind,
        show: row.show_id.map(|id| id.0),
        title,
        sort_title,
        year: row.year.or(about.year),
        ids: ids(about),
        facts: facts(row, about),
    })
}

fn facts(row: &CollectionTitle, about: &CollectionTitle) -> Facts {
    let genres = about.genres.as_array().map(Vec::as_slice).unwrap_or_default();
    Facts {
        added: row.added_at.map(|at| at.0),
        released: row.released_at.map(|at| at.0),
        minutes: row.runtime_minutes,
        rating: row.rating,
        genres: genres.iter().filter_map(|genre| genre.as_str().map(str::to_owned)).collect(),
        countries: about.country.iter().cloned().collect(),
        language: about.language.as_deref().and_then(names),
        status: about.status.clone(),
        name: Some(row.name.clone()),
        collections: Vec::new(),
        files: Vec::new(),
        network: about.network.clone(),
        certification: about.certification.clone(),
        summary: row.overview.clone(),
    }
}
