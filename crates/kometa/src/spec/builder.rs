//! Trakt builders: the sources of a collection's titles.

use super::chart::{self, Chart, ChartName};
use super::people::Person;
use super::values::{Media, boolean, integer, items, list, one_of};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{Data, Value};

/// A source of titles.
#[derive(Debug, Clone, PartialEq)]
pub enum Builder {
    /// A list.
    List {
        /// Its path.
        path: ListPath,
        /// Whether its description becomes the summary.
        details: bool,
    },
    /// A Trakt chart.
    Chart(Chart),
    /// A built-in list of a user, such as the watchlist.
    UserList(UserList),
    /// Trakt's recommendations for the account.
    Recommendations {
        /// The number of titles, from 1 to 100.
        limit: i64,
    },
    /// The ten movies with the highest box office of last weekend.
    BoxOffice,
    /// The titles of one person.
    Person(Person),
}

/// The path of a list in Trakt's API: `users/USER/lists/SLUG`, `lists/123` or `users/USER/watchlist`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListPath(pub String);

/// A built-in list of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserList {
    /// The user; `me` is the connected account.
    pub user: String,
    /// `favorites`, `watched`, `collection` or `watchlist`.
    pub list: &'static str,
    /// `rank`, `added`, `released` or `title`; `None` for Trakt's default order.
    pub sort_by: Option<&'static str>,
}

impl Builder {
    /// Returns its requests to Trakt in readable form.
    pub fn request(&self, media: Media) -> String {
        match self {
            Self::List { path, details: false } => format!("GET /{}/items", path.0),
            Self::List { path, details: true } => format!("GET /{0}/items, GET /{0}", path.0),
            Self::Chart(chart) => format!("GET {}", chart.request(media)),
            Self::UserList(UserList { user, list, sort_by }) => {
                let sort = sort_by.map(|sort| format!("/{sort}")).unwrap_or_default();
                format!("GET /users/{user}/{list}/{}{sort}", media.path())
            }
            Self::Recommendations { limit } => format!("GET /recommendations/{}?limit={limit}", media.path()),
            Self::BoxOffice => "GET /movies/boxoffice?limit=10".into(),
            Self::Person(person) => person.request(media),
        }
    }

    /// Returns whether it requires an authorized account. Private lists of other users cannot be recognised, so
    /// they count as public.
    pub fn needs_account(&self) -> bool {
        match self {
            Self::List { path, .. } => path.0.starts_with("users/me/"),
            Self::Chart(chart) => chart.chart == ChartName::Recommended,
            Self::UserList(list) => list.user == "me",
            Self::Recommendations { .. } => true,
            Self::BoxOffice | Self::Person(_) => false,
        }
    }
}

/// The current names of all builders.
pub(crate) const NAMES: [&str; 26] = [
    "trakt_anticipated",
    "trakt_boxoffice",
    "trakt_chart",
    "trakt_collected_all",
    "trakt_collected_daily",
    "trakt_collected_monthly",
    "trakt_collected_weekly",
    "trakt_collected_yearly",
    "trakt_collection",
    "trakt_list",
    "trakt_list_details",
    "trakt_popular",
    "trakt_recommendations",
    "trakt_recommended_all",
    "trakt_recommended_daily",
    "trakt_recommended_monthly",
    "trakt_recommended_weekly",
    "trakt_recommended_yearly",
    "trakt_trending",
    "trakt_userlist",
    "trakt_watched_all",
    "trakt_watched_daily",
    "trakt_watched_monthly",
    "trakt_watched_weekly",
    "trakt_watched_yearly",
    "trakt_watchlist",
];

