//! What is requested from Trakt for a builder.

use std::collections::BTreeMap;
use std::fmt;

use kometa::spec::{Builder, ChartName, Media, Person, Role, UserList};

/// Something that is read from Trakt, such as a list or chart. Builders with the same source share its result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A list: its path in Trakt's API, such as `users/me/watchlist`.
    List(String),
    /// A chart.
    Chart {
        /// Movies or shows.
        media: Media,
        /// Which chart.
        name: ChartName,
        /// `daily`, `weekly` …; only for the charts `watched` and `collected`.
        period: Option<&'static str>,
        /// Its filters.
        query: Vec<(&'static str, String)>,
    },
    /// The account's recommendations.
    Recommendations {
        /// Movies or shows.
        media: Media,
        /// Their filters.
        query: Vec<(&'static str, String)>,
    },
    /// A built-in list of a user.
    UserList {
        /// Movies or shows.
        media: Media,
        /// The slug of the user, or `me`.
        user: String,
        /// `favorites`, `watched`, `collection` or `watchlist`.
        list: &'static str,
        /// `rank`, `added`, `released` or `title`.
        sort_by: Option<&'static str>,
    },
    /// The box office.
    BoxOffice,
    /// A person's titles.
    Person {
        /// Movies or shows.
        media: Media,
        /// The person's id at TMDb.
        tmdb: i64,
        /// The person's role in the titles.
        role: Role,
    },
}

/// What a collection needs from a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Need {
    /// The maximum number of entries; 0 for no limit.
    pub limit: usize,
    /// Whether the description of the list is needed.
    pub description: bool,
    /// The maximum age in days of a cached result; 0 requires a new request.
    pub max_age_days: i64,
}

/// The maximum number of recommendations that Trakt returns.
pub const MAX_RECOMMENDATIONS: usize = 100;

impl Source {
    /// The source of a builder, and how many of its entries the builder uses (0 for all).
    pub fn of(builder: &Builder, media: Media) -> (Self, usize) {
        let count = |limit: i64| usize::try_from(limit).unwrap_or(usize::MAX);
        match builder {
            Builder::List { path, .. } => (Self::List(path.0.clone()), 0),
            Builder::Chart(chart) if chart.chart == ChartName::Recommended => {
                let limit = count(chart.limit).min(MAX_RECOMMENDATIONS);
                (Self::Recommendations { media, query: chart.query.clone() }, limit)
            }
            Builder::Chart(chart) => {
                let (name, period) = (chart.chart, chart.period);
                (Self::Chart { media, name, period, query: chart.query.clone() }, count(chart.limit))
            }
            Builder::UserList(UserList { user, list, sort_by }) => {
                (Self::UserList { media, user: user.clone(), list, sort_by: *sort_by }, 0)
            }
            Builder::Recommendations { limit } => {
                (Self::Recommendations { media, query: Vec::new() }, count(*limit))
            }
            Builder::BoxOffice => (Self::BoxOffice, 0),
            Builder::Person(Person { tmdb, role }) => (Self::Person { media, tmdb: *tmdb, role: *role }, 0),
        }
    }

    /// Whether it requires an authorized account.
    pub fn needs_account(&self) -> bool {
        match self {
            Self::List(path) => path.starts_with("users/me/"),
            Self::UserList { user, .. } => user == "me",
            Self::Recommendations { .. } => true,
            Self::Chart { .. } | Self::BoxOffice | Self::Person { .. } => false,
        }
    }
}

impl fmt::Display for Source {
    /// The path on trakt.tv or in Trakt's API, so that users recognise what they wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = |query: &[(&'static str, String)]| {
            let pairs: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
            if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
        };
        match self {
            Self::List(path) => f.write_str(path),
            Self::Chart { media, name, period, query } => {
                let period = period.map(|period| format!("/{period}")).unwrap_or_default();
                write!(f, "{}/{}{period}{}", media.path(), name.name(), pairs(query))
            }
            Self::Recommendations { media, query } => {
                write!(f, "recommendations/{}{}", media.path(), pairs(query))
            }
            Self::UserList { media, user, list, sort_by } => {
                let sort = sort_by.map(|sort| format!("/{sort}")).unwrap_or_default();
                write!(f, "users/{user}/{list}/{}{sort}", media.path())
            }
            Self::BoxOffice => f.write_str("movies/boxoffice"),
            Self::Person { media, tmdb, role } => {
                write!(f, "people/tmdb:{tmdb}/{} ({role:?})", media.path())
            }
        }
    }
}

/// All sources of a run, each with the combined needs of all collections that use it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs(BTreeMap<Source, Need>);

impl Needs {
    /// Adds what one collection needs from a source.
    pub fn add(&mut self, source: Source, need: Need) {
        match self.0.entry(source) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(need);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let combined = entry.get_mut();
                combined.limit = combined.limit.max(need.limit);
                combined.description |= need.description;
                combined.max_age_days = combined.max_age_days.min(need.max_age_days);
            }
        }
    }

    /// The sources, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&Source, &Need)> {
        self.0.iter()
    }

    /// The number of sources.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no sources.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
