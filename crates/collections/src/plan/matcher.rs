//! Matches entries of sources with the items of a library.

use std::collections::HashSet;

use kometa::spec::integer;

use super::{Plan, PlanInput};
use crate::entry::{Entry, Kind};
use crate::filter::{self, FilterContext};
use crate::library::{Item, Level};
use crate::options::Options;

/// Kometa's `default_percent`.
const DEFAULT_PERCENT: u8 = 50;

/// Matches entries of sources with the items of a library. Each item is returned once.
pub(super) struct Matcher<'a> {
    input: PlanInput<'a>,
    /// Keys of items that have already been matched.
    seen: HashSet<i64>,
    /// Entries that have already been reported as missing.
    missing: HashSet<MissingEntry>,
}

/// The identity of a missing entry: kind, TMDb or TVDb id, IMDb id, Trakt id.
type MissingEntry = (Kind, Option<u64>, Option<String>, Option<u64>);

impl<'a> Matcher<'a> {
    pub(super) fn new(input: PlanInput<'a>) -> Self {
        Self { input, seen: HashSet::new(), missing: HashSet::new() }
    }

    /// Whether items of this library can match an entry at all.
    pub(super) fn can_contain(&self, entry: &Entry, plan: &Plan) -> bool {
        self.input.library.can_contain(entry, self.level(plan))
    }

    fn level(&self, plan: &Plan) -> Level {
        if self.input.library.is_mixed() { Level::Episodes } else { plan.options.level }
    }

    /// Adds the items of an entry to `items`. If there are none, adds the entry to the missing ones of the plan.
    pub(super) fn add(&mut self, entry: &Entry, plan: &mut Plan, items: &mut Vec<&'a Item>) {
        let (library, level) = (self.input.library, self.level(plan));
        if !library.can_contain(entry, level)
            || ignored(entry.main_id(), entry.ids.imdb.as_ref(), &plan.options)
        {
            return;
        }
        let matched = library.find(entry, level);
        if matched.is_empty() {
            let identity = (entry.kind, entry.main_id(), entry.ids.imdb.clone(), entry.ids.trakt);
            if !self.missing.insert(identity) {
                return;
            }
            let has_id = entry.main_id().is_some() || entry.ids.imdb.is_some();
            let list = if has_id { &mut plan.missing } else { &mut plan.without_id };
            list.push(entry.clone());
        }
        for item in matched {
            // The ignored ids may be among those that only the library knows, not Trakt.
            let main_id = if item.kind == Kind::Movie { item.ids.tmdb } else { item.ids.tvdb };
            if ignored(main_id, item.ids.imdb.as_ref(), &plan.options) || !self.seen.insert(item.key) {
                continue;
            }
            match self.exclusion_reason(item, plan) {
                None => items.push(item),
                Some(reason) => plan.filtered.push((item.into(), reason)),
            }
        }
    }

    /// Why the filters exclude an item; `None` if they do not.
    fn exclusion_reason(&self, item: &Item, plan: &Plan) -> Option<String> {
        if plan.options.only_filter_missing {
            return None;
        }
        let percent = self.input.collection.attribute("default_percent").and_then(integer);
        let percent =
            percent.and_then(|percent| u8::try_from(percent).ok()).filter(|percent| *percent <= 100);
        let context = FilterContext {
            library: self.input.library,
            today: self.input.today,
            percent: percent.unwrap_or(DEFAULT_PERCENT),
        };
        let spec = &self.input.collection.spec;
        let reason = |filters| filter::exclusion_reason(filters, item, context);
        reason(&spec.filters).or_else(|| reason(&spec.smart.filters))
    }
}

/// Whether `ignore_ids` or `ignore_imdb_ids` contains one of these ids. Ignored titles are neither added nor missing.
fn ignored(main_id: Option<u64>, imdb: Option<&String>, options: &Options) -> bool {
    let by_id = main_id.is_some_and(|id| options.ignore_ids.contains(&id));
    by_id || imdb.is_some_and(|id| options.ignore_imdb_ids.contains(&id.to_lowercase()))
}
