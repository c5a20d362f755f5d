//! Builds playlists, which are planned like collections, but can span several libraries.

use kometa::collections::{Loaded, Playlist};
use kometa::spec::Media;

use super::prepare::is_named;
use super::{Outcome, RunOptions};
use crate::fetch::Sources;
use crate::library::{Level, Library};
use crate::options::{cache_days, wants_description};
use crate::plan::{Action, ConfirmationReason, Existing, Plan, PlanInput, Status, plan};
use crate::source::{Need, Needs, Source};
use crate::target::{Target, TargetError};

/// The playlists of this run. A run that is limited to one library builds none.
pub(super) fn selected<'a>(
    playlists: &'a [Playlist],
    options: &'a RunOptions,
    target: &dyn Target,
) -> impl Iterator<Item = &'a Playlist> {
    let names = &options.collections;
    let none = !target.has_playlists() || options.library.is_some();
    let is_requested = move |playlist: &&Playlist| {
        names.is_empty() || names.iter().any(|name| is_named(&playlist.collection, name))
    };
    playlists.iter().filter(move |_| !none).filter(is_requested)
}

/// Adds the sources that the playlists of this run need.
pub(super) fn add_needs(loaded: &Loaded, options: &RunOptions, target: &dyn Target, needs: &mut Needs) {
    let selected = selected(&loaded.playlists, options, target);
    for playlist in selected.filter(|playlist| !playlist.collection.fails() && !playlist.delete) {
        let mut own = loaded.libraries.iter().filter(|library| playlist.libraries.contains(&library.name));
        // The same media type as that of `Library::mixed`.
        let shows = own.any(|library| library.media == Media::Shows);
        let media = if shows { Media::Shows } else { Media::Movies };
        for builder in &playlist.collection.spec.builders {
            let (source, limit) = Source::of(builder, media);
            let max_age_days = cache_days(&playlist.collection);
            needs.add(source, Need { limit, description: wants_description(builder), max_age_days });
        }
    }
}

/// Plans and builds a playlist from its libraries.
pub(super) async fn plan_and_build(
    playlist: &Playlist,
    contents: &[(&str, &Option<Library>)],
    sources: &Sources,
    options: &RunOptions,
    target: &dyn Target,
) -> Outcome {
    let collection = &playlist.collection;
    let (mut libraries, mut unavailable) = (Vec::new(), None);
    for name in &playlist.libraries {
        match contents.iter().find(|(known, _)| known == name).and_then(|(_, library)| library.as_ref()) {
            Some(library) => libraries.push(library),
            None => unavailable = Some(TargetError::Unavailable(name.clone())),
        }
    }
    let library = Library::mixed(&libraries);
    let (existing, unread) = match target.playlist(&collection.name).await {
        Ok(existing) => (existing, None),
        Err(error) => (None, Some(error)),
    };
    let (start, today, schedules) = (options.start, options.today, options.collections.is_empty());
    let input = PlanInput {
        collection,
        library: &library,
        sources,
        existing: existing.as_ref(),
        start,
        today,
        schedules,
    };
    let mut plan = plan(input);
    // A playlist always keeps the order of its builders, regardless of `collection_order`.
    plan.options.collection_order = vec!["custom".to_owned()];
    if playlist.delete {
        delete(existing.as_ref(), &mut plan);
    }
    let mut outcome = Outcome::planned(target.name(), playlist.libraries.join(", "), plan, true);
    let built = match unread.or(unavailable) {
        Some(error) => Err(error),
        None => build(&mut outcome, options, target).await,
    };
    if let Err(error) = built {
        outcome.failed_with(&error);
    }
    outcome
}

/// `delete_playlist`: plans to delete the playlist, regardless of what its builders return. A manually created
/// playlist is deleted only after confirmation, even with `adopt`, like a collection.
fn delete(existing: Option<&Existing>, plan: &mut Plan) {
    plan.confirmation_reasons.clear();
    (plan.added, plan.kept, plan.missing, plan.filtered) = (Vec::new(), 0, Vec::new(), Vec::new());
    plan.items = Vec::new();
    plan.removed.clone_from(&plan.before);
    (plan.action, plan.status) = match existing {
        Some(_) => (Action::Delete, Status::Deleted),
        None => (Action::Nothing, Status::Ignored),
    };
    if let Some(existing) = existing.filter(|existing| existing.created_manually) {
        plan.confirmation_reasons
            .push(ConfirmationReason::DeletesManuallyCreated { members: existing.members.len() });
    }
}

async fn build(outcome: &mut Outcome, options: &RunOptions, target: &dyn Target) -> Result<(), TargetError> {
    let plan = &outcome.plan;
    if !options.confirmed.allows(plan) {
        outcome.status = Status::Waiting;
        return Ok(());
    }
    if options.dry_run && !target.is_dry_run() {
        return Ok(());
    }
    match &plan.action {
        Action::Nothing => Ok(()),
        Action::Write { members, details } => {
            let written = target.write_playlist(&plan.name, members, details).await?;
            outcome.warnings = target.write_warnings("", &outcome.plan.name).await;
            outcome.record_written(written);
            Ok(())
        }
        Action::Delete => target.delete_playlist(&plan.name).await,
    }
}

/// The levels of a library that playlists need: episodes, if any playlist uses the library.
pub(super) fn levels(playlists: &[Playlist], library: &str, target: &dyn Target) -> Vec<Level> {
    let uses = |playlist: &Playlist| playlist.libraries.iter().any(|name| name == library);
    let used = target.has_playlists() && playlists.iter().any(uses);
    if used { vec![Level::Episodes] } else { Vec::new() }
}
