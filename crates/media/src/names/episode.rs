//! Parses episodes: the show from the folders, the numbers from the file.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folders::{self, Role};
use super::numbering::{self, Context, Found, Numbering};
use super::parsed::{EpisodeName, ParsedName, Work};
use super::{noise, release, tags, title};

/// Information from the folders above a file.
#[derive(Debug, Default)]
struct FolderContext {
    /// Candidates for the show, innermost folder first.
    shows: Vec<Work>,
    season: Option<u16>,
    /// The show named by a season pack, used if nothing else names one.
    fallback: Option<Work>,
    /// The innermost folder that is the release of one episode.
    release: Option<String>,
}

static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s._-]*[\s._-](?:pt|part|cd|dis[ck])(\d{1,2})$").expect("valid pattern")
});
/// The total in `3 of 10`.
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^[\s._]*(?:of|iz|из)[\s._]?\d{1,3}[\])]?").expect("valid pattern"));
static ABSOLUTE_TOO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*-\s*\d{3,4}\s+-\s").expect("valid pattern"));
static BRACKETED_YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\(\d{4}\)").expect("valid pattern"));

/// `Show [2019] - `.
static IN_SQUARE_BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\[(?:19|20)\d\d\]").expect("valid pattern"));
/// `Show (01-12) - `: the episodes of the pack from which the file was taken.
static PACK_RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\s._]*[(\[]\d{1,3}\s?[-~]\s?\d{1,3}[)\]][\s._-]*$").expect("valid pattern")
});

/// `Show (1996-2007)`, `Show (2015-)`.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b\s*\(((?:19|20)\d\d)\s?[-–]\s?(?:(?:19|20)\d\d|present)?\s?\)").expect("valid pattern")
});

/// Reads the episodes in the file `stem` inside `folders`.
pub(super) fn parse(folders: &[&str], stem: &str) -> ParsedName {
    let mut folder_context = folder_context(folders);
    let file = name(stem);
    let masked = noise::masked(&file.text);
    let released = folder_context.release.take().map(|release| (noise::masked(&release), release));
    let of_release = released.and_then(|(masked, release)| Some((numbering::explicit(&masked)?, release)));
    let (text, found) = match of_release {
        Some((whole, release)) => match own_episode(&file, &masked, &whole.numbering) {
            OwnEpisode::Stated(found) => {
                folder_context.fallback.get_or_insert_with(|| show_in_file(&release[..whole.start], None));
                (file.text.clone(), Some(found))
            }
            OwnEpisode::Unknown => {
                folder_context.fallback.get_or_insert_with(|| show_in_file(&release[..whole.start], None));
                (file.text.clone(), None)
            }
            OwnEpisode::SameAsFolder => (release, Some(whole)),
        },
        None => {
            let found = find(&file, &masked, &folder_context);
            (file.text.clone(), found)
        }
    };
    let Some(mut found) = found else {
        let own = || show_without_episode(numbering::before_any_season(&text), file.group.as_deref());
        let mut show = folder_context.show(&Work::default()).or(folder_context.fallback).unwrap_or_else(own);
        show.title = title::or_raw(show.title, stem);
        return ParsedName::Unrecognised { show };
    };
    let own = match after_number(&text, &found).filter(|_| folder_context.is_empty()) {
        Some(after) => {
            let show = show_in_file(&text[after.clone()], None);
            found.end = after.end;
            show
        }
        None => show_in_file(&text[..found.start], file.group.as_deref()),
    };
    let mut show = match folder_context.show(&own) {
        Some(show) => show,
        None if own.title.is_empty() => folder_context.fallback.unwrap_or(own),
        None => own,
    };
    if show.title.is_empty() {
        // Nothing names the show. With the folder's name as its title, one manual match applies to all files
        // in it.
        let folder = folders.last().map_or("", |folder| folder.trim()).to_owned();
        show.title = title::or_raw(if folder.is_empty() { title::clean(stem) } else { folder }, stem);
    }
    // Ids in a file's name are the episode's. Without folders, they can only be the show's.
    if folders.is_empty() {
        show.ids = file.ids;
    }
    ParsedName::Episode(describe(show, &text, found))
}

/// How a file's own name relates to its release folder.
enum OwnEpisode {
    /// The file itself names an episode, which takes precedence.
    Stated(Found),
    /// The file contains the folder's episodes: both names agree, or the file names none.
    SameAsFolder,
    /// The folder is a pack, and the file does not show which of its episodes it contains.
    Unknown,
}

/// A folder with more episodes than this is a pack of several files.
const MAX_IN_ONE_FILE: usize = 3;

