//! Replaces variables in a template's attributes.

use super::TemplateError;
use super::variables::Variables;
use crate::yaml::{Data, Key, Value};

/// The number of passes, as in Kometa. Several are needed for nested names such as `<<limit_<<key>>>>`.
const PASSES: usize = 8;

/// The maximum length of a text after replacement, in bytes.
const MAX_LENGTH: usize = 1 << 20;

/// Why an attribute is omitted.
enum Omitted {
    /// It uses an optional variable without a value.
    Optional,
    /// It calculates with a value that is not a number.
    Invalid(TemplateError),
}

/// Replaces the variables in an attribute; `None` if it uses an optional variable without a value.
pub(super) fn substitute(
    key: &Key,
    value: &Value,
    variables: &Variables,
) -> Result<Option<(Key, Value)>, TemplateError> {
    let filled = text_of_key(key, variables).and_then(|key| Ok((key, tree(value, variables)?)));
    match filled {
        Ok(part) => Ok(Some(part)),
        Err(Omitted::Optional) => Ok(None),
        Err(Omitted::Invalid(TemplateError::NotANumber { value, expression, .. })) => {
            Err(TemplateError::NotANumber { attribute: key.text.clone(), value, expression })
        }
        Err(Omitted::Invalid(error)) => Err(error),
    }
}

fn text_of_key(key: &Key, variables: &Variables) -> Result<Key, Omitted> {
    let text = Value { data: Data::Text(key.text.clone()), at: key.at.clone() };
    Ok(Key { text: scalar(&text, variables)?.to_python(), at: key.at.clone() })
}

fn tree(value: &Value, variables: &Variables) -> Result<Value, Omitted> {
    let data = match &value.data {
        Data::Text(_) => return scalar(value, variables),
        Data::List(items) => {
            let mut kept = Vec::new();
            for item in items {
                keep(&mut kept, tree(item, variables))?;
            }
            check_not_emptied(items.is_empty(), kept.is_empty())?;
            Data::List(kept)
        }
        Data::Map(entries) => {
            let mut kept = Vec::new();
            for (key, value) in entries {
                let entry = text_of_key(key, variables).and_then(|key| Ok((key, tree(value, variables)?)));
                keep(&mut kept, entry)?;
            }
            check_not_emptied(entries.is_empty(), kept.is_empty())?;
            Data::Map(kept)
        }
        other => other.clone(),
    };
    Ok(Value { data, at: value.at.clone() })
}

fn keep<T>(kept: &mut Vec<T>, item: Result<T, Omitted>) -> Result<(), Omitted> {
    match item {
        Ok(item) => kept.push(item),
        Err(Omitted::Optional) => {}
        Err(wrong) => return Err(wrong),
    }
    Ok(())
}

/// A list or mapping whose entries were all omitted is omitted as well.
fn check_not_emptied(was_empty: bool, is_empty: bool) -> Result<(), Omitted> {
    if is_empty && !was_empty { Err(Omitted::Optional) } else { Ok(()) }
}

fn scalar(value: &Value, variables: &Variables) -> Result<Value, Omitted> {
    let mut value = value.clone();
    for _ in 0..PASSES {
        let Data::Text(text) = &value.data else { break };
        if !text.contains("<<") || text.len() > MAX_LENGTH {
            break;
        }
        let missing =
            |name: &&String| !variables.values.contains_key(*name) && text.contains(&format!("<<{name}>>"));
        if variables.optional.iter().find(missing).is_some() {
            return Err(Omitted::Optional);
        }
        value = one_pass(&value, variables)?;
    }
    Ok(value)
}

fn one_pass(value: &Value, variables: &Variables) -> Result<Value, Omitted> {
    let mut value = value.clone();
    for name in innermost(&value) {
        let Data::Text(text) = &value.data else { break };
        if let Some(found) = variables.values.get(&name).filter(|_| name != "name") {
            value = put(&value, text, &name, found);
        } else if let Some((base, offset)) = calculation(&name)
            && let Some(found) = variables.values.get(base)
        {
            let number = number(found).ok_or_else(|| {
                Omitted::Invalid(TemplateError::NotANumber {
                    attribute: String::new(),
                    value: found.to_python(),
                    expression: name.clone(),
                })
            })?;
            let sum = Value { data: Data::Int(number.saturating_add(offset)), at: found.at.clone() };
            value = put(&value, text, &name, &sum);
        }
    }
    Ok(value)
}

/// Replaces one variable: a text that consists only of it takes the variable's value and type; otherwise the value
/// is inserted as text.
fn put(value: &Value, text: &str, name: &str, found: &Value) -> Value {
    let mark = format!("<<{name}>>");
    if text == mark {
        return found.clone();
    }
    let inserted = found.to_python();
    let growth = text.matches(&mark).count().saturating_mul(inserted.len());
    if text.len().saturating_add(growth) > MAX_LENGTH {
        // The variables multiply each other. The rest of the placeholders fails later, like that of an unset
        // variable.
        return value.clone();
    }
    Value { data: Data::Text(text.replace(&mark, &inserted)), at: value.at.clone() }
}

/// Returns the names of the innermost placeholders.
fn innermost(value: &Value) -> Vec<String> {
    let Data::Text(text) = &value.data else { return Vec::new() };
    let mut names = Vec::new();
    for (end, _) in text.match_indices(">>") {
        if let Some(start) = text[..end].rfind("<<") {
            let name = &text[start + 2..end];
            if !name.is_empty() && !name.contains(">>") && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Parses a calculation: `year+1` is `("year", 1)`.
fn calculation(name: &str) -> Option<(&str, i64)> {
    let sign = name.rfind(['+', '-'])?;
    let offset: i64 = name[sign + 1..].parse().ok()?;
    let positive = name.as_bytes().get(sign) == Some(&b'+');
    Some((&name[..sign], if positive { offset } else { -offset }))
}

fn number(value: &Value) -> Option<i64> {
    match &value.data {
        Data::Int(number) => Some(*number),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Replaces variables in a default value. Unlike [`substitute`], it omits nothing.
pub(super) fn replace(value: &Value, variables: &[(&String, &Value)]) -> Value {
    let values = variables.iter().map(|(name, value)| ((*name).clone(), (*value).clone())).collect();
    let variables = Variables { values, ..Variables::default() };
    tree(value, &variables).unwrap_or_else(|_| value.clone())
}
