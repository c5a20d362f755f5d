//! Finds Plex items by their ids on other services. Pure. Only the ids that the agent of an item assigned count:
//! titles and years are never compared.
//!
//! New agents assign a list of ids (`tmdb://603`). Old agents assign a single guid, whose scheme says which id it
//! contains: `com.plexapp.agents.imdb://tt0133093?lang=en`, `…themoviedb://603`, `…thetvdb://81189/1/2`,
//! `…hama://tvdb-81189`. Guids with `local://` and `none` do not contain an id.

use std::collections::HashMap;

use crate::models::{Item, Kind};

/// The ids of one title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ids {
    /// The Movie Database.
    pub tmdb: Option<u64>,
    /// TheTVDB.
    pub tvdb: Option<u64>,
    /// IMDb: `tt0133093`.
    pub imdb: Option<String>,
}

impl Ids {
    /// The ids of an item; `None` if its agent assigned none. If the `Guid` list of the item contains an id, only the
    /// list counts.
    pub fn of(item: &Item) -> Option<Self> {
        let mut ids = Self::default();
        for guid in &item.guids {
            if let Some((scheme, id)) = guid.split_once("://") {
                ids.set(scheme, id);
            }
        }
        if ids == Self::default() {
            let (scheme, id) = item.guid.as_deref()?.split_once("://")?;
            // The id of the show is followed by season, episode and language.
            let id = id.split(['?', '/']).next()?;
            ids.set_legacy(scheme.rsplit('.').next()?, id);
        }
        (ids != Self::default()).then_some(ids)
    }

    fn set(&mut self, scheme: &str, id: &str) {
        match scheme {
            "tmdb" => self.tmdb = self.tmdb.or_else(|| number(id)),
            "tvdb" => self.tvdb = self.tvdb.or_else(|| number(id)),
            "imdb" => self.imdb = self.imdb.take().or_else(|| imdb(id)),
            _ => {}
        }
    }

    fn set_legacy(&mut self, scheme: &str, id: &str) {
        match scheme {
            "imdb" => self.set("imdb", id),
            "themoviedb" => self.set("tmdb", id),
            "thetvdb" => self.set("tvdb", id),
            // Both use the id in the NFO file: an IMDb id, otherwise a TMDb id for movies and a TheTVDB id for shows.
            "xbmcnfo" | "xbmcnfotv" if id.starts_with("tt") => self.set("imdb", id),
            "xbmcnfo" => self.set("tmdb", id),
            "xbmcnfotv" => self.set("tvdb", id),
            "hama" => {
                if let Some((source, id)) = id.split_once('-') {
                    self.set(source, id);
                }
            }
            _ => {}
        }
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|id| *id > 0)
}

fn imdb(text: &str) -> Option<String> {
    let digits = text.strip_prefix("tt")?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

/// The items of a library, indexed by their ids.
#[derive(Debug, Clone, Default)]
pub struct Index {
    tmdb: HashMap<u64, Vec<u64>>,
    tvdb: HashMap<u64, Vec<u64>>,
    imdb: HashMap<String, Vec<u64>>,
    /// Kind and ids of each item, by rating key.
    known: HashMap<u64, (Kind, Ids)>,
    unmatched: Vec<u64>,
}

/// The matches for a list of titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// The rating keys in the order of the list, without duplicates. All editions of a title are included.
    pub keys: Vec<u64>,
    /// The indexes (in the list) of titles that are missing from the library.
    pub missing: Vec<usize>,
}

impl Index {
    /// Indexes the movies or shows of a library. Seasons and episodes are omitted, because their guids contain the id
    /// of their show.
    pub fn of(items: &[Item]) -> Self {
        let mut index = Self::default();
        for item in items.iter().filter(|item| matches!(item.kind, Kind::Movie | Kind::Show)) {
            let Some(ids) = Ids::of(item) else {
                index.unmatched.push(item.key);
                continue;
            };
            index.known.insert(item.key, (item.kind, ids.clone()));
            if let Some(id) = ids.tmdb {
                index.tmdb.entry(id).or_default().push(item.key);
            }
            if let Some(id) = ids.tvdb {
                index.tvdb.entry(id).or_default().push(item.key);
            }
            if let Some(id) = ids.imdb {
                index.imdb.entry(id).or_default().push(item.key);
            }
        }
        index
    }

    /// The rating keys of all editions of a title. Items are found by any id, because a library can contain items of
    /// several agents. If ids contradict each other, the most reliable id that both sides have decides: TMDb for
    /// movies, TheTVDB for shows, IMDb last.
    pub fn find(&self, ids: &Ids) -> Vec<u64> {
        let tmdb = ids.tmdb.and_then(|id| self.tmdb.get(&id));
        let tvdb = ids.tvdb.and_then(|id| self.tvdb.get(&id));
        let imdb = ids.imdb.as_ref().and_then(|id| self.imdb.get(id));
        let mut keys: Vec<u64> = [tmdb, tvdb, imdb].into_iter().flatten().flatten().copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| self.known.get(key).is_some_and(|(kind, known)| ids_agree(*kind, known, ids)));
        keys
    }

    /// Looks up a whole list.
    pub fn find_all(&self, titles: &[Ids]) -> Matches {
        let mut matches = Matches::default();
        let mut seen = std::collections::HashSet::new();
        for (at, ids) in titles.iter().enumerate() {
            let found = self.find(ids);
            if found.is_empty() {
                matches.missing.push(at);
            }
            matches.keys.extend(found.into_iter().filter(|key| seen.insert(*key)));
        }
        matches
    }

    /// Rating keys of items without any id. Their match in Plex has to be corrected or refreshed.
    pub fn unmatched(&self) -> &[u64] {
        &self.unmatched
    }
}

