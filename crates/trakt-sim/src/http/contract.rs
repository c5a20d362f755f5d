//! Checks the bodies of writes against Trakt's contract. Trakt itself is more lenient with live clients, so
//! most checks are optional: see [`Config::strict_contract`](crate::Config::strict_contract).

use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::item::Kind;

/// Checks that every listed item has its own rating, even if the contract is not enforced otherwise: a season
/// or an episode cannot be rated through a show without a rating.
pub(super) fn check_ratings(body: &Value) -> Result<(), Refusal> {
    for kind in Kind::ALL {
        for entry in entries(body, kind.plural()) {
            if !entry.get("rating").is_some_and(Value::is_u64) {
                return Err(refused(&format!("{}[].rating is required", kind.plural())));
            }
        }
    }
    Ok(())
}

/// Checks that the body of a write under `/sync`, `/users/hidden` or a list conforms to the contract.
pub(super) fn check_items(path: &str, body: &Value) -> Result<(), Refusal> {
    let ids_only = path.starts_with("/sync/ratings") || path.starts_with("/sync/favorites");
    for kind in Kind::ALL {
        for entry in entries(body, kind.plural()) {
            let named = has_ids(kind, entry.get("ids"))? || (!ids_only && has_title(kind, entry));
            if !named {
                return Err(refused(&format!("{}[].ids name nothing", kind.plural())));
            }
            if kind == Kind::Show {
                check_season_episodes(entry)?;
            }
        }
    }
    Ok(())
}

/// Checks that a scrobble conforms to the contract. Episodes by show and numbers are not in the contract, but work.
pub(super) fn check_scrobble(body: &Value) -> Result<(), Refusal> {
    if let Some(movie) = body.get("movie").and_then(Value::as_object) {
        let named = has_ids(Kind::Movie, movie.get("ids"))? && has_title(Kind::Movie, movie);
        return if named {
            Ok(())
        } else {
            Err(refused("movie.title, movie.year and movie.ids are required"))
        };
    }
    if body.get("show").is_some() || has_ids(Kind::Episode, body["episode"].get("ids"))? {
        return Ok(());
    }
    Err(refused("episode.ids name nothing"))
}

fn entries<'a>(body: &'a Value, list: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    body.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn has_ids(kind: Kind, ids: Option<&Value>) -> Result<bool, Refusal> {
    let Some(ids) = ids.and_then(Value::as_object) else { return Ok(false) };
    let sites: &[&str] = match kind {
        Kind::Movie => &["trakt", "slug", "imdb", "tmdb"],
        Kind::Show => &["trakt", "slug", "imdb", "tmdb", "tvdb"],
        Kind::Season => &["trakt", "tmdb", "tvdb"],
        Kind::Episode => &["trakt", "tvdb"],
    };
    let mut named = false;
    for site in sites {
        let Some(id) = ids.get(*site).filter(|id| !id.is_null()) else { continue };
        // In the contract, a season's `tmdb` ID is a string if it is the only ID.
        let is_text = matches!(*site, "slug" | "imdb") || (kind == Kind::Season && *site == "tmdb");
        let fits = if is_text { id.is_string() } else { id.is_u64() };
        if !(fits || kind == Kind::Season && *site == "tmdb" && named) {
            return Err(refused(&format!("{}[].ids.{site} is of the wrong type", kind.plural())));
        }
        named = true;
    }
    Ok(named)
}

fn has_title(kind: Kind, entry: &Map<String, Value>) -> bool {
    let can_be_named = matches!(kind, Kind::Movie | Kind::Show);
    can_be_named
        && entry.get("title").is_some_and(Value::is_string)
        && entry.get("year").is_some_and(Value::is_u64)
}

/// Checks that seasons of a show come with their episodes.
fn check_season_episodes(show: &Map<String, Value>) -> Result<(), Refusal> {
    for season in show.get("seasons").and_then(Value::as_array).into_iter().flatten() {
        let episodes = season["episodes"].as_array();
        let numbered = |value: &Value| value["number"].is_u64();
        if !numbered(season) || !episodes.is_some_and(|episodes| episodes.iter().all(numbered)) {
            return Err(refused("shows[].seasons[] need number and episodes[].number"));
        }
    }
    Ok(())
}

fn refused(why: &str) -> Refusal {
    Refusal::Validation(why.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::movie("/sync/history", json!({"movies": [{"ids": {"trakt": 1}, "watched_at": "released"}]}), true)]
    #[case::movie_by_title("/sync/history", json!({"movies": [{"title": "A", "year": 1999}]}), true)]
    #[case::rated_by_title("/sync/ratings", json!({"movies": [{"title": "A", "year": 1999}]}), false)]
    #[case::movie_by_tvdb("/sync/watchlist", json!({"movies": [{"ids": {"tvdb": 1}}]}), false)]
    #[case::nothing("/sync/collection", json!({"shows": [{"ids": {"trakt": null}}]}), false)]
    #[case::wrong_type("/sync/collection", json!({"shows": [{"ids": {"trakt": "1"}}]}), false)]
    #[case::foreign_ids("/sync/history", json!({"movies": [{"ids": {"imdb": "tt1", "plex": {"guid": "x"}}}]}), true)]
    #[case::season("/sync/ratings", json!({"seasons": [{"ids": {"trakt": 1, "tmdb": 2}}]}), true)]
    #[case::season_by_tmdb("/sync/ratings", json!({"seasons": [{"ids": {"tmdb": 2}}]}), false)]
    #[case::episode_by_tmdb("/sync/history", json!({"episodes": [{"ids": {"tmdb": 2, "imdb": "tt2"}}]}), false)]
    #[case::episode_by_number(
        "/sync/history",
        json!({"shows": [{"ids": {"tvdb": 1}, "seasons": [{"number": 0, "episodes": [{"number": 3}]}]}]}),
        true
    )]
    #[case::season_by_number("/sync/history", json!({"shows": [{"ids": {"tvdb": 1}, "seasons": [{"number": 1}]}]}), false)]
    fn items(#[case] path: &str, #[case] body: Value, #[case] fits: bool) {
        assert_eq!(check_items(path, &body).is_ok(), fits);
    }

    #[rstest]
    #[case::show(json!({"shows": [{"ids": {"trakt": 1}, "rating": 7}]}), true)]
    #[case::season_through_its_show(
        json!({"shows": [{"ids": {"trakt": 1}, "seasons": [{"number": 1, "rating": 7}]}]}),
        false
    )]
    #[case::half_a_star(json!({"movies": [{"ids": {"trakt": 1}, "rating": 7.5}]}), false)]
    fn ratings(#[case] body: Value, #[case] fits: bool) {
        assert_eq!(check_ratings(&body).is_ok(), fits);
    }

    #[rstest]
    #[case::movie(json!({"movie": {"title": "A", "year": 1999, "ids": {"imdb": "tt1"}}}), true)]
    #[case::movie_without_a_year(json!({"movie": {"title": "A", "ids": {"imdb": "tt1"}}}), false)]
    #[case::episode(json!({"episode": {"ids": {"tvdb": 1}}}), true)]
    #[case::episode_by_imdb(json!({"episode": {"ids": {"imdb": "tt1"}}}), false)]
    #[case::episode_by_number(json!({"show": {"ids": {"tvdb": 1}}, "episode": {"season": 1, "number": 2}}), true)]
    fn scrobbles(#[case] body: Value, #[case] fits: bool) {
        assert_eq!(check_scrobble(&body).is_ok(), fits);
    }
}
