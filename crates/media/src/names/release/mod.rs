//! Words that describe a release, not its title: resolution, source, codecs, editions, parts and years.

mod edition;
mod year;

use std::sync::LazyLock;

use regex::Regex;

pub(super) use edition::{edition, take_edition};
pub(super) use year::{Year, years};

/// Words that never occur in a title. The title ends before the first of them.
static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        r"\d{3,4}[pi]\d{0,3}|\d{3,4}\s?[x×]\s?\d{3,4}p?|(?:hd|fhd|uhd)-?(?:720|1080|2160)p?",
        r"blu-?ray(?:-?rip)?|bd-?rip|br-?rip|(?:bd|br)-?remux|remux|bd-?mux|(?:bd|br)-?(?:rip)?-?mux|uhd|bd(?:25|50|66|100)",
        r"dvd-?rip|dvd-?scr(?:eener)?|dvd-?r|dvd[59]|hd-?dvd(?:-?rip)?|dvd-?mux|screener",
        r"hdtv(?:-?rip)?|pdtv|sdtv|dsr-?(?:rip)?|dvb-?rip|tv-?rip|sat-?rip|vhs-?rip|ppv-?rip|vod-?rip|dth-?rip",
        r"web-?rip|web-?dl(?:-?rip)?|web-?mux|web-?cap|web-?hd|hd-?rip|hd-?cam|cam-?rip|hd-?t[sc]|telesync|telecine|workprint",
        r"vr[ ._-]?180|micro-?hd|hd-?light|hsbs|h-sbs|half-?(?:sbs|ou)|h-?ou",
        r"[xh][ ._]?26[3-6]|hevc|avc|av1|vp[89]|xvid|divx\d?|mpeg-?[24]|vc-?1",
        r"aac(?:\d\.\d)?|e?-?ac-?3d?|\d{2}(?:\.\d{1,3})?[ ._]?fps|ddp?\+?a?\d\.\d|ddp|dts(?:-?hd|-?x|-?es)?|truehd|atmos|flac(?:\d\.\d)?|l?pcm|mp3",
        r"(?:8|10|12)-?bits?|hi10p?|hdr10(?:\+|plus)?",
        r"[48]k|ultra-?hd|16x9|(?:bt|rec)[ ._]?(?:2020|2100|709)|dubbed|subbed|vostfr|fastsub|truefrench|subfrench|(?:nl|eng?|ita|hard|soft)-?subs?|(?:dual|multi)[ ._-]?(?:audio|subs?)|multiple[ ._-]?subtitles?",
    ];
    pattern(&format!(r"(?i)(?:^|[\s._\[(,+-])({})(?:$|[\s._\])}},+-])", words.join("|")))
});

