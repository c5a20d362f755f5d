//! Editions of a film.

use std::sync::LazyLock;

use regex::Regex;

/// Patterns of editions in release names, with their display names.
static EDITIONS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"(?i)\bdirector'?s?'?[\s._]cut\b|\bDC\b", "Director's Cut"),
        (r"(?i)\b(?:the[\s._])?final[\s._]cut\b", "Final Cut"),
        (r"(?i)\bultimate[\s._]cut\b", "Ultimate Cut"),
        (r"(?i)\bultimate[\s._]edition\b", "Ultimate Edition"),
        (r"(?i)\bspecial[\s._]edition\b", "Special Edition"),
        (r"(?i)\bcollector'?s[\s._]edition\b|\bedition[\s._]collector\b", "Collector's Edition"),
        (r"(?i)\banniversary(?:[\s._]edition)?\b", "Anniversary Edition"),
        (r"(?i)\btheatrical(?:[\s._](?:cut|edition|version))?\b", "Theatrical"),
        (r"(?i)\bunrated(?:[\s._](?:cut|edition|version))?\b", "Unrated"),
        (r"(?i)\buncut(?:[\s._](?:edition|version))?\b", "Uncut"),
        (r"(?i)\bextended(?:[\s._](?:cut|edition|version))?\b|\bversion[\s._]longue\b", "Extended"),
        (r"(?i)\bremaster(?:ed)?\b", "Remastered"),
        (r"(?i)\bcriterion(?:[\s._](?:collection|edition))?\b", "Criterion"),
        (r"(?i)\bredux\b", "Redux"),
        (r"(?i)\bimax\b", "IMAX"),
        (r"(?i)\bopen[\s._]matte\b", "Open Matte"),
        (r"(?i)\bfan[\s._]?edit\b", "Fan Edit"),
        (r"(?i)\brogue[\s._]cut\b", "Rogue Cut"),
        (r"(?i)\bassembly[\s._]cut\b", "Assembly Cut"),
    ]
    .map(|(pattern, name)| (Regex::new(pattern).expect("valid pattern"), name))
    .into()
});

/// An edition at the end of a title, with its brackets.
static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = "extended|special|ultimate|collector'?s|theatrical|unrated|uncut|deluxe|final|rogue|assembly|fan|anniversary";
    let words = [
        &format!(r"(?:{kinds})[\s._](?:cut|edition|version|edit)"),
        r"director'?s?'?[\s._]cut|version[\s._]longue|2in1|\d+th[\s._]anniversary(?:[\s._]edition)?|criterion[\s._](?:collection|edition)|edition[\s._]collector|open[\s._]matte|extended|remastered|redux|imax(?:[\s._]edition)?",
        "unrated|uncut|theatrical|criterion",
    ];
    Regex::new(&format!(r"(?i)[\s._-]+[\[(]?(?:the[\s._])?(?:{})[\])]?$", words.join("|")))
        .expect("valid pattern")
});

/// Editions that can also be the end of a title: `Bigger, Longer & Uncut`.
const OFTEN_IN_TITLES: [&str; 4] = ["unrated", "uncut", "theatrical", "criterion"];

/// The editions that `text` names, in their order of appearance.
pub(in crate::names) fn edition(text: &str) -> Option<String> {
    // A regular expression's word boundary treats underscores as letters.
    let text = &text.replace('_', " ");
    let mut found: Vec<(usize, &str)> =
        EDITIONS.iter().filter_map(|(pattern, name)| Some((pattern.find(text)?.start(), *name))).collect();
    found.sort_unstable();
    let names: Vec<&str> = found.into_iter().map(|(_, name)| name).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// Removes editions from the end of a title and returns them: `An Unexpected Journey EXTENDED`, `Film
/// (Director's Cut)`, `Film Extended`. The rest has to be a plausible title, because `The Final Cut` is a
/// film.
pub(in crate::names) fn take_edition(title: &str) -> (&str, Option<String>) {
    let mut rest = title;
    while let Some(shorter) = shortened(rest, rest.len() < title.len()) {
        rest = shorter;
    }
    let taken = &title[rest.len()..];
    (rest, edition(taken))
}

/// `title` without its last edition. `followed`: whether another edition follows, so that this must be an
/// edition, too.
fn shortened(title: &str, followed: bool) -> Option<&str> {
    let title = title.trim_end_matches([' ', '.', '_', '-', '(', '[']);
    let found = AT_END.find(title)?;
    let word = title[found.start()..].trim_matches([' ', '.', '_', '-', '(', ')', '[', ']']);
    let capitals = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let bracketed = title.ends_with([')', ']']);
    let rest = &title[..found.start()];
    let certain =
        capitals || bracketed || followed || !OFTEN_IN_TITLES.contains(&word.to_lowercase().as_str());
    (certain && super::ends_like_a_title(rest)).then_some(rest)
}
