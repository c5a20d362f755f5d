//! Steps in words.

use collections::target::Written;
use plex::models::{Mode, Sort};
use plex::target::{Outcome, Report, Step};

/// Converts a report to the outcome of a collection.
pub(crate) fn written(report: &Report, more: Vec<String>) -> Written {
    let moves = |step: &Step| {
        matches!(step, Step::Make | Step::Add(_) | Step::Remove(_) | Step::Order(_) | Step::Filter(_))
    };
    let members = report.outcome == Outcome::Created || report.steps.iter().any(moves);
    let words: Vec<String> = report.steps.iter().map(step).chain(more).collect();
    match (members, words.is_empty()) {
        (_, true) => Written::Unchanged,
        (true, false) => Written::Members(words),
        (false, false) => Written::Details(words),
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Edit(edit) => format!("set: {}", edit.names().join(", ")),
        Step::RemoveLabels(labels) => format!("labels removed: {}", labels.join(", ")),
        Step::Make => "made without titles".into(),
        Step::Add(keys) => format!("{} added", keys.len()),
        Step::Remove(keys) => format!("{} removed", keys.len()),
        Step::Filter(_) => "filter set".into(),
        Step::Prefs(mode, sort) => {
            let mode = mode.map(|mode| format!("mode {}", mode_word(mode)));
            let sort = sort.map(|sort| format!("order {}", sort_word(sort)));
            mode.into_iter().chain(sort).collect::<Vec<_>>().join(", ")
        }
        Step::Order(moves) => format!("{} moved", moves.len()),
        Step::Poster(_) => "poster sent".into(),
        Step::Background(_) => "background sent".into(),
        Step::Show(library, home, shared) => {
            let places = [(library, "library"), (home, "home"), (shared, "shared home")];
            let shown: Vec<_> = places.into_iter().filter(|(is, _)| **is).map(|(_, name)| name).collect();
            if shown.is_empty() { "shown nowhere".into() } else { format!("shown on {}", shown.join(", ")) }
        }
    }
}

/// In the terms of `collection_mode`.
fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Default => "default",
        Mode::Hide => "hide",
        Mode::HideItems => "hide_items",
        Mode::ShowItems => "show_items",
    }
}

/// In the terms of `collection_order`.
fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Release => "release",
        Sort::Alpha => "alpha",
        Sort::Custom => "custom",
    }
}
