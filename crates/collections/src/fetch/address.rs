//! Addresses of lists.

/// The parts of a list's address.
pub(super) enum ListAddress<'a> {
    Of { user: &'a str, list: &'a str },
    Numbered(&'a str),
    Saved { user: &'a str, list: &'a str },
}

impl<'a> ListAddress<'a> {
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["users", user, "lists", list] => Some(Self::Of { user, list }),
            ["users", user, list @ ("watchlist" | "favorites")] => Some(Self::Saved { user, list }),
            ["lists", list] | ["lists", "official", list] => Some(Self::Numbered(list)),
            _ => None,
        }
    }
}