fn own_episode(file: &Name, masked: &str, folder: &Numbering) -> OwnEpisode {
    let stated =
        numbering::explicit(masked).filter(|own| matches!(own.numbering, Numbering::Episodes { .. }));
    if let Some(own) = stated {
        return if own.numbering == *folder { OwnEpisode::SameAsFolder } else { OwnEpisode::Stated(own) };
    }
    let Numbering::Episodes { season, episodes } = folder else { return OwnEpisode::SameAsFolder };
    if episodes.len() == 1 {
        return OwnEpisode::SameAsFolder;
    }
    let context = Context { after_show: None, grouped: file.group.is_some(), in_season: true, alone: false };
    let of_pack = |own: &Found| {
        matches!(&own.numbering,
        Numbering::Episodes { episodes: own, .. } if own.iter().all(|number| episodes.contains(number)))
    };
    match numbering::in_season(masked, context, *season).filter(of_pack) {
        Some(own) => OwnEpisode::Stated(own),
        None if episodes.len() <= MAX_IN_ONE_FILE => OwnEpisode::SameAsFolder,
        None => OwnEpisode::Unknown,
    }
}

impl FolderContext {
    fn is_empty(&self) -> bool {
        self.shows.is_empty() && self.season.is_none() && self.fallback.is_none()
    }

    /// The show: the candidate with the title in the file's own name (`own`), else the innermost.
    fn show(&self, own: &Work) -> Option<Work> {
        let wanted = title::normalise(&own.title);
        let named = self.shows.iter().find(|show| title::normalise(&show.title) == wanted);
        // `A/Anger.Management.S02E82`: a folder named after the title's first letter groups shows.
        let is_letter = |show: &&Work| {
            let letter = title::normalise(&show.title);
            letter.chars().count() == 1 && wanted.chars().count() > 1 && wanted.starts_with(&letter)
        };
        named.or_else(|| self.shows.first().filter(|show| !is_letter(show))).cloned()
    }
}

fn describe(show: Work, text: &str, found: Found) -> EpisodeName {
    let tail = text[found.end..].trim_start_matches([']', ')', '】']);
    let (tail, part) = take_part(TOTAL.find(tail).map_or(tail, |total| &tail[total.end()..]));
    let title = episode_title(tail, title::uses_dots(text));
    let version = tail.trim().strip_prefix("- ").filter(|_| title.is_none()).map(str::trim);
    let version = version.filter(|label| !label.contains('[') && release::is_only_release_words(label));
    EpisodeName { show, numbering: found.numbering, title, version: version.map(str::to_owned), part }
}

/// Splits off the number of a part. `- pt1` and `part1` are parts; `Part 1`, in two words, is a title.
fn take_part(tail: &str) -> (&str, Option<u16>) {
    let part = PART.captures(tail).and_then(|found| Some((found.get(0)?.start(), found[1].parse().ok()?)));
    part.map_or((tail, None), |(at, part)| (&tail[..at], Some(part)))
}

fn episode_title(tail: &str, dots: bool) -> Option<String> {
    let tail = ABSOLUTE_TOO.find(tail).map_or(tail, |absolute| &tail[absolute.end() - 2..]);
    let end = [tail.find(['[', '【']), release::technical_at(tail)].into_iter().flatten().min();
    let raw = end.map_or(tail, |end| release::without_weak_end(&tail[..end], false));
    let title = title::clean_part(release::without_weak_end(raw, false), dots);
    // File managers append "(2)" to the name of a copy.
    let copy = title.trim_matches(['(', ')']).parse::<u32>().is_ok() && title.starts_with('(');
    let words = title.chars().any(|c| !matches!(c, '.' | '(' | ')' | '[' | ']' | ' '));
    (words && !copy && !numbering::is_day(&title)).then_some(title)
}

fn find(file: &Name, masked: &str, folder_context: &FolderContext) -> Option<Found> {
    let text = file.text.as_str();
    let after = folder_context.shows.iter().find_map(|show| after_show(text, show));
    let known = !folder_context.shows.is_empty();
    let after_show = after.map(|after| text.len() - after.len()).or_else(|| known.then_some(0));
    let context = Context {
        after_show,
        grouped: file.group.is_some(),
        in_season: folder_context.season.is_some(),
        alone: folder_context.is_empty(),
    };
    numbering::explicit(masked).or_else(|| match folder_context.season {
        Some(season) => numbering::in_season(masked, context, season),
        None => numbering::seasonless(masked, context),
    })
}

fn after_show<'a>(text: &'a str, show: &Work) -> Option<&'a str> {
    let after = title::after(text, &show.title)?;
    Some(BRACKETED_YEAR.find(after).map_or(after, |year| &after[year.end()..]))
}

fn folder_context(folders: &[&str]) -> FolderContext {
    let mut folder_context = FolderContext::default();
    for (depth, folder) in folders.iter().enumerate().rev() {
        match folders::role(folder, depth == 0) {
            Role::Episode if folder_context.release.is_none() => {
                folder_context.release = Some(name(folder).text)
            }
            Role::Season { season, show }
                if folder_context.season.is_none() && folder_context.shows.is_empty() =>
            {
                folder_context.season = Some(season);
                folder_context.fallback = show.map(|show| folder_show(&show));
            }
            Role::Episode | Role::Category => {}
            Role::Season { .. } | Role::Show => folder_context.shows.push(folder_show(folder)),
        }
    }
    folder_context
}

