//! All URLs in API responses, on this server and on trakt.tv.

use catalogue::card::ImageRef;
use catalogue::detail::TraktPage;
use db::collection_images::CollectionImageFacts;
use db::ids::{PersonId, TitleId};
use playback::plan::StreamPlan;

/// A picture of a title in its original size. Clients append `&width=` for a smaller one.
pub(crate) fn image(image: &ImageRef) -> String {
    format!("/api/images/{}/{}?v={}", image.title_id, image.kind.as_str(), image.thumbnail.version)
}

/// A picture of a collection.
pub(crate) fn collection_image(image: &CollectionImageFacts) -> String {
    format!("/api/collections/{}/images/{}?v={}", image.collection_id, image.kind, image.version)
}

/// The portrait of a person.
pub(crate) fn photo(id: PersonId, version: &str) -> String {
    format!("/api/people/{id}/photo?v={version}")
}

/// The poster of a related title that is not in the library.
pub(crate) fn related_poster(id: TitleId, trakt_id: i64, version: &str) -> String {
    format!("/api/titles/{id}/related/{trakt_id}/poster?v={version}")
}

/// The page of a person on trakt.tv.
pub(crate) fn trakt_person(slug: Option<&str>, id: PersonId) -> String {
    match slug {
        Some(slug) => format!("https://trakt.tv/people/{slug}"),
        None => format!("https://trakt.tv/people/{id}"),
    }
}

/// The page of a title on trakt.tv.
pub(crate) fn trakt_page(page: &TraktPage) -> String {
    const SITE: &str = "https://trakt.tv";
    match page {
        TraktPage::Movie(movie) => format!("{SITE}/movies/{movie}"),
        TraktPage::Show(show) => format!("{SITE}/shows/{show}"),
        TraktPage::Season(show, season) => format!("{SITE}/shows/{show}/seasons/{season}"),
        TraktPage::Episode(show, season, episode) => {
            format!("{SITE}/shows/{show}/seasons/{season}/episodes/{episode}")
        }
    }
}

/// The unconverted file of a playback session.
pub(crate) fn stream(playback: &str) -> String {
    format!("/api/playback/{playback}/stream")
}

/// The HLS playlist of a playback session.
pub(crate) fn playlist(playback: &str, plan: StreamPlan) -> String {
    format!("/api/playback/{playback}/hls/index.m3u8?plan={plan}")
}

/// A text subtitle of a playback session, as WebVTT.
pub(crate) fn subtitle(playback: &str, index: usize) -> String {
    format!("/api/playback/{playback}/subtitles/{index}.vtt")
}

/// The preview sheets of a playback session, with the placeholder `{sheet}` for the number.
pub(crate) fn preview_sheets(playback: &str) -> String {
    format!("/api/playback/{playback}/previews/{{sheet}}.jpg")
}

/// The settings page of the Trakt connection.
pub(crate) const TRAKT_SETTINGS: &str = "/settings/integrations/trakt";

/// The page of a title with the dialog for correcting its match.
pub(crate) fn fix_match(title: TitleId) -> String {
    format!("/title/{title}?fix=match")
}

/// The page of a movie or show on trakt.tv, by its Trakt ID.
pub(crate) fn trakt_title(is_movie: bool, id: u64) -> String {
    let kind = if is_movie { "movies" } else { "shows" };
    format!("https://trakt.tv/{kind}/{id}")
}
