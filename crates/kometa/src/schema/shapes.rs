//! Schemas of single values. Kometa ignores the case of keywords and accepts numbers as text, so the schemas do as
//! well.

use serde_json::{Value, json};

/// Returns a regular expression that matches the word in any case, without using flags.
pub(super) fn any_case(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'a'..='z' => format!("[{}{c}]", c.to_ascii_uppercase()),
            '.' => "\\.".to_owned(),
            _ => c.to_string(),
        })
        .collect()
}

fn either(words: &[&str]) -> String {
    format!("({})", words.iter().map(|word| any_case(word)).collect::<Vec<_>>().join("|"))
}

/// One of these keywords, in any case. They are also listed, so that editors can complete them.
pub(super) fn keyword(words: &[&str]) -> Value {
    json!({"anyOf": [{"enum": words}, {"type": "string", "pattern": format!("^\\s*{}\\s*$", either(words))}]})
}

/// One or more of these keywords: a list, or text with commas.
pub(super) fn keywords(words: &[&str]) -> Value {
    let one = either(words);
    json!({"anyOf": [
        keyword(words),
        {"type": "string", "pattern": format!("^\\s*{one}\\s*(,\\s*{one}\\s*)*$")},
        {"type": "array", "items": keyword(words)},
    ]})
}

/// true or false, in all forms that Kometa accepts.
pub(super) fn switch() -> Value {
    let pattern = format!("^{}$", either(&["true", "false", "t", "f", "yes", "no", "y", "n", "1", "0"]));
    json!({"anyOf": [{"type": ["boolean", "integer"]}, {"type": "string", "pattern": pattern}]})
}

/// true, in all forms that Kometa accepts.
pub(super) fn on() -> Value {
    let pattern = format!("^{}$", either(&["true", "t", "yes", "y", "1"]));
    json!({"anyOf": [{"const": true}, {"type": "integer", "not": {"const": 0}}, {"type": "string", "pattern": pattern}]})
}

/// A whole number within these limits, also as text.
pub(super) fn integer(low: i64, high: Option<i64>) -> Value {
    let digits = format!("^{}$", digits(low));
    let mut number = json!({"type": "integer", "minimum": low});
    if let Some(high) = high {
        number["maximum"] = high.into();
    }
    json!({"anyOf": [number, {"type": "string", "pattern": digits}]})
}

fn digits(low: i64) -> &'static str {
    if low > 0 { "\\s*\\+?0*[1-9]\\d*\\s*" } else { "\\s*\\+?\\d+\\s*" }
}

/// Whole numbers: one, a list, or text with commas.
pub(super) fn integers(low: i64) -> Value {
    let one = digits(low);
    json!({"anyOf": [
        integer(low, None),
        {"type": "string", "pattern": format!("^{one}(,{one})*$")},
        {"type": "array", "items": integer(low, None)},
    ]})
}

/// Any single value.
pub(super) fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// A list, or text with commas.
pub(super) fn list() -> Value {
    json!({"type": ["array", "string", "number", "boolean"]})
}

/// A value of this schema, or a list of such values.
pub(super) fn one_or_several(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "items": one}]})
}

/// The address of a list.
pub(super) fn list_address() -> Value {
    let host = "(\\w+://[^/]*/+|/*(((www|app)\\.)?trakt\\.tv/+)?)";
    let path = "(users/+[^/?#]+/+lists/+(official/+)?[^/?#]+|(official/+)?lists/+(official/+)?[^/?#]+|users/+[^/?#]+/+(watchlist|favorites|collection))";
    json!({"anyOf": [
        {"type": "string", "pattern": format!("^\\s*{host}{path}(/+items)?/*\\s*([?#].*)?$"),
         "examples": ["https://trakt.tv/users/NAME/lists/LIST"]},
    ]})
}

/// One part of a schedule.
fn schedule_part() -> String {
    let parts = [
        ("daily", ""),
        ("day", ""),
        ("never", ""),
        ("non_existing", ""),
        ("hour", "\\w*\\s*\\(\\s*\\d+\\s*(-\\s*\\d+\\s*)?\\)"),
        ("week", "\\w*\\s*\\([\\w\\s|]+\\)"),
        ("month", "\\w*\\s*\\(\\s*(\\d+|[Ll][Aa][Ss][Tt])\\s*\\)"),
        ("year", "\\w*\\s*\\(\\s*\\d+/\\d+\\s*\\)"),
        ("date", "\\s*\\(\\s*\\d+/\\d+/\\d+\\s*\\)"),
        ("range", "\\s*\\([\\d/\\s|-]+\\)"),
    ];
    let one = |(word, rest): &(&str, &str)| format!("{}{rest}", any_case(word));
    format!("\\s*({})\\s*", parts.iter().map(one).collect::<Vec<_>>().join("|"))
}

/// A schedule: text, text with commas, or a list.
pub(super) fn schedule() -> Value {
    let part = schedule_part();
    let all = any_case("all");
    let line = json!({"type": "string", "pattern": format!("^({part}(,{part})*|\\s*{all} ?\\[{part}(,{part})*\\]\\s*)$"),
        "examples": ["daily", "weekly(monday)", "monthly(1)", "range(12/01-12/31)", "never"]});
    json!({"anyOf": [line, {"type": "array", "items": line, "minItems": 1}]})
}
