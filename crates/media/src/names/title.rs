//! Cleans raw text into a title that can be shown and compared.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use super::release;

/// Articles that may be moved to the end, after a comma: `General, The`.
const ARTICLES: [&str; 13] =
    ["The", "A", "An", "Der", "Die", "Das", "Le", "La", "Les", "El", "Los", "Las", "Il"];

/// Normalises to NFC, because macOS stores names decomposed, and converts digits to ASCII.
pub(super) fn composed(name: &str) -> String {
    name.nfc().map(with_ascii_digit).collect()
}

/// The digit zero in other scripts. The other digits follow it in Unicode.
const ZEROS: [char; 13] = ['٠', '۰', '०', '০', '੦', '૦', '௦', '౦', '೦', '൦', '๐', '០', '０'];

fn with_ascii_digit(c: char) -> char {
    let value =
        ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// Lower-case letters and digits only, for comparing titles regardless of case, punctuation and separators.
pub fn normalise(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Cleans the title part of a name; dots are separators when the part has no spaces.
pub(super) fn clean(raw: &str) -> String {
    let raw = raw.trim();
    let spaced = match raw {
        // In URLs, plus signs stand for spaces.
        raw if !raw.contains([' ', '.', '_']) && raw.contains('+') => raw.replace('+', " "),
        raw if raw.contains(' ') => raw.replace('_', " "),
        raw => separate(raw),
    };
    finish(&spaced)
}

/// Cleans a part of a name, when the separator was determined from the whole name.
pub(super) fn clean_part(raw: &str, dots_are_spaces: bool) -> String {
    let spaced = if dots_are_spaces { separate(raw.trim()) } else { raw.replace('_', " ") };
    finish(&spaced)
}

/// Whether a name is written with dots or underscores instead of spaces.
pub(super) fn uses_dots(name: &str) -> bool {
    !name.trim().contains(' ')
}

fn finish(spaced: &str) -> String {
    let closed = without_open_bracket(spaced);
    let title = collapse(&closed.replace("()", " ").replace("[]", " ").replace("{}", " "));
    move_article(trim(&title))
}

fn trim(text: &str) -> &str {
    let leading = text.trim_start_matches('.');
    // "...And Justice for All" keeps its dots. One or two leading dots are left over from cutting the name.
    let text = if text.len() - leading.len() < 3 { leading } else { text };
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '_' | ',' | '|' | '~'))
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts off an unclosed bracket: its content was cut off as well.
fn without_open_bracket(text: &str) -> &str {
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
        if let Some(at) = text.rfind(open)
            && !text[at..].contains(close)
        {
            return &text[..at];
        }
    }
    text
}

/// Replaces dots and underscores by spaces, but keeps acronyms together: `R.I.P.D.2013` is `R.I.P.D. 2013`.
fn separate(raw: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut acronym = String::new();
    let pieces: Vec<&str> = raw.split(['.', '_']).collect();
    for (index, piece) in pieces.iter().enumerate() {
        if is_initial(piece) {
            acronym.push_str(piece);
            if index + 1 < pieces.len() {
                acronym.push('.');
            }
            continue;
        }
        flush(&mut acronym, &mut words);
        words.push((*piece).to_owned());
    }
    flush(&mut acronym, &mut words);
    words.join(" ")
}

fn is_initial(piece: &str) -> bool {
    piece.len() == 1 && piece.bytes().all(|b| b.is_ascii_uppercase())
}

/// A single initial is a word ("Plan B"); two or more are an acronym.
fn flush(acronym: &mut String, words: &mut Vec<String>) {
    if acronym.chars().filter(char::is_ascii_uppercase).count() == 1 {
        words.push(acronym.trim_end_matches('.').to_owned());
    } else if !acronym.is_empty() {
        words.push(acronym.clone());
    }
    acronym.clear();
}

fn move_article(title: &str) -> String {
    if let Some((rest, article)) = title.rsplit_once(", ")
        && ARTICLES.iter().any(|known| known.eq_ignore_ascii_case(article))
    {
        return format!("{article} {rest}");
    }
    title.to_owned()
}

