//! Episodes: the show from the folders, the number from the file.

use std::sync::LazyLock;

use regex::Regex;

use super::folders::{self, Role};
use super::numbering::{self, Found};
use super::parsed::{EpisodeName, ParsedName, Work};
use super::{release, tags, title};

/// What the folders above a file say.
#[derive(Debug, Default)]
struct Place {
    show: Option<Work>,
    season: Option<u16>,
    /// The show that a season pack or shelf names, for want of better.
    fallback: Option<Work>,
    /// The innermost folder when it is the release of one episode.
    release: Option<String>,
}

static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s._-]*[\s._-](?:pt|part|cd|dis[ck])(\d{1,2})$").expect("valid pattern")
});
static ABSOLUTE_TOO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*-\s*\d{3,4}\s+-\s").expect("valid pattern"));
static BRACKETED_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\(\d{4}\)").expect("valid pattern"));

/// Reads the episodes that `stem` inside `folders` holds.
pub(super) fn parse(folders: &[&str], stem: &str) -> ParsedName {
    let place = place(folders);
    let file = name(stem);
    let (text, found) = match (find(&file.text, &place), &place.release) {
        (_, Some(release)) if numbering::explicit(release).is_some() => {
            let found = numbering::explicit(release);
            (release.clone(), found)
        }
        (found, _) => (file.text.clone(), found),
    };
    let ids = file.ids;
    let from_name = |raw: &str| show_in_file(raw);
    let Some(found) = found else {
        let show = place.show.or(place.fallback).unwrap_or_else(|| from_name(&text));
        return ParsedName::Unrecognised { show };
    };
    let own = from_name(&text[..found.start]);
    let mut show = place.show.unwrap_or_default();
    if show.title.is_empty() {
        show = if own.title.is_empty() { place.fallback.unwrap_or(own) } else { own };
    }
    // Ids in an episode's own name are the episode's, unless there is no folder to carry the show's.
    if folders.is_empty() {
        show.ids = ids;
    }
    ParsedName::Episode(describe(show, &text, found))
}

fn describe(show: Work, text: &str, found: Found) -> EpisodeName {
    let tail = text[found.end..].trim_start_matches([']', ')']);
    let (tail, part) = take_part(tail);
    let title = episode_title(tail, title::uses_dots(text));
    let version = tail.trim().strip_prefix("- ").filter(|_| title.is_none()).map(str::trim);
    let version = version.filter(|label| !label.contains('[') && release::is_only_release_words(label));
    EpisodeName { show, numbering: found.numbering, title, version: version.map(str::to_owned), part }
}

/// `- pt1` and `part1` are parts; `Part 1`, in two words, is a title.
fn take_part(tail: &str) -> (&str, Option<u16>) {
    let part = PART.captures(tail).and_then(|found| Some((found.get(0)?.start(), found[1].parse().ok()?)));
    part.map_or((tail, None), |(at, part)| (&tail[..at], Some(part)))
}

fn episode_title(tail: &str, dots: bool) -> Option<String> {
    let tail = ABSOLUTE_TOO.find(tail).map_or(tail, |absolute| &tail[absolute.end() - 2..]);
    let end = [tail.find('['), release::technical_at(tail)].into_iter().flatten().min();
    let raw = end.map_or(tail, |end| release::without_weak_end(&tail[..end]));
    let title = title::clean_part(release::without_weak_end(raw), dots);
    // "(2)" is what file managers add to a second copy.
    let copy = title.trim_matches(['(', ')']).parse::<u32>().is_ok() && title.starts_with('(');
    (!title.is_empty() && !copy).then_some(title)
}

fn find(text: &str, place: &Place) -> Option<Found> {
    let behind = place.show.as_ref().and_then(|show| behind_show(text, show));
    numbering::explicit(text).or_else(|| match place.season {
        Some(season) => numbering::in_season(text, behind.unwrap_or(text), season),
        None => numbering::seasonless(text, behind.or_else(|| place.show.as_ref().map(|_| text))),
    })
}

fn behind_show<'a>(text: &'a str, show: &Work) -> Option<&'a str> {
    let behind = title::behind(text, &show.title)?;
    Some(BRACKETED_YEAR.find(behind).map_or(behind, |year| &behind[year.end()..]))
}

fn place(folders: &[&str]) -> Place {
    let mut place = Place::default();
    for (depth, folder) in folders.iter().enumerate().rev() {
        match folders::role(folder, depth == 0) {
            Role::Episode if place.release.is_none() => place.release = Some(name(folder).text),
            Role::Season { season, show } if place.season.is_none() => {
                place.season = Some(season);
                place.fallback = show.map(|show| folder_show(&show));
            }
            Role::Episode | Role::Shelf => {}
            Role::Season { .. } | Role::Show => {
                place.show = Some(folder_show(folder));
                break;
            }
        }
    }
    place
}

/// A file's name without tags and release group.
fn name(stem: &str) -> tags::Untagged {
    let mut untagged = tags::take(stem);
    if let Some(rest) = tags::without_group(&untagged.text).filter(|rest| !rest.is_empty()) {
        untagged.text = rest.to_owned();
    }
    untagged
}

/// The show that a folder names.
fn folder_show(folder: &str) -> Work {
    let untagged = name(folder);
    let text = folders::without_pack_words(&untagged.text);
    let year = release::years(text).into_iter().rev().find(|year| year.bracketed && year.start > 1);
    let end = year.map(|year| year.start - 1).or_else(|| release::technical_at(text).filter(|at| *at > 0));
    let raw = &text[..end.unwrap_or(text.len())];
    let only_numbers = raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let title = if only_numbers { raw.to_owned() } else { title::clean(raw) };
    Work { title, year: year.map(|year| year.year), ids: untagged.ids }
}

/// The show that stands before the number in a file's name.
fn show_in_file(raw: &str) -> Work {
    let year = release::years(raw).into_iter().next_back().filter(|year| {
        let behind = raw[year.end..].trim_start_matches([')', ']']);
        year.start > 0 && !behind.contains(char::is_alphanumeric)
    });
    let end = year.map_or(raw.len(), |year| year.start);
    Work { title: title::clean(&raw[..end]), year: year.map(|year| year.year), ids: crate::Ids::default() }
}
