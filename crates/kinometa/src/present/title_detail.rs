//! A title's own page.

use api_types::title_detail as wire;
use catalogue::detail::{Children, Detail, EpisodeCard, SeasonCard};

use super::{addresses, card, image, media_file, play};

/// A title's own page.
pub(crate) fn title_detail(detail: Detail) -> wire::TitleDetail {
    let row = detail.row;
    let (seasons, episodes) = match detail.children {
        Children::None => (None, None),
        Children::Seasons(seasons) => (Some(seasons.into_iter().map(season).collect()), None),
        Children::Episodes(episodes) => (None, Some(episodes.into_iter().map(episode).collect())),
    };
    wire::TitleDetail {
        card: card(detail.card),
        overview: row.overview,
        tagline: row.tagline,
        genres: detail.genres,
        certification: row.certification,
        released_at: row.released_at.map(|at| at.0),
        network: row.network,
        status: row.status,
        country: row.country,
        language: row.language,
        trailer: row.trailer,
        votes: row.votes,
        logo: detail.logo.map(image),
        ids: wire::TitleIds {
            trakt: row.trakt_id,
            slug: row.slug,
            imdb: row.imdb_id,
            tmdb: row.tmdb_id,
            tvdb: row.tvdb_id,
        },
        trakt_url: detail.trakt_page.as_ref().map(addresses::trakt_page),
        match_id: detail.match_id,
        resume_ms: detail.resume_ms,
        seasons,
        episodes,
        files: detail.files.into_iter().map(media_file).collect(),
        next: detail.next.map(card),
        previous: detail.previous.map(card),
        recent_plays: detail.recent_plays.into_iter().map(play).collect(),
    }
}

fn season(season: SeasonCard) -> wire::SeasonCard {
    wire::SeasonCard { card: card(season.card), overview: season.overview }
}

fn episode(episode: EpisodeCard) -> wire::EpisodeCard {
    wire::EpisodeCard {
        card: card(episode.card),
        overview: episode.overview,
        released_at: episode.released_at,
        available: episode.available,
    }
}