/// Whether the most reliable id that both the item and the wanted title have is the same.
fn ids_agree(kind: Kind, known: &Ids, wanted: &Ids) -> bool {
    let same = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a == b);
    let (tmdb, tvdb) = (same(known.tmdb, wanted.tmdb), same(known.tvdb, wanted.tvdb));
    let numbers = if kind == Kind::Movie { tmdb.or(tvdb) } else { tvdb.or(tmdb) };
    numbers.unwrap_or(known.imdb == wanted.imdb)
}

/// Finds a season, or an episode if `episode` is given, among the parts of shows. `shows` are the rating keys of all
/// editions of the show.
pub fn find_parts(parts: &[Item], shows: &[u64], season: u32, episode: Option<u32>) -> Vec<u64> {
    let fits = |part: &&Item| {
        part.show.is_some_and(|show| shows.contains(&show))
            && part.season == Some(season)
            && part.episode == episode
    };
    parts.iter().filter(fits).map(|part| part.key).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn item(key: u64, guid: &str, guids: &[&str]) -> Item {
        Item {
            key,
            kind: Kind::Movie,
            title: "The Same Title".to_owned(),
            sort_title: "The Same Title".to_owned(),
            year: Some(1999),
            guid: Some(guid.to_owned()),
            guids: guids.iter().map(|guid| (*guid).to_owned()).collect(),
            edition: None,
            show: None,
            season: None,
            episode: None,
            released: None,
            added_at: None,
            rating: None,
            labels: Vec::new(),
            facts: crate::models::Facts::default(),
        }
    }

    fn ids(tmdb: impl Into<Option<u64>>, tvdb: impl Into<Option<u64>>, imdb: &str) -> Ids {
        let imdb = Some(imdb.to_owned()).filter(|id| !id.is_empty());
        Ids { tmdb: tmdb.into(), tvdb: tvdb.into(), imdb }
    }

    #[rstest]
    #[case("plex://movie/5d77", &["imdb://tt0133093", "tmdb://603"], Some(ids(603, None, "tt0133093")))]
    #[case("plex://show/5d77", &["tvdb://81189"], Some(ids(None, 81189, "")))]
    #[case("plex://movie/5d77", &[], None)]
    #[case("com.plexapp.agents.imdb://tt0133093?lang=en", &[], Some(ids(None, None, "tt0133093")))]
    #[case("com.plexapp.agents.themoviedb://603?lang=en", &[], Some(ids(603, None, "")))]
    #[case("com.plexapp.agents.thetvdb://81189/1/2?lang=en", &[], Some(ids(None, 81189, "")))]
    #[case("com.plexapp.agents.hama://tvdb-81189?lang=en", &[], Some(ids(None, 81189, "")))]
    #[case("com.plexapp.agents.hama://anidb-23?lang=en", &[], None)]
    #[case("com.plexapp.agents.xbmcnfo://tt0133093?lang=en", &[], Some(ids(None, None, "tt0133093")))]
    #[case("com.plexapp.agents.xbmcnfotv://81189?lang=en", &[], Some(ids(None, 81189, "")))]
    #[case("com.plexapp.agents.none://8ab?lang=xn", &[], None)]
    #[case("local://1234", &[], None)]
    #[case("com.plexapp.agents.imdb://603", &[], None)]
    #[case("nonsense", &["tmdb://0", "tmdb://x", "imdb://", "also nonsense"], None)]
    fn ids_are_read_from_every_agent(
        #[case] guid: &str,
        #[case] guids: &[&str],
        #[case] expected: Option<Ids>,
    ) {
        assert_eq!(Ids::of(&item(1, guid, guids)), expected);
    }

    #[test]
    fn all_editions_are_found_and_items_without_ids_are_listed() {
        let index = Index::of(&[
            item(1, "plex://movie/a", &["tmdb://603", "imdb://tt0133093"]),
            item(2, "com.plexapp.agents.imdb://tt0133093?lang=en", &[]),
            item(3, "plex://movie/b", &["tmdb://603"]),
            item(4, "local://4", &[]),
        ]);
        assert_eq!(index.find(&ids(603, None, "tt0133093")), [1, 2, 3]);
        assert_eq!(index.unmatched(), [4]);
        let matches = index.find_all(&[ids(1, None, ""), ids(603, None, ""), ids(None, None, "tt0133093")]);
        assert_eq!(matches, Matches { keys: vec![1, 3, 2], missing: vec![0] });
    }

    #[test]
    fn an_outdated_id_does_not_match_another_title() {
        let index = Index::of(&[
            item(1, "plex://movie/a", &["tmdb://603", "imdb://tt0000001"]),
            item(2, "plex://movie/b", &["tmdb://604", "imdb://tt0000002"]),
        ]);
        assert_eq!(index.find(&ids(603, None, "tt0000002")), [1]);
        assert_eq!(index.find(&ids(None, None, "tt0000002")), [2]);
        assert_eq!(index.find(&ids(605, None, "tt0000002")), Vec::<u64>::new());
    }

    #[test]
    fn ids_of_movies_and_shows_are_not_confused() {
        let index = Index::of(&[item(1, "plex://movie/a", &["tmdb://81189"])]);
        assert_eq!(index.find(&ids(None, 81189, "")), Vec::<u64>::new());
    }
}
