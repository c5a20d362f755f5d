//! Decides which of the plays in a request Trakt accepted. Pure: from the plays and the response.

use serde_json::Value;
use trakt::models::{Added, MissingItem};

use super::item::Item;

/// What a response says about a play of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Trakt accepted it.
    Taken,
    /// Trakt does not know the title.
    NotFound,
    /// The response does not say.
    Open,
}

/// Returns what a response says about each play, in their order. A play only counts as accepted if the numbers add up:
/// Trakt silently drops items, and lists those that it did not find without IDs, or as the show of several episodes.
pub(super) fn verdicts(sent: &[&Item], added: &Added) -> Vec<Verdict> {
    let taken = added.added.total() + added.updated.total() + added.existing.total();
    let missed = |level: Level| -> Vec<bool> {
        let named = |item: &Item| added.not_found.items().any(|missing| names(missing, item) == Some(level));
        sent.iter().map(|item| named(item)).collect()
    };
    let (exact, by_show) = (missed(Level::Exact), missed(Level::Show));
    let left = count(&exact, false);
    let vague = exact.iter().zip(&by_show).filter(|(exact, by_show)| !**exact && **by_show).count();
    let all_taken = taken >= left as u64;
    let nothing_taken = taken == 0 && added.not_found.len() >= sent.len();
    let shows_add_up = vague > 0 && taken + vague as u64 == left as u64;
    let rest = |by_show: bool| match (all_taken, nothing_taken, shows_add_up) {
        (true, ..) => Verdict::Taken,
        (_, true, _) => Verdict::NotFound,
        (.., true) if by_show => Verdict::NotFound,
        (.., true) => Verdict::Taken,
        _ => Verdict::Open,
    };
    let verdict = |(exact, by_show): (&bool, &bool)| if *exact { Verdict::NotFound } else { rest(*by_show) };
    exact.iter().zip(&by_show).map(verdict).collect()
}

fn count(flags: &[bool], value: bool) -> usize {
    flags.iter().filter(|flag| **flag == value).count()
}

/// How precisely an entry of `not_found` identifies an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Only this item.
    Exact,
    /// An episode, identified only by its show.
    Show,
}

fn names(missing: &MissingItem, item: &Item) -> Option<Level> {
    match item {
        Item::Movie(ids) | Item::Episode(ids) => (missing.ids == *ids).then_some(Level::Exact),
        Item::Numbered { show, .. } if missing.ids != *show => None,
        Item::Numbered { season, number, .. } => match missing.seasons.as_ref().and_then(Value::as_array) {
            None => Some(Level::Show),
            Some(seasons) => lists(seasons, *season, *number).then_some(Level::Exact),
        },
    }
}

/// Returns whether these seasons contain an episode. A season without episodes stands for all of them.
fn lists(seasons: &[Value], season: u32, number: u32) -> bool {
    let numbered =
        |value: &Value, number: u32| value.get("number").and_then(Value::as_u64) == Some(number.into());
    let of = seasons.iter().filter(|entry| numbered(entry, season));
    of.into_iter().any(|entry| match entry.get("episodes").and_then(Value::as_array) {
        None => true,
        Some(episodes) => episodes.iter().any(|episode| numbered(episode, number)),
    })
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
