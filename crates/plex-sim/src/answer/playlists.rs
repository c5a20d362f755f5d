//! `/playlists`.

use hyper::Method;

use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome, key};
use crate::element::Element;
use crate::message::Answer;
use crate::state::{Item, Playlist, move_within};

impl Call<'_> {
    pub(super) fn playlists(&mut self, path: &[&str]) -> Outcome {
        let method = self.method().clone();
        match (&method, path) {
            (&Method::GET, []) => {
                let all = self.store.playlists.values().collect();
                Ok(Answer::Tree(self.page(None, all, |known: &&Playlist| view(known))))
            }
            (&Method::POST, []) => self.create_playlist(),
            (_, [playlist, rest @ ..]) => self.playlist(&method, key(playlist)?, rest),
            _ => Err(NOT_FOUND),
        }
    }

    fn playlist(&mut self, method: &Method, playlist: u64, path: &[&str]) -> Outcome {
        let known = self.store.playlists.get(&playlist).ok_or(NOT_FOUND)?;
        match (method, path) {
            (&Method::GET, []) => Ok(Answer::Tree(self.page(None, vec![known], |known| view(known)))),
            (&Method::GET, ["items"]) => {
                let entries = known.entries.iter();
                let items =
                    entries.filter_map(|(id, item)| Some((*id, self.store.items.get(item)?))).collect();
                let view =
                    |(id, item): &(u64, &Item)| self.item_view(item, false).with("playlistItemID", *id);
                Ok(Answer::Tree(self.page(None, items, view)))
            }
            (&Method::PUT, []) => {
                let (title, summary) = (self.request.query("title"), self.request.query("summary"));
                let (title, summary) = (title.map(str::to_owned), summary.map(str::to_owned));
                let known = self.store.playlists.get_mut(&playlist).ok_or(NOT_FOUND)?;
                known.title = title.unwrap_or_else(|| known.title.clone());
                known.summary = summary.unwrap_or_else(|| known.summary.clone());
                Ok(Answer::Done)
            }
            (&Method::PUT, ["items"]) => {
                let uri = self.request.query("uri").ok_or(BAD_REQUEST)?.to_owned();
                let items = self.known_items(&uri)?;
                self.append(playlist, &items);
                Ok(Answer::Done)
            }
            (&Method::DELETE, []) => {
                self.store.playlists.remove(&playlist);
                Ok(Answer::Done)
            }
            (&Method::DELETE, ["items", entry]) => {
                let entry = key(entry)?;
                let known = self.store.playlists.get_mut(&playlist).ok_or(NOT_FOUND)?;
                known.entries.retain(|(id, _)| *id != entry);
                Ok(Answer::Done)
            }
            (&Method::PUT, ["items", entry, "move"]) => {
                let (entry, after) = (key(entry)?, self.request.query("after").map(key).transpose()?);
                let known = self.store.playlists.get_mut(&playlist).ok_or(NOT_FOUND)?;
                let moved = move_within(
                    &mut known.entries,
                    |(id, _)| *id == entry,
                    |(id, _)| Some(*id) == after,
                    after.is_some(),
                );
                if moved { Ok(Answer::Done) } else { Err(NOT_FOUND) }
            }
            _ => Err(NOT_FOUND),
        }
    }

    fn create_playlist(&mut self) -> Outcome {
        let (title, uri) = (self.request.query("title"), self.request.query("uri"));
        let (title, uri) = (title.ok_or(BAD_REQUEST)?.to_owned(), uri.ok_or(BAD_REQUEST)?.to_owned());
        let items = self.known_items(&uri)?;
        let (key, added) = (self.store.take_key(), self.store.tick());
        let (summary, entries, images) = (String::new(), Vec::new(), Default::default());
        self.store.playlists.insert(key, Playlist { key, title, summary, entries, images, added });
        self.append(key, &items);
        let known = self.store.playlists.get(&key).ok_or(NOT_FOUND)?;
        Ok(Answer::Tree(Element::new("MediaContainer").with("size", 1u64).child(view(known))))
    }

    fn append(&mut self, playlist: u64, items: &[u64]) {
        for item in items {
            let id = self.store.take_key();
            if let Some(known) = self.store.playlists.get_mut(&playlist) {
                known.entries.push((id, *item));
            }
        }
    }
}

fn view(playlist: &Playlist) -> Element {
    Element::new("Playlist")
        .with("ratingKey", playlist.key.to_string())
        .with("key", format!("/playlists/{}/items", playlist.key))
        .with("guid", format!("com.plexapp.agents.none://{}", playlist.key))
        .with("type", "playlist")
        .with("title", playlist.title.as_str())
        .with("summary", playlist.summary.as_str())
        .with("smart", false)
        .with("playlistType", "video")
        .with("leafCount", playlist.entries.len())
        .with("addedAt", playlist.added)
        .with("updatedAt", playlist.added)
}
