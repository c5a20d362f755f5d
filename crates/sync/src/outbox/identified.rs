//! The titles of a player or a play, and whether they can be identified on Trakt.

use std::collections::HashMap;

use db::{
    Conn, files,
    ids::TitleId,
    kinds::TitleKind,
    rows::{PlaybackSession, Title},
    titles,
};

use crate::{
    Result,
    scrobble::{Machine, Part},
};

/// Titles by their ids.
pub(super) struct Titles(HashMap<TitleId, Title>);

impl Titles {
    /// The titles of a player's file. If the file was matched to other titles since the player was opened, the
    /// machine continues with those.
    pub(super) async fn of_file(
        conn: &dyn Conn,
        session: &PlaybackSession,
        machine: &mut Machine,
    ) -> Result<Self> {
        let held = files::titles_of(conn, session.file_id).await?;
        let played: Vec<TitleId> = machine.titles().collect();
        if !held.is_empty() && held.iter().map(|title| title.id).ne(played.iter().copied()) {
            let parts: Vec<Part> = held
                .iter()
                .map(|title| Part { title_id: title.id, runtime_minutes: title.runtime_minutes })
                .collect();
            machine.play_titles(&parts);
        }
        let rows = if held.is_empty() { titles::find_many(conn, &played).await? } else { held };
        Ok(Self(rows.into_iter().map(|title| (title.id, title)).collect()))
    }

    /// Titles by their ids.
    pub(super) async fn read(conn: &dyn Conn, ids: &[TitleId]) -> Result<Self> {
        let rows = titles::find_many(conn, ids).await?;
        Ok(Self(rows.into_iter().map(|title| (title.id, title)).collect()))
    }

    /// Whether the title (still) exists.
    pub(super) fn exists(&self, title_id: TitleId) -> bool {
        self.0.contains_key(&title_id)
    }

    /// Whether the title can be identified on Trakt: by an ID of its own, or by an episode's show and numbers.
    pub(super) async fn can_be_identified(&self, conn: &dyn Conn, title_id: TitleId) -> Result<bool> {
        let Some(title) = self.0.get(&title_id) else { return Ok(false) };
        if has_id(title) {
            return Ok(true);
        }
        match title.show_id.filter(|_| title.kind == TitleKind::Episode) {
            Some(show_id) => Ok(titles::find(conn, show_id).await?.is_some_and(|show| has_id(&show))),
            None => Ok(false),
        }
    }
}

/// Whether the title has an ID that Trakt knows.
fn has_id(title: &Title) -> bool {
    title.trakt_id.is_some() || title.imdb_id.is_some() || title.tmdb_id.is_some() || title.tvdb_id.is_some()
}

/// Whether at least one of these titles can be identified on Trakt.
pub(crate) async fn can_be_identified(conn: &dyn Conn, ids: &[TitleId]) -> Result<bool> {
    let titles = Titles::read(conn, ids).await?;
    for id in ids {
        if titles.can_be_identified(conn, *id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