/// Words that describe a release, but that also occur in titles.
const WEAK: [&str; 103] = [
    "3d",
    "amzn",
    "atvp",
    "bd",
    "cam",
    "complete",
    "convert",
    "custom",
    "dc",
    "dirfix",
    "dl",
    "doku",
    "dsnp",
    "dual",
    "dv",
    "dvd",
    "end",
    "eng",
    "esp",
    "extended",
    "final",
    "fixed",
    "ger",
    "hbo",
    "hc",
    "hdr",
    "hdc",
    "hfr",
    "hlg",
    "hmax",
    "hq",
    "hsbs",
    "hulu",
    "hybrid",
    "imax",
    "integral",
    "integrale",
    "internal",
    "ita",
    "itunes",
    "jpn",
    "kor",
    "lat",
    "ld",
    "limited",
    "line",
    "lq",
    "max",
    "md",
    "ml",
    "multi",
    "multisub",
    "multisubs",
    "nf",
    "nfofix",
    "nl",
    "nordic",
    "ntsc",
    "om",
    "pal",
    "pcok",
    "pl",
    "pmtp",
    "ppv",
    "pldub",
    "proper",
    "r5",
    "raw",
    "readnfo",
    "real",
    "remaster",
    "remastered",
    "repack",
    "rerip",
    "restored",
    "retail",
    "rus",
    "sbs",
    "sdr",
    "se",
    "spa",
    "stan",
    "stv",
    "sub",
    "subs",
    "tc",
    "theatrical",
    "ts",
    "vhs",
    "uncensored",
    "uncut",
    "unrated",
    "vf",
    "vff",
    "vfi",
    "vfq",
    "vo",
    "vof",
    "vose",
    "vost",
    "web",
    "ws",
    "xxx",
];
/// Entries of [`WEAK`] that do not occur in titles in any spelling.
const UNMISTAKABLE: [&str; 21] = [
    "3d",
    "amzn",
    "atvp",
    "dsnp",
    "hdc",
    "hdr",
    "hfr",
    "hmax",
    "hsbs",
    "multi",
    "multisub",
    "multisubs",
    "ntsc",
    "pcok",
    "pmtp",
    "readnfo",
    "rerip",
    "sbs",
    "vff",
    "vfq",
    "vose",
];
/// Languages. `The Good German` is a title, but in `Film German DL` the language is not part of it.
const LANGUAGES: [&str; 42] = [
    "arabic",
    "brazilian",
    "bulgarian",
    "cantonese",
    "castellano",
    "catalan",
    "chinese",
    "croatian",
    "czech",
    "danish",
    "dutch",
    "english",
    "finnish",
    "flemish",
    "french",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "italian",
    "japanese",
    "kannada",
    "korean",
    "latino",
    "malayalam",
    "mandarin",
    "norwegian",
    "persian",
    "polish",
    "portuguese",
    "romanian",
    "russian",
    "spanish",
    "swedish",
    "swissgerman",
    "tamil",
    "telugu",
    "thai",
    "turkish",
    "ukrainian",
    "vietnamese",
];
/// Abbreviated languages, which describe the release if release words follow: `Film.Ita.Eng.1080p`.
const ABBREVIATED: [&str; 6] = ["eng", "ger", "ita", "jpn", "kor", "rus"];
/// Tags that show that the preceding word is a language.
const AFTER_LANGUAGE: [&str; 7] = ["dl", "ml", "dub", "md", "ld", "multi", "dual"];
/// Words with which a title cannot end.
const DANGLING: [&str; 16] =
    ["the", "a", "an", "of", "for", "and", "or", "in", "to", "speak", "der", "die", "das", "le", "la", "il"];

const SEPARATORS: [char; 4] = [' ', '.', '_', '-'];

static DISC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\s._(\[-](?:cd|dvd|dis[ck])[\s._-]?([1-46-8])(?:[\s._]?of[\s._]?\d)?(?:$|[\s._\])-])")
});
static ONE_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\s._(\[-](?:pt|part)?[\s._-]?(\d{1,2})[\s._]?of[\s._]?\d{1,2}(?:$|[\s._\])-])")
});
/// `part1`, in one word. `Part 1` may be part of the title.
static PART_IN_ONE_WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[\s._-]+(?:part|pt)\d{1,2}$"));
static PART_AT_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[\s._-](?:part|pt)[\s._-]?(\d{1,2})$"));

/// Where the first technical word begins.
pub(super) fn technical_at(text: &str) -> Option<usize> {
    TECHNICAL.captures(text).and_then(|found| found.get(1)).map(|word| word.start())
}

/// The text without release words before the title: `h265 - HEVC Film 1080p`.
pub(super) fn without_leading_words(text: &str) -> &str {
    let mut rest = text;
    while technical_at(rest) == Some(0) {
        let word = rest.find([' ', '_']).unwrap_or(rest.len());
        rest = rest[word..].trim_start_matches([' ', '_', '-']);
    }
    if rest.chars().any(char::is_alphabetic) && technical_at(rest).is_some() { rest } else { text }
}

