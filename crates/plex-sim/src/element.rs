//! Responses as a tree of elements, written as XML or, if requested, as the JSON that Plex derives from it.

use serde_json::{Map, json};

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Real(f64),
    Flag(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::from(number as u64)
    }
}

/// An element of a response.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(String, Value)>,
    children: Vec<Element>,
}

impl Element {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// Adds an attribute if it has a value. Plex never writes empty attributes.
    pub(crate) fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(crate) fn child(mut self, child: Element) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// Adds one child per tag, such as `<Label tag="…"/>`.
    pub(crate) fn tags<'a>(self, name: &'static str, tags: impl IntoIterator<Item = &'a String>) -> Self {
        self.children(tags.into_iter().map(|tag| Element::new(name).with("tag", tag.as_str())))
    }

    pub(crate) fn xml(&self) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        text.push('<');
        text.push_str(self.name);
        for (name, value) in &self.attributes {
            text.push(' ');
            text.push_str(name);
            text.push_str("=\"");
            match value {
                Value::Text(value) => escape(value, text),
                Value::Number(number) => text.push_str(&number.to_string()),
                Value::Real(number) => text.push_str(&number.to_string()),
                Value::Flag(flag) => text.push(if *flag { '1' } else { '0' }),
            }
            text.push('"');
        }
        if self.children.is_empty() {
            text.push_str("/>");
            return;
        }
        text.push('>');
        for child in &self.children {
            child.write(text);
        }
        text.push_str("</");
        text.push_str(self.name);
        text.push('>');
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        json!({ self.name: self.members() })
    }

    fn members(&self) -> serde_json::Value {
        let mut members = Map::new();
        for (name, value) in &self.attributes {
            let value = match value {
                Value::Text(text) => json!(text),
                Value::Number(number) => json!(number),
                Value::Real(number) => json!(number),
                Value::Flag(flag) => json!(flag),
            };
            members.insert(name.clone(), value);
        }
        for child in &self.children {
            match child.name {
                "Preferences" | "Meta" => {
                    members.insert(child.name.to_owned(), child.members());
                }
                _ => {
                    let list = members.entry(child.json_name()).or_insert_with(|| json!([]));
                    if let Some(list) = list.as_array_mut() {
                        list.push(child.members());
                    }
                }
            }
        }
        members.into()
    }

    /// In JSON, every element with a rating key is called `Metadata`, regardless of its name in XML.
    fn json_name(&self) -> &'static str {
        if self.attributes.iter().any(|(name, _)| name == "ratingKey") { "Metadata" } else { self.name }
    }
}

fn escape(value: &str, text: &mut String) {
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            '\t' => text.push_str("&#9;"),
            // XML 1.0 cannot represent other control characters.
            control if control.is_control() => {}
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped_and_control_characters_omitted() {
        let element = Element::new("MediaContainer")
            .child(Element::new("Video").with("ratingKey", 7u64).with("title", "A & \"B\" <C>\n🎬\u{1}"));
        assert!(element.xml().ends_with(
            "<MediaContainer><Video ratingKey=\"7\" title=\"A &amp; &quot;B&quot; &lt;C&gt;&#10;🎬\"/></MediaContainer>"
        ));
        assert_eq!(element.json()["MediaContainer"]["Metadata"][0]["ratingKey"], 7);
    }
}
