//! Applies templates as Kometa does: variables are replaced, with their types, in eight passes.
//!
//! A variable takes its value from the first of these that sets it: config.yml's `template_variables`, the call,
//! the `template_variables` of `external_templates`, the definition's `variables`, the template's `conditionals`,
//! and its `default`.

mod condition;
mod substitute;
mod variables;

use std::collections::HashMap;

use crate::yaml::{Data, Key, Place, Value};
use substitute::substitute;
use variables::Variables;
pub(crate) use variables::capital;

/// The entries of a mapping, in order.
pub type Map = Vec<(Key, Value)>;

/// Keys of a template that control it and are not copied into the collection.
const SPECIAL: [&str; 5] = ["default", "optional", "conditionals", "move_prefix", "move_collection_prefix"];

/// What templates can use besides their variables.
#[derive(Debug, Clone)]
pub struct Context {
    /// `movie` or `show`.
    pub library_type: &'static str,
    /// The library's name.
    pub library_name: String,
    /// Year, month and day of the run.
    pub today: (i64, i64, i64),
}

/// A template, with the variables set for its file.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its content.
    pub value: Value,
    /// The `template_variables` of the `external_templates` entry that it is from; empty for the file's own
    /// templates.
    pub variables: Map,
}

/// The templates that a collection file can use, by name.
pub type Templates = HashMap<String, Template>;

/// Why a template cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The file has no templates at all.
    #[error("there are no templates in this file or its external_templates")]
    NoTemplates,
    /// There is no such template.
    #[error("there is no template named {name:?}{}", did_you_mean(nearest))]
    NotFound {
        /// The name.
        name: String,
        /// The template with the closest name.
        nearest: Option<String>,
    },
    /// The template is empty.
    #[error("the template {0:?} is blank")]
    Blank(String),
    /// A call that is not a mapping.
    #[error("each template must be a mapping with a name")]
    NotACall,
    /// A call without a name.
    #[error("the template's name is missing or blank")]
    NoName,
    /// A part of the template has the wrong shape.
    #[error("the template's {part} must be {expected}")]
    WrongShape {
        /// Which part.
        part: String,
        /// What it must be.
        expected: &'static str,
    },
    /// `<<year+1>>` with a value that is not a number.
    #[error(
        "{value:?} must be a whole number to use <<{expression}>>; the attribute {attribute:?} is left out"
    )]
    NotANumber {
        /// The attribute that is dropped.
        attribute: String,
        /// The variable's value.
        value: String,
        /// The text between `<<` and `>>`.
        expression: String,
    },
}

fn did_you_mean(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}

/// An attribute of a collection, and the template it is from.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name as written.
    pub key: Key,
    /// Its value.
    pub value: Value,
    /// The template's name; `None` for the definition's own attributes.
    pub template: Option<String>,
}

/// A definition with its templates applied.
#[derive(Debug, Default)]
pub struct Applied {
    /// The definition's own attributes, then those of its templates.
    pub attributes: Vec<Attribute>,
    /// Errors in attributes, which were therefore left out.
    pub dropped: Vec<(Place, TemplateError)>,
}

/// Applies the templates that a definition calls.
///
/// # Errors
/// [`TemplateError`] if a call or a template is invalid. The collection then cannot be built.
pub fn apply(
    mapping_name: &str,
    definition: &[(Key, Value)],
    templates: &Templates,
    config_variables: &[(Key, Value)],
    context: &Context,
) -> Result<Applied, (Place, TemplateError)> {
    let own = |name: &str| {
        definition.iter().find(|(key, _)| key.text.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let mut applied = Applied::default();
    for (key, value) in definition {
        if !["template", "variables"].contains(&key.text.to_ascii_lowercase().as_str()) {
            applied.attributes.push(Attribute { key: key.clone(), value: value.clone(), template: None });
        }
    }
    let Some(calls) = own("template") else { return Ok(applied) };
    let calls_list = match &calls.data {
        Data::List(calls) => calls.iter().collect(),
        _ => vec![calls],
    };
    let variables = match own("variables").map(|value| &value.data) {
        Some(Data::Map(variables)) => variables.clone(),
        _ => Vec::new(),
    };
    let name = own("name").or_else(|| own("collection_name")).map(Value::to_python);
    for call in calls_list {
        let fail = |error| (call.at.clone(), error);
        let sources =
            Call { mapping_name, name: name.clone(), definition: &variables, config: config_variables };
        let (template, parts) =
            apply_call(call, templates, &sources, context, &mut applied.dropped).map_err(fail)?;
        for (key, value) in parts {
            let known = |attribute: &Attribute| attribute.key.text.eq_ignore_ascii_case(&key.text);
            if !applied.attributes.iter().any(known) {
                applied.attributes.push(Attribute { key, value, template: Some(template.clone()) });
            }
        }
    }
    Ok(applied)
}

/// The inputs for resolving a template call.
struct Call<'a> {
    mapping_name: &'a str,
    name: Option<String>,
    definition: &'a [(Key, Value)],
    config: &'a [(Key, Value)],
}

fn apply_call(
    call: &Value,
    templates: &Templates,
    sources: &Call<'_>,
    context: &Context,
    dropped: &mut Vec<(Place, TemplateError)>,
) -> Result<(String, Map), TemplateError> {
    let Data::Map(arguments) = &call.data else { return Err(TemplateError::NotACall) };
    let name =
        call.get("name").filter(|name| name.data != Data::Null).ok_or(TemplateError::NoName)?.to_python();
    if templates.is_empty() {
        return Err(TemplateError::NoTemplates);
    }
    let template = templates.get(&name).ok_or_else(|| TemplateError::NotFound {
        nearest: crate::nearest::nearest_name(&name, templates.keys().map(String::as_str)),
        name: name.clone(),
    })?;
    let Data::Map(body) = &template.value.data else { return Err(TemplateError::Blank(name)) };
    let own_name = template.value.get("name").map(Value::to_python);
    let title = sources.name.clone().or(own_name).unwrap_or_else(|| sources.mapping_name.to_owned());
    let layers = [sources.config, arguments, &template.variables, sources.definition];
    let variables = Variables::resolve(&layers, &template.value, &title, sources.mapping_name, context)?;
    let mut parts = Vec::new();
    for (key, value) in body.iter().filter(|(key, _)| !SPECIAL.contains(&key.text.as_str())) {
        match substitute(key, value, &variables) {
            Ok(Some(part)) => parts.push(part),
            Ok(None) => {}
            Err(error) => dropped.push((value.at.clone(), error)),
        }
    }
    Ok((name, parts))
}

#[cfg(test)]
mod tests;
