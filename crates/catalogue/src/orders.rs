//! Caches the sorted titles of selections.
//!
//! A cache belongs to one immutable view, so it needs no invalidation: scrolling through a list sorts it once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::ids::TitleId;

use super::query::Selection;

/// How many orders are cached per view. In a large library, one takes about 80 kB.
const CAPACITY: usize = 32;

/// The orders of one view.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    by_selection: Mutex<HashMap<Selection, Arc<[TitleId]>>>,
}

impl Orders {
    /// The titles of a selection in order, sorted now unless they are cached.
    pub(crate) fn get(&self, selection: &Selection, sort: impl FnOnce() -> Vec<TitleId>) -> Arc<[TitleId]> {
        let lock = || self.by_selection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(order) = lock().get(selection) {
            return Arc::clone(order);
        }
        let order: Arc<[TitleId]> = sort().into();
        let mut orders = lock();
        if orders.len() >= CAPACITY {
            orders.clear();
        }
        orders.insert(selection.clone(), Arc::clone(&order));
        order
    }
}
