//! Plans the replacements that write a token pair.

use super::scalar::in_quotes;
use super::{EditError, Indirection, Replacement, fields};
use crate::config::{Authorization, has_placeholder};
use crate::yaml::{Body, Entry, Node, Quotes, parse};

/// Plans the replacements for `pin` and `authorization`.
pub(super) fn plan(source: &str, text: &str, pair: &Authorization) -> Result<Vec<Replacement>, EditError> {
    let root = parse(source, text)?;
    let mut plan =
        Plan { text, newline: if text.contains("\r\n") { "\r\n" } else { "\n" }, replacements: Vec::new() };
    let entry = own(&root, "", "trakt")?.ok_or(EditError::NoTraktBlock)?;
    let trakt = mapping(entry, "trakt")?.ok_or(EditError::NoTraktBlock)?;
    plan.empty_pin(trakt)?;
    plan.authorization(&root, trakt, pair)?;
    Ok(plan.replacements)
}

/// Returns the mapping's own entry. Merged entries, aliases and placeholders are rejected.
fn own<'n>(map: &'n Node, path: &str, key: &str) -> Result<Option<&'n Entry>, EditError> {
    let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let Some(entry) = map.own_entry(key) else {
        return match map.entry(key) {
            Some(merged) => {
                Err(EditError::Elsewhere { at: merged.at.clone(), path, kind: Indirection::Merge })
            }
            None => Ok(None),
        };
    };
    let kind = match &entry.value.body {
        Body::Alias(_) => Some(Indirection::Alias),
        Body::Scalar { text, .. } if has_placeholder(text) => Some(Indirection::Placeholder),
        _ => None,
    };
    match kind {
        Some(kind) => Err(EditError::Elsewhere { at: entry.value.at.clone(), path, kind }),
        None => Ok(Some(entry)),
    }
}

/// Returns the value as a mapping; `None` if it is blank.
fn mapping<'n>(entry: &'n Entry, path: &str) -> Result<Option<&'n Node>, EditError> {
    match &entry.value.body {
        Body::Map { .. } => Ok(Some(&entry.value)),
        _ if entry.value.is_null() => Ok(None),
        _ => {
            Err(EditError::WrongType { at: entry.value.at.clone(), path: path.into(), expected: "a mapping" })
        }
    }
}

struct Plan<'t> {
    text: &'t str,
    newline: &'static str,
    replacements: Vec<Replacement>,
}

