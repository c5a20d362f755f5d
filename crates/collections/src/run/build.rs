//! Plans one collection, and builds it unless it needs confirmation.

use kometa::collections::Collection;
use kometa::collections::Library;

use super::known::Known;
use super::{Outcome, RunOptions};
use crate::fetch::Sources;
use crate::library::Library as View;
use crate::plan::{Action, Given, Plan, Status, Wait, plan};
use crate::target::{TargetError, Whose};

/// Plans and builds a collection.
pub(super) async fn one(
    library: &Library,
    collection: &Collection,
    view: &View,
    sources: &Sources,
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Outcome {
    let (library, schedules) = (library.name.clone(), options.collections.is_empty());
    let (existing, unread) = match target.take(&library, &collection.name).await {
        Ok(existing) => (existing, None),
        Err(error) => (None, Some(error)),
    };
    let (start, today) = (options.start, options.today);
    let given =
        Given { collection, library: view, sources, existing: existing.as_ref(), start, today, schedules };
    let plan = plan(given);
    let mut outcome = Outcome::planned(target.name(), library, plan, false);
    let built = match unread {
        Some(error) => Err(error),
        None => build(&mut outcome, options, target).await,
    };
    if let Err(error) = built {
        outcome.failed_with(&error);
    }
    outcome
}

/// Carries out a plan unless it needs confirmation.
pub(super) async fn build(
    outcome: &mut Outcome,
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Result<(), TargetError> {
    let Outcome { library, plan, .. } = &*outcome;
    if !options.agreed.allows(plan) {
        outcome.status = Status::Waiting;
        return Ok(());
    }
    if options.dry_run && !target.is_dry_run() {
        return Ok(());
    }
    for name in plan.deletes.iter().filter(|name| !name.eq_ignore_ascii_case(&plan.name)) {
        // What somebody made by hand waits on its own, and keeps nothing else from being built.
        if target.take(library, name).await?.is_some_and(|existing| !existing.by_hand) {
            target.delete(library, name, Whose::Ours).await?;
        }
    }
    match &plan.action {
        Action::Nothing => Ok(()),
        Action::Write { members, details } => {
            let written = target.write(library, &plan.name, members, details).await?;
            outcome.warnings = target.left_undone(library, &outcome.plan.name).await;
            outcome.wrote(written);
            Ok(())
        }
        Action::Delete => target.delete(library, &plan.name, whose(plan)).await,
    }
}

/// Which collections may be deleted, according to what the user confirmed.
fn whose(plan: &Plan) -> Whose {
    let by_hand = plan.waits.iter().any(|wait| matches!(wait, Wait::DeletesByHand { .. }));
    if by_hand { Whose::Anybodys } else { Whose::Ours }
}
