//! The attributes of a dynamic definition. Most of them can also be set in `template_variables` of the file block.

use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::{boolean, list};
use crate::template::Map;
use crate::yaml::{Data, Value};

/// The current names of all attributes.
pub(crate) const NAMES: [&str; 17] = [
    "type",
    "data",
    "exclude",
    "addons",
    "template",
    "template_variables",
    "other_template",
    "remove_suffix",
    "remove_prefix",
    "custom_keys",
    "title_format",
    "key_name_override",
    "title_override",
    "test",
    "sync",
    "include",
    "other_name",
];

/// Deprecated names with their current names.
pub(crate) const RENAMED: [(&str, &str); 2] =
    [("pre_format_override", "key_name_override"), ("post_format_override", "title_override")];

/// Attributes that can only be set in the definition itself.
const OWN: [&str; 4] = ["type", "template", "other_template", "template_variables"];

const DEFAULT_FORMAT: &str = "<<key_name>>";

/// A definition's attributes.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) data: Option<Value>,
    pub(super) exclude: Vec<String>,
    pub(super) include: Vec<String>,
    /// Keys, each with the keys that are merged into it.
    pub(super) addons: Vec<(String, Vec<String>)>,
    pub(super) templates: Vec<String>,
    pub(super) other_templates: Vec<String>,
    pub(super) other_name: Option<String>,
    /// Variables of the template calls: a value for each key, and a default.
    pub(super) variables: Map,
    pub(super) prefixes: Vec<String>,
    pub(super) suffixes: Vec<String>,
    /// Whether `addons` can define keys of their own.
    pub(super) custom_keys: bool,
    pub(super) title_format: String,
    pub(super) key_names: Vec<(String, String)>,
    pub(super) titles: Vec<(String, String)>,
    pub(super) test: bool,
    pub(super) sync: bool,
}

struct Reader<'a> {
    definition: &'a Value,
    config: &'a Map,
    path: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Options {
    /// Reads a definition. Invalid values are reported and then ignored.
    pub(super) fn read(definition: &Value, config: &Map, path: &str, findings: &mut Vec<Finding>) -> Self {
        let mut reader = Reader { definition, config, path, findings };
        reader.unknown();
        let data = reader.merged("data");
        Self {
            data,
            exclude: reader.texts("exclude"),
            include: reader.texts("include"),
            addons: reader.addons(),
            templates: reader.texts("template"),
            other_templates: reader.texts("other_template"),
            other_name: reader.value("other_name").map(|value| value.to_python()),
            variables: reader.variables(),
            prefixes: reader.texts("remove_prefix"),
            suffixes: reader.texts("remove_suffix"),
            custom_keys: reader.switch("custom_keys", true),
            title_format: reader.title_format(),
            key_names: reader.pairs("key_name_override"),
            titles: reader.pairs("title_override"),
            test: reader.switch("test", false),
            sync: reader.switch("sync", false),
        }
    }
}

