//! `sync_to_trakt_list`, once its collection is built.

use super::{Agreed, Outcome, RunOptions};
use crate::entry::Entry;
use crate::fetch::Fetcher;
use crate::list_sync::{ListFailure, ListPlan, distinct, plan};
use crate::plan::{Member, Status};

/// Syncs the Trakt list of a collection with the collection; with `shows_only`, it only reports what it would do. Does
/// nothing for a collection that was not built.
pub(super) async fn sync(
    outcome: &mut Outcome,
    options: &RunOptions,
    fetcher: &mut Fetcher,
    shows_only: bool,
) {
    let Some(list) = outcome.plan.options.sync_to_trakt_list.clone() else { return };
    if !matches!(
        outcome.status,
        Status::Created | Status::Modified | Status::Unchanged | Status::UpdatedMetadata
    ) {
        return;
    }
    let writes = !options.dry_run && !shows_only;
    if !fetcher.syncs_from(&list, &outcome.target) {
        return;
    }
    outcome.list = Some(synced(outcome, &list, &options.agreed, writes, fetcher).await);
}

async fn synced(
    outcome: &Outcome,
    list: &str,
    agreed: &Agreed,
    writes: bool,
    fetcher: &mut Fetcher,
) -> Result<ListPlan, ListFailure> {
    let built = &outcome.plan;
    let missing = built.missing.iter().filter(|_| built.options.sync_missing_to_trakt_list).cloned();
    let wanted = distinct(built.items.iter().map(entry).chain(missing));
    let on = fetcher.own_list(list).await?;
    let mut plan = plan(list, &on, &wanted, !built.whole);
    plan.waiting = !agreed.allows_list(&plan);
    if writes && !plan.waiting && !plan.is_done() {
        plan.refused = fetcher.put_on_list(&plan, &wanted).await?;
    }
    Ok(plan)
}

fn entry(member: &Member) -> Entry {
    let Member { kind, title, year, ids, .. } = member.clone();
    Entry { kind, title, year, ids }
}
