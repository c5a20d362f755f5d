//! How a title of any kind is named to Trakt in a write about preferences, and how to recognise it in `not_found`.

use db::{Conn, ids::TitleId, kinds::TitleKind, rows::Title, titles};
use serde_json::Value;
use trakt::models::{Entry, ItemIds, Items, MissingItem, NotFound};

use super::item::ids_of;
use crate::Result;

/// A title by whatever identifies it best.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Subject {
    Movie(ItemIds),
    Show(ItemIds),
    /// A season by its own ids.
    Season(ItemIds),
    /// A season by its show and number.
    SeasonOf {
        show: ItemIds,
        season: u32,
    },
    /// An episode by its own ids.
    Episode(ItemIds),
    /// An episode by its show and numbers.
    EpisodeOf {
        show: ItemIds,
        season: u32,
        number: u32,
    },
}

impl Subject {
    /// None when nothing identifies the title.
    pub(crate) async fn find(conn: &dyn Conn, title_id: Option<TitleId>) -> Result<Option<Self>> {
        let Some(title_id) = title_id else { return Ok(None) };
        let Some(title) = titles::find(conn, title_id).await? else { return Ok(None) };
        let show = match title.show_id {
            Some(show_id) => titles::find(conn, show_id).await?,
            None => None,
        };
        Ok(Self::of(&title, show.as_ref()))
    }

    /// None when nothing identifies the title. `show` is the one of a season or episode.
    fn of(title: &Title, show: Option<&Title>) -> Option<Self> {
        let known = |ids: ItemIds| (!ids.is_empty()).then_some(ids);
        let show = || known(ids_of(show?));
        let season = || u32::try_from(title.season_number?).ok();
        match title.kind {
            TitleKind::Movie => known(ids_of(title)).map(Self::Movie),
            TitleKind::Show => known(ids_of(title)).map(Self::Show),
            TitleKind::Season => match known(ids_of(title)) {
                Some(ids) if ids.trakt.is_some() => Some(Self::Season(ids)),
                _ => Some(Self::SeasonOf { show: show()?, season: season()? }),
            },
            TitleKind::Episode => match known(ids_of(title).for_episode()) {
                Some(ids) => Some(Self::Episode(ids)),
                None => {
                    let number = u32::try_from(title.episode_number?).ok()?;
                    Some(Self::EpisodeOf { show: show()?, season: season()?, number })
                }
            },
        }
    }

    /// As one of several items of a write.
    pub(super) fn add_to<D>(&self, items: &mut Items<D>, details: D) {
        match self.clone() {
            Self::Movie(ids) => items.movies.push(Entry::new(ids, details)),
            Self::Show(ids) => items.shows.push(Entry::new(ids, details)),
            Self::Season(ids) => items.seasons.push(Entry::new(ids, details)),
            Self::SeasonOf { show, season } => items.shows.push(Entry::season_of(show, season, details)),
            Self::Episode(ids) => items.episodes.push(Entry::new(ids, details)),
            Self::EpisodeOf { show, season, number } => {
                items.shows.push(Entry::episode_of(show, season, number, details));
            }
        }
    }

    /// Whether Trakt says by name that it does not know this title.
    pub(super) fn is_among(&self, missing: &NotFound) -> bool {
        let any = |list: &[MissingItem], ids: &ItemIds| list.iter().any(|item| item.ids == *ids);
        match self {
            Self::Movie(ids) => any(&missing.movies, ids),
            Self::Show(ids) => missing.shows.iter().any(|item| item.ids == *ids && item.seasons.is_none()),
            Self::Season(ids) => any(&missing.seasons, ids),
            Self::Episode(ids) => any(&missing.episodes, ids),
            Self::SeasonOf { show, season } => {
                parts(missing, show).any(|seasons| lists(seasons, *season, None))
            }
            Self::EpisodeOf { show, season, number } => {
                parts(missing, show).any(|seasons| lists(seasons, *season, Some(*number)))
            }
        }
    }
}

/// The entries about a show, with the seasons that they name; None: all of it.
fn parts<'a>(missing: &'a NotFound, show: &'a ItemIds) -> impl Iterator<Item = Option<&'a Vec<Value>>> {
    let of_show = missing.shows.iter().filter(move |item| item.ids == *show);
    of_show.map(|item| item.seasons.as_ref().and_then(Value::as_array))
}

/// Whether these seasons hold a season, or an episode of it. What names no parts stands for all of them.
fn lists(seasons: Option<&Vec<Value>>, season: u32, episode: Option<u32>) -> bool {
    let numbered =
        |value: &Value, number: u32| value.get("number").and_then(Value::as_u64) == Some(number.into());
    let Some(seasons) = seasons else { return true };
    let mut of = seasons.iter().filter(|entry| numbered(entry, season));
    of.any(|entry| match (entry.get("episodes").and_then(Value::as_array), episode) {
        (Some(episodes), Some(number)) if !episodes.is_empty() => {
            episodes.iter().any(|episode| numbered(episode, number))
        }
        _ => true,
    })
}