/// A file's or folder's name without ids, site and release group.
#[derive(Debug, Default)]
struct Name {
    text: String,
    ids: crate::Ids,
    /// The release group that preceded the name in brackets.
    group: Option<String>,
}

fn name(stem: &str) -> Name {
    let untagged = tags::take(stem);
    match tags::without_group(&untagged.text).filter(|rest| !rest.is_empty()) {
        Some(rest) => {
            let group = untagged.text[..untagged.text.len() - rest.len()].to_owned();
            Name { text: rest.to_owned(), ids: untagged.ids, group: Some(group) }
        }
        None => Name { text: untagged.text, ids: untagged.ids, group: None },
    }
}

/// The show that a folder names.
fn folder_show(folder: &str) -> Work {
    let untagged = name(folder);
    let text = folders::without_pack_words(&untagged.text);
    if let Some(span) = YEARS.captures(text) {
        let title = title::clean(&text[..span.get(0).map_or(0, |span| span.start())]);
        return Work { title, year: span[1].parse().ok(), ids: untagged.ids };
    }
    let year = release::years(text).into_iter().rev().find(|year| year.bracketed && year.start > 1);
    let bracket = text.find(['[', '【']).filter(|at| *at > 0);
    let technical = release::technical_at(text).filter(|at| *at > 0);
    let end = year.map(|year| year.start - 1).or_else(|| [bracket, technical].into_iter().flatten().min());
    let raw = &text[..end.unwrap_or(text.len())];
    let only_numbers = raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let title = if only_numbers { raw.to_owned() } else { title::clean(raw) };
    let title = if title.is_empty() { folder.trim().to_owned() } else { title };
    Work { title, year: year.map(|year| year.year), ids: untagged.ids }
}

/// The show in a name that begins with an absolute number: `01 - Show`, `003. Show - Title`.
fn after_number(text: &str, found: &Found) -> Option<Range<usize>> {
    let numbered = matches!(found.numbering, Numbering::Absolute(_)) && found.start == 0;
    let after =
        text.get(found.end..).filter(|_| numbered)?.trim_start_matches([' ', '.', '_', '-', ')', ']']);
    let end = [after.find(" - "), after.find(['[', '【']), release::technical_at(after)];
    let show = end.into_iter().flatten().min().map_or(after, |end| &after[..end]);
    let start = text.len() - after.len();
    show.contains(char::is_alphabetic).then_some(start..start + show.len())
}

/// The show in a name without an episode number: a pack, or a special with a year (`Show 2013 Christmas
/// Special`).
fn show_without_episode(name: &str, group: Option<&str>) -> Work {
    let name = folders::without_pack_words(name);
    let whole = show_in_file(name, group);
    let year =
        release::years(name).into_iter().next_back().filter(|year| year.start > 1 && whole.year.is_none());
    match year {
        Some(year) => show_in_file(&name[..year.end], group),
        None => whole,
    }
}

/// The show named before the episode number in a file's name.
fn show_in_file(before: &str, group: Option<&str>) -> Work {
    let before = PACK_RANGE.find(before).map_or(before, |range| &before[..range.start()]);
    let raw = numbering::before_other_numbers(noise::before_short_date(numbering::before_season(before)));
    let raw = release::technical_at(raw).filter(|at| *at > 0).map_or(raw, |at| &raw[..at]);
    let raw =
        release::without_weak_end(numbering::before_other_numbers(numbering::before_season(raw)), false);
    let bracket = raw.find(['[', '【']).filter(|at| *at > 0 && !IN_SQUARE_BRACKETS.is_match(&raw[*at..]));
    let raw = bracket.filter(|at| !title::continues_after(&raw[*at..])).map_or(raw, |at| &raw[..at]);
    let year = release::years(raw).into_iter().next_back().filter(|year| {
        let after = raw[year.end..].trim_start_matches([')', ']']);
        year.start > 0 && !after.contains(char::is_alphanumeric)
    });
    let end = year.map_or(raw.len(), |year| year.start);
    let raw = title::before_aka(&raw[..end]);
    let raw = if raw.contains(' ') { title::without_last_dot(raw) } else { raw };
    let raw = if title::is_bracketed(raw) { raw } else { title::in_one_script(raw) };
    let mut title = if title::is_bracketed(raw) { String::new() } else { title::clean(raw) };
    if title.is_empty() {
        title = title::in_brackets(numbering::before_season(before))
            .or_else(|| group.and_then(title::in_brackets))
            .unwrap_or_default();
    }
    Work { title, year: year.map(|year| year.year), ids: crate::Ids::default() }
}
