//! Parses films from the file's name, completed by the folder's name.

use std::sync::LazyLock;

use regex::Regex;

use super::parsed::{MovieName, Work};
use super::title::normalise;
use super::{release, tags, title};

/// Folders inside a disc structure; the folder above them names the film.
const STRUCTURE: [&str; 5] = ["video_ts", "audio_ts", "bdmv", "stream", "certificate"];
/// Normalised file names that say nothing about the film.
const MEANINGLESS: [&str; 5] = ["movie", "video", "film", "main", "feature"];

/// `wthd-cab`, `arw-repack-film.dvdrip`: a group and an abbreviated title, for a file inside the release's
/// folder.
static ABBREVIATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[a-z0-9]{2,7}-[a-z0-9.-]+$").expect("valid pattern"));
/// A corrected version of a fansub: `Film v2 [1080p]`.
static RELEASE_VERSION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s._][vV][2-9][\s._]*$").expect("valid pattern"));
/// The position in a series: `(2) Film (2009)`. `(500) Days of Summer` keeps its number.
static POSITION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\(\d{1,2}\)\s?").expect("valid pattern"));
static OTHER_TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s._]+\(([^()]+)\)[\s._-]*$").expect("valid pattern"));

/// The result of reading the name of one file or folder.
#[derive(Debug, Default)]
struct Reading {
    text: String,
    work: Work,
    edition: Option<String>,
    /// What follows title and year: release words, version, part.
    rest: String,
    year_in_brackets: bool,
    technical: bool,
}

/// Reads the film in the file `stem` inside `folders`.
pub(super) fn parse(folders: &[&str], stem: &str) -> MovieName {
    let (folders, disc) = without_structure(folders);
    let file = read(stem);
    let folder = folders.last().map(|name| read(name));
    let mut movie = match folder {
        Some(folder) if is_named_by(&folder, &file, stem, disc.structure) => from_folder(folder, file),
        Some(folder) if is_same(&folder.work, &file.work) => merged(folder, file),
        _ => from_file(file),
    };
    movie.part = movie.part.or(disc.part);
    movie.work.title = title::or_raw(movie.work.title, stem);
    movie
}

/// What the disc folders around a file contain.
#[derive(Debug, Clone, Copy, Default)]
struct Disc {
    part: Option<u16>,
    structure: bool,
}

