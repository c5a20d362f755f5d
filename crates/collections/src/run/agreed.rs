//! What a person has agreed to.

use std::collections::HashSet;

use crate::entry::Entry;
use crate::list_sync::{self, ListPlan};
use crate::plan::{Plan, Wait};

/// Which of the plans that wait for a person are carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// None of them.
    Nothing,
    /// All of them.
    Everything,
    /// Those that remove no other titles than these, by the target's keys: what a person saw before agreeing.
    Removals(HashSet<i64>),
    /// That of a list on Trakt, when it takes off no others than these.
    List(AgreedList),
}

/// What a person has agreed to take off a list on Trakt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedList {
    /// The list's slug.
    pub list: String,
    /// What may go.
    pub entries: Vec<Entry>,
}

impl Agreed {
    /// Whether a plan may be carried out.
    pub(super) fn allows(&self, plan: &Plan) -> bool {
        let is_removal = |wait: &Wait| !matches!(wait, Wait::MadeByHand { .. });
        match self {
            _ if plan.waits.is_empty() => true,
            Self::Nothing | Self::List(_) => false,
            Self::Everything => true,
            Self::Removals(keys) => {
                plan.waits.iter().all(is_removal)
                    && plan.removed.iter().all(|member| keys.contains(&member.key))
            }
        }
    }

    /// Whether a list on Trakt may be changed so.
    pub(super) fn allows_list(&self, plan: &ListPlan) -> bool {
        match self {
            _ if plan.waits.is_empty() => true,
            Self::Nothing | Self::Removals(_) => false,
            Self::Everything => true,
            Self::List(agreed) => {
                agreed.list == plan.list && list_sync::are_among(&plan.removed, &agreed.entries)
            }
        }
    }
}
