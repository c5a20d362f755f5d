//! The known name that somebody probably meant.

/// The known name that is spelt most like `name`, whatever its case, if one is near enough to be meant.
pub fn nearest_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&name, &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().max(name.len()) / 5)
        .min()
        .map(|(_, known)| known.to_owned())
}
