//! `limit`: which of the found titles are included.

use std::collections::HashSet;

use crate::options::SyncMode;

/// The members of a collection: current and found items, by key and each once.
///
/// Titles are added up to `limit`. Existing members count: all of them with `append`, those that stay with `sync`.
pub(super) fn members(
    existing: &[i64],
    found: &[i64],
    mode: SyncMode,
    may_remove: bool,
    limit: Option<usize>,
) -> Vec<i64> {
    let wanted: HashSet<i64> = found.iter().copied().collect();
    let there: HashSet<i64> = existing.iter().copied().collect();
    let removes = mode == SyncMode::Sync && may_remove;
    let stays = existing.iter().filter(|key| !removes || wanted.contains(key)).count();
    let mut room = limit.map_or(usize::MAX, |limit| limit.saturating_sub(stays));
    let mut members = Vec::new();
    for key in found {
        if there.contains(key) {
            members.push(*key);
        } else if room > 0 {
            room -= 1;
            members.push(*key);
        }
    }
    if !removes {
        members.extend(existing.iter().filter(|key| !wanted.contains(key)));
    }
    members
}
