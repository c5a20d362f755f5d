//! Repairs malformed XML.
//!
//! Kodi's parser is lenient, so there are many files with unescaped ampersands and angle brackets, control
//! characters, tags that are never closed, or a truncated end. What looks like a tag is kept as a tag;
//! everything else becomes text.

use std::sync::LazyLock;

use regex::Regex;

/// Limit on nesting, deeper than any NFO file, because the XML parser is recursive.
const MAX_DEPTH: usize = 32;

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')"#).expect("valid pattern")
});
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|amp|lt|gt|quot|apos);").expect("valid pattern")
});

/// Well-formed XML with the elements of `text` inside one root element `nfo`. An element whose text was cut
/// off is removed, because half an id would be a different id.
pub(super) fn tidy(text: &str) -> String {
    let mut out = Tidied { xml: String::from("<nfo>"), open: Vec::new() };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.text(&rest[..at]);
        rest = &rest[at..];
        let taken = markup(rest);
        match &taken {
            Some((Markup::Open { name, attributes, closed }, _)) => out.open(name, attributes, *closed),
            Some((Markup::Close(name), _)) => out.close(name),
            Some((Markup::Text(text), _)) => out.escape(text),
            Some((Markup::Nothing, _)) => {}
            None => out.text("<"),
        }
        rest = &rest[taken.map_or(1, |(_, length)| length)..];
    }
    if out.open.is_empty() {
        out.text(rest);
    }
    out.finish()
}

enum Markup<'a> {
    Open {
        name: &'a str,
        attributes: &'a str,
        closed: bool,
    },
    Close(&'a str),
    /// The content of a CDATA section.
    Text(&'a str),
    /// A comment, declaration or processing instruction.
    Nothing,
}

/// The markup at the start of `text`, which begins with `<`, and its length. `None` if it is not markup.
fn markup(text: &str) -> Option<(Markup<'_>, usize)> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if let Some(body) = text.strip_prefix(open) {
            let end = body.find(close).unwrap_or(body.len());
            let length = (open.len() + end + close.len()).min(text.len());
            let found = if open == "<![CDATA[" { Markup::Text(&body[..end]) } else { Markup::Nothing };
            return Some((found, length));
        }
    }
    if text.starts_with("<!") {
        return Some((Markup::Nothing, declaration(text)));
    }
    let end = text.find('>')?;
    let inside = &text[1..end];
    let (inside, closing) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
    let name_end =
        inside.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.:".contains(c))).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    // "a < b and c > d" is not a tag, and neither is text with another "<" inside.
    let tag = named
        && !attributes.contains('<')
        && (attributes.is_empty() || attributes.starts_with([' ', '\t', '\r', '\n', '/']));
    if !tag {
        return None;
    }
    let found = if closing {
        Markup::Close(name)
    } else {
        Markup::Open { name, attributes, closed: attributes.trim_end().ends_with('/') }
    };
    Some((found, end + 1))
}

/// The length of a `<!DOCTYPE ...>`, with the definitions inside it.
fn declaration(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

struct Tidied<'a> {
    xml: String,
    /// Names of open elements, and where they begin.
    open: Vec<(&'a str, usize)>,
}

impl<'a> Tidied<'a> {
    fn open(&mut self, name: &'a str, attributes: &str, closed: bool) {
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let start = self.xml.len();
        self.xml.push('<');
        self.name(name);
        let mut seen: Vec<&str> = Vec::new();
        for found in ATTRIBUTE.captures_iter(attributes) {
            let (key, value) = (found.get(1), found.get(2).or_else(|| found.get(3)));
            let (Some(key), Some(value)) = (key.map(|key| key.as_str()), value) else { continue };
            if !key.starts_with("xml") && !seen.contains(&key) {
                seen.push(key);
                self.xml.push_str(&format!(" {key}=\""));
                self.text(value.as_str());
                self.xml.push('"');
            }
        }
        self.xml.push_str(if closed { "/>" } else { ">" });
        if !closed {
            self.open.push((name, start));
        }
    }

    /// Closes the element and those still open inside it. A closing tag without an open element is ignored.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) else {
            return;
        };
        while self.open.len() > at {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some((name, _)) = self.open.pop() {
            self.xml.push_str("</");
            self.name(name);
            self.xml.push('>');
        }
    }

    /// Writes an element name in lower case and without colons, which would need a namespace declaration.
    fn name(&mut self, name: &str) {
        self.xml.extend(name.chars().map(|c| if c == ':' { '_' } else { c.to_ascii_lowercase() }));
    }

    /// Writes text and keeps the references that are valid in XML.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.escape(&rest[..at]);
            rest = &rest[at..];
            let length = match REFERENCE.captures(rest) {
                Some(found) => {
                    self.xml.push_str(if is_character(&found) { &found[0] } else { "" });
                    found[0].len()
                }
                None => {
                    self.xml.push_str("&amp;");
                    1
                }
            };
            rest = &rest[length..];
        }
        self.escape(rest);
    }

    fn escape(&mut self, text: &str) {
        for c in text.chars().filter(|c| is_allowed(*c)) {
            match c {
                '<' => self.xml.push_str("&lt;"),
                '>' => self.xml.push_str("&gt;"),
                '&' => self.xml.push_str("&amp;"),
                '"' => self.xml.push_str("&quot;"),
                c => self.xml.push(c),
            }
        }
    }

    /// Removes the innermost unclosed element if it contains only text, and closes the others.
    fn finish(mut self) -> String {
        if let Some((_, start)) = self.open.last().copied() {
            let holds_elements = self.xml[start..].matches('<').count() > 1;
            if !holds_elements && self.open.len() > 1 {
                self.xml.truncate(start);
                self.open.pop();
            }
        }
        while !self.open.is_empty() {
            self.close_last();
        }
        self.xml.push_str("</nfo>");
        self.xml
    }
}

/// Whether a numeric reference stands for a character that XML allows. Named references always do.
fn is_character(found: &regex::Captures<'_>) -> bool {
    let code = match (found.get(1), found.get(2)) {
        (Some(decimal), _) => decimal.as_str().parse().ok(),
        (_, Some(hexadecimal)) => u32::from_str_radix(hexadecimal.as_str(), 16).ok(),
        (None, None) => return true,
    };
    code.and_then(char::from_u32).is_some_and(is_allowed)
}

/// Whether XML 1.0 allows a character: no control characters except tab and line ends.
fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
