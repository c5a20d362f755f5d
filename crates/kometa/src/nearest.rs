//! Spelling suggestions for unknown names.

/// Returns the known name with the smallest edit distance to `name`, ignoring case, if one is close enough.
pub fn nearest_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&name, &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().max(name.len()) / 5)
        .min()
        .map(|(_, known)| known.to_owned())
}
