//! Plans and builds one collection.

use kometa::collections::Collection;
use kometa::collections::Library;

use super::cached_target::CachedTarget;
use super::{Outcome, RunOptions};
use crate::fetch::Sources;
use crate::library::Library as Contents;
use crate::plan::{Action, ConfirmationReason, Plan, PlanInput, Status, plan};
use crate::target::{DeleteScope, TargetError};

/// Plans a collection, and builds it unless it needs confirmation.
pub(super) async fn plan_and_build(
    library: &Library,
    collection: &Collection,
    contents: &Contents,
    sources: &Sources,
    options: &RunOptions,
    target: &mut CachedTarget<'_>,
) -> Outcome {
    let (library, schedules) = (library.name.clone(), options.collections.is_empty());
    let (existing, unread) = match target.take(&library, &collection.name).await {
        Ok(existing) => (existing, None),
        Err(error) => (None, Some(error)),
    };
    let (start, today) = (options.start, options.today);
    let input = PlanInput {
        collection,
        library: contents,
        sources,
        existing: existing.as_ref(),
        start,
        today,
        schedules,
    };
    let plan = plan(input);
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
    target: &mut CachedTarget<'_>,
) -> Result<(), TargetError> {
    let Outcome { library, plan, .. } = &*outcome;
    if !options.confirmed.allows(plan) {
        outcome.status = Status::Waiting;
        return Ok(());
    }
    if options.dry_run && !target.is_dry_run() {
        return Ok(());
    }
    for name in plan.deletes.iter().filter(|name| !name.eq_ignore_ascii_case(&plan.name)) {
        // Manually created collections need a confirmation of their own, see `delete_named`. Until then, this
        // collection is built nevertheless.
        if target.take(library, name).await?.is_some_and(|existing| !existing.created_manually) {
            target.delete(library, name, DeleteScope::Managed).await?;
        }
    }
    match &plan.action {
        Action::Nothing => Ok(()),
        Action::Write { members, details } => {
            let written = target.write(library, &plan.name, members, details).await?;
            outcome.warnings = target.write_warnings(library, &outcome.plan.name).await;
            outcome.record_written(written);
            Ok(())
        }
        Action::Delete => target.delete(library, &plan.name, delete_scope(plan)).await,
    }
}

/// Which collections may be deleted. A plan that deletes a manually created one is only carried out once confirmed.
fn delete_scope(plan: &Plan) -> DeleteScope {
    let created_manually = plan
        .confirmation_reasons
        .iter()
        .any(|reason| matches!(reason, ConfirmationReason::DeletesManuallyCreated { .. }));
    if created_manually { DeleteScope::Any } else { DeleteScope::Managed }
}