impl Plan<'_> {
    fn put(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.replacements.push(Replacement { span: start..end, text: text.into() });
    }

    /// Removes the value of `pin` and keeps the key.
    fn empty_pin(&mut self, trakt: &Node) -> Result<(), EditError> {
        let Some(entry) = own(trakt, "trakt", "pin")?.filter(|entry| !entry.value.is_null()) else {
            return Ok(());
        };
        let span = self.scalar_span(entry, "trakt.pin")?;
        self.put(span.0, span.1, "");
        Ok(())
    }

    fn authorization(&mut self, root: &Node, trakt: &Node, pair: &Authorization) -> Result<(), EditError> {
        let path = "trakt.authorization";
        let Some(entry) = own(trakt, "trakt", "authorization")? else {
            return self.new_authorization(root, trakt, pair);
        };
        let Some(map) = mapping(entry, path)? else {
            let flow = matches!(trakt.body, Body::Map { flow: true, .. });
            self.fill_blank(entry, flow, self.step(root, trakt), pair);
            return Ok(());
        };
        let mut missing = Vec::new();
        for (key, value) in fields(pair) {
            match own(map, path, key)? {
                Some(entry) if entry.value.is_null() => {
                    self.remove(entry);
                    self.after_colon(entry, &value);
                }
                Some(entry) => self.replace(entry, &format!("{path}.{key}"), &value)?,
                None => missing.push(format!("{key}: {value}")),
            }
        }
        self.append(map, &missing);
        Ok(())
    }

    /// Replaces a scalar and keeps its style of quotes.
    fn replace(&mut self, entry: &Entry, path: &str, value: &str) -> Result<(), EditError> {
        let (start, end) = self.scalar_span(entry, path)?;
        let quotes = match entry.value.body {
            Body::Scalar { quotes, .. } => quotes,
            _ => Quotes::Plain,
        };
        self.put(start, end, in_quotes(value, quotes));
        Ok(())
    }

    /// Returns the byte range of a scalar. That of a block scalar includes the `|` and ends before the last line
    /// break.
    fn scalar_span(&self, entry: &Entry, path: &str) -> Result<(usize, usize), EditError> {
        let span = &entry.value.span;
        match entry.value.body {
            Body::Scalar { quotes: Quotes::Block, .. } => {
                let header = self.text[..span.start].rfind(['|', '>']).unwrap_or(span.start);
                let body = self.text[span.clone()].trim_end();
                Ok((header, span.start + body.len()))
            }
            Body::Scalar { .. } => Ok((span.start, span.end)),
            _ => Err(EditError::WrongType {
                at: entry.value.at.clone(),
                path: path.into(),
                expected: "a single value",
            }),
        }
    }

    /// Removes a written null (`~` or `null`).
    fn remove(&mut self, entry: &Entry) {
        let span = &entry.value.span;
        if !span.is_empty() {
            self.put(span.start, span.end, "");
        }
    }

    /// Returns the position after the key's colon.
    fn colon(&self, entry: &Entry) -> usize {
        let rest = &self.text[entry.span.end..];
        entry.span.end + rest.find(':').map_or(0, |colon| colon + 1)
    }

    /// Inserts a value after a key without value, before any comment.
    fn after_colon(&mut self, entry: &Entry, value: &str) {
        let colon = self.colon(entry);
        let line = self.text[colon..].lines().next().unwrap_or_default();
        let bare = !line.is_empty() && line.trim().is_empty();
        let (at, text) = if bare { (colon + 1, value.to_owned()) } else { (colon, format!(" {value}")) };
        self.put(at, at, text);
    }

    /// Writes the pair below a blank `authorization`, or after it in flow style.
    fn fill_blank(&mut self, entry: &Entry, flow: bool, step: usize, pair: &Authorization) {
        self.remove(entry);
        if flow {
            self.after_colon(entry, &format!("{{{}}}", flow_fields(pair)));
            return;
        }
        let line_end = self.line_end(self.colon(entry));
        let indent = " ".repeat(entry.at.column - 1 + step);
        let lines: Vec<_> =
            fields(pair).iter().map(|(key, value)| format!("{indent}{key}: {value}")).collect();
        self.insert_lines(line_end, &lines);
    }

    /// Adds `authorization` at the end of the block.
    fn new_authorization(
        &mut self,
        root: &Node,
        trakt: &Node,
        pair: &Authorization,
    ) -> Result<(), EditError> {
        let Body::Map { flow, entries } = &trakt.body else { return Err(EditError::NoTraktBlock) };
        if *flow {
            self.append(trakt, &[format!("authorization: {{{}}}", flow_fields(pair))]);
            return Ok(());
        }
        let column = entries.first().map_or(2, |entry| entry.at.column - 1);
        let inner = " ".repeat(column + self.step(root, trakt));
        let mut lines = vec!["authorization:".to_owned()];
        lines.extend(fields(pair).iter().map(|(key, value)| format!("{inner}{key}: {value}")));
        lines[0].insert_str(0, &" ".repeat(column));
        let end = entries.last().map_or(trakt.span.end, |entry| self.end_of(entry));
        self.insert_lines(self.line_end(end), &lines);
        Ok(())
    }

    /// Adds entries at the end of a mapping, in its style.
    fn append(&mut self, map: &Node, new: &[String]) {
        let Body::Map { flow, entries } = &map.body else { return };
        if new.is_empty() {
            return;
        }
        if *flow {
            let close = map.span.end - 1;
            let inside = self.text[map.span.start + 1..close].trim_end();
            let end = map.span.start + 1 + inside.len();
            // Text inserted after a comment would become part of the comment.
            let last = entries.last().map(|last| self.end_of(last));
            let behind = |last: &usize| self.text.get(*last..end).is_some_and(|rest| rest.contains('#'));
            let commented = last.filter(behind);
            let at = commented.unwrap_or(end);
            let comma = if entries.is_empty() || self.text[..at].ends_with(',') { "" } else { ", " };
            self.put(at, at, format!("{comma}{}", new.join(", ")));
            return;
        }
        let Some((first, last)) = entries.first().zip(entries.last()) else { return };
        let indent = " ".repeat(first.at.column - 1);
        let lines: Vec<_> = new.iter().map(|entry| format!("{indent}{entry}")).collect();
        self.insert_lines(self.line_end(self.end_of(last)), &lines);
    }

    /// Returns the position after the last byte of an entry that is not white space.
    fn end_of(&self, entry: &Entry) -> usize {
        let node = &entry.value;
        match &node.body {
            Body::Map { flow: false, entries } => {
                entries.last().map_or(node.span.end, |last| self.end_of(last))
            }
            _ if node.span.is_empty() => self.colon(entry),
            _ => {
                let begin = node.span.start;
                begin + self.text[begin..node.span.end].trim_end().len()
            }
        }
    }

    /// Returns the end of the line, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find('\n').unwrap_or(rest.len());
        at + rest[..end].trim_end_matches('\r').len()
    }

    fn insert_lines(&mut self, line_end: usize, lines: &[String]) {
        let text: String = lines.iter().map(|line| format!("{}{line}", self.newline)).collect();
        self.put(line_end, line_end, text);
    }

    /// Returns by how many columns the file indents nested keys.
    fn step(&self, root: &Node, trakt: &Node) -> usize {
        let column = |map: &Node| match &map.body {
            Body::Map { entries, .. } => entries.first().map(|entry| entry.at.column),
            _ => None,
        };
        match (column(root), column(trakt)) {
            (Some(outer), Some(inner)) if inner > outer => inner - outer,
            _ => 2,
        }
    }
}

fn flow_fields(pair: &Authorization) -> String {
    fields(pair).iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
}
