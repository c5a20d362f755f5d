//! What the user has confirmed.

use std::collections::HashSet;

use crate::entry::Entry;
use crate::list_sync::{self, ListPlan};
use crate::plan::{ConfirmationReason, Plan};

/// Which plans may be carried out although they need confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// None.
    Nothing,
    /// All.
    Everything,
    /// Only what the user saw before confirming.
    Seen {
        /// Only these titles may be removed, by the target's keys.
        removals: HashSet<i64>,
        /// Whether a manually created collection may be taken over or deleted.
        adopts: bool,
    },
    /// Only a change to a Trakt list that removes no other entries than these.
    List(ConfirmedList),
}

/// The removals from a Trakt list that the user has confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmedList {
    /// The slug of the list.
    pub list: String,
    /// The entries that may be removed.
    pub entries: Vec<Entry>,
}

impl Confirmed {
    /// Whether a plan may be carried out.
    pub(super) fn allows(&self, plan: &Plan) -> bool {
        match self {
            _ if plan.confirmation_reasons.is_empty() => true,
            Self::Nothing | Self::List(_) => false,
            Self::Everything => true,
            Self::Seen { removals, adopts } => {
                let created_manually = |reason: &ConfirmationReason| {
                    matches!(
                        reason,
                        ConfirmationReason::ManuallyCreated { .. }
                            | ConfirmationReason::DeletesManuallyCreated { .. }
                    )
                };
                let may = |reason: &ConfirmationReason| *adopts || !created_manually(reason);
                plan.confirmation_reasons.iter().all(may)
                    && plan.removed.iter().all(|member| removals.contains(&member.key))
            }
        }
    }

    /// Whether a change to a Trakt list may be carried out.
    pub(super) fn allows_list(&self, plan: &ListPlan) -> bool {
        match self {
            _ if plan.confirmation_reasons.is_empty() => true,
            Self::Nothing | Self::Seen { .. } => false,
            Self::Everything => true,
            Self::List(confirmed) => {
                confirmed.list == plan.list && list_sync::are_among(&plan.removed, &confirmed.entries)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests::holding;

    fn plan(removed: &[u64], confirmation_reasons: Vec<ConfirmationReason>) -> Plan {
        Plan::deletion("Top".into(), holding(removed.iter().copied()), confirmation_reasons)
    }

    #[test]
    fn confirming_removals_does_not_adopt_a_manually_created_collection() {
        let created_manually = || vec![ConfirmationReason::ManuallyCreated { members: 3 }];
        let seen = |adopts| Confirmed::Seen { removals: HashSet::from([1, 2]), adopts };
        assert!(!Confirmed::Nothing.allows(&plan(&[], created_manually())));
        assert!(!seen(false).allows(&plan(&[1], created_manually())));
        assert!(seen(true).allows(&plan(&[1, 2], created_manually())));
        // A removal that the user did not see is not confirmed.
        assert!(!seen(true).allows(&plan(&[1, 3], created_manually())));
        assert!(
            seen(false).allows(&plan(&[1], vec![ConfirmationReason::LargeRemoval { removed: 1, of: 1 }]))
        );
    }

    #[test]
    fn confirming_removals_does_not_delete_a_manually_created_collection() {
        let created_manually = || vec![ConfirmationReason::DeletesManuallyCreated { members: 1 }];
        let seen = |adopts| Confirmed::Seen { removals: HashSet::from([1]), adopts };
        assert!(!seen(false).allows(&plan(&[1], created_manually())));
        assert!(seen(true).allows(&plan(&[1], created_manually())));
        assert!(!seen(true).allows(&plan(&[1, 2], created_manually())));
    }
}
