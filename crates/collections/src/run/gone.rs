//! `sync` of dynamic collections: deletes those that their source no longer generates.

use kometa::collections::Library;

use super::known::Known;
use super::{Outcome, RunOptions, build, prepare};
use crate::plan::{Existing, Plan, Wait};
use crate::target::TargetError;
use crate::wait::FEW;

/// A dynamic definition whose source responded. Failed ones are excluded: nothing is known about their collections.
pub(super) struct ReadDefinition {
    pub(super) name: String,
    /// Whether the result was empty.
    pub(super) empty: bool,
}

/// Deletes collections that have the label of a definition and are no longer generated. Surprising deletions wait for
/// confirmation.
pub(super) async fn delete(
    library: &Library,
    read: &[ReadDefinition],
    options: &RunOptions,
    target: &mut Known<'_>,
) -> Result<Vec<Outcome>, TargetError> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let synced = |one: &&ReadDefinition| {
        library.dynamic.iter().any(|dynamic| dynamic.sync && dynamic.name == one.name)
    };
    for definition in read.iter().filter(synced) {
        let labelled = target.labelled(&library.name, &definition.name).await?;
        let all: usize = labelled.iter().map(|one| one.members).sum();
        let made = |name: &str| library.collections.iter().any(|one| prepare::is_titled(one, name));
        let done = |name: &str| outcomes.iter().any(|one| one.plan.name == name);
        let gone: Vec<_> = labelled.into_iter().filter(|one| !made(&one.name) && !done(&one.name)).collect();
        let removed: usize = gone.iter().map(|one| one.members).sum();
        let most = removed > FEW && removed * 2 > all;
        for one in gone.into_iter().filter(|one| options.asks_for(&one.name)) {
            let Some(existing) = target.take(&library.name, &one.name).await? else { continue };
            let waits = waits(definition, &existing, most);
            let plan = Plan::deletion(one.name, existing, waits);
            let mut outcome = Outcome::planned(target.name(), library.name.clone(), plan, false);
            if let Err(error) = build::build(&mut outcome, options, target).await {
                outcome.failed_with(&error);
            }
            outcomes.push(outcome);
        }
    }
    Ok(outcomes)
}

fn waits(definition: &ReadDefinition, existing: &Existing, most: bool) -> Vec<Wait> {
    let removed = existing.members.len();
    let mut waits = Vec::new();
    if existing.by_hand {
        waits.push(Wait::DeletesByHand { members: removed });
    }
    if definition.empty && removed > 0 {
        let source_name = format!("dynamic_collections.{}", definition.name);
        waits.push(Wait::Empty { source_name, removed });
    }
    if most || removed > FEW {
        waits.push(Wait::Most { removed, of: removed });
    }
    waits
}
