//! `delete_collections_named` for manually created collections: each waits for confirmation individually.

use kometa::collections::Library;

use super::known::Known;
use super::{Outcome, RunOptions, build, prepare};
use crate::options::Options;
use crate::plan::{Plan, Wait};
use crate::target::TargetError;

/// Deletes those that the user has confirmed; the others wait. `built` is what this run has built of the library.
pub(super) async fn delete(
    library: &Library,
    built: &[Outcome],
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Result<Vec<Outcome>, TargetError> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for name in names(library, built, options) {
        // A definition of that name has an outcome of its own.
        let made = library.collections.iter().any(|one| prepare::is_titled(one, &name));
        if made || outcomes.iter().any(|one| one.plan.name.eq_ignore_ascii_case(&name)) {
            continue;
        }
        let existing = target.take(&library.name, &name).await?;
        let Some(existing) = existing.filter(|existing| existing.by_hand) else { continue };
        let waits = vec![Wait::DeletesByHand { members: existing.members.len() }];
        let plan = Plan::deletion(name, existing, waits);
        let mut outcome = Outcome::planned(target.name(), library.name.clone(), plan, false);
        if let Err(error) = build::build(&mut outcome, options, target).await {
            outcome.failed_with(&error);
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The names that definitions of this run delete. A confirmation names the deleted collection, not the definition that
/// requests it.
fn names(library: &Library, built: &[Outcome], options: &RunOptions) -> Vec<String> {
    let of_run = built.iter().flat_map(|outcome| outcome.plan.deletes.iter().cloned());
    let sound = library.collections.iter().filter(|one| !one.fails() && one.is_for(library.media));
    let of_all = sound.flat_map(|one| Options::of(one, options.start, true).delete_collections_named);
    let asked = of_all.filter(|name| !options.collections.is_empty() && options.asks_for(name));
    of_run.chain(asked).collect()
}
