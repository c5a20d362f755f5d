//! Types of plain scalars in YAML 1.2, resolved as in `ruamel.yaml`.

use super::Data;

/// Returns whether a plain scalar is null; an empty value is.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Returns the typed value of a plain scalar.
pub(super) fn resolve(text: &str) -> Data {
    match text {
        _ if is_null(text) => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ => integer(text)
            .map(Data::Int)
            .or_else(|| float(text).map(Data::Float))
            .unwrap_or_else(|| Data::Text(text.into())),
    }
}

/// Returns whether every YAML reader takes a plain scalar as text. More words are special in YAML 1.1 than in 1.2.
pub(crate) fn is_text(text: &str) -> bool {
    let word =
        matches!(text.to_ascii_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off" | "nan" | "inf");
    !word && matches!(resolve(text), Data::Text(_))
}

fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let clean = digits.replace('_', "");
    let value = match clean.get(..2) {
        Some("0o") => i64::from_str_radix(&clean[2..], 8).ok()?,
        Some("0x") => i64::from_str_radix(&clean[2..], 16).ok()?,
        _ if clean.chars().all(|c| c.is_ascii_digit()) => clean.parse().ok()?,
        _ => return None,
    };
    Some(if negative { -value } else { value })
}

fn float(text: &str) -> Option<f64> {
    let bare = text.trim_start_matches(['-', '+']);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    if text.len() - bare.len() > 1 {
        return None;
    }
    match bare {
        ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        _ => {}
    }
    let starts = bare.strip_prefix('.').unwrap_or(bare).starts_with(|c: char| c.is_ascii_digit());
    let shaped = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-' | '_'));
    let fractional = bare.contains(['.', 'e', 'E']);
    (starts && shaped && fractional)
        .then(|| bare.replace('_', "").parse::<f64>().ok())
        .flatten()
        .map(|value| sign * value)
}
