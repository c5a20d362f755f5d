//! A title's own page: what the catalogue keeps in memory, and the texts and files that it leaves in the database.

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{TitleId, UserId};
use db::rows::Title;

use super::catalogue::entry::Entry;
use super::catalogue::view::View;
use super::tracks;
use crate::model::title::{Image, TitleKind};
use crate::model::title_detail::{EpisodeCard, SeasonCard, TitleDetail, TitleIds};
use crate::timeline::home::{neighbours, next_of_show};
use crate::timeline::plays;

/// Plays shown on a title's page.
const RECENT_PLAYS: u64 = 10;

/// The page of a title for a person; none when there is no such title.
///
/// # Errors
/// When the database fails.
pub async fn detail(
    db: &Db,
    view: &View,
    user_id: UserId,
    id: TitleId,
    now: DateTime<Utc>,
) -> db::Result<Option<TitleDetail>> {
    let (Some(row), Some(entry)) = (db::titles::find(db, id).await?, view.snapshot.get(id)) else {
        return Ok(None);
    };
    let (seasons, episodes) = children(db, view, entry).await?;
    let files = db::files::of_title(db, id).await?;
    let (previous, next) = around(view, entry, now);
    let work = if entry.kind == TitleKind::Movie { Some(id) } else { entry.show_id.or(Some(id)) };
    let groups = match work {
        Some(work) => db::matches::of_title(db, work).await?,
        None => Vec::new(),
    };
    let played = played_titles(view, entry);
    Ok(Some(TitleDetail {
        card: view.card(entry),
        genres: entry.genres.iter().map(|genre| genre.to_string()).collect(),
        released_at: row.released_at.map(|at| at.0),
        logo: logo(&row),
        trakt_url: trakt_url(db, &row).await?,
        match_id: groups.first().map(|group| group.id),
        resume_ms: view.person.progress.get(&id).map(|resume| resume.position_ms),
        seasons,
        episodes,
        files: files.into_iter().map(tracks::show).collect(),
        next: next.map(|entry| view.card(entry)),
        previous: previous.map(|entry| view.card(entry)),
        recent_plays: plays::of_titles(db, view, user_id, &played, RECENT_PLAYS).await?,
        ids: TitleIds {
            trakt: row.trakt_id,
            slug: row.slug,
            imdb: row.imdb_id,
            tmdb: row.tmdb_id,
            tvdb: row.tvdb_id,
        },
        overview: row.overview,
        tagline: row.tagline,
        certification: row.certification,
        network: row.network,
        status: row.status,
        country: row.country,
        language: row.language,
        trailer: row.trailer,
        votes: row.votes,
    }))
}

/// The id of a season of a show.
pub fn season_of(view: &View, show_id: TitleId, number: i32) -> Option<TitleId> {
    view.snapshot.seasons(show_id).find(|season| season.season_number == Some(number)).map(|season| season.id)
}

async fn children(
    db: &Db,
    view: &View,
    entry: &Entry,
) -> db::Result<(Option<Vec<SeasonCard>>, Option<Vec<EpisodeCard>>)> {
    match entry.kind {
        TitleKind::Show => {
            let rows = db::titles::of_season(db, entry.id).await?;
            let overview =
                |id: TitleId| rows.iter().find(|row| row.id == id).and_then(|row| row.overview.clone());
            let seasons = view.snapshot.seasons(entry.id);
            let with_files = seasons.filter(|season| season.files.versions > 0);
            let cards = with_files
                .map(|season| SeasonCard { card: view.card(season), overview: overview(season.id) });
            Ok((Some(cards.collect()), None))
        }
        TitleKind::Season => {
            let rows = db::titles::of_season(db, entry.id).await?;
            let cards = rows.into_iter().filter_map(|row| {
                let episode = view.snapshot.get(row.id)?;
                Some(EpisodeCard {
                    card: view.card(episode),
                    overview: row.overview,
                    released_at: row.released_at.map(|at| at.0),
                    available: episode.files.present,
                })
            });
            Ok((None, Some(cards.collect())))
        }
        TitleKind::Movie | TitleKind::Episode => Ok((None, None)),
    }
}

/// The titles before and after; for a show and season the next episode to watch.
fn around<'a>(view: &'a View, entry: &Entry, now: DateTime<Utc>) -> (Option<&'a Entry>, Option<&'a Entry>) {
    match entry.kind {
        TitleKind::Movie => (None, None),
        TitleKind::Show => (None, next_of_show(view, entry.id, now)),
        TitleKind::Season => {
            let next = entry
                .show_id
                .into_iter()
                .flat_map(|show| view.snapshot.episodes(show))
                .filter(|episode| episode.season_id == Some(entry.id) && episode.files.present)
                .find(|episode| !view.watched(episode));
            (None, next)
        }
        TitleKind::Episode => neighbours(view, entry),
    }
}

/// The movies or episodes whose plays belong on the page.
fn played_titles(view: &View, entry: &Entry) -> Vec<TitleId> {
    match entry.kind {
        TitleKind::Movie | TitleKind::Episode => vec![entry.id],
        TitleKind::Show => view.snapshot.episodes(entry.id).map(|episode| episode.id).collect(),
        TitleKind::Season => entry
            .show_id
            .into_iter()
            .flat_map(|show| view.snapshot.episodes(show))
            .filter(|episode| episode.season_id == Some(entry.id))
            .map(|episode| episode.id)
            .collect(),
    }
}

fn logo(row: &Title) -> Option<Image> {
    let pictures = super::artwork::picture::Pictures::from_json(row.images.clone());
    let logo = pictures.logo?;
    let look = logo.current_look();
    Some(Image {
        url: format!("/api/images/{}/logo?v={}", row.id, logo.version()?),
        color: look.map(|look| look.color.clone()),
        width: look.map(|look| look.width),
        height: look.map(|look| look.height),
    })
}

/// The page at trakt.tv: seasons and episodes have theirs below the show's.
async fn trakt_url(db: &Db, row: &Title) -> db::Result<Option<String>> {
    let name = |row: &Title| row.slug.clone().or_else(|| row.trakt_id.map(|id| id.to_string()));
    let show = match row.show_id {
        Some(id) => db::titles::find(db, id).await?.as_ref().and_then(name),
        None => name(row),
    };
    let Some(name) = show else { return Ok(None) };
    let (season, episode) = (row.season_number.unwrap_or_default(), row.episode_number.unwrap_or_default());
    Ok(Some(match row.kind {
        db::kinds::TitleKind::Movie => format!("https://trakt.tv/movies/{name}"),
        db::kinds::TitleKind::Show => format!("https://trakt.tv/shows/{name}"),
        db::kinds::TitleKind::Season => format!("https://trakt.tv/shows/{name}/seasons/{season}"),
        db::kinds::TitleKind::Episode => {
            format!("https://trakt.tv/shows/{name}/seasons/{season}/episodes/{episode}")
        }
    }))
}
