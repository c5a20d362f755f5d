//! The sync log, and removals that wait for confirmation.

use api_types::trakt_log as wire;
use catalogue::view::View;
use db::rows::SyncChange;
use sync::{Plan, PlanItems, SyncLog, UndoneRun, can_be_undone};

use super::card;
use crate::messages;

/// A page of the sync log.
pub(crate) fn log(log: SyncLog, view: &View) -> wire::TraktLog {
    wire::TraktLog {
        items: log.changes.into_iter().map(|change| item(change, view)).collect(),
        total: i64::try_from(log.total).unwrap_or(i64::MAX),
    }
}

/// A change.
pub(crate) fn item(change: SyncChange, view: &View) -> wire::TraktLogItem {
    wire::TraktLogItem {
        message: messages::trakt_log::of_change(&change),
        can_undo: can_be_undone(&change),
        id: change.id,
        category: change.category,
        direction: change.direction,
        what: change.what,
        reason: change.reason,
        title: change.title_id.and_then(|id| view.card_of(id)).map(card),
        count: change.amount,
        before: change.before,
        after: change.after,
        run_at: change.run_at.map(|at| at.0),
        changed_at: change.changed_at.0,
        undone_at: change.undone_at.map(|at| at.0),
    }
}

/// The result of undoing the changes of a run.
pub(crate) fn undone_run(run: &UndoneRun) -> wire::UndoneTraktRun {
    wire::UndoneTraktRun {
        undone: i64::try_from(run.title_ids.len()).unwrap_or(i64::MAX),
        kept: i64::try_from(run.kept).unwrap_or(i64::MAX),
    }
}

/// Removals that wait for confirmation.
pub(crate) fn plan(plan: Plan) -> wire::TraktPlan {
    let count = |items: u64| i64::try_from(items).unwrap_or(i64::MAX);
    wire::TraktPlan {
        message: messages::trakt_log::of_plan(&plan),
        id: plan.id,
        category: plan.category,
        direction: plan.direction,
        confirmed: plan.is_confirmed,
        made_at: plan.made_at.0,
        items: count(plan.items),
        total: count(plan.total),
    }
}

/// Some of the items that would be removed.
pub(crate) fn plan_items(items: PlanItems, view: &View) -> wire::TraktPlanItems {
    wire::TraktPlanItems {
        total: i64::try_from(items.total).unwrap_or(i64::MAX),
        items: items
            .items
            .into_iter()
            .map(|(title_id, item)| wire::TraktPlanItem {
                title: view.card_of(title_id).map(card),
                watched_at: item["watched_at"].as_str().and_then(|at| at.parse().ok()),
            })
            .collect(),
    }
}
