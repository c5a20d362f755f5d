//! Serialises the OpenAPI document, for `/api/openapi.json` and the committed `web/openapi.json`.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

/// Formats the document for `web/openapi.json`.
pub fn to_text(document: &OpenApi) -> String {
    let mut text = serde_json::to_string_pretty(&to_json(document)).expect("JSON can be formatted");
    text.push('\n');
    text
}

/// Converts the document to JSON and corrects the nullability of optional fields.
///
/// utoipa declares every `Option` as nullable, but the API omits such fields instead of sending null, unless the
/// field is declared as required.
pub fn to_json(document: &OpenApi) -> Value {
    let mut json = serde_json::to_value(document).expect("an OpenAPI document can be serialised");
    drop_null_from_optional(&mut json);
    declare_body_limit(&mut json);
    json
}

/// Declares a 413 response for every operation with a body, because the body limit is a middleware around all
/// routes.
fn declare_body_limit(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in paths.filter_map(Value::as_object_mut).flat_map(|methods| methods.values_mut()) {
        if operation.get("requestBody").is_some() {
            operation["responses"]["413"] = json!({
                "description": "The request body is too large.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
            });
        }
    }
}

fn drop_null_from_optional(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_null_from_optional),
        Value::Object(object) => {
            let required: Vec<String> = object
                .get("required")
                .and_then(Value::as_array)
                .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
                .unwrap_or_default();
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                for (_, schema) in properties.iter_mut().filter(|(name, _)| !required.contains(name)) {
                    drop_null(schema);
                }
            }
            if object.get("in").and_then(Value::as_str) == Some("query")
                && let Some(schema) = object.get_mut("schema")
            {
                drop_null(schema);
            }
            object.values_mut().for_each(drop_null_from_optional);
        }
        _ => {}
    }
}

/// Removes null from `type: [x, null]` and `oneOf: [null, x]`.
fn drop_null(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(choices)) = object.get_mut("oneOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [only] = choices.as_mut_slice() {
            let only = only.take();
            object.remove("oneOf");
            let Value::Object(only) = only else { return };
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
}
