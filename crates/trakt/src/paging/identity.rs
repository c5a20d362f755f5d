//! The identity of list entries.

use serde_json::Value;

/// The media types of an entry, most specific first: an entry about an episode also names its show.
const KINDS: [&str; 7] = ["episode", "season", "movie", "show", "list", "person", "user"];

/// A text that two entries of one list share exactly if they are the same entry: its own `id` if it has one (plays,
/// resume points, list entries), otherwise its item.
///
/// Works on the raw entry, so that unreadable entries also count.
pub fn identity(entry: &Value) -> String {
    if let Some(id) = entry.get("id").filter(|id| id.is_number() || id.is_string()) {
        return format!("id:{id}");
    }
    let named = entry
        .get("type")
        .and_then(Value::as_str)
        .filter(|kind| entry.get(*kind).is_some_and(Value::is_object));
    // An item that is not wrapped in an entry has `ids` at the top, and may contain other items: a list contains its owner.
    let bare = entry.get("ids").is_some_and(Value::is_object);
    let present = || KINDS.into_iter().find(|kind| !bare && entry.get(*kind).is_some_and(Value::is_object));
    match named.or_else(present) {
        Some(kind) => format!("{kind}:{}{}", moment(entry), item_id(&entry[kind])),
        None => item_id(entry),
    }
}

/// One item can appear on a calendar several times.
fn moment(entry: &Value) -> String {
    ["first_aired", "released"]
        .iter()
        .filter_map(|key| entry.get(key))
        .map(|when| format!("{when}@"))
        .collect()
}

fn item_id(item: &Value) -> String {
    let ids = item.get("ids").unwrap_or(&Value::Null);
    let id = ["trakt", "slug", "uuid", "tmdb", "imdb", "tvdb"]
        .iter()
        .find_map(|key| ids.get(key).filter(|id| !id.is_null()).map(|id| format!("{key}:{id}")));
    id.or_else(|| item.get("username").map(ToString::to_string)).unwrap_or_else(|| item.to_string())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::plays_by_their_id(json!({"id": 7, "movie": {"ids": {"trakt": 1}}}), "id:7")]
    #[case::an_episode_not_by_its_show(
        json!({"type": "episode", "episode": {"ids": {"trakt": 5}}, "show": {"ids": {"trakt": 1}}}),
        "episode:trakt:5"
    )]
    #[case::a_show_without_type(json!({"show": {"ids": {"trakt": 1}}, "seasons": []}), "show:trakt:1")]
    #[case::a_bare_movie(json!({"title": "x", "ids": {"trakt": 9}}), "trakt:9")]
    #[case::a_list_not_by_its_owner(json!({"ids": {"trakt": 4}, "user": {"ids": {"trakt": 1}}}), "trakt:4")]
    #[case::a_number(json!(12), "12")]
    fn an_entry_is_identified_by_its_most_specific_id(#[case] entry: Value, #[case] expected: &str) {
        assert_eq!(identity(&entry), expected);
    }
}
