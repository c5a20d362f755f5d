//! A cache of cards as JSON. Cards are valid as long as the view from which they were made is current.
//!
//! A page of the grid is assembled from cached bytes instead of being serialised for every request.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use bytes::Bytes;
use catalogue::list::Page;
use catalogue::view::View;
use db::ids::{TitleId, UserId};

/// Maximum bytes of cards per user. A card has about five hundred bytes.
const CAPACITY: usize = 8 << 20;

/// Maximum number of users with cached cards. For another user, the cards of an arbitrary one are dropped.
const MAX_USERS: usize = 12;

/// The cards of each user's current view.
#[derive(Debug, Default)]
pub(crate) struct CardCache {
    by_user: Mutex<HashMap<UserId, Arc<Cards>>>,
}

/// The cards of one view.
#[derive(Debug)]
struct Cards {
    /// Identifies the view.
    stamp: String,
    cached: RwLock<CachedCards>,
}

#[derive(Debug, Default)]
struct CachedCards {
    by_title: HashMap<TitleId, Box<[u8]>>,
    bytes: usize,
}

impl CardCache {
    /// A page as JSON, in the format of [`Titles`](api_types::title::Titles).
    pub(crate) fn page(&self, user_id: UserId, view: &View, page: &Page) -> Bytes {
        let ids = page.ids();
        // Enough for most cards, so that the buffer rarely has to grow.
        let mut json = Vec::with_capacity(64 + ids.len() * 640);
        json.extend_from_slice(br#"{"items":["#);
        self.cards(user_id, view).write(&mut json, view, ids);
        write!(json, r#"],"total":{},"offset":{}}}"#, page.total(), page.offset)
            .expect("writing to memory does not fail");
        Bytes::from(json)
    }

    fn cards(&self, user_id: UserId, view: &View) -> Arc<Cards> {
        let mut users = self.by_user.lock().unwrap_or_else(PoisonError::into_inner);
        if users.len() >= MAX_USERS && !users.contains_key(&user_id) {
            let other = users.keys().next().copied();
            other.map(|other| users.remove(&other));
        }
        let fresh = || Arc::new(Cards { stamp: view.stamp.clone(), cached: RwLock::default() });
        let cards = users.entry(user_id).or_insert_with(fresh);
        if cards.stamp != view.stamp {
            *cards = fresh();
        }
        Arc::clone(cards)
    }
}

impl Cards {
    /// Writes the cards of the titles, separated by commas. Titles that are not in the view are skipped.
    fn write(&self, json: &mut Vec<u8>, view: &View, ids: &[TitleId]) {
        let start = json.len();
        // Usually all cards are cached. They are copied under a read lock, so that requests do not block each
        // other.
        let cached = self.cached.read().unwrap_or_else(PoisonError::into_inner);
        if ids.iter().all(|&id| cached.append(id, start, json)) {
            return;
        }
        drop(cached);
        json.truncate(start);
        let mut cached = self.cached.write().unwrap_or_else(PoisonError::into_inner);
        for &id in ids {
            if cached.append(id, start, json) {
                continue;
            }
            if let Some(card) = view.card_of(id) {
                let card = serde_json::to_vec(&super::card(card)).expect("a card can be serialised");
                cached.insert(id, card.into());
                cached.append(id, start, json);
            }
        }
    }
}

impl CachedCards {
    /// Appends a cached card, with a comma unless it is the first after `start`. Returns whether the card is
    /// cached.
    fn append(&self, id: TitleId, start: usize, json: &mut Vec<u8>) -> bool {
        let Some(card) = self.by_title.get(&id) else { return false };
        if json.len() > start {
            json.push(b',');
        }
        json.extend_from_slice(card);
        true
    }

    fn insert(&mut self, id: TitleId, card: Box<[u8]>) {
        if self.bytes + card.len() > CAPACITY {
            *self = Self::default();
        }
        self.bytes += card.len();
        self.by_title.insert(id, card);
    }
}
