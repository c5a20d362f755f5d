//! Creates rows of titles from file names and NFO files.

use chrono::{DateTime, NaiveTime, Utc};
use db::ids::TitleId;
use db::kinds::{TitleKind, TitleSource};
use db::rows::Title;
use media::Ids;
use media::names::Work;
use media::sidecars::nfo::Nfo;

use super::numbering::EpisodeRef;
use media::collation::sort_name;

/// A row with only a name.
fn bare(kind: TitleKind, name: &str, now: DateTime<Utc>) -> Title {
    Title::named(kind, name, &sort_name(name), now.into())
}

/// The row of a movie or show.
pub fn work_row(kind: TitleKind, work: &Work, nfo: Option<&Nfo>, now: DateTime<Utc>) -> Title {
    let name = if work.title.trim().is_empty() { "Untitled" } else { work.title.trim() };
    let mut row = Title { year: work.year.map(i32::from), ..bare(kind, name, now) };
    set_ids(&mut row, &work.ids);
    if let Some(nfo) = nfo {
        apply_nfo(&mut row, nfo);
    }
    row
}

/// The row of a season.
pub fn season_row(show_id: TitleId, number: i32, now: DateTime<Utc>) -> Title {
    let name = if number == 0 { "Specials".to_owned() } else { format!("Season {number}") };
    Title {
        parent_id: Some(show_id),
        show_id: Some(show_id),
        season_number: Some(number),
        ..bare(TitleKind::Season, &name, now)
    }
}

/// The row of an episode. `name`: the title in its file name, if there is one.
pub fn episode_row(
    show_id: TitleId,
    season_id: TitleId,
    episode: &EpisodeRef,
    name: Option<&str>,
    now: DateTime<Utc>,
) -> Title {
    let name = match (name, episode.aired) {
        (Some(name), _) => name.to_owned(),
        (None, Some(day)) => day.format("%-d %B %Y").to_string(),
        (None, None) => format!("Episode {}", episode.number),
    };
    Title {
        parent_id: Some(season_id),
        show_id: Some(show_id),
        season_number: Some(episode.season),
        episode_number: Some(episode.number),
        episode_absolute: episode.absolute,
        released_at: episode.aired_at().map(Into::into),
        ..bare(TitleKind::Episode, &name, now)
    }
}

/// Applies an NFO file, but keeps known ids and, if the title comes from Trakt, its texts.
pub fn apply_nfo(row: &mut Title, nfo: &Nfo) {
    set_ids(row, &nfo.ids);
    if row.source == TitleSource::Trakt {
        return;
    }
    if let Some(title) = nfo.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        row.name = title.to_owned();
        row.sort_name = sort_name(title);
    }
    let released = nfo.released.map(|day| day.and_time(NaiveTime::MIN).and_utc().into());
    row.year = nfo.year.map(i32::from).or(row.year);
    row.overview = nfo.plot.clone().or(row.overview.take());
    row.tagline = nfo.tagline.clone().or(row.tagline.take());
    row.runtime_minutes = nfo.runtime.and_then(|minutes| i32::try_from(minutes).ok()).or(row.runtime_minutes);
    row.released_at = released.or(row.released_at);
    if !nfo.genres.is_empty() {
        let slugs: Vec<String> = nfo.genres.iter().map(|genre| genre_slug(genre)).collect();
        row.genres = serde_json::json!(slugs);
    }
    row.source = TitleSource::Nfo;
}

/// The slug that Trakt uses for a genre: `science-fiction`.
fn genre_slug(genre: &str) -> String {
    media::collation::fold(genre).replace(' ', "-")
}

/// Sets ids that are not known yet.
pub fn set_ids(row: &mut Title, ids: &Ids) {
    let number = |id: Option<u64>| id.and_then(|id| i64::try_from(id).ok());
    row.imdb_id = row.imdb_id.take().or_else(|| ids.imdb.clone());
    row.tmdb_id = row.tmdb_id.or(number(ids.tmdb));
    row.tvdb_id = row.tvdb_id.or(number(ids.tvdb));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> Work {
        Work {
            title: "The Matrix".to_owned(),
            year: Some(1999),
            ids: Ids { tmdb: Some(603), ..Ids::default() },
        }
    }

    #[test]
    fn a_row_is_created_from_a_file_name() {
        let row = work_row(TitleKind::Movie, &work(), None, DateTime::UNIX_EPOCH);
        assert_eq!(
            (row.name.as_str(), row.sort_name.as_str(), row.year),
            ("The Matrix", "matrix", Some(1999))
        );
        assert_eq!((row.tmdb_id, row.source), (Some(603), TitleSource::Names));
    }

    #[test]
    fn an_nfo_file_replaces_texts_and_adds_missing_ids() {
        let nfo = Nfo {
            title: Some("Matrix".to_owned()),
            plot: Some("A hacker learns the truth.".to_owned()),
            genres: vec!["Science Fiction".to_owned()],
            ids: Ids { tmdb: Some(1), imdb: Some("tt0133093".to_owned()), ..Ids::default() },
            ..Nfo::default()
        };
        let row = work_row(TitleKind::Movie, &work(), Some(&nfo), DateTime::UNIX_EPOCH);
        assert_eq!((row.name.as_str(), row.source), ("Matrix", TitleSource::Nfo));
        assert_eq!(row.genres, serde_json::json!(["science-fiction"]));
        assert_eq!(
            (row.tmdb_id, row.imdb_id.as_deref()),
            (Some(603), Some("tt0133093")),
            "only missing ids are added"
        );
    }

    #[test]
    fn an_nfo_file_does_not_replace_texts_from_trakt() {
        let mut row = work_row(TitleKind::Movie, &work(), None, DateTime::UNIX_EPOCH);
        row.source = TitleSource::Trakt;
        apply_nfo(&mut row, &Nfo { title: Some("Other".to_owned()), ..Nfo::default() });
        assert_eq!(row.name, "The Matrix");
    }
}
