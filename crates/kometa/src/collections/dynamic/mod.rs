//! `dynamic_collections` based on Trakt lists: one collection for each list of a user, each liked list, or each
//! person on a list.
//!
//! The collections depend on Trakt's response. A definition specifies what to request, and then creates its
//! collections from the response.

mod expand;
mod options;

use std::sync::Arc;

use super::scope::Scope;
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::{ListPath, list_path};
use crate::template::{Template, Templates};
use crate::yaml::{Data, Key, Place, Value};

use options::Options;
pub(crate) use options::{NAMES, RENAMED};

/// A definition whose collections depend on Trakt's response.
#[derive(Debug)]
pub struct Dynamic {
    /// Its name, which is also added as a label to each of its collections.
    pub name: String,
    /// Where it is defined.
    pub at: Place,
    /// What to request from Trakt.
    pub source: DynamicSource,
    /// Whether to delete collections with its label that are no longer generated.
    pub sync: bool,
    options: Options,
    templates: Templates,
    scope: Arc<Scope>,
}

/// What to request from Trakt: all pages, in the order of the users or lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DynamicSource {
    /// The lists of these users; `me` is the connected account.
    UserLists(Vec<String>),
    /// The lists that the connected account likes.
    LikedLists,
    /// The people on these lists.
    People(Vec<ListPath>),
}

impl DynamicSource {
    /// Returns whether it requires an authorized account.
    pub fn needs_account(&self) -> bool {
        match self {
            Self::UserLists(users) => users.iter().any(|user| user == "me"),
            Self::LikedLists => true,
            Self::People(_) => false,
        }
    }

    /// Returns the requests in readable form.
    pub fn requests(&self) -> Vec<String> {
        match self {
            Self::UserLists(users) => users.iter().map(|user| format!("GET /users/{user}/lists")).collect(),
            Self::LikedLists => vec!["GET /users/likes/lists".into()],
            Self::People(lists) => lists.iter().map(|list| format!("GET /{}/items", list.0)).collect(),
        }
    }
}

/// The key of a collection, from Trakt's response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// The address of a list, or the TMDb ID of a person.
    pub key: String,
    /// The name of the list or person.
    pub name: String,
}

impl FoundKey {
    /// Creates the key of a list from the slugs of its owner and itself. For the account's own lists, the owner is
    /// `me`.
    pub fn list(owner: &str, slug: &str, name: &str) -> Self {
        Self { key: format!("https://trakt.tv/users/{owner}/lists/{slug}"), name: name.to_owned() }
    }

    /// Creates the key of a person from their TMDb ID.
    pub fn person(tmdb: i64, name: &str) -> Self {
        Self { key: tmdb.to_string(), name: name.to_owned() }
    }
}

/// Types based on Trakt lists, which Kinometa supports.
pub(crate) const TYPES: [&str; 3] = ["trakt_user_lists", "trakt_liked_lists", "trakt_people_list"];

/// Types that only Kometa uses.
pub(crate) const OTHER_TYPES: [&str; 29] = [
    "actor",
    "album_genre",
    "album_mood",
    "album_style",
    "audio_language",
    "content_rating",
    "country",
    "custom",
    "decade",
    "director",
    "edition",
    "episode_year",
    "genre",
    "imdb_awards",
    "letterboxd_user_lists",
    "mood",
    "network",
    "number",
    "origin_country",
    "original_language",
    "producer",
    "resolution",
    "studio",
    "style",
    "subtitle_language",
    "tmdb_collection",
    "tmdb_popular_people",
    "writer",
    "year",
];

/// Reads all definitions of a file. Invalid ones are reported and skipped.
pub(super) fn read_all(
    definitions: &Value,
    templates: &Templates,
    scope: &Arc<Scope>,
    findings: &mut Vec<Finding>,
) -> Vec<Dynamic> {
    let Data::Map(entries) = &definitions.data else {
        let problem = Problem::WrongType { expected: "a mapping", found: definitions.kind() };
        findings.push(Finding::new(Level::Error, &definitions.at, "dynamic_collections", problem));
        return Vec::new();
    };
    entries.iter().filter_map(|(key, value)| read_one(key, value, templates, scope, findings)).collect()
}

