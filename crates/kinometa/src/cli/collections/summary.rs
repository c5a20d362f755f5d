//! The result of a run as text: each collection's plan, then Kometa's table.

use collections::entry::{Entry, Kind};
use collections::list_sync::ListPlan;
use collections::plan::{Issue, Member, Status};
use collections::run::{Outcome, RunResult};
use unicode_width::UnicodeWidthStr;

use super::counted;

/// Prints the result of one collection and the reasons for it.
pub(super) fn outcome(outcome: &Outcome) {
    let plan = &outcome.plan;
    println!(
        "{} / {}: {} ({} added, {} kept, {} removed, {} missing, {} filtered)",
        outcome.library,
        plan.name,
        outcome.status,
        plan.added.len(),
        plan.kept,
        plan.removed.len(),
        plan.missing.len(),
        plan.filtered.len()
    );
    outcome.changes.iter().for_each(|change| println!("  {:7}  {change}", outcome.target));
    plan.added.iter().for_each(|member| println!("  + {}", member_label(member)));
    plan.removed.iter().for_each(|member| println!("  - {}", member_label(member)));
    if plan.options.show_missing {
        plan.missing.iter().for_each(|entry| println!("  ? {}", entry_label(entry)));
    }
    if plan.options.show_filtered {
        plan.filtered.iter().for_each(|(member, why)| println!("  x {}: {why}", member_label(member)));
    }
    for entry in &plan.without_id {
        println!("  ! {} has no id at TMDb, TVDb or IMDb, so it cannot be found", entry.title);
    }
    for issue in &plan.issues {
        let level = if Issue::is_error(issue) { "error  " } else { "warning" };
        println!("  {level}  {issue}");
    }
    outcome.warnings.iter().for_each(|warning| println!("  warning  {warning}"));
    if let Some(error) = &outcome.error {
        println!("  error    {error}");
    }
    match &outcome.list {
        Some(Ok(plan)) => list(plan),
        Some(Err(failure)) => println!("  error    {failure}"),
        None => {}
    }
    for wait in plan.confirmation_reasons.iter().filter(|_| outcome.status == Status::Waiting) {
        println!("  waits    {wait}; nothing was changed. Run again with --yes to apply it");
    }
}

/// Prints what was changed in the Trakt list that mirrors the collection (`sync_to_trakt_list`).
fn list(plan: &ListPlan) {
    let (added, removed) = (plan.added.len(), plan.removed.len());
    let moves = if plan.moves { ", sorted" } else { "" };
    println!("  list {} on Trakt: {added} added, {} kept, {removed} removed{moves}", plan.list, plan.kept);
    plan.added.iter().for_each(|entry| println!("    + {}", entry_label(entry)));
    plan.removed.iter().for_each(|entry| println!("    - {}", entry_label(entry)));
    if plan.not_added > 0 {
        println!("  warning  Trakt does not know {} of these titles", plan.not_added);
    }
    for wait in plan.confirmation_reasons.iter().filter(|_| plan.waiting) {
        println!(
            "  waits    list {}: {wait}; it was not changed. Run again with --yes to apply it",
            plan.list
        );
    }
}

fn member_label(member: &Member) -> String {
    with_year(&member.title, member.year)
}

fn with_year(title: &str, year: Option<i32>) -> String {
    year.map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

fn entry_label(entry: &Entry) -> String {
    let part = match entry.kind {
        Kind::Movie | Kind::Show => String::new(),
        Kind::Season(season) => format!(" Season: {season}"),
        Kind::Episode(season, episode) => format!(" Season: {season} Episode: {episode}"),
    };
    let service = if entry.kind == Kind::Movie { "TMDb" } else { "TVDb" };
    let id = match (entry.main_id(), &entry.ids.imdb) {
        (Some(id), _) => format!("{service}: {id}"),
        (None, Some(imdb)) => format!("IMDb: {imdb}"),
        (None, None) => "no id".into(),
    };
    format!("{}{part} ({id})", with_year(&entry.title, entry.year))
}

/// Prints a summary table like Kometa's. If the run has several targets, the names include the target.
pub(super) fn table(ran: &RunResult) {
    let several = ran.outcomes.windows(2).any(|pair| pair[0].target != pair[1].target);
    let named = |one: &Outcome| {
        let name = &one.plan.name;
        if several { format!("{name} ({})", one.target) } else { name.clone() }
    };
    let width = ran.outcomes.iter().map(|one| named(one).width()).max().unwrap_or(5).max(5);
    println!("\n{} |    + |    = |    - | Run Time | Status", padded("Title", width));
    println!("{:-<width$}-|------|------|------|----------|-------", "");
    for outcome in &ran.outcomes {
        let plan = &outcome.plan;
        println!(
            "{} | {:>4} | {:>4} | {:>4} | {:>8} | {}",
            padded(&named(outcome), width),
            plan.added.len(),
            plan.kept,
            plan.removed.len(),
            format!("{:.1}s", outcome.seconds),
            outcome.status
        );
    }
    let failed = ran.outcomes.iter().filter(|one| one.failed()).count();
    let waiting = ran.outcomes.iter().filter(|one| one.status == Status::Waiting).count();
    let all = counted(ran.outcomes.len(), "collection", "collections");
    println!("\n{all}: {failed} with errors, {waiting} waiting");
}

/// Pads to a width in terminal columns: emoji and CJK characters take two columns.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(text.width()))
}
