use std::collections::BTreeSet;

use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::*;
use crate::paging::{Completeness, Fingerprint, UnreadableItem};

fn read(source: &str, items: &BTreeSet<u8>, announced: Option<u64>, unreadable: usize) -> Complete<u8> {
    let unreadable_item = UnreadableItem { index: 0, reason: String::new(), raw: Value::Null };
    let listing =
        Listing { items: items.iter().copied().collect(), unreadable: vec![unreadable_item; unreadable] };
    let identities = items.iter().map(u8::to_string).collect();
    let fingerprint = Fingerprint { source: source.into(), announced, identities };
    Complete::new(listing, 1, Completeness::Unconfirmed, fingerprint)
}

fn set(items: &[u8]) -> BTreeSet<u8> {
    items.iter().copied().collect()
}

/// Why two reads prove nothing, or `None` when they prove the list.
fn reason(first: Complete<u8>, second: Complete<u8>) -> Option<UnprovenReason> {
    Proven::from_reads(first, second).err().map(|unproven| unproven.reason)
}

#[rstest]
#[case::equal("a", &[1, 2], Some(2), 0, None)]
#[case::other_items("a", &[1, 3], Some(2), 0, Some(UnprovenReason::Different))]
#[case::one_item_fewer("a", &[1], Some(2), 0, Some(UnprovenReason::Different))]
#[case::another_count("a", &[1, 2], Some(3), 0, Some(UnprovenReason::Different))]
#[case::no_count("a", &[1, 2], None, 0, Some(UnprovenReason::Different))]
#[case::another_list("b", &[1, 2], Some(2), 0, Some(UnprovenReason::Different))]
#[case::an_unreadable_item("a", &[1, 2], Some(2), 1, Some(UnprovenReason::Unreadable))]
fn two_reads_prove_a_list_only_if_they_agree(
    #[case] source: &str,
    #[case] items: &[u8],
    #[case] announced: Option<u64>,
    #[case] unreadable: usize,
    #[case] expected: Option<UnprovenReason>,
) {
    let other = || read(source, &set(items), announced, unreadable);
    let usual = || read("a", &set(&[1, 2]), Some(2), 0);
    assert_eq!(reason(usual(), other()), expected);
    assert_eq!(reason(other(), usual()), expected, "the order does not matter");
}

/// 593 announced, 583 delivered, in both reads: hidden items, a property of the account.
#[test]
fn a_shortfall_that_is_the_same_in_two_reads_is_accepted() {
    let once = || read("a", &set(&[1, 2, 3]), Some(13), 0);
    assert_eq!(Proven::from_reads(once(), once()).unwrap().shortfall(), 10);
}

#[test]
fn two_empty_reads_prove_that_everything_is_absent() {
    let proven =
        Proven::from_reads(read("a", &set(&[]), Some(0), 0), read("a", &set(&[]), Some(0), 0)).unwrap();
    assert_eq!(proven.present(|item| *item).absent(7).map(Absence::into_key), Some(7));
}

proptest! {
    #[test]
    fn an_item_that_either_read_contains_is_never_absent(
        first in prop::collection::btree_set(0u8..20, 0..20),
        second in prop::collection::btree_set(0u8..20, 0..20),
        announced in prop::option::of(0u64..22),
    ) {
        let reads = (read("a", &first, announced, 0), read("a", &second, announced, 0));
        if let Ok(proven) = Proven::from_reads(reads.0, reads.1) {
            let present = proven.present(|item| *item);
            for key in 0..20 {
                let seen = first.contains(&key) || second.contains(&key);
                prop_assert_eq!(present.absent(key).is_none(), seen);
            }
        } else {
            prop_assert_ne!(first, second);
        }
    }
}
