//! The removal guard: many removals at once are more likely a fault than intended. They wait, with a list for
//! review, until the user confirms them or keeps the items.

mod decide;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use db::{
    Json, Millis, Tx,
    ids::{SyncPlanId, SyncPlanItemId, TitleId, UserId},
    kinds::{SyncCategory, SyncDirection, SyncPlanState},
    rows::{SyncPlan, SyncPlanItem},
    sync_plans,
};

use crate::Result;

pub use decide::{Decision, Plan, PlanItems};

/// Up to this many removals are applied without confirmation.
const FEW_REMOVALS: usize = 10;
/// Beyond [`FEW_REMOVALS`], at most one removal per this many items (5 %) is applied without confirmation.
const REMOVALS_PER: usize = 20;

/// Whether this many removals of `total` items wait for confirmation.
pub(crate) fn waits(removals: usize, total: usize) -> bool {
    removals > FEW_REMOVALS && removals * REMOVALS_PER > total
}

/// Where removals would be made.
#[derive(Clone, Copy)]
pub(crate) struct Guarded<'a> {
    pub(crate) user_id: UserId,
    /// The slug of the account on Trakt.
    pub(crate) account: &'a str,
    pub(crate) category: SyncCategory,
    pub(crate) direction: SyncDirection,
}

/// An item that would be removed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Removal {
    pub(crate) title_id: TitleId,
    /// Identifies the item, in the format of its category.
    pub(crate) item: Json,
}

/// The decision about a set of removals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// They are few enough.
    Few,
    /// The user has confirmed them, or all but a few of them.
    Agreed,
    /// They wait for confirmation.
    Wait,
}

/// The decision about removals out of `total` items. `agreed`: the removals that the user has confirmed.
fn verdict(removals: &HashSet<String>, total: usize, agreed: Option<&HashSet<String>>) -> Verdict {
    let beyond = agreed.map(|agreed| removals.difference(agreed).count());
    match beyond {
        Some(beyond) if !waits(beyond, total) => Verdict::Agreed,
        _ if waits(removals.len(), total) => Verdict::Wait,
        _ => Verdict::Few,
    }
}

/// Whether removals out of `total` items may be applied now. If not, they are stored as the plan that the user
/// sees, replacing an earlier one.
pub(crate) async fn review(
    tx: &Tx,
    guarded: Guarded<'_>,
    removals: &[Removal],
    total: usize,
    now: DateTime<Utc>,
) -> Result<bool> {
    let names: HashSet<String> = removals.iter().map(|removal| removal.item.to_string()).collect();
    let agreed = match open(tx, guarded, SyncPlanState::Confirmed).await? {
        Some(plan) => {
            let items = sync_plans::items(tx, plan.id, 0, u64::from(u32::MAX)).await?;
            Some(items.into_iter().map(|item| item.item.to_string()).collect())
        }
        None => None,
    };
    let waiting = open(tx, guarded, SyncPlanState::Waiting).await?;
    match verdict(&names, total, agreed.as_ref()) {
        Verdict::Few | Verdict::Agreed => {
            if let Some(plan) = waiting {
                sync_plans::delete(tx, plan.id).await?;
            }
            Ok(true)
        }
        Verdict::Wait => {
            let plan = match waiting {
                Some(plan) => plan,
                None => sync_plans::insert(tx, new_plan(guarded, total, now)).await?,
            };
            let items = removals.iter().map(|removal| SyncPlanItem {
                id: SyncPlanItemId::NEW,
                plan_id: plan.id,
                title_id: removal.title_id,
                item: removal.item.clone(),
            });
            sync_plans::replace_items(tx, plan.id, items.collect()).await?;
            Ok(false)
        }
    }
}

/// Marks the confirmed plan as applied.
pub(crate) async fn finished(tx: &Tx, guarded: Guarded<'_>, now: DateTime<Utc>) -> Result<()> {
    if let Some(plan) = open(tx, guarded, SyncPlanState::Confirmed).await? {
        sync_plans::set_state(tx, plan.id, SyncPlanState::Applied, Millis::from(now)).await?;
    }
    Ok(())
}

async fn open(tx: &Tx, guarded: Guarded<'_>, state: SyncPlanState) -> Result<Option<SyncPlan>> {
    let of = (guarded.category, guarded.direction);
    Ok(sync_plans::open(tx, guarded.user_id, guarded.account, of, state).await?)
}

fn new_plan(guarded: Guarded<'_>, total: usize, now: DateTime<Utc>) -> SyncPlan {
    SyncPlan {
        id: SyncPlanId::NEW,
        user_id: guarded.user_id,
        account: guarded.account.to_owned(),
        category: guarded.category,
        direction: guarded.direction,
        state: SyncPlanState::Waiting,
        total: i64::try_from(total).unwrap_or(i64::MAX),
        made_at: Millis::from(now),
        decided_at: None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::few(10, 10, false)]
    #[case::many_of_few(11, 219, true)]
    #[case::exactly_five_percent(11, 220, false)]
    #[case::everything(5_000, 5_000, true)]
    fn many_removals_wait(#[case] removals: usize, #[case] total: usize, #[case] expected: bool) {
        assert_eq!(waits(removals, total), expected);
    }

    fn names(range: std::ops::Range<usize>) -> HashSet<String> {
        range.map(|number| number.to_string()).collect()
    }

    #[rstest]
    #[case::few(0..10, None, Verdict::Few)]
    #[case::many(0..20, None, Verdict::Wait)]
    #[case::agreed(0..20, Some(0..20), Verdict::Agreed)]
    #[case::some_came_back(0..15, Some(0..20), Verdict::Agreed)]
    #[case::a_few_more(0..30, Some(0..20), Verdict::Agreed)]
    #[case::many_more(0..40, Some(0..20), Verdict::Wait)]
    #[case::others(20..40, Some(0..20), Verdict::Wait)]
    fn confirmed_removals_are_applied_with_only_a_few_others(
        #[case] removals: std::ops::Range<usize>,
        #[case] agreed: Option<std::ops::Range<usize>>,
        #[case] expected: Verdict,
    ) {
        assert_eq!(verdict(&names(removals), 100, agreed.map(names).as_ref()), expected);
    }
}