fn read_one(
    key: &Key,
    definition: &Value,
    templates: &Templates,
    scope: &Arc<Scope>,
    findings: &mut Vec<Finding>,
) -> Option<Dynamic> {
    let path = format!("dynamic_collections.{}", key.text);
    let finding = |at: &Place, level, problem| Finding::new(level, at, path.clone(), problem);
    if !matches!(definition.data, Data::Map(_)) {
        let problem = Problem::WrongType { expected: "a mapping", found: definition.kind() };
        findings.push(finding(&definition.at, Level::Error, problem));
        return None;
    }
    let kind = match kind(definition) {
        Ok(kind) => kind,
        Err((level, problem)) => {
            findings.push(finding(&definition.at, level, problem));
            return None;
        }
    };
    let options = Options::read(definition, &scope.variables, &path, findings);
    let source = match source(kind, options.data.as_ref(), &path, findings) {
        Ok(source) => source,
        Err(problem) => {
            findings.push(finding(&definition.at, Level::Error, problem.within("data")));
            return None;
        }
    };
    let mut templates = templates.clone();
    let mut options = options;
    if options.templates.is_empty() {
        let value = default_template(kind, &definition.at);
        templates.insert(key.text.clone(), Template { value, variables: Vec::new() });
        options.templates = vec![key.text.clone()];
    }
    for name in options.templates.iter().chain(&options.other_templates) {
        if let Err(problem) = check_template(name, kind, &templates) {
            findings.push(finding(&definition.at, Level::Error, problem));
            return None;
        }
    }
    let (name, at) = (key.text.clone(), key.at.clone());
    Some(Dynamic { name, at, source, sync: options.sync, options, templates, scope: scope.clone() })
}

fn kind(definition: &Value) -> Result<&'static str, (Level, Problem)> {
    let value = definition.get_any_case("type").filter(|value| value.data != Data::Null);
    let written = value.ok_or((Level::Error, Problem::Unusable("the type is missing")))?.to_python();
    let lower = written.to_lowercase();
    if let Some(kind) = TYPES.iter().find(|kind| **kind == lower) {
        return Ok(kind);
    }
    if OTHER_TYPES.contains(&lower.as_str()) {
        let problem = Problem::Unusable("this type is not based on Trakt lists; it is left to Kometa");
        return Err((Level::Warning, problem));
    }
    let nearest = nearest_name(&lower, TYPES.iter().chain(&OTHER_TYPES).copied());
    Err((Level::Error, Problem::NotOneOf { value: written, nearest, options: TYPES.join(", ") }))
}

fn source(
    kind: &str,
    data: Option<&Value>,
    path: &str,
    findings: &mut Vec<Finding>,
) -> Result<DynamicSource, Problem> {
    if kind == "trakt_liked_lists" {
        return Ok(DynamicSource::LikedLists);
    }
    let data = data.filter(|data| data.data != Data::Null).ok_or(Problem::Missing)?;
    let items = match &data.data {
        Data::List(items) => items.iter().collect(),
        Data::Map(_) => return Err(Problem::WrongType { expected: "a list", found: data.kind() }),
        _ => vec![data],
    };
    if kind == "trakt_user_lists" {
        let users = items.iter().map(|user| user.to_python().trim().to_owned());
        let users: Vec<_> = users.filter(|user| !user.is_empty()).collect();
        return if users.is_empty() { Err(Problem::Blank) } else { Ok(DynamicSource::UserLists(users)) };
    }
    let mut lists = Vec::new();
    for item in items {
        match list_path(item) {
            Ok(list) => lists.push(list),
            Err(problem) => {
                findings.push(Finding::new(Level::Warning, &item.at, format!("{path}.data"), problem))
            }
        }
    }
    if lists.is_empty() {
        Err(Problem::Unusable("holds no address of a list"))
    } else {
        Ok(DynamicSource::People(lists))
    }
}

/// Returns the template that Kometa uses if none is specified.
fn default_template(kind: &str, at: &Place) -> Value {
    let value = |data| Value { data, at: at.clone() };
    let key = |text: &str| Key { text: text.to_owned(), at: at.clone() };
    let text = |text: &str| value(Data::Text(text.to_owned()));
    let map = |entries: Vec<(Key, Value)>| value(Data::Map(entries));
    if kind == "trakt_people_list" {
        let search = map(vec![(key("all"), map(vec![(key("actor"), text("tmdb"))]))]);
        return map(vec![(key("tmdb_person"), text("<<value>>")), (key("plex_search"), search)]);
    }
    map(vec![(key("trakt_list_details"), text("<<value>>"))])
}

/// Checks that the template exists and uses the key, so that a problem is reported once and not for every
/// collection.
fn check_template(name: &str, kind: &str, templates: &Templates) -> Result<(), Problem> {
    let Some(template) = templates.get(name) else {
        let nearest = nearest_name(name, templates.keys().map(String::as_str));
        return Err(crate::template::TemplateError::NotFound { name: name.to_owned(), nearest }.into());
    };
    let text = template.value.to_yaml();
    let used = ["value".to_owned(), "key".to_owned(), kind.to_owned()];
    if used.iter().any(|variable| text.contains(&format!("<<{variable}"))) {
        Ok(())
    } else {
        Err(Problem::Unusable("its template uses none of <<value>>, <<key>> and <<key_name>>"))
    }
}

#[cfg(test)]
mod tests;
