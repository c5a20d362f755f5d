//! What the user has confirmed.

use std::collections::HashSet;

use crate::entry::Entry;
use crate::list_sync::{self, ListPlan};
use crate::plan::{Plan, Wait};

/// Which of the waiting plans are carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// None of them.
    Nothing,
    /// All of them.
    Everything,
    /// What the user saw before confirming.
    Seen {
        /// Only these titles may be removed, by the target's keys.
        removals: HashSet<i64>,
        /// Whether a manually created collection may be taken over or deleted.
        adopts: bool,
    },
    /// A change to a Trakt list, if it removes only these entries.
    List(AgreedList),
}

/// What the user has agreed to remove from a Trakt list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedList {
    /// The list's slug.
    pub list: String,
    /// What may be removed.
    pub entries: Vec<Entry>,
}

impl Agreed {
    /// Whether a plan may be carried out.
    pub(super) fn allows(&self, plan: &Plan) -> bool {
        match self {
            _ if plan.waits.is_empty() => true,
            Self::Nothing | Self::List(_) => false,
            Self::Everything => true,
            Self::Seen { removals, adopts } => {
                let by_hand =
                    |wait: &Wait| matches!(wait, Wait::MadeByHand { .. } | Wait::DeletesByHand { .. });
                let may = |wait: &Wait| *adopts || !by_hand(wait);
                plan.waits.iter().all(may) && plan.removed.iter().all(|member| removals.contains(&member.key))
            }
        }
    }

    /// Whether a change to a Trakt list may be carried out.
    pub(super) fn allows_list(&self, plan: &ListPlan) -> bool {
        match self {
            _ if plan.waits.is_empty() => true,
            Self::Nothing | Self::Seen { .. } => false,
            Self::Everything => true,
            Self::List(agreed) => {
                agreed.list == plan.list && list_sync::are_among(&plan.removed, &agreed.entries)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests::holding;

    fn plan(removed: &[u64], waits: Vec<Wait>) -> Plan {
        Plan::deletion("Top".into(), holding(removed.iter().copied()), waits)
    }

    #[test]
    fn who_agrees_to_removals_takes_over_nothing() {
        let by_hand = || vec![Wait::MadeByHand { members: 3 }];
        let seen = |adopts| Agreed::Seen { removals: HashSet::from([1, 2]), adopts };
        assert!(!Agreed::Nothing.allows(&plan(&[], by_hand())));
        assert!(!seen(false).allows(&plan(&[1], by_hand())));
        assert!(seen(true).allows(&plan(&[1, 2], by_hand())));
        // What nobody saw stays.
        assert!(!seen(true).allows(&plan(&[1, 3], by_hand())));
        assert!(seen(false).allows(&plan(&[1], vec![Wait::Most { removed: 1, of: 1 }])));
    }

    #[test]
    fn who_agrees_to_removals_deletes_nothing_that_was_made_by_hand() {
        let by_hand = || vec![Wait::DeletesByHand { members: 1 }];
        let seen = |adopts| Agreed::Seen { removals: HashSet::from([1]), adopts };
        assert!(!seen(false).allows(&plan(&[1], by_hand())));
        assert!(seen(true).allows(&plan(&[1], by_hand())));
        assert!(!seen(true).allows(&plan(&[1, 2], by_hand())));
    }
}
