//! Paths of lists.

/// The path of a Trakt list, parsed.
pub(super) enum ListAddress<'a> {
    /// A list of a user.
    Personal { user: &'a str, list: &'a str },
    /// A list by its id, such as an official list.
    ById(&'a str),
    /// The watchlist or favorites of a user.
    BuiltIn { user: &'a str, list: &'a str },
}

impl<'a> ListAddress<'a> {
    pub(super) fn parse(path: &'a str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["users", user, "lists", list] => Some(Self::Personal { user, list }),
            ["users", user, list @ ("watchlist" | "favorites")] => Some(Self::BuiltIn { user, list }),
            ["lists", list] | ["lists", "official", list] => Some(Self::ById(list)),
            _ => None,
        }
    }
}
