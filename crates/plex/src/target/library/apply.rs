//! Applies a desired collection to Plex.

use std::collections::HashSet;

use super::{Existing, Library};
use crate::endpoints::{Edit, Picture};
use crate::error::{Error, Result};
use crate::target::desired::{Desired, Members};
use crate::target::memory::Memory;
use crate::target::report::{Outcome, Report};
use crate::target::steps::{CurrentState, Step, order, steps};

impl Library {
    /// Brings a collection to the desired state. With a dry-run client, only reports what would be done.
    ///
    /// # Errors
    /// If a call fails. Completed changes stay, and the next run continues from there. [`Error::ends_library`] says
    /// whether calls for other collections may still succeed.
    pub async fn apply(&mut self, desired: &Desired, memory: &mut Memory) -> Result<Report> {
        let existing = self.existing(&desired.title).await?;
        self.apply_to(existing, desired, memory).await
    }

    /// Like [`Library::apply`], for a collection that has already been read for planning. If it is up to date, this
    /// sends no further requests.
    ///
    /// # Errors
    /// Those of [`Library::apply`].
    pub async fn apply_to(
        &mut self,
        existing: Option<Existing>,
        desired: &Desired,
        memory: &mut Memory,
    ) -> Result<Report> {
        let scope = self.scope();
        if let Some(existing) = existing {
            return self.update(existing, desired, memory, &scope).await;
        }
        let first = match &desired.members {
            Members::Listed(keys) if keys.is_empty() && desired.blank => Step::Create,
            Members::Listed(keys) if keys.is_empty() => {
                return Ok(Report::without_changes(Outcome::Empty, None));
            }
            Members::Listed(keys) => Step::Add(keys.clone()),
            Members::Smart(filter) => Step::Filter(filter.clone()),
        };
        if self.client.is_dry_run() {
            return Ok(Report::dry_run(desired, first));
        }
        memory.begin_creation(&scope, desired)?;
        match &desired.members {
            Members::Listed(keys) if keys.is_empty() => {
                let (machine, section) = (&self.server.machine_identifier, &self.section);
                self.client.create_empty_collection(machine, section, desired.kind, &desired.title).await?;
            }
            Members::Listed(keys) => {
                self.client.add_to_collection(&self.section, desired.kind, &desired.title, keys).await?;
            }
            Members::Smart(filter) => {
                let (machine, section) = (&self.server.machine_identifier, &self.section);
                self.client
                    .create_smart_collection(machine, section, desired.kind, &desired.title, filter)
                    .await?;
            }
        }
        if let Some(created) = self.client.find_collection(&self.section, &desired.title).await? {
            self.names.entry(created.title.to_lowercase()).or_default().push(self.collections.len());
            self.collections.push(created);
        }
        match self.existing(&desired.title).await? {
            Some(existing) => {
                let mut report = self.update(existing, desired, memory, &scope).await?;
                report.outcome = Outcome::Created;
                report.steps.insert(0, first);
                Ok(report)
            }
            None => Err(Error::NotFound(format!("the collection {:?} that was just made", desired.title))),
        }
    }

    async fn update(
        &mut self,
        existing: Existing,
        desired: &Desired,
        memory: &mut Memory,
        scope: &str,
    ) -> Result<Report> {
        let key = existing.collection.key;
        if !self.is_managed(&existing, memory) && !desired.adopt {
            return Ok(Report::without_changes(Outcome::ManuallyCreated, Some(key)));
        }
        if existing.collection.smart != matches!(desired.members, Members::Smart(_)) {
            return Ok(Report::without_changes(Outcome::SmartMismatch, Some(key)));
        }
        let current = self.current_state(existing, desired, memory);
        let mut steps = steps(&current, desired);
        if !self.client.is_dry_run() {
            for step in &mut steps {
                self.apply_step(&current, desired, step, memory).await?;
            }
            // The collection has its label now, so the memory no longer needs to mark it.
            memory.finish_creation(scope, &desired.title)?;
        }
        steps.retain(|step| step.calls() > 0);
        let outcome = if steps.is_empty() { Outcome::Unchanged } else { Outcome::Modified };
        Ok(Report { outcome, key: Some(key), steps })
    }

    fn current_state(&self, existing: Existing, desired: &Desired, memory: &Memory) -> CurrentState {
        let collection = existing.collection;
        let was_sent = |kind: &str, picture: &Option<Picture>, shown: &Option<String>| {
            let key = self.image_key(collection.key, kind);
            shown.is_some() && picture.as_ref().is_some_and(|picture| memory.was_sent(&key, picture))
        };
        CurrentState {
            members: existing.members.iter().map(|item| item.key).collect(),
            hub: self.hub(collection.key).cloned(),
            poster_sent: was_sent("poster", &desired.poster, &collection.poster),
            background_sent: was_sent("background", &desired.background, &collection.background),
            collection,
        }
    }

    async fn apply_step(
        &mut self,
        current: &CurrentState,
        desired: &Desired,
        step: &mut Step,
        memory: &mut Memory,
    ) -> Result<()> {
        let (client, section) = (&self.client, &self.section);
        let (key, title) = (current.collection.key, &current.collection.title);
        match step {
            Step::Edit(edit) => client.edit_collection(section, key, edit).await,
            Step::RemoveLabels(labels) => {
                let edit = Edit::new().remove_labels(labels.iter().cloned());
                client.edit_collection(section, key, &edit).await
            }
            // Only the first step of a new collection, which `apply_to` carries out itself.
            Step::Create => Ok(()),
            Step::Add(keys) => client.add_to_collection(section, desired.kind, title, keys).await,
            Step::Remove(keys) => client.remove_from_collection(section, desired.kind, title, keys).await,
            Step::Filter(filter) => {
                client.set_filter(&self.server.machine_identifier, section, desired.kind, key, filter).await
            }
            Step::Prefs(mode, sort) => client.set_collection_prefs(key, *mode, *sort).await,
            Step::Order(moves) => {
                // The planned moves are replaced by those that the actual order requires.
                *moves = order(&self.displayed_order(current, desired).await?, desired);
                for step in moves {
                    self.client.move_member(key, step.item, step.after).await?;
                }
                Ok(())
            }
            Step::Poster(picture) => {
                client.upload_poster(key, picture).await?;
                memory.record_sent(self.image_key(key, "poster"), picture)
            }
            Step::Background(picture) => {
                client.upload_background(key, picture).await?;
                memory.record_sent(self.image_key(key, "background"), picture)
            }
            Step::SetVisibility(library, home, shared) => {
                let visibility = (*library, *home, *shared);
                client.set_visibility(section, key, visibility).await?;
                self.update_hub(key, title, visibility);
                Ok(())
            }
        }
    }

    /// The order in which Plex shows the members now. It has to be read only if members were added or the sort
    /// changed.
    async fn displayed_order(&self, current: &CurrentState, desired: &Desired) -> Result<Vec<u64>> {
        let members: HashSet<u64> = current.members.iter().copied().collect();
        let is_member = |key: &u64| members.contains(key);
        let same_sort = desired.sort.is_none_or(|sort| sort == current.collection.sort);
        match &desired.members {
            Members::Listed(wanted) if same_sort && wanted.iter().all(is_member) => {
                Ok(current.members.clone())
            }
            _ => {
                let members = self.client.members(current.collection.key).await?;
                Ok(members.into_iter().map(|item| item.key).collect())
            }
        }
    }
}
