//! Stores the result of each collection as soon as it is known.

use std::collections::HashSet;
use std::sync::Arc;

use collections::entry::Entry;
use collections::list_sync::{ListPlan, are_among};
use collections::plan::{Action, ConfirmationReason, Member, Status};
use collections::run::Outcome;
use collections::target::Target;
use db::ids::{CollectionId, CollectionPlanId, CollectionResultId, CollectionRunId, TitleId};
use db::kinds::CollectionPlanState;
use db::rows::{CollectionPlan, CollectionResult};
use db::{Json, Tx, collection_pages, collection_plans, collection_runs};
use tokio::sync::mpsc::UnboundedReceiver;

use super::jobs::{Job, RunStep, Scope};
use super::service::{CollectionEvent, Inner};
use super::waiting;
use super::work::FinishedRun;

/// Progress of a run.
pub(super) enum RunUpdate {
    /// A source is about to be read.
    Reading { done: usize, total: usize, source: String },
    /// A collection is done.
    Done(Box<Outcome>),
}

/// Stores the results of one run.
pub(super) struct Recorder {
    pub(super) inner: Arc<Inner>,
    pub(super) job: Job,
    pub(super) run: CollectionRunId,
}

impl Recorder {
    /// Receives updates and stores results until the run is over.
    pub(super) async fn listen(&self, mut receiver: UnboundedReceiver<RunUpdate>) {
        let mut built = 0;
        while let Some(update) = receiver.recv().await {
            let step = match update {
                RunUpdate::Reading { done, total, source } => RunStep::Reading { done, total, source },
                RunUpdate::Done(outcome) => {
                    built += 1;
                    if let Err(error) = self.outcome(&outcome).await {
                        let name = &outcome.plan.name;
                        tracing::error!(name, %error, "the result of a collection could not be saved");
                    }
                    RunStep::Building { done: built, name: outcome.plan.name.clone() }
                }
            };
            if let Some(progress) = self.inner.jobs.update(&self.job, |progress| progress.step = step) {
                self.inner.publish(CollectionEvent::Run(progress));
            }
        }
    }

    async fn outcome(&self, outcome: &Outcome) -> db::Result<()> {
        let plan = &outcome.plan;
        let library = self.inner.library();
        // A collection on Plex may have the same name as one in this library.
        let row = match self.is_here(outcome) {
            true => library.row_of(outcome).await,
            false => Ok(None),
        };
        let collection = row.map_err(|error| db::Error::Other(error.to_string()))?.map(|row| row.id);
        let tx = self.inner.parts.db.begin().await?;
        let result = CollectionResult {
            id: CollectionResultId::NEW,
            run_id: self.run,
            collection_id: collection,
            library: outcome.library.clone(),
            name: plan.name.clone(),
            status: outcome.status.to_string(),
            failed: outcome.failed(),
            added: count(plan.added.len()),
            kept: count(plan.kept),
            removed: count(plan.removed.len()),
            missing: count(plan.missing.len()),
            filtered: count(plan.filtered.len()),
            errors: Json::from([outcome.errors(), outcome.notices()].concat()),
            duration_ms: (outcome.seconds * 1000.0) as i64,
        };
        collection_runs::insert_result(&tx, result).await?;
        match outcome.status {
            Status::Waiting => self.store_plan(&tx, outcome, &plan.removed, self.plan(outcome)).await?,
            status if is_settled(status) => match waiting_list(outcome) {
                Some(list) => self.store_plan(&tx, outcome, &[], self.list_plan(outcome, list)?).await?,
                None => waiting::remove(&tx, self.job.config_id, &outcome.library, &plan.name).await?,
            },
            _ => {}
        }
        if let Some(collection) = collection {
            store_missing(&tx, collection, outcome).await?;
        }
        tx.commit().await
    }

    /// Stores a plan that waits for confirmation. If the user chose to keep the titles of an earlier plan, a plan
    /// that would remove only those titles is not stored again.
    async fn store_plan(
        &self,
        tx: &Tx,
        outcome: &Outcome,
        removed: &[Member],
        row: CollectionPlan,
    ) -> db::Result<()> {
        let (library, name) = (&outcome.library, &outcome.plan.name);
        let known = collection_plans::of_collection(tx, self.job.config_id, library, name).await?;
        let kept = known
            .filter(|known| known.state == CollectionPlanState::Kept && known.trakt_list == row.trakt_list)
            .filter(|known| known.adopts || !row.adopts);
        if let Some(known) = kept {
            let titles = self.inner.removals(tx, known.id).await?;
            let entries = entries(known.entries)?;
            let same = are_among(&self::entries(row.entries.clone())?, &entries);
            if same && removed.iter().all(|member| titles.contains(&member.key)) {
                return Ok(());
            }
        }
        let (here, elsewhere) = if self.is_here(outcome) { (removed, &[][..]) } else { (&[][..], removed) };
        let items: Vec<TitleId> = here.iter().map(|member| TitleId(member.key)).collect();
        let id = collection_plans::put(tx, row, &items).await?;
        waiting::put(tx, id, elsewhere).await
    }

