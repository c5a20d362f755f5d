//! Creates the collections of a dynamic definition from Trakt's response.

use super::{Dynamic, FoundKey};
use crate::collections::Collection;
use crate::collections::definitions;
use crate::finding::{Finding, Level, Problem};
use crate::template::Map;
use crate::yaml::{Data, Key, Value};

/// A collection to create.
struct NewCollection {
    key: String,
    name: String,
    /// Its own key and the keys that are merged into it.
    values: Vec<String>,
}

impl Dynamic {
    /// Returns the collections for these keys, and findings.
    pub(in crate::collections) fn collections(&self, found: &[FoundKey]) -> (Vec<Collection>, Vec<Finding>) {
        let (made, others) = self.made(found);
        let mut collections: Vec<_> = made.iter().map(|one| self.collection(one)).collect();
        if let Some(name) = self.options.other_name.as_ref().filter(|_| !others.is_empty()) {
            collections.push(self.other(name, &others, &made));
        }
        let mut findings = Vec::new();
        if collections.is_empty() {
            let problem = Problem::Unusable("Trakt returned nothing to create collections from");
            let path = format!("dynamic_collections.{}", self.name);
            findings.push(Finding::new(Level::Error, &self.at, path, problem));
        }
        (collections, findings)
    }

    /// Returns the collections to create, and the keys that are not in `include`.
    fn made(&self, found: &[FoundKey]) -> (Vec<NewCollection>, Vec<String>) {
        let options = &self.options;
        let mut keys: Vec<&FoundKey> = Vec::new();
        for one in found {
            let excluded = options.exclude.contains(&one.key) || options.exclude.contains(&one.name);
            if !excluded && !keys.iter().any(|known| known.key == one.key) {
                keys.push(one);
            }
        }
        let present = |members: &[String]| -> Vec<String> {
            members.iter().filter(|member| keys.iter().any(|one| one.key == **member)).cloned().collect()
        };
        let merged: Vec<&String> = options
            .addons
            .iter()
            .flat_map(|(key, members)| members.iter().filter(move |one| *one != key))
            .collect();
        let (mut made, mut others) = (Vec::new(), Vec::new());
        for one in keys.iter().filter(|one| !merged.contains(&&one.key)) {
            let mut values = vec![one.key.clone()];
            if let Some((_, members)) = options.addons.iter().find(|(key, _)| *key == one.key) {
                values.extend(present(members).into_iter().filter(|member| *member != one.key));
            }
            if options.include.is_empty() || options.include.contains(&one.key) {
                made.push(NewCollection { key: one.key.clone(), name: one.name.clone(), values });
            } else {
                others.extend(values);
            }
        }
        for (key, members) in options.addons.iter().filter(|_| options.custom_keys) {
            let values = present(members);
            let own = !found.iter().any(|one| one.key == *key) && !values.is_empty();
            if own && (options.include.is_empty() || options.include.contains(key)) {
                made.push(NewCollection { key: key.clone(), name: key.clone(), values });
            }
        }
        (made, others)
    }

    fn collection(&self, made: &NewCollection) -> Collection {
        let title = self.title(made);
        let calls = self.options.templates.iter().map(|template| {
            let mut call = self.call(template, &made.values);
            call.push(self.entry("key_name", self.text(&self.key_name(made))));
            call.push(self.entry("key", self.text(&made.key)));
            self.variables(&made.key, &mut call);
            self.value(Data::Map(call))
        });
        self.define(&title, calls.collect())
    }

    /// Creates the collection for all keys that are not in `include`.
    fn other(&self, name: &str, others: &[String], made: &[NewCollection]) -> Collection {
        let options = &self.options;
        let names =
            if options.other_templates.is_empty() { &options.templates } else { &options.other_templates };
        let used: Vec<String> = made.iter().flat_map(|one| one.values.iter().cloned()).collect();
        let calls = names.iter().map(|template| {
            let mut call = self.call(template, others);
            call.push(self.entry("included_keys", self.texts(&options.include)));
            call.push(self.entry("used_keys", self.texts(&used)));
            call.push(self.entry("key_name", self.text(name)));
            call.push(self.entry("key", self.text("other")));
            self.variables("other", &mut call);
            self.value(Data::Map(call))
        });
        self.define(&self.filled(name), calls.collect())
    }

    fn define(&self, title: &str, calls: Vec<Value>) -> Collection {
        let mut definition = vec![
            self.entry("template", self.value(Data::List(calls))),
            self.entry("append_label", self.text(&self.name)),
        ];
        if self.options.test {
            definition.push(self.entry("test", self.value(Data::Bool(true))));
        }
        let key = Key { text: title.to_owned(), at: self.at.clone() };
        definitions::read_one(&key, &definition, &self.templates, &self.scope)
    }

    fn call(&self, template: &str, values: &[String]) -> Map {
        let kind = match self.source {
            super::DynamicSource::UserLists(_) => "trakt_user_lists",
            super::DynamicSource::LikedLists => "trakt_liked_lists",
            super::DynamicSource::People(_) => "trakt_people_list",
        };
        vec![
            self.entry("name", self.text(template)),
            self.entry("value", self.texts(values)),
            self.entry(kind, self.texts(values)),
        ]
    }

    /// Adds the definition's own variables to a call: the value for this key, otherwise the default.
    fn variables(&self, key: &str, call: &mut Map) {
        for (name, values) in &self.options.variables {
            if let Some(value) = values.get(key).or_else(|| values.get("default")) {
                call.push((name.clone(), value.clone()));
            }
        }
    }

    fn key_name(&self, made: &NewCollection) -> String {
        let overridden = self.options.key_names.iter().find(|(key, _)| *key == made.key);
        if let Some((_, name)) = overridden {
            return name.clone();
        }
        let mut name = made.name.as_str();
        for prefix in &self.options.prefixes {
            name = name.strip_prefix(prefix.as_str()).unwrap_or(name);
        }
        for suffix in &self.options.suffixes {
            name = name.strip_suffix(suffix.as_str()).unwrap_or(name);
        }
        name.trim().to_owned()
    }

    fn title(&self, made: &NewCollection) -> String {
        if let Some((_, title)) = self.options.titles.iter().find(|(key, _)| *key == made.key) {
            return title.clone();
        }
        let name = self.key_name(made);
        let format = self.filled(&self.options.title_format);
        format.replace("<<key_name>>", &name).replace("<<title>>", &name)
    }

    /// Replaces the placeholders for the library's media type and the limit.
    fn filled(&self, text: &str) -> String {
        let kind = self.scope.context.library_type;
        let limit = self.scope.variables.iter().find(|(key, _)| key.text == "limit");
        let limit = limit.map(|(_, value)| value.to_python());
        let text = text
            .replace("<<library_type>>", kind)
            .replace("<<library_typeU>>", &crate::template::capital(kind));
        limit.map_or(text.clone(), |limit| text.replace("<<limit>>", &limit))
    }

    fn value(&self, data: Data) -> Value {
        Value { data, at: self.at.clone() }
    }

    fn text(&self, text: &str) -> Value {
        self.value(Data::Text(text.to_owned()))
    }

    fn texts(&self, texts: &[String]) -> Value {
        self.value(Data::List(texts.iter().map(|text| self.text(text)).collect()))
    }

    fn entry(&self, name: &str, value: Value) -> (Key, Value) {
        (Key { text: name.to_owned(), at: self.at.clone() }, value)
    }
}