/// Returns whether the attribute is a Trakt builder.
pub(super) fn is_trakt(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Reads a builder attribute. Invalid entries of a list are reported; the others are kept.
pub(super) fn read(name: &str, value: &Value, media: Media) -> (Vec<Builder>, Vec<Finding>) {
    let mut findings = Vec::new();
    if value.data == Data::Null {
        findings.push(Finding::new(Level::Error, &value.at, name, Problem::Blank));
        return (Vec::new(), findings);
    }
    let mut builders = Vec::new();
    let users = matches!(name, "trakt_watchlist" | "trakt_collection");
    // User names cannot contain commas, and Kometa's wiki documents a list of users with commas.
    let parts = |item: &Value| if users { list(item) } else { vec![item.clone()] };
    for item in &items(value).into_iter().flat_map(parts).collect::<Vec<_>>() {
        let read =
            match name {
                "trakt_list" | "trakt_list_details" => {
                    list_path(item).map(|path| list_at(path, name.ends_with("details")))
                }
                "trakt_chart" => chart::read(item, media, &mut findings).map(Builder::Chart),
                "trakt_userlist" => user_list(item, &mut findings).map(Builder::UserList),
                "trakt_watchlist" => user(item)
                    .map(|user| Builder::UserList(UserList { user, list: "watchlist", sort_by: None })),
                "trakt_collection" => user(item)
                    .map(|user| Builder::UserList(UserList { user, list: "collection", sort_by: None })),
                "trakt_recommendations" => {
                    Ok(Builder::Recommendations { limit: limit(item, name, Some(100), &mut findings) })
                }
                "trakt_boxoffice" => box_office(item, media),
                _ => simple_chart(name, item, &mut findings),
            };
        match read {
            Ok(builder) => builders.push(builder),
            Err(problem) => findings.push(Finding::new(Level::Warning, &item.at, name, problem)),
        }
    }
    if builders.is_empty() {
        let last = findings.pop().map(|finding| Finding { level: Level::Error, ..finding });
        findings.extend(last.or_else(|| Some(Finding::new(Level::Error, &value.at, name, Problem::Blank))));
    }
    (builders, findings)
}

/// Reads a limit. An invalid one is reported and replaced by Kometa's default of 10.
pub(super) fn limit(value: &Value, path: &str, high: Option<i64>, findings: &mut Vec<Finding>) -> i64 {
    match integer(value).filter(|number| *number >= 1 && high.is_none_or(|high| *number <= high)) {
        Some(number) => number,
        None => {
            let problem = Problem::NotANumber { value: value.to_python(), low: 1, high };
            findings.push(Finding::new(Level::Warning, &value.at, format!("{path} (10 is used)"), problem));
            10
        }
    }
}

/// Returns the builder for a list's path. Trakt does not treat a user's collection as a list.
fn list_at(path: ListPath, details: bool) -> Builder {
    match path.0.split('/').collect::<Vec<_>>().as_slice() {
        ["users", user, "collection"] => {
            Builder::UserList(UserList { user: (*user).to_owned(), list: "collection", sort_by: None })
        }
        _ => Builder::List { path, details },
    }
}

/// Reads builders such as `trakt_trending` and `trakt_watched_weekly`.
fn simple_chart(name: &str, value: &Value, findings: &mut Vec<Finding>) -> Result<Builder, Problem> {
    let bare = name.trim_start_matches("trakt_");
    let (chart, period) = bare.split_once('_').map_or((bare, None), |(chart, period)| (chart, Some(period)));
    let chart = ChartName::named(chart).ok_or(Problem::Blank)?;
    let period = period.and_then(chart::period).filter(|_| chart.has_period());
    let limit = limit(value, name, None, findings);
    Ok(Builder::Chart(Chart { chart, limit, period, query: Vec::new() }))
}

fn box_office(value: &Value, media: Media) -> Result<Builder, Problem> {
    if media == Media::Shows {
        return Err(Problem::Unusable("there is a box office for movies only"));
    }
    match boolean(value) {
        Some(true) => Ok(Builder::BoxOffice),
        _ => Err(Problem::Unusable("must be true to use the box office")),
    }
}

fn user(value: &Value) -> Result<String, Problem> {
    match &value.data {
        Data::Map(_) | Data::List(_) => {
            Err(Problem::WrongType { expected: "a user name", found: value.kind() })
        }
        _ => Some(value.to_python().trim().to_owned()).filter(|user| !user.is_empty()).ok_or(Problem::Blank),
    }
}

pub(crate) const USER_LISTS: [&str; 5] = ["favorites", "watched", "collection", "watchlist", "collected"];

pub(crate) const SORTS: [&str; 4] = ["rank", "added", "released", "title"];

fn user_list(value: &Value, findings: &mut Vec<Finding>) -> Result<UserList, Problem> {
    if !matches!(value.data, Data::Map(_)) {
        return Err(Problem::WrongType {
            expected: "a mapping with userlist, user and sort_by",
            found: value.kind(),
        });
    }
    let named = value.get_any_case("userlist").ok_or(Problem::Unusable("the userlist is missing"))?;
    if named.to_python().eq_ignore_ascii_case("recommendations") {
        return Err(Problem::Unusable("use trakt_recommendations for recommendations"));
    }
    let list = match one_of(named, &USER_LISTS)? {
        "collected" => {
            let problem = Problem::RunsAs { name: "collection".into() };
            findings.push(Finding::new(Level::Warning, &named.at, "trakt_userlist.userlist", problem));
            "collection"
        }
        list => list,
    };
    let user = match value.get_any_case("user").filter(|user| user.data != Data::Null) {
        Some(name) => user(name)?,
        None => "me".into(),
    };
    let sort = value.get_any_case("sort_by").filter(|_| matches!(list, "watchlist" | "favorites"));
    let sort_by = sort.map(|sort| {
        one_of(sort, &SORTS).unwrap_or_else(|problem| {
            findings.push(Finding::new(
                Level::Warning,
                &sort.at,
                "trakt_userlist.sort_by (rank is used)",
                problem,
            ));
            "rank"
        })
    });
    if let Data::Map(entries) = &value.data {
        let known = ["userlist", "user", "sort_by"];
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.text.to_lowercase().as_str())) {
            let problem =
                Problem::UnknownKey { key: key.text.clone(), nearest: nearest_name(&key.text, known) };
            findings.push(Finding::new(Level::Warning, &key.at, "trakt_userlist", problem));
        }
    }
    Ok(UserList { user, list, sort_by })
}

/// Parses the address of a list. The host, `/official/`, and everything after `?` are ignored.
pub(crate) fn list_path(value: &Value) -> Result<ListPath, Problem> {
    match &value.data {
        Data::Map(_) => return Err(Problem::Unusable("a list cannot be a mapping; write its address")),
        Data::List(_) => {
            return Err(Problem::WrongType { expected: "the address of a list", found: value.kind() });
        }
        _ => {}
    }
    let text = value.to_python();
    let bare = text.trim();
    if bare.is_empty() {
        return Err(Problem::Unusable("the list's address is empty"));
    }
    let path = match bare.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => bare,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts: Vec<_> = path.split('/').filter(|part| !part.is_empty() && *part != "official").collect();
    if parts.first().is_some_and(|host| matches!(*host, "trakt.tv" | "www.trakt.tv" | "app.trakt.tv")) {
        parts.remove(0);
    }
    if parts.last() == Some(&"items") {
        parts.pop();
    }
    match parts.as_slice() {
        ["users", _, "lists", _] | ["lists", _] | ["users", _, "watchlist" | "favorites" | "collection"] => {
            Ok(ListPath(parts.join("/")))
        }
        _ => Err(Problem::NotAList { value: bare.to_owned() }),
    }
}
