//! The fewest moves from one order to another: the longest increasing subsequence stays in place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<T> {
    /// The entry to move.
    pub item: T,
    /// The entry to place it after; `None` for the front.
    pub after: Option<T>,
}

/// The moves, in this order, that bring all entries of `wanted` into that order. Entries in only one of the two lists
/// are ignored; those only in `current` stay somewhere between the others.
pub fn moves<T: Copy + Eq + Hash>(current: &[T], wanted: &[T]) -> Vec<Move<T>> {
    let places: HashMap<T, usize> = current.iter().enumerate().map(|(place, item)| (*item, place)).collect();
    let mut seen = HashSet::new();
    let known: Vec<(T, usize)> = wanted
        .iter()
        .filter(|item| seen.insert(**item))
        .filter_map(|item| places.get(item).map(|place| (*item, *place)))
        .collect();
    let stays = longest_increasing(&known.iter().map(|(_, place)| *place).collect::<Vec<_>>());
    let mut moves = Vec::new();
    let mut before = None;
    for ((item, _), stays) in known.into_iter().zip(stays) {
        if !stays {
            moves.push(Move { item, after: before });
        }
        before = Some(item);
    }
    moves
}

/// Marks the members of a longest increasing subsequence of distinct numbers.
fn longest_increasing(numbers: &[usize]) -> Vec<bool> {
    // For each length, the index of the smallest number that ends a run of it.
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

/// The order of rows with the sorted ones in that order, in the positions that they occupy together; the others stay in
/// place.
pub fn sorted_rows<T: Clone + Eq + Hash>(current: &[T], sorted: &[T]) -> Vec<T> {
    let here: HashSet<&T> = current.iter().collect();
    let mut seen = HashSet::new();
    let mut next = sorted.iter().filter(|row| here.contains(row) && seen.insert(*row));
    let takes_part: HashSet<&T> = sorted.iter().collect();
    let in_place = |row: &T| if takes_part.contains(row) { next.next().cloned() } else { Some(row.clone()) };
    current.iter().filter_map(in_place).collect()
}

/// The order of rows with prioritised ones at their position (starting at 1), and the others around them in their
/// current order. Of two with the same priority, the one given first comes first.
pub fn rows<T: Clone + Eq + Hash>(current: &[T], priorities: &[(T, usize)]) -> Vec<T> {
    let known: HashSet<&T> = current.iter().collect();
    let mut placed: Vec<&(T, usize)> = priorities.iter().filter(|(row, _)| known.contains(row)).collect();
    placed.sort_by_key(|(_, priority)| *priority);
    let taken: HashSet<&T> = placed.iter().map(|(row, _)| row).collect();
    let mut rows: Vec<T> = current.iter().filter(|row| !taken.contains(row)).cloned().collect();
    let mut least = 0;
    for (row, priority) in placed {
        let place = priority.saturating_sub(1).max(least).min(rows.len());
        rows.insert(place, row.clone());
        least = place + 1;
    }
    rows
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
                1 + list.iter().position(|item| *item == after).expect("behind something that is there")
            });
            list.insert(at, step.item);
        }
        list
    }

    /// The length of a longest increasing subsequence, computed the slow and obvious way.
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
            let places: Vec<usize> = wanted
                .iter()
                .map(|item| current.iter().position(|known| known == item).expect("known"))
                .collect();
            prop_assert_eq!(moves.len(), wanted.len() - longest(&places));
        }

        #[test]
        fn rows_keep_everything_and_the_order_of_the_others(
            priorities in prop::collection::vec((0..8usize, 1..12usize), 0..6),
        ) {
            let current: Vec<usize> = (0..8).collect();
            let mut seen = std::collections::HashSet::new();
            let priorities: Vec<_> = priorities.into_iter().filter(|(row, _)| seen.insert(*row)).collect();
            let rows = rows(&current, &priorities);
            let mut sorted = rows.clone();
            sorted.sort_unstable();
            prop_assert_eq!(&sorted, &current);
            let others: Vec<usize> = rows.into_iter().filter(|row| !seen.contains(row)).collect();
            prop_assert!(others.is_sorted());
        }
    }

    #[test]
    fn one_that_is_out_of_place_is_one_move() {
        assert_eq!(moves(&[1, 2, 3, 4, 5], &[5, 1, 2, 3, 4]), [Move { item: 5, after: None }]);
        assert_eq!(moves(&[1, 2, 3, 4, 5], &[1, 2, 4, 5, 3]), [Move { item: 3, after: Some(5) }]);
        assert_eq!(moves(&[1, 2, 3], &[1, 2, 3]), []);
    }

    #[test]
    fn sorted_rows_share_the_places_that_they_hold() {
        assert_eq!(sorted_rows(&["c", "x", "a", "y", "b"], &["a", "b", "c"]), ["a", "x", "b", "y", "c"]);
        assert_eq!(sorted_rows(&["b", "x"], &["unknown", "b", "b"]), ["b", "x"]);
    }

    #[test]
    fn rows_stand_where_their_priority_says() {
        assert_eq!(rows(&["a", "b", "c", "d"], &[("d", 1), ("c", 3)]), ["d", "a", "c", "b"]);
        assert_eq!(rows(&["a", "b"], &[("b", 9), ("unknown", 1)]), ["a", "b"]);
        assert_eq!(rows(&["a", "b", "c"], &[("c", 1), ("b", 1)]), ["c", "b", "a"]);
    }
}
