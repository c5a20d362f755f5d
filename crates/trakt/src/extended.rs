//! How much detail a response contains.

use std::ops::BitOr;

/// The `extended` parameter. Values combine with `|`.
///
/// ```
/// use trakt::Extended;
///
/// assert_eq!((Extended::FULL | Extended::IMAGES).to_string(), "full,images");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Extended(u16);

const NAMES: [(Extended, &str); 9] = [
    (Extended::FULL, "full"),
    (Extended::IMAGES, "images"),
    (Extended::EPISODES, "episodes"),
    (Extended::PROGRESS, "progress"),
    (Extended::METADATA, "metadata"),
    (Extended::MIN, "min"),
    (Extended::NO_SEASONS, "noseasons"),
    (Extended::SUBGENRES, "subgenres"),
    (Extended::GUEST_STARS, "guest_stars"),
];

impl Extended {
    /// Title, year and ids only.
    pub const NONE: Self = Self(0);
    /// Overview, runtime, genres, ratings and all other metadata.
    pub const FULL: Self = Self(1);
    /// Image addresses.
    pub const IMAGES: Self = Self(1 << 1);
    /// Episodes inside seasons.
    pub const EPISODES: Self = Self(1 << 2);
    /// Watched episodes inside watched shows. The page size is capped lower with it.
    pub const PROGRESS: Self = Self(1 << 3);
    /// Media type, resolution, audio of collected items.
    pub const METADATA: Self = Self(1 << 4);
    /// The compact form: objects keyed by ids (see [`Users::movie_plays`](crate::endpoints::Users::movie_plays)).
    pub const MIN: Self = Self(1 << 5);
    /// Watched shows without seasons.
    pub const NO_SEASONS: Self = Self(1 << 6);
    /// Subgenres inside genres.
    pub const SUBGENRES: Self = Self(1 << 7);
    /// Guest stars in addition to the cast of a show, season or episode.
    pub const GUEST_STARS: Self = Self(1 << 8);

    fn contains(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn query(self) -> Option<(&'static str, String)> {
        (self != Self::NONE).then(|| ("extended", self.to_string()))
    }
}

impl BitOr for Extended {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::fmt::Display for Extended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> =
            NAMES.iter().filter(|(flag, _)| self.contains(*flag)).map(|(_, name)| *name).collect();
        f.write_str(&names.join(","))
    }
}
