//! A validator for the keywords of JSON Schema that the schemas use. Any other keyword fails the test.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;
use serde_json::{Value as Json, json};

use crate::yaml::{Data, Value};

/// Converts a YAML value to JSON, as an editor does for validation.
pub(super) fn to_json(value: &Value) -> Json {
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(flag) => json!(flag),
        Data::Int(number) => json!(number),
        Data::Float(number) => json!(number),
        Data::Text(text) => json!(text),
        Data::List(items) => items.iter().map(to_json).collect(),
        Data::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.text.clone(), to_json(value))).collect())
        }
    }
}

pub(super) fn accepts(schema: &Json, value: &Json) -> bool {
    holds(schema, schema, value)
}

fn holds(root: &Json, schema: &Json, value: &Json) -> bool {
    let Some(keywords) = schema.as_object() else { return schema.as_bool().unwrap() };
    keywords.iter().all(|(keyword, rule)| match keyword.as_str() {
        "$schema" | "title" | "description" | "definitions" | "examples" => true,
        "$ref" => {
            let name = rule.as_str().unwrap().strip_prefix("#/definitions/").unwrap();
            holds(root, &root["definitions"][name], value)
        }
        "anyOf" => rule.as_array().unwrap().iter().any(|one| holds(root, one, value)),
        "allOf" => rule.as_array().unwrap().iter().all(|one| holds(root, one, value)),
        "not" => !holds(root, rule, value),
        "const" => rule == value,
        "enum" => rule.as_array().unwrap().contains(value),
        "type" => match rule {
            Json::Array(types) => types.iter().any(|one| is(one.as_str().unwrap(), value)),
            one => is(one.as_str().unwrap(), value),
        },
        "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
        "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| holds(root, rule, item))),
        "required" => value.as_object().is_none_or(|map| {
            rule.as_array().unwrap().iter().all(|name| map.contains_key(name.as_str().unwrap()))
        }),
        "properties" => value.as_object().is_none_or(|map| {
            map.iter().all(|(key, value)| rule.get(key).is_none_or(|one| holds(root, one, value)))
        }),
        "patternProperties" => value.as_object().is_none_or(|map| {
            let fits = |key: &String, value: &Json| {
                rule.as_object()
                    .unwrap()
                    .iter()
                    .all(|(pattern, one)| !matches(pattern, key) || holds(root, one, value))
            };
            map.iter().all(|(key, value)| fits(key, value))
        }),
        "additionalProperties" => value.as_object().is_none_or(|map| {
            let named = |key: &String| schema.get("properties").is_some_and(|known| known.get(key).is_some());
            let patterned = |key: &String| {
                let patterns = schema.get("patternProperties").and_then(Json::as_object);
                patterns.is_some_and(|patterns| patterns.keys().any(|pattern| matches(pattern, key)))
            };
            map.iter()
                .filter(|(key, _)| !named(key) && !patterned(key))
                .all(|(_, value)| holds(root, rule, value))
        }),
        other => panic!("the test validator does not support the keyword {other}"),
    })
}

fn is(kind: &str, value: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type: {other}"),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let entry = known.entry(pattern.to_owned());
        entry.or_insert_with(|| Regex::new(pattern).unwrap()).is_match(text)
    })
}
