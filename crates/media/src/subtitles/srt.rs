//! Reads SubRip.

use super::cue::{Cue, time};
use super::markup::markup;

/// Reads the cues of a SubRip file. The cue numbers may be missing.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|line| times(lines[*line]).is_some()).collect();
    let mut cues = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied();
        let Some((from, to)) = times(lines[*start]) else { continue };
        let mut body = &lines[start + 1..next.unwrap_or(lines.len())];
        // The last line before the next cue's times is its number.
        if next.is_some() && body.last().is_some_and(|line| line.trim().parse::<u32>().is_ok()) {
            body = &body[..body.len() - 1];
        }
        cues.push(cue(from, to, body));
    }
    cues
}

fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    Some((time(from)?, time(to.split_whitespace().next()?)?))
}

fn cue(start: u64, end: u64, lines: &[&str]) -> Cue {
    let text: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let text = text.join("\n");
    let at_top = text.contains("{\\an8}") || text.contains("{\\a6}");
    Cue { start, end, at_top, text: markup(&without_overrides(&text)) }
}

/// Removes commands of SubStation Alpha, such as `{\an8}`, which some SubRip files contain.
fn without_overrides(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{\\") {
        let Some(end) = rest[at..].find('}') else { break };
        out.push_str(&rest[..at]);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}
