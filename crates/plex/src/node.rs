//! A response as a tree. Plex returns the same tree as XML or JSON; this module hides the difference.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde_json::Value;

/// An element: attributes and children.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

impl Node {
    /// Parses a response. An empty response becomes an empty tree.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(body).map_err(|_| "the answer is not UTF-8".to_owned())?;
        match text.trim_start().chars().next() {
            None => Ok(Self::default()),
            Some('{') => {
                let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
                let container = value.get("MediaContainer").ok_or("no MediaContainer in the answer")?;
                Ok(Self::of_json("MediaContainer", container))
            }
            Some('<') => {
                let document = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
                let root = document.root_element();
                match root.tag_name().name() {
                    "MediaContainer" => Ok(Self::of_xml(root)),
                    _ => Err("a web page instead of data".to_owned()),
                }
            }
            Some(_) => Err("neither XML nor JSON".to_owned()),
        }
    }

    fn of_xml(node: roxmltree::Node<'_, '_>) -> Self {
        let attributes =
            node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()));
        Self {
            name: node.tag_name().name().to_owned(),
            attributes: attributes.collect(),
            children: node.children().filter(roxmltree::Node::is_element).map(Self::of_xml).collect(),
        }
    }

    fn of_json(name: &str, value: &Value) -> Self {
        let mut node = Self { name: name.to_owned(), ..Self::default() };
        for (name, value) in value.as_object().into_iter().flatten() {
            match value {
                Value::String(text) => drop(node.attributes.insert(name.clone(), text.clone())),
                Value::Number(number) => drop(node.attributes.insert(name.clone(), number.to_string())),
                Value::Bool(flag) => {
                    node.attributes.insert(name.clone(), if *flag { "1" } else { "0" }.to_owned());
                }
                Value::Array(list) => {
                    let objects = list.iter().filter(|entry| entry.is_object());
                    node.children.extend(objects.map(|entry| Self::of_json(name, entry)));
                }
                Value::Object(_) => node.children.push(Self::of_json(name, value)),
                Value::Null => {}
            }
        }
        node
    }

    /// An attribute, unless it is empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// An attribute as an owned string, unless it is empty.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// An attribute as a number.
    pub(crate) fn number<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.trim().parse().ok()
    }

    /// Whether a flag is set. Plex writes `1` or `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name), Some("1" | "true"))
    }

    /// The children with this name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The children with a rating key. Their element names differ between XML and JSON.
    pub(crate) fn metadata(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(|child| child.attributes.contains_key("ratingKey"))
    }

    /// The `tag` attributes of the children with this name, such as `<Label tag="…"/>`.
    pub(crate) fn tags(&self, name: &str) -> Vec<String> {
        self.children
            .iter()
            .filter(|child| child.name == name)
            .filter_map(|child| child.string("tag"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_and_json_give_the_same_tree() {
        let xml = r#"<?xml version="1.0"?><MediaContainer size="1"><Directory ratingKey="7" title="A &amp; B" smart="1"><Label tag="X"/></Directory></MediaContainer>"#;
        let json = r#"{"MediaContainer":{"size":1,"Metadata":[{"ratingKey":"7","title":"A & B","smart":true,"Label":[{"tag":"X"}]}]}}"#;
        for text in [xml, json] {
            let node = Node::parse(text.as_bytes()).expect(text);
            let item = node.metadata().next().expect("an item");
            assert_eq!(
                (item.number::<u64>("ratingKey"), item.text("title"), item.flag("smart"), item.tags("Label")),
                (Some(7), Some("A & B"), true, vec!["X".to_owned()])
            );
        }
    }

    #[test]
    fn responses_that_are_not_from_plex_are_errors() {
        for text in ["<html><body>Sign in</body></html>", "hello", "{\"error\": 1}", "<MediaContainer"] {
            assert!(Node::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(Node::parse(b" \n"), Ok(Node::default()));
    }
}
