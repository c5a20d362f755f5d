//! IDs of seasons and episodes that are only known here by their show and numbers. Their ratings, and whole seasons,
//! can only be sent to Trakt with their own IDs.

use trakt::{
    Client, Error, Extended,
    models::{Episode, ItemIds, PathId, Season},
};

use super::subject::{Part, Subject};

/// The shows that were read.
#[derive(Default)]
pub(super) struct OwnIds(Vec<Read>);

/// A show. Without a path, Trakt does not know it.
struct Read {
    show: ItemIds,
    path: Option<PathId>,
    seasons: Vec<Season>,
}

impl OwnIds {
    /// Returns `None` if Trakt does not know this season or episode.
    ///
    /// # Errors
    /// If the request to Trakt fails.
    pub(super) async fn find(&mut self, client: &Client, part: &Part) -> Result<Option<Subject>, Error> {
        if !self.0.iter().any(|read| read.show == part.show) {
            self.0.push(read(client, part.show.clone()).await?);
        }
        let Some(read) = self.0.iter().find(|read| read.show == part.show) else { return Ok(None) };
        let Some(season) = read.seasons.iter().find(|season| season.number == part.season) else {
            return Ok(None);
        };
        let Some(number) = part.episode else {
            return Ok(Some(Subject::Season(ItemIds::trakt(season.ids.trakt))));
        };
        let subject = |episode: &Episode| Subject::Episode(ItemIds::trakt(episode.ids.trakt));
        match (&season.episodes, &read.path) {
            (Some(episodes), _) => {
                Ok(episodes.items.iter().find(|episode| episode.number == number).map(subject))
            }
            // Episodes missing from a response are unknown, not nonexistent.
            (None, Some(path)) => {
                let episode = client.shows().episode(path.clone(), part.season, number).await;
                Ok(known(episode)?.as_ref().map(subject))
            }
            (None, None) => Ok(None),
        }
    }
}

async fn read(client: &Client, show: ItemIds) -> Result<Read, Error> {
    let path = client.shows().path(&show).await?;
    let seasons = match &path {
        Some(path) => known(client.shows().seasons(path.clone()).extended(Extended::EPISODES).await)?,
        None => None,
    };
    Ok(Read { show, path, seasons: seasons.map(|listing| listing.items).unwrap_or_default() })
}

/// Returns `None` for what Trakt does not know.
fn known<T>(answer: Result<T, Error>) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