/// The rest of `text` after `title`, if `text` begins with `title`, ignoring case and separators.
pub(super) fn after<'a>(text: &'a str, title: &str) -> Option<&'a str> {
    let wanted = normalise(title);
    let mut wanted = wanted.chars().peekable();
    wanted.peek()?;
    let mut chars = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    while wanted.peek().is_some() {
        let (at, found) = chars.next()?;
        for lower in found.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        if wanted.peek().is_none() {
            let rest = &text[at + found.len_utf8()..];
            return (!rest.starts_with(char::is_alphanumeric)).then_some(rest);
        }
    }
    None
}

/// If a name contains the title in two scripts (`进击的巨人 Attack on Titan`), the one in Latin letters, because
/// Trakt and other databases find it. Otherwise the whole name.
pub(super) fn in_one_script(title: &str) -> &str {
    let latin = |word: &str| word.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let has_cjk = |word: &str| word.chars().any(is_cjk);
    if !has_cjk(title) || latin(title) < 4 {
        return title;
    }
    let mut best = "";
    let mut rest = title;
    while let Some(start) = rest.find(|c: char| !is_cjk(c) && !is_separator(c)) {
        let run = &rest[start..];
        let end = run.find(is_cjk).unwrap_or(run.len());
        if latin(&run[..end]) > latin(best) {
            best = &run[..end];
        }
        rest = &run[end..];
    }
    let best = best.trim_matches(|c: char| is_separator(c));
    if latin(best) < 4 { title } else { best }
}

/// Chinese characters, Japanese kana, Korean Hangul, and full-width letters.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ffdc}')
}

/// Characters between two titles.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '/' | '|' | '_' | '-' | '.' | '·' | '！' | '：' | '～' | '？' | '（' | '）')
}

static AKA: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s._]+(?:AKA|aka|A\.K\.A\.?|a\.k\.a\.?)[\s._]+").expect("valid pattern"));

/// The first of two titles joined by `AKA`.
pub(super) fn before_aka(title: &str) -> &str {
    match AKA.find(title) {
        Some(aka) if aka.start() > 0 => &title[..aka.start()],
        _ => title,
    }
}

/// Whether a title continues after its first square brackets: `You Are [Not] Alone`.
pub(super) fn continues_after(brackets: &str) -> bool {
    let after = brackets.find([']', '】']).map_or("", |at| &brackets[at..]);
    after.trim_start_matches([']', '】', ' ', '_', '.']).starts_with(char::is_alphabetic)
}

/// Whether a name begins with a bracketed part: `[Title][05]`.
pub(super) fn is_bracketed(raw: &str) -> bool {
    raw.trim_start().starts_with(['[', '【', ']', '】', '★'])
}

/// The title in a bracketed name, `[Title][Other title][2019]`: the first one in Latin letters, else the
/// longest.
pub(super) fn in_brackets(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['[', ']', '【', '】', '★']).map(str::trim).collect();
    let titles = parts
        .into_iter()
        .filter(|part| part.chars().any(char::is_alphabetic) && release::technical_at(part) != Some(0));
    let latin = |part: &str| part.chars().filter(char::is_ascii_alphabetic).count() > 3;
    // `max_by_key` returns the last maximum of the reversed list, so this finds the first title in Latin
    // letters. Titles precede tags.
    let best = titles.rev().max_by_key(|part| (latin(part), if latin(part) { 0 } else { part.len() }))?;
    Some(clean(in_one_script(best))).filter(|title| !title.is_empty())
}

/// Removes one dot after a whole word, which is a separator. The dots of `Once Upon a Time...` and `R.I.P.D.`
/// are kept.
pub(super) fn without_last_dot(raw: &str) -> &str {
    match raw.strip_suffix('.') {
        Some(rest)
            if rest.ends_with(|c: char| {
                (c.is_alphabetic() && !c.is_uppercase()) || matches!(c, '!' | '?' | ')')
            }) =>
        {
            rest
        }
        _ => raw,
    }
}

/// Replaces an empty title by the raw text, so that it is never empty.
pub(super) fn or_raw(title: String, raw: &str) -> String {
    if !title.is_empty() {
        return title;
    }
    let raw = raw.trim();
    if raw.is_empty() { "Untitled".to_owned() } else { raw.to_owned() }
}
