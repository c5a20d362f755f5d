//! `collection_order`: sorts the members of a collection.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;

use crate::library::Item;

/// How a collection is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Keeps the order of the builders (`Some(false)`) or reverses it (`Some(true)`), regardless of `keys`.
    custom: Option<bool>,
    /// Sort keys, each with whether it is descending.
    keys: Vec<(Key, bool)>,
    /// Orders that the library has no data for.
    pub unsupported: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Title,
    Year,
    Released,
    Rating,
    Certification,
    Minutes,
    Added,
    /// Season and episode number.
    Number,
    Random,
}

impl Order {
    /// Parses the orders as written in the definition, in lower case. Without any, by release, which is Plex's
    /// default.
    pub fn of(written: &[String]) -> Self {
        let mut order = Self { custom: None, keys: Vec::new(), unsupported: Vec::new() };
        for text in written {
            match text.as_str() {
                "custom" | "custom.asc" => order.custom = Some(false),
                "custom.desc" => order.custom = Some(true),
                "alpha" => order.keys.push((Key::Title, false)),
                "release" => order.keys.push((Key::Released, false)),
                "random" => order.keys.push((Key::Random, false)),
                other => {
                    let (name, descending) = other
                        .strip_suffix(".desc")
                        .map_or((other.trim_end_matches(".asc"), false), |name| (name, true));
                    match key(name) {
                        Some(key) => order.keys.push((key, descending)),
                        None => order.unsupported.push(name.to_owned()),
                    }
                }
            }
        }
        if written.is_empty() {
            order.keys.push((Key::Released, false));
        } else if order.keys.is_empty() && order.custom.is_none() {
            order.keys.push((Key::Title, false));
        }
        order
    }

    /// Sorts items, which are in the order of the builders. `today` seeds the random order, which changes every day.
    pub fn sort(&self, items: &mut [&Item], today: NaiveDate) {
        match self.custom {
            Some(true) => return items.reverse(),
            Some(false) => return,
            None => {}
        }
        items.sort_by(|a, b| {
            let by_keys = self.keys.iter().map(|(key, descending)| {
                let order = compare(*key, a, b, today);
                if *descending { order.reverse() } else { order }
            });
            let first = by_keys.into_iter().find(|order| order.is_ne());
            first.unwrap_or(Ordering::Equal).then_with(|| compare(Key::Title, a, b, today))
        });
    }
}

fn key(name: &str) -> Option<Key> {
    Some(match name {
        "title" => Key::Title,
        "year" => Key::Year,
        "release" | "originally_available" | "episode_release" | "episode_originally_available" => {
            Key::Released
        }
        "audience_rating" => Key::Rating,
        "content_rating" => Key::Certification,
        "duration" => Key::Minutes,
        "added" | "episode_added" => Key::Added,
        "season" | "show" => Key::Number,
        _ => return None,
    })
}

fn compare(key: Key, a: &Item, b: &Item, today: NaiveDate) -> Ordering {
    let random = |item: &Item| {
        let mut hasher = DefaultHasher::new();
        (item.key, today).hash(&mut hasher);
        hasher.finish()
    };
    let title = || a.sort_title.cmp(&b.sort_title).then(a.year.cmp(&b.year)).then(a.kind.cmp(&b.kind));
    match key {
        Key::Title | Key::Number => title().then(a.key.cmp(&b.key)),
        Key::Year => a.year.cmp(&b.year),
        Key::Released => a.facts.released.cmp(&b.facts.released),
        Key::Rating => a.facts.rating.unwrap_or(-1.0).total_cmp(&b.facts.rating.unwrap_or(-1.0)),
        Key::Certification => a.facts.certification.cmp(&b.facts.certification),
        Key::Minutes => a.facts.minutes.cmp(&b.facts.minutes),
        Key::Added => a.facts.added.cmp(&b.facts.added),
        Key::Random => random(a).cmp(&random(b)),
    }
}
