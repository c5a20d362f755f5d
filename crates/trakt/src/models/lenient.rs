//! Lenient reading of fields, so that unexpected content does not make the whole item unreadable.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A value of an unexpected form reads as absent.
pub(super) fn invalid_is_none<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let value = Option::<Value>::deserialize(from)?;
    Ok(value.and_then(|value| T::deserialize(value).ok()))
}

/// An id as text. Trakt sends empty strings for unknown ids (`imdb: ""` on episodes): they read as absent, like
/// everything that is not text.
pub(super) fn text_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let id: Option<String> = invalid_is_none(from)?;
    Ok(id.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()))
}

/// An id as a number. Zero and an empty text are not ids.
pub(super) fn number_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    let id: Option<u64> = invalid_is_none(from)?;
    Ok(id.filter(|id| *id != 0))
}

/// A value of an unexpected form reads as the default.
pub(super) fn invalid_is_default<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(
    from: D,
) -> Result<T, D::Error> {
    invalid_is_none(from).map(Option::unwrap_or_default)
}

/// `null` reads as the default.
pub(super) fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    from: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(from).map(Option::unwrap_or_default)
}

/// Counts by name. Trakt's contract calls them numbers, so `3.0` is accepted like `3`.
pub(super) fn counts<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, u64>, D::Error> {
    let counts = Option::<BTreeMap<String, f64>>::deserialize(from)?.unwrap_or_default();
    Ok(counts.into_iter().map(|(name, count)| (name, count.max(0.0).round() as u64)).collect())
}

/// List entries of an unexpected form are omitted; `null` is an empty list.
pub(super) fn skip_invalid_entries<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let values = Option::<Vec<Value>>::deserialize(from)?.unwrap_or_default();
    Ok(values.into_iter().filter_map(|value| T::deserialize(value).ok()).collect())
}
