//! Finds the items of a write, and separates those that Trakt does not know.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::catalogue::{Catalogue, Found, Season, Show};
use crate::item::{Item, Kind};

/// An item in a body, with its members (`watched_at`, `rating` ...).
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub item: Item,
    pub members: Map<String, Value>,
}

impl Named {
    pub(crate) fn text(&self, member: &str) -> Option<&str> {
        self.members.get(member).and_then(Value::as_str)
    }
}

/// The resolved body of a write.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub named: Vec<Named>,
    not_found: Map<String, Value>,
}

impl Resolved {
    pub(crate) fn read(body: &Value, catalogue: &Catalogue) -> Result<Self, Refusal> {
        let mut resolved = Self::default();
        for kind in Kind::ALL {
            resolved.not_found.insert(kind.plural().into(), json!([]));
            let Some(entries) = body.get(kind.plural()).filter(|entries| !entries.is_null()) else {
                continue;
            };
            let entries = entries
                .as_array()
                .ok_or(Refusal::BadRequest("movies, shows, seasons, episodes are arrays"))?;
            for entry in entries {
                let entry = entry.as_object().ok_or(Refusal::BadRequest("items are objects"))?;
                resolved.take(kind, entry, catalogue);
            }
        }
        Ok(resolved)
    }

    /// Returns the `not_found` member of the response.
    pub(crate) fn not_found(&self) -> Value {
        Value::Object(self.not_found.clone())
    }

    /// Replaces shows and seasons with their aired episodes, as the history does. Their members are copied.
    pub(crate) fn into_plays(self, catalogue: &Catalogue, now: chrono::DateTime<chrono::Utc>) -> Vec<Named> {
        let mut plays = Vec::with_capacity(self.named.len());
        for named in self.named {
            for item in episodes_of(named.item, catalogue, now) {
                plays.push(Named { item, members: named.members.clone() });
            }
        }
        plays
    }

    fn take(&mut self, kind: Kind, entry: &Map<String, Value>, catalogue: &Catalogue) {
        let members: Map<String, Value> = entry
            .iter()
            .filter(|(key, _)| *key != "ids" && *key != "seasons")
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        match (find(kind, entry, catalogue), entry.get("seasons").and_then(Value::as_array)) {
            (Some(Item::Show(number)), Some(seasons)) if !seasons.is_empty() => {
                if let Some(show) = catalogue.show(number) {
                    self.take_seasons(show, entry, seasons, &members);
                }
            }
            (Some(item), _) => self.named.push(Named { item, members }),
            (None, _) => self.miss(kind, Value::Object(entry.clone())),
        }
    }

    fn take_seasons(
        &mut self,
        show: &Show,
        entry: &Map<String, Value>,
        seasons: &[Value],
        above: &Map<String, Value>,
    ) {
        let number = show.facts.ids.trakt;
        for season in seasons.iter().filter_map(Value::as_object) {
            let members = inherit(season, above);
            let known = small(season.get("number")).and_then(|number| show.season(number));
            let episodes = season.get("episodes").and_then(Value::as_array).filter(|list| !list.is_empty());
            match (known, episodes) {
                (Some(known), None) => {
                    self.named
                        .push(Named { item: Item::Season { show: number, season: known.number }, members });
                }
                (Some(known), Some(episodes)) => self.take_episodes(show, known, entry, episodes, &members),
                (None, _) => self.miss(Kind::Show, without_the_rest(entry, season.clone())),
            }
        }
    }

    fn take_episodes(
        &mut self,
        show: &Show,
        season: &Season,
        entry: &Map<String, Value>,
        episodes: &[Value],
        above: &Map<String, Value>,
    ) {
        let mut missed = Vec::new();
        for episode in episodes.iter().filter_map(Value::as_object) {
            match small(episode.get("number")).filter(|number| (1..=season.episode_count).contains(number)) {
                Some(number) => {
                    let item = Item::Episode { show: show.facts.ids.trakt, season: season.number, number };
                    self.named.push(Named { item, members: inherit(episode, above) });
                }
                None => missed.push(json!({"number": episode.get("number")})),
            }
        }
        if !missed.is_empty() {
            let season = Map::from_iter([
                ("number".to_owned(), json!(season.number)),
                ("episodes".to_owned(), Value::Array(missed)),
            ]);
            self.miss(Kind::Show, without_the_rest(entry, season));
        }
    }

    fn miss(&mut self, kind: Kind, entry: Value) {
        if let Some(list) = self.not_found.get_mut(kind.plural()).and_then(Value::as_array_mut) {
            list.push(entry);
        }
    }
}

/// Merges the members of `own` over those of `above`, without the nested lists.
fn inherit(own: &Map<String, Value>, above: &Map<String, Value>) -> Map<String, Value> {
    let mut members = above.clone();
    for (key, value) in own.iter().filter(|(key, _)| *key != "episodes" && *key != "number") {
        members.insert(key.clone(), value.clone());
    }
    members
}

/// Returns the show's entry with only the season that was not found.
fn without_the_rest(entry: &Map<String, Value>, season: Map<String, Value>) -> Value {
    let mut entry = entry.clone();
    entry.insert("seasons".into(), json!([season]));
    Value::Object(entry)
}

fn small(number: Option<&Value>) -> Option<u16> {
    number.and_then(Value::as_u64).and_then(|number| u16::try_from(number).ok())
}

