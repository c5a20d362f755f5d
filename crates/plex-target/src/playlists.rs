//! Builds playlists, which belong to the owner of the token, not to a library.

use collections::entry::{Ids, Kind};
use collections::options::Details;
use collections::plan::{Existing, Member};
use collections::target::{TargetError, Written};
use plex::Client;
use plex::models::Playlist;
use plex::target::{PlaylistOutcome, find_playlist, sync_playlist};

use crate::target::{PlexTarget, rejected};

fn other(error: plex::Error) -> TargetError {
    TargetError::Other(Box::new(error))
}

async fn find(client: &Client, name: &str) -> Result<Option<Playlist>, TargetError> {
    find_playlist(client, name).await.map_err(other)
}

impl PlexTarget {
    fn server(&self) -> Result<&Client, TargetError> {
        self.root.as_ref().ok_or(TargetError::NoPlaylists)
    }

    pub(crate) async fn read_playlist(&self, name: &str) -> Result<Option<Existing>, TargetError> {
        let client = self.server()?;
        let Some(known) = find(client, name).await? else { return Ok(None) };
        let entries = client.playlist_entries(known.key).await.map_err(other)?;
        let machine = client.server().await.map_err(other)?.machine_identifier;
        let state = self.state.lock().await;
        let mut members = Vec::new();
        for entry in &entries {
            // A playlist can contain items of libraries that are not part of the run.
            let unknown_item = || Member {
                key: i64::try_from(entry.item).unwrap_or(i64::MAX),
                kind: Kind::Movie,
                title: format!("item {} of another library", entry.item),
                year: None,
                ids: Ids::default(),
            };
            members.push(Self::member_of(&state, entry.item).unwrap_or_else(unknown_item));
        }
        let details = Details { summary: known.summary, ..Details::default() };
        let created_manually = !state.memory.manages_playlist(&machine, name);
        Ok(Some(Existing { members, details, created_manually, target_compares: true }))
    }

    pub(crate) async fn change_playlist(
        &self,
        name: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let client = self.server()?;
        let keys: Vec<u64> = members.iter().filter_map(|key| u64::try_from(*key).ok()).collect();
        let machine = client.server().await.map_err(other)?.machine_identifier;
        let mut state = self.state.lock().await;
        state.memory.remember_playlist(&machine, name).map_err(other)?;
        drop(state);
        let mut changes = Vec::new();
        match sync_playlist(client, &machine, name, &keys, true).await.map_err(other)? {
            PlaylistOutcome::Smart => {
                return Err(rejected("Plex fills the playlist of this name itself, so it is left alone"));
            }
            PlaylistOutcome::Empty => {
                return Err(rejected("nothing belongs in it any more, so it is left alone"));
            }
            PlaylistOutcome::Unchanged => {}
            PlaylistOutcome::Created => changes.push(format!("made with {} entries", keys.len())),
            PlaylistOutcome::Modified(calls) => changes.push(format!("entries changed in {calls} calls")),
        }
        let members_changed = !changes.is_empty();
        if let Some(summary) = details.summary.as_ref().filter(|summary| !summary.is_empty())
            && let Some(known) =
                find(client, name).await?.filter(|known| known.summary.as_ref() != Some(summary))
        {
            changes.push("set: summary".into());
            if !self.dry_run {
                client.set_playlist_summary(known.key, summary).await.map_err(other)?;
            }
        }
        Ok(match (members_changed, changes.is_empty()) {
            (_, true) => Written::Unchanged,
            (true, false) => Written::Members(changes),
            (false, false) => Written::Details(changes),
        })
    }

    pub(crate) async fn drop_playlist(&self, name: &str) -> Result<(), TargetError> {
        let client = self.server()?;
        let Some(known) = find(client, name).await? else { return Ok(()) };
        if self.dry_run {
            return Ok(());
        }
        client.delete_playlist(known.key).await.map_err(other)?;
        let machine = client.server().await.map_err(other)?.machine_identifier;
        self.state.lock().await.memory.forget_playlist(&machine, name).map_err(other)
    }
}
