//! Words that describe a release, not its title: resolution, source, codecs, editions, parts and years.

use std::sync::LazyLock;

use regex::Regex;

/// Years that a name may mean. Later ones are titles: `Blade Runner 2049`.
const YEARS: std::ops::RangeInclusive<u16> = 1880..=2035;

/// Words that no title contains. What follows them is no title either.
static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        r"\d{3,4}[pi]",
        r"\d{3,4}x\d{3,4}p?",
        r"blu-?ray|bd-?rip|br-?rip|bd-?remux|remux|uhd",
        r"dvd-?rip|dvd-?scr|dvd[59]|hd-?dvd",
        r"hdtv|pdtv|sdtv|dsr-?rip|tv-?rip|sat-?rip|vhs-?rip",
        r"web-?rip|web-?dl|hd-?rip|hd-?cam|cam-?rip|hd-?ts|telesync",
        r"x\.?26[456]|h[ .]?26[456]|hevc|avc|av1|vp9|xvid|divx",
        r"aac(?:\d\.\d)?|e?-?ac-?3|ddp?\+?\d\.\d|dts(?:-?hd|-?x)?|truehd|atmos|flac(?:\d\.\d)?",
        r"(?:8|10|12)-?bits?|hdr10\+?|hsbs|h-sbs",
    ];
    Regex::new(&format!(r"(?i)(?:^|[\s._\[(,+-])({})(?:$|[\s._\])}},+-])", words.join("|")))
        .expect("valid pattern")
});

/// Words that describe a release when they stand next to technical ones, but that titles contain too.
const WEAK: [&str; 62] = [
    "3d",
    "4k",
    "amzn",
    "atvp",
    "cam",
    "complete",
    "convert",
    "dc",
    "dl",
    "dsnp",
    "dual",
    "dubbed",
    "dv",
    "dvd",
    "end",
    "english",
    "extended",
    "final",
    "french",
    "german",
    "hbo",
    "hdr",
    "hmax",
    "hulu",
    "imax",
    "internal",
    "italian",
    "japanese",
    "korean",
    "limited",
    "line",
    "max",
    "multi",
    "nf",
    "nordic",
    "pcok",
    "pmtp",
    "proper",
    "r5",
    "readnfo",
    "real",
    "remastered",
    "repack",
    "rerip",
    "russian",
    "sdr",
    "spanish",
    "stan",
    "subbed",
    "swedish",
    "tc",
    "theatrical",
    "truefrench",
    "ts",
    "uncensored",
    "uncut",
    "unrated",
    "vff",
    "vostfr",
    "web",
    "ws",
    "dutch",
];

/// Editions by how release names write them, with the name that is shown.
static EDITIONS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"(?i)\bdirector'?s'?[\s._]cut\b|\bDC\b", "Director's Cut"),
        (r"(?i)\b(?:the[\s._])?final[\s._]cut\b", "Final Cut"),
        (r"(?i)\bultimate[\s._]cut\b", "Ultimate Cut"),
        (r"(?i)\bultimate[\s._]edition\b", "Ultimate Edition"),
        (r"(?i)\bspecial[\s._]edition\b", "Special Edition"),
        (r"(?i)\bcollector'?s[\s._]edition\b", "Collector's Edition"),
        (r"(?i)\banniversary(?:[\s._]edition)?\b", "Anniversary Edition"),
        (r"(?i)\btheatrical(?:[\s._](?:cut|edition|version))?\b", "Theatrical"),
        (r"(?i)\bunrated(?:[\s._](?:cut|edition|version))?\b", "Unrated"),
        (r"(?i)\buncut(?:[\s._](?:edition|version))?\b", "Uncut"),
        (r"(?i)\bextended(?:[\s._](?:cut|edition|version))?\b", "Extended"),
        (r"(?i)\bremaster(?:ed)?\b", "Remastered"),
        (r"(?i)\bcriterion(?:[\s._](?:collection|edition))?\b", "Criterion"),
        (r"(?i)\bimax\b", "IMAX"),
        (r"(?i)\bopen[\s._]matte\b", "Open Matte"),
    ]
    .map(|(pattern, name)| (Regex::new(pattern).expect("valid pattern"), name))
    .into()
});

