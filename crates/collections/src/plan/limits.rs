//! `limit`: which of the titles from the builders are added.

use std::collections::HashSet;

use crate::options::SyncMode;

/// The members of a collection after the run, each key once: found items, then existing ones that stay.
///
/// Titles are added until there are `limit` members. Members that stay count: all of them with `append`, those that
/// were found again with `sync`.
pub(super) fn members(
    existing: &[i64],
    found: &[i64],
    mode: SyncMode,
    may_remove: bool,
    limit: Option<usize>,
) -> Vec<i64> {
    let wanted: HashSet<i64> = found.iter().copied().collect();
    let current: HashSet<i64> = existing.iter().copied().collect();
    let removes = mode == SyncMode::Sync && may_remove;
    let kept = existing.iter().filter(|key| !removes || wanted.contains(key)).count();
    let mut remaining = limit.map_or(usize::MAX, |limit| limit.saturating_sub(kept));
    let mut members = Vec::new();
    for key in found {
        if current.contains(key) {
            members.push(*key);
        } else if remaining > 0 {
            remaining -= 1;
            members.push(*key);
        }
    }
    if !removes {
        members.extend(existing.iter().filter(|key| !wanted.contains(key)));
    }
    members
}
