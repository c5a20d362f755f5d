//! Applies titles from Trakt to rows; pure functions.
//!
//! Fields that are missing in Trakt's response keep their values, because ids and images sometimes disappear
//! for a while (TVDB, November 2025).

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use db::kinds::TitleSource;
use db::rows::Title;
use trakt::models::{Episode, Ids, ImageUrl, Images, Movie, Season, Show, Status};

use catalogue::pictures::Pictures;
use media::collation::sort_name;
use model::title::ImageKind;

/// Applies a movie.
pub fn movie(row: &mut Title, movie: &Movie, now: DateTime<Utc>) {
    name(row, &movie.title);
    ids(row, &movie.ids);
    keep(&mut row.year, movie.year);
    keep(&mut row.original_name, movie.original_title.clone());
    keep(&mut row.tagline, movie.tagline.clone().filter(|text| !text.is_empty()));
    keep(&mut row.overview, movie.overview.clone());
    keep(&mut row.released_at, movie.released.map(midnight).map(Into::into));
    keep(&mut row.runtime_minutes, movie.runtime.and_then(number));
    keep(&mut row.country, movie.country.clone());
    keep(&mut row.language, movie.language.clone());
    keep(&mut row.certification, movie.certification.clone());
    keep(&mut row.status, movie.status.as_ref().map(status));
    keep(&mut row.trailer, movie.trailer.clone());
    rating(row, movie.rating, movie.votes);
    genres(row, &movie.genres);
    pictures(row, movie.images.as_ref());
    stamp(row, movie.updated_at, now);
}

/// Applies a show.
pub fn show(row: &mut Title, show: &Show, now: DateTime<Utc>) {
    name(row, &show.title);
    ids(row, &show.ids);
    keep(&mut row.year, show.year);
    keep(&mut row.original_name, show.original_title.clone());
    keep(&mut row.tagline, show.tagline.clone().filter(|text| !text.is_empty()));
    keep(&mut row.overview, show.overview.clone());
    keep(&mut row.released_at, show.first_aired.map(Into::into));
    keep(&mut row.runtime_minutes, show.runtime.and_then(number));
    keep(&mut row.country, show.country.clone());
    keep(&mut row.language, show.language.clone());
    keep(&mut row.certification, show.certification.clone());
    keep(&mut row.network, show.network.clone());
    keep(&mut row.time_zone, show.airs.as_ref().and_then(|airs| airs.timezone.clone()));
    keep(&mut row.status, show.status.as_ref().map(status));
    keep(&mut row.trailer, show.trailer.clone());
    rating(row, show.rating, show.votes);
    genres(row, &show.genres);
    pictures(row, show.images.as_ref());
    stamp(row, show.updated_at, now);
}

/// Applies a season.
pub fn season(row: &mut Title, season: &Season, now: DateTime<Utc>) {
    if let Some(title) = &season.title {
        name(row, title);
    }
    ids(row, &season.ids);
    keep(&mut row.overview, season.overview.clone());
    keep(&mut row.released_at, season.first_aired.map(Into::into));
    keep(&mut row.network, season.network.clone());
    rating(row, season.rating, season.votes);
    pictures(row, season.images.as_ref());
    stamp(row, season.updated_at, now);
}

/// Applies an episode.
pub fn episode(row: &mut Title, episode: &Episode, now: DateTime<Utc>) {
    if let Some(title) = &episode.title {
        name(row, title);
    }
    ids(row, &episode.ids);
    keep(&mut row.episode_absolute, episode.number_abs.and_then(number));
    keep(&mut row.overview, episode.overview.clone());
    keep(&mut row.released_at, episode.first_aired.map(Into::into));
    keep(&mut row.runtime_minutes, episode.runtime.and_then(number));
    rating(row, episode.rating, episode.votes);
    pictures(row, episode.images.as_ref());
    stamp(row, episode.updated_at, now);
}

fn keep<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

fn name(row: &mut Title, name: &str) {
    if !name.trim().is_empty() {
        row.name = name.trim().to_owned();
        row.sort_name = sort_name(name);
    }
}