/// Whether every word describes a release.
pub(super) fn is_only_release_words(label: &str) -> bool {
    label.split_whitespace().all(|word| is_weak(word) || technical_at(word) == Some(0))
}

fn is_weak(word: &str) -> bool {
    let word = word.to_lowercase();
    let joined = word.contains('+') && word.split('+').all(|part| WEAK.contains(&part));
    joined || WEAK.contains(&word.as_str()) || is_language(&word)
}

fn is_language(word: &str) -> bool {
    LANGUAGES.contains(&word.to_lowercase().as_str())
}

/// Removes weak release words from the end: `Felina PROPER` becomes `Felina`. Words spelled like ordinary
/// words are kept (`Waiting for Dutch`). If all words are weak and one contains a capital, the result is
/// empty. A language is removed if its tag follows (`Film German DL`), or if release words follow the text
/// (`languages`).
pub(super) fn without_weak_end(text: &str, languages: bool) -> &str {
    let words: Vec<&str> = text.split(SEPARATORS).filter(|word| !word.is_empty()).collect();
    if words.iter().all(|word| is_weak(word)) && words.iter().any(|word| word.chars().any(char::is_uppercase))
    {
        return "";
    }
    let mut kept = text;
    let mut languages_too = languages;
    loop {
        let trimmed = kept.trim_end_matches(SEPARATORS);
        let written = trimmed.rsplit(SEPARATORS).next().unwrap_or_default();
        let rest = &trimmed[..trimmed.len() - written.len()];
        // `Show (DVD)`, but `The Office (US)`.
        let word = written.strip_prefix('(').and_then(|word| word.strip_suffix(')')).unwrap_or(written);
        let code = ABBREVIATED.contains(&word.to_lowercase().as_str());
        let language = (is_language(word) || code) && languages_too && ends_like_a_title(rest);
        let clear = UNMISTAKABLE.contains(&word.to_lowercase().as_str()) && ends_like_a_title(rest);
        if !is_weak(word) || (is_spelled_like_a_word(word) && !language && !clear) {
            return kept;
        }
        languages_too |= AFTER_LANGUAGE.contains(&word.to_lowercase().as_str());
        kept = rest;
    }
}

/// Whether a language before the year describes the release: `Noah.German.2014.1080p`. It is part of a title
/// that begins with an English article or "my" (`The.Good.German.2006.1080p`), or if another language follows
/// the year.
pub(super) fn language_before_year(title: &str, rest: &str) -> bool {
    let first = title.split(SEPARATORS).next().unwrap_or_default().to_lowercase();
    let dotted = !title.contains(' ');
    let named_later = rest.split(SEPARATORS).any(is_language);
    dotted
        && !["the", "a", "an", "my"].contains(&first.as_str())
        && technical_at(rest).is_some()
        && !named_later
}

/// Whether the text can end a title.
pub(super) fn ends_like_a_title(text: &str) -> bool {
    let word = text.trim_end_matches(SEPARATORS).rsplit(SEPARATORS).next().unwrap_or_default().to_lowercase();
    !word.is_empty() && !DANGLING.contains(&word.as_str())
}

/// Whether a word is spelled `Dutch` or `dutch`, not `DUTCH` or `NORDiC`.
fn is_spelled_like_a_word(word: &str) -> bool {
    !word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// The position of a disc or part number.
pub(super) fn disc_at(text: &str) -> Option<usize> {
    DISC.find(text)
        .or_else(|| ONE_OF.find(text))
        .or_else(|| PART_IN_ONE_WORD.find(text))
        .map(|found| found.start())
}

/// The disc or part number in the part of a name that is not the title.
pub(super) fn part(text: &str) -> Option<u16> {
    let found =
        DISC.captures(text).or_else(|| ONE_OF.captures(text)).or_else(|| PART_AT_END.captures(text))?;
    found[1].parse().ok().filter(|part| *part > 0)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}
