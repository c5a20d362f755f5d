//! `save_report`: one YAML file per library, in Kometa's layout.

use std::fmt::Write as _;

use kometa::spec::Media;

use crate::entry::{Entry, Kind};
use crate::plan::{Member, Plan};

/// The report of a library. It contains the collections that have `save_report` and anything to report.
pub fn report(media: Media, plans: &[&Plan]) -> String {
    let mut text = String::new();
    for plan in plans.iter().filter(|plan| plan.options.save_report) {
        let body = collection_report(media, plan);
        if !body.is_empty() {
            let _ = write!(text, "{}:\n{body}", quoted(&plan.name));
        }
    }
    text
}

fn collection_report(media: Media, plan: &Plan) -> String {
    let mut text = String::new();
    let plain = |member: &Member| (main_id(member), member.title.clone());
    let dated = |member: &Member| (main_id(member), with_year(media, &member.title, member.year));
    section(media, "Added", plan.added.iter().map(plain).collect(), &mut text);
    let titles = plan.missing.iter().filter(|entry| !is_season_or_episode(entry.kind));
    let missing = |entry: &Entry| (entry.main_id(), with_year(media, &entry.title, entry.year));
    section(media, "Missing", titles.map(missing).collect(), &mut text);
    section(media, "Removed", plan.removed.iter().map(dated).collect(), &mut text);
    section(media, "Filtered", plan.filtered.iter().map(|(member, _)| plain(member)).collect(), &mut text);
    let parts: Vec<String> = plan.missing.iter().filter_map(missing_part).collect();
    if !parts.is_empty() {
        text += "  Parts Missing:\n";
        parts.iter().for_each(|part| {
            let _ = writeln!(text, "  - {}", quoted(part));
        });
    }
    text
}

fn section(media: Media, name: &str, titles: Vec<(Option<u64>, String)>, text: &mut String) {
    let (kind, service) = match media {
        Media::Movies => ("Movies", "TMDb"),
        Media::Shows => ("Shows", "TVDb"),
    };
    let (with, without): (Vec<_>, Vec<_>) = titles.into_iter().partition(|(id, _)| id.is_some());
    if !with.is_empty() {
        let _ = writeln!(text, "  {kind} {name} ({service} IDs):");
    }
    for (id, title) in with {
        let _ = writeln!(text, "    {}: {}", id.unwrap_or_default(), quoted(&title));
    }
    if !without.is_empty() {
        let _ = writeln!(text, "  {kind} {name}:");
    }
    for (_, title) in without {
        let _ = writeln!(text, "  - {}", quoted(&title));
    }
}

fn main_id(member: &Member) -> Option<u64> {
    match member.kind {
        Kind::Movie => member.ids.tmdb,
        Kind::Show => member.ids.tvdb,
        Kind::Season(_) | Kind::Episode(..) => None,
    }
}

/// The title as Kometa lists missing and removed titles: movies with their year, shows without.
fn with_year(media: Media, title: &str, year: Option<i32>) -> String {
    match (media, year) {
        (Media::Movies, Some(year)) => format!("{title} ({year})"),
        _ => title.to_owned(),
    }
}

fn is_season_or_episode(kind: Kind) -> bool {
    matches!(kind, Kind::Season(_) | Kind::Episode(..))
}

fn missing_part(entry: &Entry) -> Option<String> {
    match entry.kind {
        Kind::Movie | Kind::Show => None,
        Kind::Season(season) => Some(format!("{} Season: {season} Missing", entry.title)),
        Kind::Episode(season, episode) => {
            Some(format!("{} Season: {season} Episode: {episode} Missing", entry.title))
        }
    }
}

/// Text as a YAML scalar on one line, quoted if it could be parsed as something else.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " ()'.,!&/".contains(c);
    let safe = text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(plain)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if safe { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}