fn without_structure<'a>(folders: &'a [&'a str]) -> (&'a [&'a str], Disc) {
    let mut disc = Disc::default();
    let mut end = folders.len();
    while end > 0 {
        let name = folders[end - 1].to_lowercase();
        let numbered = disc_number(&name);
        if numbered.is_none() && !STRUCTURE.contains(&name.as_str()) {
            break;
        }
        disc.structure |= numbered.is_none();
        disc.part = disc.part.or(numbered);
        end -= 1;
    }
    (&folders[..end], disc)
}

/// `CD1`, `disc 2`.
fn disc_number(folder: &str) -> Option<u16> {
    let digits = ["cd", "disc", "disk", "dvd"].iter().find_map(|word| folder.strip_prefix(word))?;
    digits.trim_start_matches([' ', '_', '-', '.']).parse().ok().filter(|number| (1..20).contains(number))
}

/// Whether the film is named by the folder rather than by the file.
fn is_named_by(folder: &Reading, file: &Reading, stem: &str, inside_structure: bool) -> bool {
    if folder.work.title.is_empty() {
        return false;
    }
    if inside_structure || MEANINGLESS.contains(&normalise(stem).as_str()) {
        return true;
    }
    let continues = title::after(&file.text, &folder.work.title);
    if file.work.year.is_some() {
        // "Wonder Woman 1984 (2020)/Wonder Woman 1984.mkv": the number is part of the title.
        return folder.year_in_brackets && !file.year_in_brackets && continues.is_some();
    }
    if !file.work.ids.is_empty() {
        return false;
    }
    match folder.work.year {
        Some(_) => folder.year_in_brackets || folder.technical || continues.is_some(),
        None => {
            !folder.work.ids.is_empty()
                || continues.is_some_and(|rest| release::part(rest).is_some())
                || (folder.technical && ABBREVIATED.is_match(stem))
        }
    }
}

fn is_same(folder: &Work, file: &Work) -> bool {
    normalise(&folder.title) == normalise(&file.title) || (folder.year.is_some() && folder.year == file.year)
}

fn from_file(file: Reading) -> MovieName {
    let (version, label_edition) = version(&file.rest);
    let edition =
        file.edition.or(label_edition).or_else(|| release::edition(&file.rest).filter(|_| version.is_none()));
    MovieName { work: file.work, edition, version, part: release::part(&format!(" {}", file.rest)) }
}

fn from_folder(folder: Reading, mut file: Reading) -> MovieName {
    file.rest = title::after(&file.text, &folder.work.title).unwrap_or(&file.text).to_owned();
    let ids = std::mem::take(&mut file.work.ids).or(&folder.work.ids);
    let edition = file.edition.take().or(folder.edition);
    file.work = Work { ids, ..folder.work };
    let movie = from_file(file);
    MovieName { edition: edition.or(movie.edition), ..movie }
}

fn merged(folder: Reading, mut file: Reading) -> MovieName {
    file.work.ids = std::mem::take(&mut file.work.ids).or(&folder.work.ids);
    file.work.year = file.work.year.or(folder.work.year);
    let after_group = normalise(&file.work.title).ends_with(&normalise(&folder.work.title));
    if folder.year_in_brackets && !file.year_in_brackets || after_group {
        file.work.title = folder.work.title;
    }
    file.edition = file.edition.or(folder.edition);
    from_file(file)
}

fn read(name: &str) -> Reading {
    let tagged = tags::take(name);
    let ungrouped = tags::without_group(&tagged.text).filter(|rest| has_title(rest));
    let text = without_position(release::without_leading_words(ungrouped.unwrap_or(&tagged.text))).to_owned();
    let mut reading = split(&text);
    // "[Group][Title][2019]": without the group, everything is still in brackets.
    if ungrouped.is_some() && title::is_bracketed(&text) {
        let end = text.len() - reading.rest.len();
        reading.work.title = title::in_brackets(&text[..end]).unwrap_or(reading.work.title);
    }
    reading.work.ids = tagged.ids;
    reading.edition = tagged.edition.or(reading.edition);
    reading.text = text;
    reading
}

/// A name without its position in a series.
fn without_position(text: &str) -> &str {
    let rest = POSITION.find(text).map_or(text, |position| &text[position.end()..]);
    if has_title(rest) { rest } else { text }
}

/// Whether there are letters before the year. In `[REC] 2 (2009)` there are not, so `[REC]` is not a release
/// group.
fn has_title(text: &str) -> bool {
    text[..release::years(text).first().map_or(text.len(), |year| year.start)]
        .chars()
        .any(char::is_alphabetic)
}

/// Splits a name into title, year and the rest.
fn split(text: &str) -> Reading {
    if let Some(reading) = year_first(text) {
        return reading;
    }
    let technical = release::technical_at(text).filter(|at| *at > 0);
    let year = choose_year(text, technical);
    let label = if year.is_none() { label_at(text) } else { None };
    let technical = [technical, label].into_iter().flatten().min();
    let end = match (year, technical) {
        (Some(year), Some(technical)) => technical.min(year.start),
        (Some(year), None) => year.start,
        (None, technical) => yearless_end(text, technical),
    };
    let raw = text[..end].strip_suffix(['(', '[']).unwrap_or(&text[..end]);
    // "Earth.2007" in a name with spaces: the dot belongs to the year.
    let raw = if raw.contains(' ') && year.is_some() { title::without_last_dot(raw) } else { raw };
    let year_ends_title = year.is_some_and(|year| end == year.start);
    let (raw, edition) = release::take_edition(raw);
    let raw = without_tags(raw);
    // A title may be a single word that also describes releases: `Greek (2009)`.
    let languages = !year_ends_title
        || year.is_some_and(|year| release::language_before_year(raw, &text[year.end.min(text.len())..]));
    let raw = Some(release::without_weak_end(raw, languages)).filter(|raw| !raw.is_empty()).unwrap_or(raw);
    let raw = without_other_title(RELEASE_VERSION.find(raw).map_or(raw, |mark| &raw[..mark.start()]));
    let (raw, inner_edition) = release::take_edition(title::before_aka(raw));
    let rest = year.filter(|year| year.end > end).map_or(end, |year| year.end);
    Reading {
        work: Work {
            title: title::clean(title::in_one_script(raw)),
            year: year.map(|year| year.year),
            ..Work::default()
        },
        edition: edition.or(inner_edition),
        rest: text[rest..].trim_start_matches([')', ']']).to_owned(),
        year_in_brackets: year.is_some_and(|year| year.bracketed),
        technical: technical.is_some(),
        text: String::new(),
    }
}

/// A title without a second title in brackets: `Le Prestige (The Prestige)`, `(aka Beneath)`.
fn without_other_title(raw: &str) -> &str {
    let Some(found) = OTHER_TITLE.captures(raw) else { return raw };
    let (title, other) = (&raw[..found.get(0).map_or(0, |whole| whole.start())], &found[1]);
    let plain = !other.contains(|c: char| c.is_ascii_digit()) && other.contains(char::is_alphabetic);
    if plain && release::ends_like_a_title(title) { title } else { raw }
}

/// A title without the square brackets after it: `Robin Hood [Multi-Subs]`.
fn without_tags(raw: &str) -> &str {
    match raw.find(" [").or_else(|| raw.find(".[")).or_else(|| raw.find("_[")) {
        Some(at) if at > 0 && !title::continues_after(&raw[at..]) => &raw[..at],
        _ => raw,
    }
}

/// A label of release words after a name without a year: `Film - 1080p`.
fn label_at(text: &str) -> Option<usize> {
    let at = text.rfind(" - ").filter(|at| *at > 0)?;
    let label = text[at + 3..].trim();
    (!label.is_empty() && release::is_only_release_words(label)).then_some(at)
}

/// Where the title ends in a name without a year: at the first release word, disc number or bracket.
fn yearless_end(text: &str, technical: Option<usize>) -> usize {
    let bracket = text.find('[').filter(|at| *at > 0 && !title::continues_after(&text[*at..]));
    [technical, bracket, release::disc_at(text)].into_iter().flatten().min().unwrap_or(text.len())
}

/// Reads names that begin with the year: `1963 - Charade` and `(1963) Charade`.
fn year_first(text: &str) -> Option<Reading> {
    let years = release::years(text);
    let [only] = years.as_slice() else { return None };
    let rest = match (only.bracketed, only.start) {
        (true, 1) => text[only.end + 1..].trim_start(),
        (false, 0) => text[only.end..].strip_prefix(" - ")?,
        _ => return None,
    };
    if rest.is_empty() {
        return None;
    }
    let mut reading = split(rest);
    reading.work.year = Some(only.year);
    reading.year_in_brackets = only.bracketed;
    Some(reading)
}

/// The last year in brackets, else the last one before the release words: `1917.2019.1080p` is from 2019.
fn choose_year(text: &str, technical: Option<usize>) -> Option<release::Year> {
    let years = release::years(text);
    let after_title = |year: &&release::Year| year.start > usize::from(year.bracketed);
    let before_release = |year: &&release::Year| technical.is_none_or(|at| year.start < at);
    let bracketed = years.iter().rev().filter(after_title).find(|year| year.bracketed);
    let bare = years.iter().rev().filter(after_title).find(before_release);
    bracketed.or(bare).or_else(|| years.iter().find(after_title)).copied()
}

/// The version and the edition from Jellyfin's `Film (2010) - Label`, where the label is one of the two.
fn version(rest: &str) -> (Option<String>, Option<String>) {
    let Some(label) = rest.trim().strip_prefix("- ").map(str::trim) else { return (None, None) };
    let label = match label.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) if !inner.contains('[') => inner,
        _ => label.split('[').next().unwrap_or_default().trim(),
    };
    if label.is_empty() || release::part(&format!(" {label}")).is_some() {
        return (None, None);
    }
    match release::edition(label) {
        Some(edition) => (None, Some(edition)),
        None => (Some(label.to_owned()), None),
    }
}
