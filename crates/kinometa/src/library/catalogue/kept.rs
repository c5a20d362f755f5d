//! What a view has already worked out: orders of selections, and cards as JSON.
//!
//! Both live and die with their view, so they need no invalidation. Fifty people who scroll cost one sort, and one
//! serialisation of each card.

use db::ids::TitleId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::query::Selection;

/// Orders kept per view. Of a large library one has some eighty thousand bytes.
const ORDERS: usize = 32;
/// Bytes of cards kept per view; a card has about five hundred.
const CARDS: usize = 8 << 20;

/// Orders and cards of one view.
#[derive(Debug, Default)]
pub struct Kept {
    orders: Mutex<HashMap<Selection, Arc<[TitleId]>>>,
    cards: RwLock<Cards>,
}

#[derive(Debug, Default)]
struct Cards {
    by_title: HashMap<TitleId, Box<[u8]>>,
    bytes: usize,
}

impl Kept {
    /// The titles of a selection in order, worked out now unless they were before.
    pub fn order(&self, selection: &Selection, work_out: impl FnOnce() -> Vec<TitleId>) -> Arc<[TitleId]> {
        if let Some(order) = lock(&self.orders).get(selection) {
            return Arc::clone(order);
        }
        let order: Arc<[TitleId]> = work_out().into();
        let mut orders = lock(&self.orders);
        if orders.len() >= ORDERS {
            orders.clear();
        }
        orders.insert(selection.clone(), Arc::clone(&order));
        order
    }

    /// Writes the cards of the titles with commas between them. Titles for which `write` has nothing are left out.
    pub fn write_cards(
        &self,
        json: &mut Vec<u8>,
        ids: &[TitleId],
        write: impl Fn(TitleId) -> Option<Vec<u8>>,
    ) {
        let start = json.len();
        // Most pages are all there: those copy beside each other.
        let kept = self.cards.read().unwrap_or_else(PoisonError::into_inner);
        if ids.iter().all(|&id| kept.append(id, start, json)) {
            return;
        }
        drop(kept);
        json.truncate(start);
        let mut cards = self.cards.write().unwrap_or_else(PoisonError::into_inner);
        for &id in ids {
            if cards.append(id, start, json) {
                continue;
            }
            if let Some(card) = write(id) {
                cards.keep(id, card.into());
                cards.append(id, start, json);
            }
        }
    }
}

impl Cards {
    /// Writes a card behind those that begin at `start`. False when it is not kept.
    fn append(&self, id: TitleId, start: usize, json: &mut Vec<u8>) -> bool {
        let Some(card) = self.by_title.get(&id) else { return false };
        if json.len() > start {
            json.push(b',');
        }
        json.extend_from_slice(card);
        true
    }

    fn keep(&mut self, id: TitleId, card: Box<[u8]>) {
        if self.bytes + card.len() > CARDS {
            *self = Self::default();
        }
        self.bytes += card.len();
        self.by_title.insert(id, card);
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
