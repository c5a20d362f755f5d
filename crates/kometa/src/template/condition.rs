//! Evaluates `conditionals`: variables whose values depend on other variables.

use std::collections::HashMap;

use super::TemplateError;
use crate::yaml::{Data, Key, Value};

/// The result of a conditional.
pub(super) enum Outcome {
    /// The variable has this value.
    Value(Value),
    /// The variable has no value and becomes optional.
    Nothing,
}

/// Returns the value of the first block whose conditions are all met, otherwise `default`.
pub(super) fn choose(
    name: &str,
    conditional: &Value,
    values: &HashMap<String, Value>,
    defaults: &[(String, Value)],
) -> Result<Outcome, TemplateError> {
    let wrong = |part: String, expected| TemplateError::WrongShape { part, expected };
    if !matches!(conditional.data, Data::Map(_)) {
        return Err(wrong(format!("conditional {name}"), "a mapping"));
    }
    let conditions = conditional.get("conditions").filter(|value| value.data != Data::Null);
    let conditions =
        conditions.ok_or_else(|| wrong(format!("conditional {name}"), "a mapping with conditions"))?;
    let blocks = match &conditions.data {
        Data::List(blocks) => blocks.iter().collect(),
        _ => vec![conditions],
    };
    for block in blocks {
        let Data::Map(tests) = &block.data else {
            return Err(wrong(format!("condition of {name}"), "a mapping"));
        };
        let value = block
            .get("value")
            .ok_or_else(|| wrong(format!("condition of {name}"), "a mapping with a value"))?;
        if tests.iter().filter(|(key, _)| key.text != "value").all(|test| holds(test, values, defaults)) {
            return Ok(outcome(value));
        }
    }
    Ok(conditional.get("default").map_or(Outcome::Nothing, outcome))
}

fn outcome(value: &Value) -> Outcome {
    if value.data == Data::Null { Outcome::Nothing } else { Outcome::Value(value.clone()) }
}

fn holds(
    (key, expected): &(Key, Value),
    values: &HashMap<String, Value>,
    defaults: &[(String, Value)],
) -> bool {
    let (name, modifier) = key.text.rsplit_once('.').unwrap_or((&key.text, ""));
    let default = || defaults.iter().find(|(default, _)| default == name).map(|(_, value)| value);
    match modifier {
        "exists" => values.contains_key(name) == truth(expected),
        "not" => values.get(name).is_none_or(|value| !matches(value, expected)),
        "notdefault" => values.get(name).or_else(default).is_none_or(|value| !matches(value, expected)),
        "" => values.get(name).is_some_and(|value| matches(value, expected)),
        // The dot is part of the variable's name.
        _ => values.get(&key.text).is_some_and(|value| matches(value, expected)),
    }
}

/// Compares as Kometa does: a single value is compared as text, but items of a list by type, so `"1"` is not in
/// `[1, two]`.
fn matches(value: &Value, expected: &Value) -> bool {
    match &expected.data {
        Data::List(options) => options.contains(value),
        _ => value.to_python() == expected.to_python(),
    }
}

fn truth(value: &Value) -> bool {
    match &value.data {
        Data::Bool(flag) => *flag,
        Data::Null => false,
        _ => matches!(value.to_python().to_ascii_lowercase().as_str(), "true" | "t" | "yes" | "y" | "1"),
    }
}
