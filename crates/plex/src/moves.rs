//! Computes the fewest moves from one order to another: a longest increasing subsequence stays in place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// One move of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<T> {
    /// The entry to move.
    pub item: T,
    /// The entry to place it after; `None` for the front.
    pub after: Option<T>,
}

/// The moves that, applied one after the other, bring the entries into the order of `wanted`. Entries that are in only
/// one of the two lists are ignored; those that are only in `current` stay somewhere between the others.
pub fn moves<T: Copy + Eq + Hash>(current: &[T], wanted: &[T]) -> Vec<Move<T>> {
    let positions: HashMap<T, usize> = current.iter().enumerate().map(|(at, item)| (*item, at)).collect();
    let mut seen = HashSet::new();
    let known: Vec<(T, usize)> = wanted
        .iter()
        .filter(|item| seen.insert(**item))
        .filter_map(|item| positions.get(item).map(|at| (*item, *at)))
        .collect();
    let in_place = longest_increasing(&known.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let mut moves = Vec::new();
    let mut before = None;
    for ((item, _), in_place) in known.into_iter().zip(in_place) {
        if !in_place {
            moves.push(Move { item, after: before });
        }
        before = Some(item);
    }
    moves
}

/// Marks the members of a longest increasing subsequence of distinct numbers.
fn longest_increasing(numbers: &[usize]) -> Vec<bool> {
    // For each length, the index of the smallest number that ends an increasing subsequence of that length.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        previous.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut marks = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        marks[index] = true;
        at = previous[index];
    }
    marks
}

/// Brings the hubs in `sorted` into that order. They share the positions that they occupy now; all others stay in
/// place.
pub fn sorted_in_place<T: Clone + Eq + Hash>(current: &[T], sorted: &[T]) -> Vec<T> {
    let existing: HashSet<&T> = current.iter().collect();
    let mut seen = HashSet::new();
    let mut next = sorted.iter().filter(|hub| existing.contains(hub) && seen.insert(*hub));
    let is_sorted: HashSet<&T> = sorted.iter().collect();
    let at_position =
        |hub: &T| if is_sorted.contains(hub) { next.next().cloned() } else { Some(hub.clone()) };
    current.iter().filter_map(at_position).collect()
}

/// Moves the hubs with a priority to that position (starting at 1). The others keep their order around them. Of two
/// hubs with the same priority, the one that is listed first comes first.
pub fn with_priorities<T: Clone + Eq + Hash>(current: &[T], priorities: &[(T, usize)]) -> Vec<T> {
    let known: HashSet<&T> = current.iter().collect();
    let mut prioritized: Vec<&(T, usize)> =
        priorities.iter().filter(|(hub, _)| known.contains(hub)).collect();
    prioritized.sort_by_key(|(_, priority)| *priority);
    let has_priority: HashSet<&T> = prioritized.iter().map(|(hub, _)| hub).collect();
    let mut hubs: Vec<T> = current.iter().filter(|hub| !has_priority.contains(hub)).cloned().collect();
    let mut next_free = 0;
    for (hub, priority) in prioritized {
        let position = priority.saturating_sub(1).max(next_free).min(hubs.len());
        hubs.insert(position, hub.clone());
        next_free = position + 1;
    }
    hubs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn apply<T: Copy + PartialEq>(current: &[T], moves: &[Move<T>]) -> Vec<T> {
        let mut list = current.to_vec();
        for step in moves {
            list.retain(|item| *item != step.item);
            let at = step.after.map_or(0, |after| {
                1 + list.iter().position(|item| *item == after).expect("moved after an existing entry")
            });
            list.insert(at, step.item);
        }
        list
    }

    /// The length of a longest increasing subsequence, computed in a simple but slow way.
    fn longest(numbers: &[usize]) -> usize {
        let mut lengths = vec![0; numbers.len()];
        for at in 0..numbers.len() {
            let before = (0..at).filter(|earlier| numbers[*earlier] < numbers[at]);
            lengths[at] = 1 + before.map(|earlier| lengths[earlier]).max().unwrap_or(0);
        }
        lengths.into_iter().max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn the_order_is_reached_with_the_fewest_moves(
            shuffled in Just((0..30usize).collect::<Vec<_>>()).prop_shuffle(),
            current in Just((0..30usize).collect::<Vec<_>>()).prop_shuffle(),
            count in 0..30usize,
        ) {
            let wanted = &shuffled[..count];
            let moves = moves(&current, wanted);
            let after = apply(&current, &moves);
            let seen: Vec<usize> = after.iter().copied().filter(|item| wanted.contains(item)).collect();
            prop_assert_eq!(&seen, wanted);
            let positions: Vec<usize> = wanted
                .iter()
                .map(|item| current.iter().position(|known| known == item).expect("known"))
                .collect();
            prop_assert_eq!(moves.len(), wanted.len() - longest(&positions));
        }

        #[test]
        fn with_priorities_keeps_all_hubs_and_the_order_of_the_others(
            priorities in prop::collection::vec((0..8usize, 1..12usize), 0..6),
        ) {
            let current: Vec<usize> = (0..8).collect();
            let mut seen = std::collections::HashSet::new();
            let priorities: Vec<_> = priorities.into_iter().filter(|(hub, _)| seen.insert(*hub)).collect();
            let hubs = with_priorities(&current, &priorities);
            let mut sorted = hubs.clone();
            sorted.sort_unstable();
            prop_assert_eq!(&sorted, &current);
            let others: Vec<usize> = hubs.into_iter().filter(|hub| !seen.contains(hub)).collect();
            prop_assert!(others.is_sorted());
        }
    }

    #[test]
    fn one_entry_out_of_place_needs_one_move() {
        assert_eq!(moves(&[1, 2, 3, 4, 5], &[5, 1, 2, 3, 4]), [Move { item: 5, after: None }]);
        assert_eq!(moves(&[1, 2, 3, 4, 5], &[1, 2, 4, 5, 3]), [Move { item: 3, after: Some(5) }]);
        assert_eq!(moves(&[1, 2, 3], &[1, 2, 3]), []);
    }

    #[test]
    fn sorted_hubs_share_the_positions_that_they_occupy() {
        assert_eq!(sorted_in_place(&["c", "x", "a", "y", "b"], &["a", "b", "c"]), ["a", "x", "b", "y", "c"]);
        assert_eq!(sorted_in_place(&["b", "x"], &["unknown", "b", "b"]), ["b", "x"]);
    }

    #[test]
    fn priorities_determine_positions() {
        assert_eq!(with_priorities(&["a", "b", "c", "d"], &[("d", 1), ("c", 3)]), ["d", "a", "c", "b"]);
        assert_eq!(with_priorities(&["a", "b"], &[("b", 9), ("unknown", 1)]), ["a", "b"]);
        assert_eq!(with_priorities(&["a", "b", "c"], &[("c", 1), ("b", 1)]), ["c", "b", "a"]);
    }
}
