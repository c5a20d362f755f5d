//! SubStation Alpha: reads dialogue with italics and bold, and ignores other typesetting.

use super::cue::{Cue, time};
use super::markup::markup;

/// The positions of the fields in a Dialogue line.
#[derive(Debug, Clone, Copy)]
struct Columns {
    count: usize,
    start: usize,
    end: usize,
}

impl Default for Columns {
    /// Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text.
    fn default() -> Self {
        Self { count: 10, start: 1, end: 2 }
    }
}

/// Reads the cues of an ASS or SSA file.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let mut columns = Columns::default();
    let mut in_events = false;
    let mut cues = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            in_events = line.eq_ignore_ascii_case("[events]");
        } else if in_events && let Some(format) = line.strip_prefix("Format:") {
            columns = read_columns(format).unwrap_or(columns);
        } else if in_events && let Some(dialogue) = line.strip_prefix("Dialogue:") {
            cues.extend(cue(dialogue, columns));
        }
    }
    cues.dedup();
    cues
}

fn read_columns(format: &str) -> Option<Columns> {
    let names: Vec<String> = format.split(',').map(|name| name.trim().to_lowercase()).collect();
    let find = |wanted: &str| names.iter().position(|name| name == wanted);
    Some(Columns { count: names.len(), start: find("start")?, end: find("end")? })
}

fn cue(dialogue: &str, columns: Columns) -> Option<Cue> {
    let fields: Vec<&str> = dialogue.splitn(columns.count, ',').collect();
    let (start, end) = (time(fields.get(columns.start)?)?, time(fields.get(columns.end)?)?);
    let raw = fields.get(columns.count - 1)?;
    let at_top = ["\\an8", "\\an7", "\\an9", "\\a6"].iter().any(|command| raw.contains(command));
    Some(Cue { start, end, at_top, text: dialogue_text(raw) })
}

/// The text outside override blocks, without drawings.
fn dialogue_text(raw: &str) -> String {
    let mut text = String::new();
    let mut drawing = false;
    let mut open = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find('{') {
        let Some(end) = rest[at..].find('}') else { break };
        push(&mut text, &rest[..at], drawing);
        let block = &rest[at + 1..at + end];
        drawing = drawing_mode(block).unwrap_or(drawing);
        style(block, &mut open, &mut text);
        rest = &rest[at + end + 1..];
    }
    push(&mut text, rest, drawing);
    while let Some(tag) = open.pop() {
        text.push_str(&format!("</{tag}>"));
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn push(text: &mut String, raw: &str, drawing: bool) {
    if !drawing {
        text.push_str(&markup(&raw.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")));
    }
}

/// Whether a drawing begins (`\p1`) or ends (`\p0`) in this block; `None` if neither.
fn drawing_mode(block: &str) -> Option<bool> {
    let commands = block.split('\\').filter_map(|command| command.strip_prefix('p'));
    commands.filter_map(|scale| scale.trim().parse::<u8>().ok()).next_back().map(|scale| scale > 0)
}

/// Translates commands for italics and bold into tags. Tags opened after the one to close are closed as well,
/// because tags have to nest.
fn style(block: &str, open: &mut Vec<char>, text: &mut String) {
    for command in block.split('\\') {
        let (tag, on) = match command.trim() {
            "i1" => ('i', true),
            "b1" => ('b', true),
            "i0" | "i" => ('i', false),
            "b0" | "b" => ('b', false),
            _ => continue,
        };
        if on && !open.contains(&tag) {
            open.push(tag);
            text.push_str(&format!("<{tag}>"));
        } else if !on && open.contains(&tag) {
            while let Some(last) = open.pop() {
                text.push_str(&format!("</{last}>"));
                if last == tag {
                    break;
                }
            }
        }
    }
}
