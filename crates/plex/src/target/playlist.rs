//! Brings a playlist to a desired state.

use std::collections::{HashMap, HashSet};

use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::{Playlist, PlaylistEntry};
use crate::moves::moves;

/// The outcome of a playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaylistOutcome {
    /// It was up to date.
    Unchanged,
    /// It was created.
    Created,
    /// It was changed with this number of calls, or at least this number in a dry run.
    Modified(usize),
    /// It would be empty; nothing was done.
    Empty,
    /// A smart playlist has this name; nothing was done.
    Smart,
}

/// The playlist with exactly this name.
///
/// # Errors
/// If the call fails, and [`Error::AmbiguousPlaylist`] if several playlists have this name, which Plex allows.
pub async fn find_playlist(client: &Client, title: &str) -> Result<Option<Playlist>> {
    let mut named: Vec<_> =
        client.playlists().await?.into_iter().filter(|known| known.title == title).collect();
    match named.len() {
        0 | 1 => Ok(named.pop()),
        count => Err(Error::AmbiguousPlaylist { name: title.to_owned(), count }),
    }
}

/// Makes a playlist contain exactly these movies and episodes, in this order, with the fewest calls. The playlist is
/// found by its exact name. Entries are added before others are removed; without `complete`, nothing is removed.
///
/// # Errors
/// If a call fails, and [`Error::AmbiguousPlaylist`] if several playlists have this name.
pub async fn sync_playlist(
    client: &Client,
    machine: &str,
    title: &str,
    items: &[u64],
    complete: bool,
) -> Result<PlaylistOutcome> {
    match find_playlist(client, title).await? {
        _ if items.is_empty() => Ok(PlaylistOutcome::Empty),
        Some(known) if known.smart => Ok(PlaylistOutcome::Smart),
        Some(known) => update(client, machine, known.key, items, complete).await,
        None if client.is_dry_run() => Ok(PlaylistOutcome::Created),
        None => client.create_playlist(machine, title, items).await.map(|_| PlaylistOutcome::Created),
    }
}

async fn update(
    client: &Client,
    machine: &str,
    key: u64,
    items: &[u64],
    complete: bool,
) -> Result<PlaylistOutcome> {
    let mut entries = client.playlist_entries(key).await?;
    let current: HashSet<u64> = entries.iter().map(|entry| entry.item).collect();
    let added: Vec<u64> = items.iter().copied().filter(|item| !current.contains(item)).collect();
    let removed = surplus(&entries, items, complete);
    let mut calls = added.len().div_ceil(crate::BATCH) + removed.len();
    if client.is_dry_run() {
        let removed: HashSet<u64> = removed.iter().copied().collect();
        entries.retain(|entry| !removed.contains(&entry.id));
        calls += moves(&keys(&entries), items).len();
    } else {
        client.add_to_playlist(machine, key, &added).await?;
        for entry in &removed {
            client.remove_from_playlist(key, *entry).await?;
        }
        if calls > 0 {
            entries = client.playlist_entries(key).await?;
        }
        // If an item has several entries, the first one is moved, as in `moves`.
        let ids: HashMap<u64, u64> = entries.iter().rev().map(|entry| (entry.item, entry.id)).collect();
        let id_of = |item: u64| ids.get(&item).copied();
        for step in moves(&keys(&entries), items) {
            if let Some(entry) = id_of(step.item) {
                client.move_playlist_entry(key, entry, step.after.and_then(id_of)).await?;
                calls += 1;
            }
        }
    }
    Ok(if calls == 0 { PlaylistOutcome::Unchanged } else { PlaylistOutcome::Modified(calls) })
}

fn keys(entries: &[PlaylistEntry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.item).collect()
}

/// The ids of entries to remove: those that do not belong in the playlist, and duplicates. None without `complete`.
fn surplus(entries: &[PlaylistEntry], items: &[u64], complete: bool) -> Vec<u64> {
    if !complete {
        return Vec::new();
    }
    let wanted: HashSet<u64> = items.iter().copied().collect();
    let mut seen = HashSet::new();
    let is_surplus = |entry: &&PlaylistEntry| !wanted.contains(&entry.item) || !seen.insert(entry.item);
    entries.iter().filter(is_surplus).map(|entry| entry.id).collect()
}
