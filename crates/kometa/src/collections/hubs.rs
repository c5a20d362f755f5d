//! `auto_sort_hubs`: the order of the rows on Plex that belong to a library's collections.

/// How the rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HubSort {
    /// The sort key.
    pub by: HubKey,
    /// Whether the order is descending.
    pub descending: bool,
}

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubKey {
    /// The collection's sort title.
    SortTitle,
    /// The collection's title.
    Alpha,
    /// The order in the collection files.
    Configured,
    /// A random order, different every day.
    Random,
}

/// All allowed values.
pub(crate) const OPTIONS: [&str; 7] =
    ["sort_title", "sort_title.desc", "alpha", "alpha.desc", "configured", "configured.desc", "random"];

impl HubSort {
    /// Parses a value of `auto_sort_hubs`.
    pub(super) fn read(written: &str) -> Option<Self> {
        let written = written.trim().to_lowercase();
        let (name, descending) =
            written.strip_suffix(".desc").map_or((written.as_str(), false), |name| (name, true));
        let by = match name {
            "sort_title" => HubKey::SortTitle,
            "alpha" => HubKey::Alpha,
            "configured" => HubKey::Configured,
            "random" if !descending => HubKey::Random,
            _ => return None,
        };
        Some(Self { by, descending })
    }
}
