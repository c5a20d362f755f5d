//! Pages already written as JSON, so that fifty people scrolling cost one serialisation.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use super::query::ListQuery;

/// Bytes kept per person; a page of a hundred cards has about fifty thousand.
const BUDGET: usize = 8 << 20;

/// The pages of one view. They live and die with it, so they need no invalidation.
#[derive(Debug, Default)]
pub struct Pages {
    written: Mutex<Written>,
}

#[derive(Debug, Default)]
struct Written {
    pages: HashMap<ListQuery, Bytes>,
    bytes: usize,
}

impl Pages {
    /// The page of a query, written now unless it was before.
    pub fn get_or_write(&self, query: &ListQuery, write: impl FnOnce() -> Vec<u8>) -> Bytes {
        if let Some(page) = self.lock().pages.get(query) {
            return page.clone();
        }
        let page = Bytes::from(write());
        let mut written = self.lock();
        if written.bytes + page.len() > BUDGET {
            *written = Written::default();
        }
        written.bytes += page.len();
        written.pages.insert(query.clone(), page.clone());
        page
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
