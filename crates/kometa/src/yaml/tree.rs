//! Builds a tree from the parser's events.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, options};

use super::{Body, Entry, Node, Place, Quotes, YamlError, YamlProblem};

/// Maximum nesting depth.
const MAX_DEPTH: usize = 100;

/// Parses a document. `source` is the file's name in messages.
///
/// # Errors
/// [`YamlError`] if the text is not YAML, contains several documents, or repeats a key in a mapping.
pub fn parse(source: &str, text: &str) -> Result<Arc<Node>, YamlError> {
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder =
        Builder { source: source.into(), text, open: Vec::new(), anchors: HashMap::new(), root: None };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| YamlError::from_parser(source, text, &error))?;
        builder.handle(event, span)?;
    }
    Ok(builder.root.take().unwrap_or_else(|| builder.empty()))
}

/// An unfinished list or mapping.
struct Open {
    at: Place,
    start: usize,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Arc<Node>>),
    Map {
        entries: Vec<Entry>,
        flow: bool,
        key: Option<(String, Place, Range<usize>)>,
        seen: HashMap<String, Place>,
    },
}

struct Builder<'a> {
    source: Arc<str>,
    text: &'a str,
    open: Vec<Open>,
    anchors: HashMap<usize, Arc<Node>>,
    root: Option<Arc<Node>>,
}

impl Builder<'_> {
    fn handle(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        let at = self.place(&span);
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quotes = match style {
                    ScalarStyle::Plain => Quotes::Plain,
                    ScalarStyle::SingleQuoted => Quotes::Single,
                    ScalarStyle::DoubleQuoted => Quotes::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Quotes::Block,
                };
                let forced_text = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                // The parser reports a missing value as `~`.
                let text = if range.is_empty() && quotes == Quotes::Plain {
                    String::new()
                } else {
                    text.into_owned()
                };
                let body = Body::Scalar { text, quotes, forced_text };
                self.add(Node { at, span: range, body }, anchor)
            }
            Event::Alias(id) => match self.anchors.get(&id).cloned() {
                Some(target) => self.add(Node { at, span: range, body: Body::Alias(target) }, 0),
                None => Err(self.error(at, YamlProblem::AnchorInItself)),
            },
            Event::SequenceStart(_, anchor, _) => {
                self.begin(at, range.start, anchor, Content::List(Vec::new()));
                Ok(())
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                let content = Content::Map { entries: Vec::new(), flow, key: None, seen: HashMap::new() };
                self.begin(at, range.start, anchor, content);
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(self.error(at, YamlProblem::SecondDocument))
            }
            _ => Ok(()),
        }
    }

    fn place(&self, span: &Span) -> Place {
        Place { source: self.source.clone(), line: span.start.line(), column: span.start.col() + 1 }
    }

    fn begin(&mut self, at: Place, start: usize, anchor: usize, content: Content) {
        self.open.push(Open { at, start, anchor, content });
    }

    fn end(&mut self, end: usize) -> Result<(), YamlError> {
        let Some(Open { at, start, anchor, content }) = self.open.pop() else { return Ok(()) };
        let body = match content {
            Content::List(items) => Body::List(items),
            Content::Map { entries, flow, .. } => Body::Map { entries, flow },
        };
        self.add(Node { at, span: start..end, body }, anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), YamlError> {
        let node = Arc::new(node);
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, key, seen, .. }) => match key.take() {
                Some((name, at, span)) => entries.push(Entry { key: name, at, span, value: node }),
                None => {
                    let Body::Scalar { text, .. } = &node.target().body else {
                        return Err(self.error(node.at.clone(), YamlProblem::KeyNotText));
                    };
                    if let Some(first) = seen.insert(text.clone(), node.at.clone()) {
                        let problem = YamlProblem::DuplicateKey { key: text.clone(), first };
                        return Err(self.error(node.at.clone(), problem));
                    }
                    *key = Some((text.clone(), node.at.clone(), node.span.clone()));
                }
            },
        }
        Ok(())
    }

    fn error(&self, at: Place, problem: YamlProblem) -> YamlError {
        YamlError::new(at, self.text, problem)
    }

    /// Returns the root of an empty file: a null scalar.
    fn empty(&self) -> Arc<Node> {
        let at = Place { source: self.source.clone(), line: 1, column: 1 };
        let end = self.text.len();
        let body = Body::Scalar { text: String::new(), quotes: Quotes::Plain, forced_text: false };
        Arc::new(Node { at, span: end..end, body })
    }
}
