//! Applies a desired collection to Plex.

use std::collections::HashSet;

use super::{Existing, Library};
use crate::endpoints::{Edit, Picture};
use crate::error::{Error, Result};
use crate::target::desired::{Desired, Members};
use crate::target::memory::Memory;
use crate::target::report::{Outcome, Report};
use crate::target::steps::{Held, Step, order, steps};

impl Library {
    /// Brings a collection to the desired state. With a dry-run client, it only reports what it would do.
    ///
    /// # Errors
    /// If a call fails. Completed changes stay, and the next run continues from there; [`Error::ends_library`] says
    /// whether other collections may still succeed.
    pub async fn apply(&mut self, desired: &Desired, memory: &mut Memory) -> Result<Report> {
        let existing = self.existing(&desired.title).await?;
        self.apply_to(existing, desired, memory).await
    }

    /// The same if the collection has already been read for a plan. An up-to-date collection then costs no further
    /// call.
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
            Members::Listed(keys) if keys.is_empty() && desired.blank => Step::Make,
            Members::Listed(keys) if keys.is_empty() => return Ok(Report::nothing(Outcome::Empty, None)),
            Members::Listed(keys) => Step::Add(keys.clone()),
            Members::Smart(filter) => Step::Filter(filter.clone()),
        };
        if self.client.is_dry_run() {
            return Ok(Report::foreseen(desired, first));
        }
        memory.begin(&scope, desired)?;
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
        if let Some(made) = self.client.find_collection(&self.section, &desired.title).await? {
            self.names.entry(made.title.to_lowercase()).or_default().push(self.collections.len());
            self.collections.push(made);
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
        if !self.is_ours(&existing, memory) && !desired.adopt {
            return Ok(Report::nothing(Outcome::HandMade, Some(key)));
        }
        if existing.collection.smart != matches!(desired.members, Members::Smart(_)) {
            return Ok(Report::nothing(Outcome::OtherKind, Some(key)));
        }
        let held = self.held(existing, desired, memory);
        let mut steps = steps(&held, desired);
        if !self.client.is_dry_run() {
            for step in &mut steps {
                self.carry_out(&held, desired, step, memory).await?;
            }
            // The label is on it now, and says the same.
            memory.made(scope, &desired.title)?;
        }
        steps.retain(|step| step.calls() > 0);
        let outcome = if steps.is_empty() { Outcome::Unchanged } else { Outcome::Modified };
        Ok(Report { outcome, key: Some(key), steps })
    }

    fn held(&self, existing: Existing, desired: &Desired, memory: &Memory) -> Held {
        let collection = existing.collection;
        let sent = |kind: &str, picture: &Option<Picture>, shown: &Option<String>| {
            let place = self.place(collection.key, kind);
            shown.is_some() && picture.as_ref().is_some_and(|picture| memory.was_sent(&place, picture))
        };
        Held {
            members: existing.members.iter().map(|item| item.key).collect(),
            hub: self.row(collection.key).cloned(),
            poster_sent: sent("poster", &desired.poster, &collection.poster),
            background_sent: sent("background", &desired.background, &collection.background),
            collection,
        }
    }

    async fn carry_out(
        &mut self,
        held: &Held,
        desired: &Desired,
        step: &mut Step,
        memory: &mut Memory,
    ) -> Result<()> {
        let (client, section) = (&self.client, &self.section);
        let (key, title) = (held.collection.key, &held.collection.title);
        match step {
            Step::Edit(edit) => client.edit_collection(section, key, edit).await,
            Step::RemoveLabels(labels) => {
                let edit = Edit::new().remove_labels(labels.iter().cloned());
                client.edit_collection(section, key, &edit).await
            }
            // The first step of one that is not there yet.
            Step::Make => Ok(()),
            Step::Add(keys) => client.add_to_collection(section, desired.kind, title, keys).await,
            Step::Remove(keys) => client.remove_from_collection(section, desired.kind, title, keys).await,
            Step::Filter(filter) => {
                client.set_filter(&self.server.machine_identifier, section, desired.kind, key, filter).await
            }
            Step::Prefs(mode, sort) => client.set_collection_prefs(key, *mode, *sort).await,
            Step::Order(foreseen) => {
                *foreseen = order(&self.shown(held, desired).await?, desired);
                for step in foreseen {
                    self.client.move_member(key, step.item, step.after).await?;
                }
                Ok(())
            }
            Step::Poster(picture) => {
                client.upload_poster(key, picture).await?;
                memory.sent(self.place(key, "poster"), picture)
            }
            Step::Background(picture) => {
                client.upload_background(key, picture).await?;
                memory.sent(self.place(key, "background"), picture)
            }
            Step::Show(library, home, shared) => {
                let places = (*library, *home, *shared);
                client.show_collection(section, key, places).await?;
                self.remember_row(key, title, places);
                Ok(())
            }
        }
    }

    /// The order that Plex shows now. It is known unless members were added or the sort changed.
    async fn shown(&self, held: &Held, desired: &Desired) -> Result<Vec<u64>> {
        let here: HashSet<u64> = held.members.iter().copied().collect();
        let known = |key: &u64| here.contains(key);
        let same_sort = desired.sort.is_none_or(|sort| sort == held.collection.sort);
        match &desired.members {
            Members::Listed(wanted) if same_sort && wanted.iter().all(known) => Ok(held.members.clone()),
            _ => {
                let members = self.client.members(held.collection.key).await?;
                Ok(members.into_iter().map(|item| item.key).collect())
            }
        }
    }
}