impl Reader<'_> {
    fn report(&mut self, level: Level, value: &Value, name: &str, problem: Problem) {
        self.findings.push(Finding::new(level, &value.at, format!("{}.{name}", self.path), problem));
    }

    fn unknown(&mut self) {
        let Data::Map(entries) = &self.definition.data else { return };
        for (key, value) in entries {
            let lower = key.text.to_lowercase();
            if let Some((_, name)) = RENAMED.iter().find(|(old, _)| *old == lower) {
                self.report(Level::Note, value, &key.text, Problem::RunsAs { name: (*name).to_owned() });
            } else if !NAMES.contains(&lower.as_str()) {
                let problem =
                    Problem::UnknownKey { key: key.text.clone(), nearest: nearest_name(&lower, NAMES) };
                self.findings.push(Finding::new(Level::Warning, &key.at, self.path, problem));
            }
        }
    }

    /// Returns the value from config.yml, otherwise the one in the definition.
    fn value(&self, name: &str) -> Option<Value> {
        let old = RENAMED.iter().find(|(_, today)| *today == name).map(|(old, _)| *old);
        let named = |key: &str| key.eq_ignore_ascii_case(name) || old.is_some_and(|old| key == old);
        let of = |map: &Map| map.iter().find(|(key, _)| named(&key.text)).map(|(_, value)| value.clone());
        let own = match &self.definition.data {
            Data::Map(entries) => of(entries),
            _ => None,
        };
        let from_config = if OWN.contains(&name) { None } else { of(self.config) };
        from_config.or(own).filter(|value| value.data != Data::Null)
    }

    fn variable(&self, name: &str) -> Option<&Value> {
        self.config.iter().find(|(key, _)| key.text == name).map(|(_, value)| value)
    }

    /// Returns a list with the additions of `append_NAME` and without the items of `remove_NAME`.
    fn merged(&self, name: &str) -> Option<Value> {
        let base = self.value(name);
        let (more, less) =
            (self.variable(&format!("append_{name}")), self.variable(&format!("remove_{name}")));
        let Some(at) = more.or(less).map(|value| value.at.clone()) else { return base };
        let removed: Vec<_> = less.map(list).unwrap_or_default().iter().map(Value::to_python).collect();
        let mut items = base.as_ref().map(list).unwrap_or_default();
        items.extend(more.map(list).unwrap_or_default());
        items.retain(|item| !removed.contains(&item.to_python()));
        Some(Value { data: Data::List(items), at })
    }

    fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.merged(name) else { return Vec::new() };
        if matches!(value.data, Data::Map(_)) {
            let problem = Problem::WrongType { expected: "a list", found: value.kind() };
            self.report(Level::Error, &value, name, problem);
            return Vec::new();
        }
        list(&value).iter().map(Value::to_python).filter(|text| !text.is_empty()).collect()
    }

    fn map(&mut self, name: &str, value: Option<Value>) -> Map {
        match value.map(|value| (value.data.clone(), value)) {
            Some((Data::Map(entries), _)) => entries,
            Some((_, value)) => {
                let problem = Problem::WrongType { expected: "a mapping", found: value.kind() };
                self.report(Level::Error, &value, name, problem);
                Map::new()
            }
            None => Map::new(),
        }
    }

    fn pairs(&mut self, name: &str) -> Vec<(String, String)> {
        let value = self.value(name);
        let map = self.map(name, value);
        map.into_iter().map(|(key, value)| (key.text, value.to_python())).collect()
    }

    fn addons(&mut self) -> Vec<(String, Vec<String>)> {
        let texts = |value: &Value| list(value).iter().map(Value::to_python).collect::<Vec<_>>();
        let base = self.value("addons");
        let mut addons: Vec<(String, Vec<String>)> =
            self.map("addons", base).into_iter().map(|(key, value)| (key.text, texts(&value))).collect();
        let (more, less) = (self.variable("append_addons").cloned(), self.variable("remove_addons").cloned());
        for (key, value) in self.map("append_addons", more) {
            match addons.iter_mut().find(|(known, _)| *known == key.text) {
                Some((_, members)) => members.extend(texts(&value)),
                None => addons.push((key.text, texts(&value))),
            }
        }
        match less.map(|value| (value.data.clone(), value)) {
            Some((Data::Map(entries), _)) => {
                for (key, value) in entries {
                    let removed = texts(&value);
                    addons
                        .iter_mut()
                        .filter(|(known, _)| *known == key.text)
                        .for_each(|(_, members)| members.retain(|member| !removed.contains(member)));
                }
            }
            Some((_, value)) => {
                let removed = texts(&value);
                addons.retain(|(key, _)| !removed.contains(key));
            }
            None => {}
        }
        addons
    }

    fn variables(&mut self) -> Map {
        let value = self.value("template_variables");
        let mut variables = self.map("template_variables", value);
        variables.retain(|(key, value)| {
            let fits = matches!(value.data, Data::Map(_));
            if !fits {
                let problem =
                    Problem::WrongType { expected: "a mapping of keys and default", found: value.kind() };
                self.report(Level::Warning, value, &format!("template_variables.{}", key.text), problem);
            }
            fits
        });
        variables
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        let Some(value) = self.value(name) else { return default };
        boolean(&value).unwrap_or_else(|| {
            let problem = Problem::WrongType { expected: "true or false", found: value.kind() };
            self.report(Level::Warning, &value, name, problem);
            default
        })
    }

    fn title_format(&mut self) -> String {
        let Some(value) = self.value("title_format") else { return DEFAULT_FORMAT.into() };
        let format = value.to_python();
        if format.contains("<<key_name>>") || format.contains("<<title>>") {
            return format;
        }
        let problem = Problem::Unusable("must contain <<key_name>>; it is not used");
        self.report(Level::Error, &value, "title_format", problem);
        DEFAULT_FORMAT.into()
    }
}