/// Returns a number that may be sent as a string.
fn number(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Returns whether a write or a scrobble identifies an episode by IDs that include neither `trakt` nor `tvdb`.
pub(crate) fn names_episodes_loosely(body: &Value) -> bool {
    let listed = body.get("episodes").and_then(Value::as_array).into_iter().flatten();
    let loosely = |ids: &Value| ids["trakt"].is_null() && ids["tvdb"].is_null();
    listed.chain(body.get("episode")).filter_map(|episode| episode.get("ids")).any(loosely)
}

/// The kinds of IDs that can identify an item.
const SITES: [&str; 5] = ["trakt", "slug", "imdb", "tmdb", "tvdb"];

/// Finds an item by `{ids}` or `{title, year}`. IDs are tried in Trakt's order; unknown kinds of IDs are ignored.
pub(crate) fn find(kind: Kind, entry: &Map<String, Value>, catalogue: &Catalogue) -> Option<Item> {
    let known =
        |ids: &&Map<String, Value>| SITES.iter().any(|site| ids.get(*site).is_some_and(|id| !id.is_null()));
    if let Some(ids) = entry.get("ids").and_then(Value::as_object).filter(known) {
        return find_by_ids(kind, ids, catalogue);
    }
    let title = entry.get("title").and_then(Value::as_str)?.to_lowercase();
    let year = entry.get("year").and_then(Value::as_u64);
    let same = |facts: &crate::catalogue::Facts| {
        facts.title.to_lowercase() == title && year.is_none_or(|year| year == u64::from(facts.year))
    };
    match kind {
        Kind::Movie => {
            catalogue.movies().iter().find(|movie| same(&movie.facts)).map(|m| Item::Movie(m.facts.ids.trakt))
        }
        Kind::Show => {
            catalogue.shows().iter().find(|show| same(&show.facts)).map(|s| Item::Show(s.facts.ids.trakt))
        }
        Kind::Season | Kind::Episode => None,
    }
}

fn find_by_ids(kind: Kind, ids: &Map<String, Value>, catalogue: &Catalogue) -> Option<Item> {
    let trakt = number(ids.get("trakt"));
    let (tmdb, tvdb) = (number(ids.get("tmdb")), number(ids.get("tvdb")));
    let slug = ids.get("slug").and_then(Value::as_str);
    let imdb = ids.get("imdb").and_then(Value::as_str);
    match kind {
        Kind::Movie => trakt
            .and_then(|id| catalogue.movie(id))
            .or_else(|| slug.and_then(|id| catalogue.movie_by_segment(id)))
            .or_else(|| imdb.and_then(|id| catalogue.movie_by_imdb(id)))
            .or_else(|| tmdb.and_then(|id| catalogue.movie_by_tmdb(id)))
            .map(|movie| Item::Movie(movie.facts.ids.trakt)),
        Kind::Show => trakt
            .and_then(|id| catalogue.show(id))
            .or_else(|| slug.and_then(|id| catalogue.show_by_segment(id)))
            .or_else(|| imdb.and_then(|id| catalogue.show_by_imdb(id)))
            .or_else(|| tmdb.and_then(|id| catalogue.show_by_tmdb(id)))
            .or_else(|| tvdb.and_then(|id| catalogue.show_by_tvdb(id)))
            .map(|show| Item::Show(show.facts.ids.trakt)),
        Kind::Season => trakt
            .and_then(|id| catalogue.season(id))
            .or_else(|| tvdb.and_then(|id| catalogue.season_by_tvdb(id)))
            .or_else(|| tmdb.and_then(|id| catalogue.season_by_tmdb(id)))
            .map(|(show, season)| Item::Season { show: show.facts.ids.trakt, season: season.number }),
        Kind::Episode => trakt
            .and_then(|id| catalogue.episode(id))
            .or_else(|| tvdb.and_then(|id| catalogue.episode_by_tvdb(id)))
            .or_else(|| imdb.and_then(|id| catalogue.episode_by_imdb(id)))
            .or_else(|| tmdb.and_then(|id| catalogue.episode_by_tmdb(id)))
            .map(|found| episode_item(&found)),
    }
}

pub(crate) fn episode_item(found: &Found<'_>) -> Item {
    Item::Episode {
        show: found.show.facts.ids.trakt,
        season: found.season.number,
        number: found.episode.number,
    }
}

/// Returns the movie itself, the episode itself, or the aired episodes of a show (without specials) or a season.
pub(crate) fn episodes_of(
    item: Item,
    catalogue: &Catalogue,
    now: chrono::DateTime<chrono::Utc>,
) -> Vec<Item> {
    let aired = |show: &Show, season: &Season| {
        let number = show.facts.ids.trakt;
        let season_number = season.number;
        (1..=season.aired_episodes(now))
            .map(move |episode| Item::Episode { show: number, season: season_number, number: episode })
            .collect::<Vec<_>>()
    };
    match item {
        Item::Movie(_) | Item::Episode { .. } => vec![item],
        Item::Season { show, season } => {
            let show = catalogue.show(show);
            show.and_then(|show| Some(aired(show, show.season(season)?))).unwrap_or_default()
        }
        Item::Show(show) => {
            let seasons = |show| Show::seasons_without_specials(show);
            catalogue
                .show(show)
                .map(|show| seasons(show).flat_map(|season| aired(show, season)).collect())
                .unwrap_or_default()
        }
    }
}

impl Show {
    fn seasons_without_specials(&self) -> impl Iterator<Item = &Season> {
        self.seasons.iter().filter(|season| season.number > 0)
    }
}

/// `{movies: n, shows: n ...}`
pub(super) fn counts(all: &[Kind], counted: impl Iterator<Item = Kind> + Clone) -> Value {
    let count = |kind: &Kind| counted.clone().filter(|other| other == kind).count();
    Value::Object(all.iter().map(|kind| (kind.plural().to_owned(), json!(count(kind)))).collect())
}
