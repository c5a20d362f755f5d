//! Years in names.

use crate::names::noise;

/// Plausible years of release. Later ones are part of a title: `Blade Runner 2049`.
const YEARS: std::ops::RangeInclusive<u16> = 1880..=2035;

/// A year in a name.
#[derive(Debug, Clone, Copy)]
pub(in crate::names) struct Year {
    pub(in crate::names) year: u16,
    pub(in crate::names) start: usize,
    pub(in crate::names) end: usize,
    /// Whether brackets enclose exactly the year.
    pub(in crate::names) bracketed: bool,
}

/// All four-digit numbers that may be a year. The number of a colour space (`BT.2020`) is not a year.
pub(in crate::names) fn years(text: &str) -> Vec<Year> {
    let masked = noise::masked(text);
    let bytes = masked.as_bytes();
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