    fn is_here(&self, outcome: &Outcome) -> bool {
        outcome.target == self.inner.library().name()
    }

    /// The row of a collection that waits for confirmation.
    fn plan(&self, outcome: &Outcome) -> CollectionPlan {
        let plan = &outcome.plan;
        let reasons = plan.confirmation_reasons.iter().map(ToString::to_string);
        CollectionPlan {
            id: CollectionPlanId::NEW,
            config_id: self.job.config_id,
            library: outcome.library.clone(),
            name: plan.name.clone(),
            state: CollectionPlanState::Waiting,
            deletes: plan.action == Action::Delete,
            adopts: plan.confirmation_reasons.iter().any(concerns_manual_collection),
            kept: count(plan.kept),
            added: count(plan.added.len()),
            reasons: Json::from(reasons.collect::<Vec<_>>()),
            made_at: self.inner.now(),
            trakt_list: None,
            entries: None,
        }
    }

    /// The row of a Trakt list that waits for confirmation although its collection is built.
    fn list_plan(&self, outcome: &Outcome, list: &ListPlan) -> db::Result<CollectionPlan> {
        let removed = serde_json::to_value(&list.removed);
        Ok(CollectionPlan {
            deletes: false,
            adopts: false,
            kept: count(list.kept),
            added: count(list.added.len()),
            reasons: Json::from(
                list.confirmation_reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ),
            trakt_list: Some(list.list.clone()),
            entries: Some(removed.map_err(|error| db::Error::Other(error.to_string()))?),
            ..self.plan(outcome)
        })
    }

    /// Removes waiting plans of collections that the file no longer defines. Does nothing if the run had problems,
    /// because then a definition may be missing for another reason.
    pub(super) async fn settle(&self, finished: &FinishedRun) -> db::Result<()> {
        let outcomes = &finished.ran.outcomes;
        let libraries: HashSet<&str> = outcomes.iter().map(|outcome| outcome.library.as_str()).collect();
        let whole = finished.problems.is_empty() && finished.ran.problems.is_empty();
        let db = &self.inner.parts.db;
        for plan in collection_plans::list(db).await? {
            let same = |outcome: &Outcome| outcome.library == plan.library && outcome.plan.name == plan.name;
            let looked_at = match &self.job.scope {
                Scope::All => libraries.contains(plan.library.as_str()),
                Scope::Collection { .. } => false,
                Scope::Confirmed { library, name, .. } => *library == plan.library && *name == plan.name,
            };
            if whole && looked_at && plan.config_id == self.job.config_id && !outcomes.iter().any(same) {
                let tx = db.begin().await?;
                waiting::remove(&tx, plan.config_id, &plan.library, &plan.name).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

/// The Trakt list entries stored with a plan.
pub(crate) fn entries(kept: Option<Json>) -> db::Result<Vec<Entry>> {
    let kept = kept.map(serde_json::from_value).transpose();
    Ok(kept.map_err(|error| db::Error::Other(error.to_string()))?.unwrap_or_default())
}

/// Whether the plan waits because the collection was created by hand.
fn concerns_manual_collection(reason: &ConfirmationReason) -> bool {
    matches!(
        reason,
        ConfirmationReason::ManuallyCreated { .. } | ConfirmationReason::DeletesManuallyCreated { .. }
    )
}

fn waiting_list(outcome: &Outcome) -> Option<&ListPlan> {
    outcome.list.as_ref()?.as_ref().ok().filter(|list| list.waiting)
}

/// Whether this status means that the collection is up to date, so that an earlier waiting plan is obsolete.
fn is_settled(status: Status) -> bool {
    match status {
        Status::Created
        | Status::Modified
        | Status::Unchanged
        | Status::UpdatedMetadata
        | Status::MinimumNotMet(_)
        | Status::Deleted
        | Status::DeletedNotScheduled
        | Status::Ignored => true,
        Status::NotScheduled
        | Status::SkippedRunDefinition
        | Status::AlreadyCreated
        | Status::Waiting
        | Status::BuilderValidationError
        | Status::ServiceError
        | Status::Failure => false,
    }
}

/// Stores the titles missing from a collection. They are known only if all lists were read.
async fn store_missing(tx: &Tx, collection: CollectionId, outcome: &Outcome) -> db::Result<()> {
    let read = is_settled(outcome.status) || outcome.status == Status::Waiting;
    if !read || outcome.failed() && outcome.status != Status::Waiting {
        return Ok(());
    }
    let plan = &outcome.plan;
    let shown = if plan.options.show_missing { plan.missing.as_slice() } else { &[] };
    let entries = shown.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
    let entries = entries.map_err(|error| db::Error::Other(error.to_string()))?;
    collection_pages::set_missing(tx, collection, entries).await
}

fn count(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}
