//! The items that users watch, rate and list: references into the catalogue, small enough to store a million of
//! them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The kinds of items, named as in Trakt's `type` members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Movie,
    Show,
    Season,
    Episode,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Movie, Self::Show, Self::Season, Self::Episode];

    /// Parses `movie`, `movies` and so on.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "movie" | "movies" => Some(Self::Movie),
            "show" | "shows" => Some(Self::Show),
            "season" | "seasons" => Some(Self::Season),
            "episode" | "episodes" => Some(Self::Episode),
            _ => None,
        }
    }

    /// Parses a path segment such as `movie,show`; `all` and `media` mean every kind.
    pub(crate) fn parse_many(text: &str) -> Option<Vec<Self>> {
        match text {
            "all" => Some(Self::ALL.to_vec()),
            "media" => Some(vec![Self::Movie, Self::Show]),
            _ => text.split(',').map(Self::parse).collect(),
        }
    }

    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Movie => "movies",
            Self::Show => "shows",
            Self::Season => "seasons",
            Self::Episode => "episodes",
        }
    }
}

/// A movie, show, season or episode in the catalogue. Movies and shows are identified by their Trakt numbers; the order
/// keeps the seasons and episodes of a show together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum Item {
    Movie(u64),
    Show(u64),
    Season { show: u64, season: u16 },
    Episode { show: u64, season: u16, number: u16 },
}

impl Item {
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Movie(_) => Kind::Movie,
            Self::Show(_) => Kind::Show,
            Self::Season { .. } => Kind::Season,
            Self::Episode { .. } => Kind::Episode,
        }
    }

    /// Returns the show that it is or belongs to.
    pub(crate) fn show(self) -> Option<u64> {
        match self {
            Self::Movie(_) => None,
            Self::Show(show) | Self::Season { show, .. } | Self::Episode { show, .. } => Some(show),
        }
    }

    /// Returns whether `self` is `other` or contains it (a show contains its seasons and episodes).
    pub(crate) fn holds(self, other: Self) -> bool {
        match (self, other) {
            (Self::Show(show), other) => other.show() == Some(show),
            (Self::Season { show, season }, Self::Episode { show: s, season: n, .. }) => {
                (show, season) == (s, n)
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Movie(movie) => write!(f, "movie:{movie}"),
            Self::Show(show) => write!(f, "show:{show}"),
            Self::Season { show, season } => write!(f, "season:{show}:{season}"),
            Self::Episode { show, season, number } => write!(f, "episode:{show}:{season}:{number}"),
        }
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl FromStr for Item {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "an item reads movie:1, show:1, season:1:2 or episode:1:2:3";
        let (kind, numbers) = text.split_once(':').ok_or(EXPECTED)?;
        let numbers: Vec<u64> =
            numbers.split(':').map(str::parse).collect::<Result<_, _>>().map_err(|_| EXPECTED)?;
        let small = |number: u64| u16::try_from(number).map_err(|_| EXPECTED);
        match (kind, numbers.as_slice()) {
            ("movie", [movie]) => Ok(Self::Movie(*movie)),
            ("show", [show]) => Ok(Self::Show(*show)),
            ("season", [show, season]) => Ok(Self::Season { show: *show, season: small(*season)? }),
            ("episode", [show, season, number]) => {
                Ok(Self::Episode { show: *show, season: small(*season)?, number: small(*number)? })
            }
            _ => Err(EXPECTED),
        }
    }
}

impl TryFrom<String> for Item {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
