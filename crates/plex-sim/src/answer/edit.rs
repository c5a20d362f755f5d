//! `PUT /library/sections/S/all`: edits fields and tags of many items in one call.

use percent_encoding::percent_decode_str;

use super::library::COLLECTION;
use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome, keys};
use crate::message::Answer;
use crate::state::Kind;

/// The change that one parameter of the query requests.
enum Change<'a> {
    /// `summary.value=…`
    Set(&'a str, &'a str),
    /// `summary.locked=1`
    Lock(&'a str, bool),
    /// `label[0].tag.tag=…`
    AddTag(&'a str, &'a str),
    /// `label[].tag.tag-=A,B`, each name percent-encoded once more.
    RemoveTags(&'a str, Vec<String>),
}

fn change<'a>(name: &'a str, value: &'a str) -> Option<Change<'a>> {
    if let Some(field) = name.strip_suffix(".value") {
        return Some(Change::Set(field, value));
    }
    if let Some(field) = name.strip_suffix(".locked") {
        return Some(Change::Lock(field, value == "1"));
    }
    if let Some(tag) = name.strip_suffix("[].tag.tag-") {
        let decode = |name: &str| percent_decode_str(name).decode_utf8_lossy().into_owned();
        return Some(Change::RemoveTags(tag, value.split(',').map(decode).collect()));
    }
    let (tag, rest) = name.split_once('[')?;
    rest.ends_with("].tag.tag").then_some(Change::AddTag(tag, value))
}

impl Call<'_> {
    pub(super) fn edit(&mut self, section: u64) -> Outcome {
        let ids = keys(self.request.query("id").ok_or(BAD_REQUEST)?)?;
        let kind = self.request.number("type").ok_or(BAD_REQUEST)?;
        let request = self.request;
        let changes: Vec<Change> =
            request.query_pairs().filter_map(|(name, value)| change(name, value)).collect();
        if kind == COLLECTION {
            self.edit_collections(section, &ids, &changes)
        } else {
            self.edit_items(section, Kind::of_number(kind).ok_or(BAD_REQUEST)?, &ids, &changes)
        }
    }

    fn edit_collections(&mut self, section: u64, ids: &[u64], changes: &[Change]) -> Outcome {
        let is_in_section =
            |key| self.store.collections.get(key).is_some_and(|known| known.section == section);
        if !ids.iter().all(is_in_section) {
            return Err(NOT_FOUND);
        }
        for key in ids {
            let now = self.store.tick();
            let Some(known) = self.store.collections.get_mut(key) else { continue };
            known.updated = now;
            for change in changes {
                match change {
                    Change::Set("title", value) => known.title = (*value).to_owned(),
                    Change::Set(field, value) => {
                        known.fields.insert((*field).to_owned(), (*value).to_owned());
                    }
                    Change::Lock(field, lock) => set_lock(&mut known.locked, field, *lock),
                    Change::AddTag(tag, value) => add_tag(&mut known.tags, tag, value),
                    Change::RemoveTags(tag, removed) => remove_tags(&mut known.tags, tag, removed),
                }
            }
        }
        Ok(Answer::Done)
    }

    fn edit_items(&mut self, section: u64, kind: Kind, ids: &[u64], changes: &[Change]) -> Outcome {
        for key in ids {
            let item = self.store.items.get(key).filter(|item| item.section == section).ok_or(NOT_FOUND)?;
            if item.kind != kind {
                return Err(BAD_REQUEST);
            }
        }
        for change in changes {
            match change {
                Change::AddTag("collection", title) => {
                    self.store.add_to_collection(section, kind, title, ids)?;
                }
                Change::RemoveTags("collection", titles) => {
                    for title in titles {
                        self.store.remove_from_collection(section, title, ids);
                    }
                }
                other => self.edit_each(ids, other),
            }
        }
        Ok(Answer::Done)
    }

    fn edit_each(&mut self, ids: &[u64], change: &Change) {
        for key in ids {
            let Some(item) = self.store.items.get_mut(key) else { continue };
            match change {
                Change::Set("title", value) => item.title = (*value).to_owned(),
                Change::Set("titleSort", value) => item.title_sort = (*value).to_owned(),
                Change::Set(field, value) => {
                    item.fields.insert((*field).to_owned(), (*value).to_owned());
                }
                Change::Lock(field, lock) => set_lock(&mut item.locked, field, *lock),
                Change::AddTag(tag, value) => add_tag(&mut item.tags, tag, value),
                Change::RemoveTags(tag, removed) => remove_tags(&mut item.tags, tag, removed),
            }
        }
    }
}

fn set_lock(locked: &mut std::collections::BTreeSet<String>, field: &str, lock: bool) {
    if lock {
        locked.insert(field.to_owned());
    } else {
        locked.remove(field);
    }
}

type Tags = std::collections::BTreeMap<String, Vec<String>>;

/// Adds a tag to the existing ones.
fn add_tag(tags: &mut Tags, tag: &str, value: &str) {
    let list = tags.entry(tag.to_owned()).or_default();
    if !list.iter().any(|known| known.eq_ignore_ascii_case(value)) {
        list.push(value.to_owned());
    }
}

fn remove_tags(tags: &mut Tags, tag: &str, removed: &[String]) {
    if let Some(list) = tags.get_mut(tag) {
        list.retain(|known| !removed.iter().any(|name| name.eq_ignore_ascii_case(known)));
    }
}
