//! What a person has agreed to.

use std::collections::HashSet;

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
}

impl Agreed {
    /// Whether a plan may be carried out.
    pub(super) fn allows(&self, plan: &Plan) -> bool {
        let is_removal = |wait: &Wait| matches!(wait, Wait::Empty { .. } | Wait::Most { .. });
        match self {
            _ if plan.waits.is_empty() => true,
            Self::Nothing => false,
            Self::Everything => true,
            Self::Removals(keys) => {
                plan.waits.iter().all(is_removal)
                    && plan.removed.iter().all(|member| keys.contains(&member.key))
            }
        }
    }
}
