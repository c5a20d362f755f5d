//! A title's page: data from memory, and texts and files from the database.

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{MatchGroupId, TitleId, UserId};
use db::kinds::TitleKind;
use db::rows::{MediaFile, Title};

use super::entry::{Entry, Thumbnail};
use super::view::View;
use crate::card::{Card, ImageRef};
use crate::home::{adjacent_episodes, next_of_show};
use crate::pictures::Pictures;
use crate::plays::{self, Play};
use model::title::ImageKind;

/// How many plays a title's page shows.
const RECENT_PLAYS: u64 = 10;

/// A title's own page.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The title with its texts.
    pub row: Title,
    /// Its card.
    pub card: Card,
    /// Trakt genre slugs.
    pub genres: Vec<String>,
    /// Title logo.
    pub logo: Option<ImageRef>,
    /// Its page on Trakt.
    pub trakt_page: Option<TraktPage>,
    /// Its match, for corrections.
    pub match_id: Option<MatchGroupId>,
    /// Where to resume, in milliseconds.
    pub resume_ms: Option<i64>,
    /// Its seasons or episodes.
    pub children: Children,
    /// Its files, every version.
    pub files: Vec<MediaFile>,
    /// A show: the next episode to watch. An episode: the following one.
    pub next: Option<Card>,
    /// The previous episode.
    pub previous: Option<Card>,
    /// The user's last plays.
    pub recent_plays: Vec<Play>,
}

/// The kind-specific part of a title's page.
#[derive(Debug, Clone)]
pub enum Children {
    /// A movie or an episode.
    None,
    /// The seasons of a show.
    Seasons(Vec<SeasonCard>),
    /// The episodes of a season.
    Episodes(Vec<EpisodeCard>),
}

/// A season on its show's page.
#[derive(Debug, Clone)]
pub struct SeasonCard {
    /// Its card.
    pub card: Card,
    /// Its description.
    pub overview: Option<String>,
}

/// An episode on its season's page.
#[derive(Debug, Clone)]
pub struct EpisodeCard {
    /// Its card.
    pub card: Card,
    /// Its description.
    pub overview: Option<String>,
    /// First broadcast.
    pub released_at: Option<DateTime<Utc>>,
    /// Whether it has a playable file.
    pub available: bool,
}

/// The page of a title on Trakt's website. The pages of seasons and episodes are below the show's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraktPage {
    /// A movie, by slug or Trakt id.
    Movie(String),
    /// A show, by slug or Trakt id.
    Show(String),
    /// A season of a show.
    Season(String, i32),
    /// An episode of a show, by season and number.
    Episode(String, i32, i32),
}

/// The page of a title for a user; `None` if the title does not exist.
///
/// # Errors
/// When the database fails.
pub async fn detail(
    db: &Db,
    view: &View,
    user_id: UserId,
    id: TitleId,
    now: DateTime<Utc>,
) -> db::Result<Option<Detail>> {
    let (Some(row), Some(entry)) = (db::titles::find(db, id).await?, view.snapshot.get(id)) else {
        return Ok(None);
    };
    let (previous, next) = previous_and_next(view, entry, now);
    let work = if entry.kind == TitleKind::Movie { Some(id) } else { entry.show_id.or(Some(id)) };
    let groups = match work {
        Some(work) => db::matches::of_title(db, work).await?,
        None => Vec::new(),
    };
    let played = played_titles(view, entry);
    Ok(Some(Detail {
        card: view.card(entry),
        genres: entry.genres.iter().map(|genre| genre.to_string()).collect(),
        logo: logo(&row),
        trakt_page: trakt_page(db, &row).await?,
        match_id: groups.first().map(|group| group.id),
        resume_ms: view.user_data.progress.get(&id).map(|resume| resume.position_ms),
        children: children(db, view, entry).await?,
        files: db::files::of_title(db, id).await?,
        next: next.map(|entry| view.card(entry)),
        previous: previous.map(|entry| view.card(entry)),
        recent_plays: plays::of_titles(db, view, user_id, &played, RECENT_PLAYS).await?,
        row,
    }))
}

/// The id of a season of a show.
pub fn season_of(view: &View, show_id: TitleId, number: i32) -> Option<TitleId> {
    view.snapshot.seasons(show_id).find(|season| season.season_number == Some(number)).map(|season| season.id)
}

async fn children(db: &Db, view: &View, entry: &Entry) -> db::Result<Children> {
    match entry.kind {
        TitleKind::Show => {
            let rows = db::titles::of_season(db, entry.id).await?;
            let overview =
                |id: TitleId| rows.iter().find(|row| row.id == id).and_then(|row| row.overview.clone());
            let seasons = view.snapshot.seasons(entry.id);
            let with_files = seasons.filter(|season| season.files.versions > 0);
            let cards = with_files
                .map(|season| SeasonCard { card: view.card(season), overview: overview(season.id) });
            Ok(Children::Seasons(cards.collect()))
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
            Ok(Children::Episodes(cards.collect()))
        }
        TitleKind::Movie | TitleKind::Episode => Ok(Children::None),
    }
}

/// The previous and the next title; for a show or season, only the next episode to watch.
fn previous_and_next<'a>(
    view: &'a View,
    entry: &Entry,
    now: DateTime<Utc>,
) -> (Option<&'a Entry>, Option<&'a Entry>) {
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
        TitleKind::Episode => adjacent_episodes(view, entry),
    }
}

/// The movies or episodes whose plays are shown on the page.
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

fn logo(row: &Title) -> Option<ImageRef> {
    let logo = Pictures::from_json(row.images.clone()).logo?;
    ImageRef::new(row.id, ImageKind::Logo, Thumbnail::new(&logo).as_ref())
}

async fn trakt_page(db: &Db, row: &Title) -> db::Result<Option<TraktPage>> {
    let name = |row: &Title| row.slug.clone().or_else(|| row.trakt_id.map(|id| id.to_string()));
    let name = match row.show_id {
        Some(id) => db::titles::find(db, id).await?.as_ref().and_then(name),
        None => name(row),
    };
    let Some(name) = name else { return Ok(None) };
    let (season, episode) = (row.season_number.unwrap_or_default(), row.episode_number.unwrap_or_default());
    Ok(Some(match row.kind {
        TitleKind::Movie => TraktPage::Movie(name),
        TitleKind::Show => TraktPage::Show(name),
        TitleKind::Season => TraktPage::Season(name, season),
        TitleKind::Episode => TraktPage::Episode(name, season, episode),
    }))
}
