//! A title's page.

use api_types::title_detail as wire;
use catalogue::detail::{Children, Detail, EpisodeCard, SeasonCard};

use sync::{WhyNot, Withheld};

use super::failure::code_of;
use super::{Folders, addresses, card, image, media_file, play};
use crate::messages;

/// A title's page.
pub(crate) fn title_detail(detail: Detail, why: Option<WhyNot>, folders: Folders) -> wire::TitleDetail {
    let row = detail.row;
    let (seasons, episodes) = match detail.children {
        Children::None => (None, None),
        Children::Seasons(seasons) => (Some(seasons.into_iter().map(season).collect()), None),
        Children::Episodes(episodes) => (None, Some(episodes.into_iter().map(episode).collect())),
    };
    wire::TitleDetail {
        not_on_trakt: why.as_ref().map(not_on_trakt),
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
        collections: Vec::new(),
        trakt_url: detail.trakt_page.as_ref().map(addresses::trakt_page),
        match_id: detail.match_id,
        resume_ms: detail.resume_ms,
        seasons,
        episodes,
        files: detail.files.into_iter().map(|file| media_file(file, folders)).collect(),
        next: detail.next.map(card),
        previous: detail.previous.map(card),
        recent_plays: detail.recent_plays.into_iter().map(play).collect(),
    }
}

fn not_on_trakt(why: &WhyNot) -> wire::NotOnTrakt {
    use wire::NotOnTraktReason as Reason;
    wire::NotOnTrakt {
        reason: match why {
            WhyNot::Private => Reason::Private,
            WhyNot::Withheld(Withheld::Excluded) => Reason::Excluded,
            WhyNot::Withheld(Withheld::SwitchedOff(_)) => Reason::SwitchedOff,
            WhyNot::NotMatched => Reason::NotMatched,
            WhyNot::Queued(_) => Reason::Queued,
            WhyNot::Refused(_) => Reason::Refused,
            WhyNot::NotConnected => Reason::NotConnected,
            WhyNot::NotSent => Reason::NotSent,
            WhyNot::Kept => Reason::Kept,
        },
        message: messages::trakt_settings::of_why_not(why),
        code: match why {
            WhyNot::Queued(Some(failure)) | WhyNot::Refused(Some(failure)) => Some(code_of(failure, "")),
            _ => None,
        },
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
