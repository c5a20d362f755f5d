//! Describes the steps that were carried out.

use collections::target::Written;
use plex::models::{Mode, Sort};
use plex::target::{Outcome, Report, Step};

/// Converts a report to the result of writing a collection. `more` are descriptions of further changes.
pub(crate) fn written(report: &Report, more: Vec<String>) -> Written {
    let changes_members = |step: &Step| {
        matches!(step, Step::Create | Step::Add(_) | Step::Remove(_) | Step::Order(_) | Step::Filter(_))
    };
    let members_changed = report.outcome == Outcome::Created || report.steps.iter().any(changes_members);
    let changes: Vec<String> = report.steps.iter().map(step).chain(more).collect();
    match (members_changed, changes.is_empty()) {
        (_, true) => Written::Unchanged,
        (true, false) => Written::Members(changes),
        (false, false) => Written::Details(changes),
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Edit(edit) => format!("set: {}", edit.names().join(", ")),
        Step::RemoveLabels(labels) => format!("labels removed: {}", labels.join(", ")),
        Step::Create => "made without titles".into(),
        Step::Add(keys) => format!("{} added", keys.len()),
        Step::Remove(keys) => format!("{} removed", keys.len()),
        Step::Filter(_) => "filter set".into(),
        Step::Prefs(mode, sort) => {
            let mode = mode.map(|mode| format!("mode {}", mode_name(mode)));
            let sort = sort.map(|sort| format!("order {}", sort_name(sort)));
            mode.into_iter().chain(sort).collect::<Vec<_>>().join(", ")
        }
        Step::Order(moves) => format!("{} moved", moves.len()),
        Step::Poster(_) => "poster sent".into(),
        Step::Background(_) => "background sent".into(),
        Step::SetVisibility(library, home, shared) => {
            let places = [(library, "library"), (home, "home"), (shared, "shared home")];
            let shown: Vec<_> = places.into_iter().filter(|(is, _)| **is).map(|(_, name)| name).collect();
            if shown.is_empty() { "shown nowhere".into() } else { format!("shown on {}", shown.join(", ")) }
        }
    }
}

/// A mode, as `collection_mode` names it.
fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Default => "default",
        Mode::Hide => "hide",
        Mode::HideItems => "hide_items",
        Mode::ShowItems => "show_items",
    }
}

/// A sort, as `collection_order` names it.
fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Release => "release",
        Sort::Alpha => "alpha",
        Sort::Custom => "custom",
    }
}
