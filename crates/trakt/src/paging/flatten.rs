//! Flattens the compact responses, which are objects keyed by ids, into lists of entries.

use serde_json::{Map, Value, json};

/// Turns `{"<id>": {"<id>": [<time>, …]}}` of any depth into one entry for each time:
/// `{"id": …, "keys": [<id>, <id>], "at": <time>}`. The `id` is unique within the response, and the same entry has the
/// same `id` in every read; equal times of one item are numbered.
///
/// A leaf of an unexpected form becomes an entry that contains it, so that it is reported as unreadable.
pub(crate) fn flatten(response: Value) -> Vec<Value> {
    let mut entries = Vec::new();
    match response {
        Value::Object(members) => flatten_members(&mut Vec::new(), members, &mut entries),
        // An empty compact response can be an empty list.
        Value::Array(items) => entries.extend(items),
        Value::Null => {}
        other => entries.push(other),
    }
    entries
}

fn flatten_members(keys: &mut Vec<String>, members: Map<String, Value>, entries: &mut Vec<Value>) {
    for (key, member) in members {
        keys.push(key);
        match member {
            Value::Object(members) => flatten_members(keys, members, entries),
            Value::Array(times) => flatten_times(keys, times, entries),
            leaf => entries.push(json!({"id": keys.join("/"), "keys": keys, "at": leaf})),
        }
        keys.pop();
    }
}

fn flatten_times(keys: &[String], mut times: Vec<Value>, entries: &mut Vec<Value>) {
    times.sort_by_cached_key(ToString::to_string);
    let mut nth = 0;
    for (index, time) in times.iter().enumerate() {
        nth = if index > 0 && times[index - 1] == *time { nth + 1 } else { 0 };
        let id = format!("{}@{time}#{nth}", keys.join("/"));
        entries.push(json!({"id": id, "keys": keys, "at": time}));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn equal_times_of_one_movie_are_two_plays() {
        let entries = flatten(json!({"5": ["b", "a", "b"]}));
        let ids: Vec<_> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["5@\"a\"#0", "5@\"b\"#0", "5@\"b\"#1"]);
    }

    #[test]
    fn the_keys_identify_the_episode() {
        let entries = flatten(json!({"1": {"20|2": {"300": ["t"]}}}));
        assert_eq!(entries[0]["keys"], json!(["1", "20|2", "300"]));
    }

    #[test]
    fn an_empty_response_of_any_form_has_no_entries() {
        for response in [json!({}), json!([]), json!(null)] {
            assert_eq!(flatten(response), Vec::<Value>::new());
        }
    }

    proptest! {
        #[test]
        fn every_time_becomes_a_distinct_entry(
            plays in prop::collection::btree_map("[1-9]{1,3}", prop::collection::vec("[ab]", 0..5), 0..20),
        ) {
            let plays: BTreeMap<String, Vec<String>> = plays;
            let entries = flatten(json!(plays));
            let distinct: std::collections::BTreeSet<_> =
                entries.iter().map(|entry| entry["id"].to_string()).collect();
            prop_assert_eq!(entries.len(), plays.values().map(Vec::len).sum::<usize>());
            prop_assert_eq!(distinct.len(), entries.len());
        }
    }
}
