//! `delete_collections_named` for manually created collections: each deletion needs its own confirmation.

use kometa::collections::Library;

use super::cached_target::CachedTarget;
use super::{Outcome, RunOptions, build, prepare};
use crate::options::Options;
use crate::plan::{ConfirmationReason, Plan};
use crate::target::TargetError;

/// Deletes the collections whose deletion the user has confirmed; the others wait. `built` are the outcomes of the
/// collections that this run has built in the library.
pub(super) async fn delete(
    library: &Library,
    built: &[Outcome],
    options: &RunOptions,
    target: &mut CachedTarget<'_>,
) -> Result<Vec<Outcome>, TargetError> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for name in names(library, built, options) {
        // A collection that is also defined already has its own outcome.
        let is_defined = library.collections.iter().any(|collection| prepare::is_titled(collection, &name));
        if is_defined || outcomes.iter().any(|outcome| outcome.plan.name.eq_ignore_ascii_case(&name)) {
            continue;
        }
        let existing = target.take(&library.name, &name).await?;
        let Some(existing) = existing.filter(|existing| existing.created_manually) else { continue };
        let confirmation_reasons =
            vec![ConfirmationReason::DeletesManuallyCreated { members: existing.members.len() }];
        let plan = Plan::deletion(name, existing, confirmation_reasons);
        let mut outcome = Outcome::planned(target.name(), library.name.clone(), plan, false);
        if let Err(error) = build::build(&mut outcome, options, target).await {
            outcome.failed_with(&error);
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The names of the collections to delete. A run for a confirmation is limited to the collection to delete, not to
/// the one whose definition names it; so in a limited run, the definitions of all collections count.
fn names(library: &Library, built: &[Outcome], options: &RunOptions) -> Vec<String> {
    let from_run = built.iter().flat_map(|outcome| outcome.plan.deletes.iter().cloned());
    let valid = library
        .collections
        .iter()
        .filter(|collection| !collection.fails() && collection.is_for(library.media));
    let from_all =
        valid.flat_map(|collection| Options::of(collection, options.start, true).delete_collections_named);
    let requested = from_all.filter(|name| !options.collections.is_empty() && options.includes(name));
    from_run.chain(requested).collect()
}
