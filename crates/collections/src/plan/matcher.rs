//! Matches entries with the library.

use std::collections::HashSet;

use kometa::spec::integer;

use super::{Given, Plan};
use crate::entry::{Entry, Kind};
use crate::filter::{self, Around};
use crate::library::{Item, Level};
use crate::options::Options;

/// Kometa's `default_percent`.
const DEFAULT_PERCENT: u8 = 50;

/// Matches entries with the library.
pub(super) struct Matcher<'a> {
    given: Given<'a>,
    seen: HashSet<i64>,
    lacking: HashSet<Lacking>,
}

/// The identity of a missing title.
type Lacking = (Kind, Option<u64>, Option<String>, Option<u64>);

impl<'a> Matcher<'a> {
    /// Nothing has been seen yet.
    pub(super) fn new(given: Given<'a>) -> Self {
        Self { given, seen: HashSet::new(), lacking: HashSet::new() }
    }

    /// Whether an entry can be in this library at all.
    pub(super) fn concerns(&self, entry: &Entry, plan: &Plan) -> bool {
        self.given.library.concerns(entry, self.level(plan))
    }

    fn level(&self, plan: &Plan) -> Level {
        if self.given.library.is_mixed() { Level::Episodes } else { plan.options.level }
    }

    /// Adds the items of an entry to `items`, and missing ones to the plan.
    pub(super) fn entry(&mut self, entry: &Entry, plan: &mut Plan, items: &mut Vec<&'a Item>) {
        let (library, level) = (self.given.library, self.level(plan));
        if !library.concerns(entry, level) || ignored(entry.main_id(), entry.ids.imdb.as_ref(), &plan.options)
        {
            return;
        }
        let matched = library.find(entry, level);
        if matched.is_empty() {
            let known = (entry.kind, entry.main_id(), entry.ids.imdb.clone(), entry.ids.trakt);
            if !self.lacking.insert(known) {
                return;
            }
            let has_id = entry.main_id().is_some() || entry.ids.imdb.is_some();
            let list = if has_id { &mut plan.missing } else { &mut plan.without_id };
            list.push(entry.clone());
        }
        for item in matched {
            // Trakt may not know all ids of what the library holds.
            let main = if item.kind == Kind::Movie { item.ids.tmdb } else { item.ids.tvdb };
            if ignored(main, item.ids.imdb.as_ref(), &plan.options) || !self.seen.insert(item.key) {
                continue;
            }
            match self.refused(item, plan) {
                None => items.push(item),
                Some(why) => plan.filtered.push((item.into(), why)),
            }
        }
    }

    fn refused(&self, item: &Item, plan: &Plan) -> Option<String> {
        if plan.options.only_filter_missing {
            return None;
        }
        let percent = self.given.collection.attribute("default_percent").and_then(integer);
        let percent =
            percent.and_then(|percent| u8::try_from(percent).ok()).filter(|percent| *percent <= 100);
        let around = Around {
            library: self.given.library,
            today: self.given.today,
            percent: percent.unwrap_or(DEFAULT_PERCENT),
        };
        let spec = &self.given.collection.spec;
        let refused = |filters| filter::refused(filters, item, around);
        refused(&spec.filters).or_else(|| refused(&spec.smart.filters))
    }
}

/// Whether these ids are ignored: neither added nor missing.
fn ignored(main: Option<u64>, imdb: Option<&String>, options: &Options) -> bool {
    let by_id = main.is_some_and(|id| options.ignore_ids.contains(&id));
    by_id || imdb.is_some_and(|id| options.ignore_imdb_ids.contains(&id.to_lowercase()))
}