static DISC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s._-](?:cd|dvd|dis[ck])[\s._-]?([1-46-8])(?:$|[\s._\])-])").expect("valid pattern")
});
static PART_AT_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[\s._-](?:part|pt)[\s._-]?(\d{1,2})$").expect("valid pattern"));

/// Where the technical words begin.
pub(super) fn technical_at(text: &str) -> Option<usize> {
    TECHNICAL.captures(text).and_then(|found| found.get(1)).map(|word| word.start())
}

/// Whether every word describes a release.
pub(super) fn is_only_release_words(label: &str) -> bool {
    label.split_whitespace().all(|word| is_weak(word) || technical_at(word) == Some(0))
}

fn is_weak(word: &str) -> bool {
    WEAK.contains(&word.to_ascii_lowercase().as_str())
}

/// Cuts release words off the end: `Felina PROPER` is `Felina`. Spelled like a title's word they stay (`Waiting for
/// Dutch`), unless there is no other word.
pub(super) fn without_weak_end(text: &str) -> &str {
    let words: Vec<&str> = text.split(SEPARATORS).filter(|word| !word.is_empty()).collect();
    if words.iter().all(|word| is_weak(word)) && words.iter().any(|word| word.chars().any(char::is_uppercase))
    {
        return "";
    }
    let mut kept = text;
    loop {
        let trimmed = kept.trim_end_matches(SEPARATORS);
        let word = trimmed.rsplit(SEPARATORS).next().unwrap_or_default();
        if !is_weak(word) || is_spelled_like_a_word(word) {
            return kept;
        }
        kept = &trimmed[..trimmed.len() - word.len()];
    }
}

const SEPARATORS: [char; 4] = [' ', '.', '_', '-'];

/// `Dutch` and `dutch`, but not `DUTCH` or `NORDiC`.
fn is_spelled_like_a_word(word: &str) -> bool {
    !word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// The editions that `text` names, in their order of appearance.
pub(super) fn edition(text: &str) -> Option<String> {
    let mut found: Vec<(usize, &str)> =
        EDITIONS.iter().filter_map(|(pattern, name)| Some((pattern.find(text)?.start(), *name))).collect();
    found.sort_unstable();
    let names: Vec<&str> = found.into_iter().map(|(_, name)| name).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// Takes an edition in capitals off the end of a title: `An Unexpected Journey EXTENDED`.
pub(super) fn take_shouted_edition(title: &str) -> (&str, Option<String>) {
    let Some((rest, word)) = title.trim_end_matches([' ', '.', '_']).rsplit_once([' ', '.', '_']) else {
        return (title, None);
    };
    let shouted = word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    match edition(word).filter(|_| shouted) {
        Some(name) => (rest, Some(name)),
        None => (title, None),
    }
}

/// Where a disc number stands.
pub(super) fn disc_at(text: &str) -> Option<usize> {
    DISC.find(text).map(|found| found.start())
}

/// The disc or part number in the part of a name that is no title.
pub(super) fn part(text: &str) -> Option<u16> {
    let found = DISC.captures(text).or_else(|| PART_AT_END.captures(text))?;
    found[1].parse().ok().filter(|part| *part > 0)
}

/// A year in a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Year {
    pub(super) year: u16,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Stands alone between brackets.
    pub(super) bracketed: bool,
}

/// Every run of four digits that may be a year.
pub(super) fn years(text: &str) -> Vec<Year> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if end - at == 4 && stands_alone(text, at, end) {
            let year = text[at..end].parse().unwrap_or_default();
            if YEARS.contains(&year) {
                let bracketed = in_brackets(bytes, at, end);
                found.push(Year { year, start: at, end, bracketed });
            }
        }
        at = end;
    }
    found
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn in_brackets(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| bytes[at]);
    matches!((before, bytes.get(end)), (Some(b'('), Some(b')')) | (Some(b'['), Some(b']')))
}
