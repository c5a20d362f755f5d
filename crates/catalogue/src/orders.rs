//! The orders of selections that a view has worked out already.
//!
//! They live and die with their view, so they need no invalidation: fifty people who scroll cost one sort.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::ids::TitleId;

use super::query::Selection;

/// Orders kept per view. In a large library one takes some 80 kB.
const CAPACITY: usize = 32;

/// The orders of one view.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    by_selection: Mutex<HashMap<Selection, Arc<[TitleId]>>>,
}

impl Orders {
    /// The titles of a selection in order, worked out now unless they were before.
    pub(crate) fn get(
        &self,
        selection: &Selection,
        work_out: impl FnOnce() -> Vec<TitleId>,
    ) -> Arc<[TitleId]> {
        let lock = || self.by_selection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(order) = lock().get(selection) {
            return Arc::clone(order);
        }
        let order: Arc<[TitleId]> = work_out().into();
        let mut orders = lock();
        if orders.len() >= CAPACITY {
            orders.clear();
        }
        orders.insert(selection.clone(), Arc::clone(&order));
        order
    }
}
