//! Cards as JSON, kept for as long as the view they were made from is the current one.
//!
//! A page of the grid is then copied together instead of being serialised: fifty people who scroll cost one
//! serialisation of each card.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use bytes::Bytes;
use catalogue::list::Page;
use catalogue::view::View;
use db::ids::{TitleId, UserId};

/// Bytes of cards kept per person; a card has about five hundred.
const CAPACITY: usize = 8 << 20;

/// People whose cards are kept. When one more comes, those of another are dropped.
const PEOPLE: usize = 12;

/// The cards of everybody's current view.
#[derive(Debug, Default)]
pub(crate) struct CardCache {
    by_person: Mutex<HashMap<UserId, Arc<Cards>>>,
}

/// The cards of one view.
#[derive(Debug)]
struct Cards {
    /// Tells the view from all others.
    stamp: String,
    written: RwLock<Written>,
}

#[derive(Debug, Default)]
struct Written {
    by_title: HashMap<TitleId, Box<[u8]>>,
    bytes: usize,
}

impl CardCache {
    /// A page as the JSON of [`Titles`](api_types::title::Titles).
    pub(crate) fn page(&self, user_id: UserId, view: &View, page: &Page) -> Bytes {
        let ids = page.ids();
        // Enough for most cards, so that it seldom has to grow.
        let mut json = Vec::with_capacity(64 + ids.len() * 640);
        json.extend_from_slice(br#"{"items":["#);
        self.cards(user_id, view).write(&mut json, view, ids);
        write!(json, r#"],"total":{},"offset":{}}}"#, page.total(), page.offset)
            .expect("memory takes all writes");
        Bytes::from(json)
    }

    fn cards(&self, user_id: UserId, view: &View) -> Arc<Cards> {
        let mut people = self.by_person.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= PEOPLE && !people.contains_key(&user_id) {
            let other = people.keys().next().copied();
            other.map(|other| people.remove(&other));
        }
        let fresh = || Arc::new(Cards { stamp: view.stamp.clone(), written: RwLock::default() });
        let cards = people.entry(user_id).or_insert_with(fresh);
        if cards.stamp != view.stamp {
            *cards = fresh();
        }
        Arc::clone(cards)
    }
}

impl Cards {
    /// Writes the cards of the titles with commas between them. Titles that the view does not have are left out.
    fn write(&self, json: &mut Vec<u8>, view: &View, ids: &[TitleId]) {
        let start = json.len();
        // Most pages are complete: those are copied under a read lock, beside each other.
        let written = self.written.read().unwrap_or_else(PoisonError::into_inner);
        if ids.iter().all(|&id| written.append(id, start, json)) {
            return;
        }
        drop(written);
        json.truncate(start);
        let mut written = self.written.write().unwrap_or_else(PoisonError::into_inner);
        for &id in ids {
            if written.append(id, start, json) {
                continue;
            }
            if let Some(card) = view.card_of(id) {
                let card = serde_json::to_vec(&super::card(card)).expect("a card is plain data");
                written.insert(id, card.into());
                written.append(id, start, json);
            }
        }
    }
}

impl Written {
    /// Writes a card after those that begin at `start`. False when it is not cached.
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
