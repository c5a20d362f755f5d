//! Playlists.

use super::{BATCH, uri};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::{Playlist, PlaylistEntry};
use crate::query::{Query, comma_separated};

impl Client {
    /// All playlists of the token's owner.
    pub async fn playlists(&self) -> Result<Vec<Playlist>> {
        let read = |root: &crate::node::Node| root.metadata().filter_map(Playlist::of).collect::<Vec<_>>();
        self.read_all("/playlists", Query::new(), read, |playlist| playlist.key).await
    }

    /// The entries of a playlist, in order.
    pub async fn playlist_entries(&self, key: u64) -> Result<Vec<PlaylistEntry>> {
        let read =
            |root: &crate::node::Node| root.metadata().filter_map(PlaylistEntry::of).collect::<Vec<_>>();
        self.read_all(&format!("/playlists/{key}/items"), Query::new(), read, |entry| entry.id).await
    }

    /// Creates a playlist of movies and episodes. At least one item is required.
    pub async fn create_playlist(&self, machine: &str, title: &str, items: &[u64]) -> Result<Playlist> {
        let (first, rest) = items.split_at(items.len().min(BATCH));
        let query = Query::new()
            .with("title", title)
            .with("type", "video")
            .flag("smart", false)
            .with("uri", uri(machine, &format!("/library/metadata/{}", comma_separated(first))));
        let root = self.post("/playlists", query, None).await?;
        let created =
            root.metadata().find_map(Playlist::of).ok_or_else(|| Error::NotFound(title.to_owned()))?;
        self.add_to_playlist(machine, created.key, rest).await?;
        Ok(created)
    }

    /// Appends items to a playlist.
    pub async fn add_to_playlist(&self, machine: &str, key: u64, items: &[u64]) -> Result<()> {
        for batch in items.chunks(BATCH) {
            let items = uri(machine, &format!("/library/metadata/{}", comma_separated(batch)));
            self.put(&format!("/playlists/{key}/items"), Query::new().with("uri", items)).await?;
        }
        Ok(())
    }

    /// Removes an entry from a playlist.
    pub async fn remove_from_playlist(&self, key: u64, entry: u64) -> Result<()> {
        self.delete(&format!("/playlists/{key}/items/{entry}")).await.map(drop)
    }

    /// Moves an entry after another one, or to the front.
    pub async fn move_playlist_entry(&self, key: u64, entry: u64, after: Option<u64>) -> Result<()> {
        let query = after.map_or_else(Query::new, |after| Query::new().with("after", after));
        self.put(&format!("/playlists/{key}/items/{entry}/move"), query).await.map(drop)
    }

    /// Sets the summary of a playlist.
    pub async fn set_playlist_summary(&self, key: u64, summary: &str) -> Result<()> {
        self.put(&format!("/playlists/{key}"), Query::new().with("summary", summary)).await.map(drop)
    }

    /// Deletes a playlist. Succeeds if it no longer exists.
    pub async fn delete_playlist(&self, key: u64) -> Result<()> {
        match self.delete(&format!("/playlists/{key}")).await {
            Ok(_) | Err(Error::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
