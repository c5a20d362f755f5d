//! `sync_to_trakt_list`: syncs a Trakt list with a collection that was built.

use super::{Confirmed, Outcome, RunOptions};
use crate::entry::Entry;
use crate::fetch::Fetcher;
use crate::list_sync::{ListFailure, ListPlan, distinct, plan};
use crate::plan::{Member, Status};

/// Syncs the Trakt list of a collection, if it has one and was built. With `dry_run`, it only reports what it would
/// do.
pub(super) async fn sync(outcome: &mut Outcome, options: &RunOptions, fetcher: &mut Fetcher, dry_run: bool) {
    let Some(list) = outcome.plan.options.sync_to_trakt_list.clone() else { return };
    if !matches!(
        outcome.status,
        Status::Created | Status::Modified | Status::Unchanged | Status::UpdatedMetadata
    ) {
        return;
    }
    let writes = !options.dry_run && !dry_run;
    if !fetcher.syncs_from(&list, &outcome.target) {
        return;
    }
    outcome.list = Some(synced(outcome, &list, &options.confirmed, writes, fetcher).await);
}

async fn synced(
    outcome: &Outcome,
    list: &str,
    confirmed: &Confirmed,
    writes: bool,
    fetcher: &mut Fetcher,
) -> Result<ListPlan, ListFailure> {
    let built = &outcome.plan;
    let missing = built.missing.iter().filter(|_| built.options.sync_missing_to_trakt_list).cloned();
    let wanted = distinct(built.items.iter().map(entry).chain(missing));
    let contents = fetcher.own_list(list).await?;
    let mut plan = plan(list, &contents, &wanted, !built.complete);
    plan.waiting = !confirmed.allows_list(&plan);
    if writes && !plan.waiting && !plan.is_done() {
        plan.not_added = fetcher.apply_list_plan(&plan, &wanted).await?;
    }
    Ok(plan)
}

fn entry(member: &Member) -> Entry {
    let Member { kind, title, year, ids, .. } = member.clone();
    Entry { kind, title, year, ids }
}