fn ids(row: &mut Title, ids: &Ids) {
    row.trakt_id = Some(ids.trakt.0.cast_signed());
    keep(&mut row.slug, ids.slug.clone());
    keep(&mut row.imdb_id, ids.imdb.clone());
    keep(&mut row.tmdb_id, ids.tmdb.and_then(|id| i64::try_from(id).ok()));
    keep(&mut row.tvdb_id, ids.tvdb.and_then(|id| i64::try_from(id).ok()));
}

fn rating(row: &mut Title, rating: Option<f64>, votes: Option<u64>) {
    keep(&mut row.rating, rating.map(|rating| rating.clamp(0.0, 10.0)));
    keep(&mut row.votes, votes.and_then(|votes| i64::try_from(votes).ok()));
}

fn genres(row: &mut Title, genres: &[String]) {
    if !genres.is_empty() {
        row.genres = serde_json::json!(genres);
    }
}

fn pictures(row: &mut Title, images: Option<&Images>) {
    let Some(images) = images else { return };
    let first = |urls: &[ImageUrl]| urls.iter().find_map(ImageUrl::absolute).map(String::from);
    let mut pictures = Pictures::from_json(row.images.take());
    pictures.set_url(ImageKind::Poster, first(&images.poster));
    pictures.set_url(ImageKind::Backdrop, first(&images.fanart));
    pictures.set_url(ImageKind::Logo, first(&images.logo));
    pictures.set_url(ImageKind::Thumb, first(&images.thumb));
    pictures.set_url(ImageKind::Still, first(&images.screenshot));
    row.images = pictures.to_json();
}

fn stamp(row: &mut Title, updated_at: Option<DateTime<Utc>>, now: DateTime<Utc>) {
    row.source = TitleSource::Trakt;
    keep(&mut row.trakt_updated_at, updated_at.map(Into::into));
    row.refreshed_at = Some(now.into());
    row.updated_at = now.into();
}

fn status(status: &Status) -> String {
    status.as_str().to_owned()
}

fn number(number: u32) -> Option<i32> {
    i32::try_from(number).ok()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use db::kinds::TitleKind;
    use media::names::Work;
    use serde_json::json;

    use super::*;
    use crate::rows::work_row;

    fn row() -> Title {
        let work = Work { title: "Night of the Living".to_owned(), ..Work::default() };
        work_row(TitleKind::Movie, &work, None, DateTime::UNIX_EPOCH)
    }

    fn answer() -> Movie {
        serde_json::from_value(json!({
            "title": "The Night of the Living Dead", "year": 1968,
            "ids": {"trakt": 5, "slug": "night", "imdb": "tt0063350", "tmdb": 10331},
            "overview": "The dead walk.", "released": "1968-10-04", "runtime": 96, "rating": 7.6, "votes": 120,
            "genres": ["horror"], "status": "released",
            "images": {"poster": ["walter.trakt.tv/images/poster.webp"], "fanart": [], "logo": ["http://["]}
        }))
        .expect("a movie as Trakt sends it")
    }

    #[test]
    fn values_from_trakt_are_applied() {
        let mut row = row();
        movie(&mut row, &answer(), DateTime::UNIX_EPOCH);
        assert_eq!(
            (row.name.as_str(), row.sort_name.as_str()),
            ("The Night of the Living Dead", "night of the living dead")
        );
        assert_eq!((row.trakt_id, row.year, row.runtime_minutes), (Some(5), Some(1968), Some(96)));
        let pictures = Pictures::from_json(row.images);
        let poster = pictures.poster.and_then(|poster| poster.url);
        assert_eq!(poster.as_deref(), Some("https://walter.trakt.tv/images/poster.webp"));
        assert_eq!(pictures.logo, None, "invalid URLs are ignored");
    }

    #[test]
    fn fields_missing_in_the_response_keep_their_values() {
        let mut row = row();
        movie(&mut row, &answer(), DateTime::UNIX_EPOCH);
        let bare = serde_json::from_value(json!({"title": "", "ids": {"trakt": 5}})).expect("a bare movie");
        let before = row.clone();
        movie(&mut row, &bare, DateTime::UNIX_EPOCH);
        assert_eq!(row, before);
    }
}
