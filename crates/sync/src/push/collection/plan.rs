//! Decides what has to be sent, without I/O.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::{Json, ids::TitleId, rows::TraktCollectionItem, trakt_collection::HeldFile};
use serde::{Deserialize, Serialize};
use trakt::models::CollectedMetadata;

use super::{super::item::Item, kept::Kept, quality};

/// A title with files.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Here {
    /// Its best file.
    Held(Box<Copy>),
    /// It is only in unavailable libraries: nothing is known about it.
    Unreadable,
}

/// The best file of a title, or a title that is kept without a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Copy {
    pub(super) item: Item,
    pub(super) metadata: CollectedMetadata,
    pub(super) collected_at: DateTime<Utc>,
    pixels: i64,
    /// Set if the title is kept without a file.
    pub(super) kept: Option<Kept>,
}

/// What was sent for a title. The stored form is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) item: Item,
    pub(super) metadata: CollectedMetadata,
    /// It is being sent, or its response was lost: it may be on Trakt. It is sent again, and removed if its
    /// file is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) in_doubt: bool,
    /// How often its addition was sent without Trakt's response accounting for it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) additions: u8,
    /// How often its removal was sent without Trakt's response accounting for it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) removals: u8,
}

fn is_zero(count: &u8) -> bool {
    *count == 0
}

impl Copy {
    pub(super) fn sent(&self) -> Sent {
        let (item, metadata) = (self.item.clone(), self.metadata.clone());
        Sent { item, metadata, in_doubt: false, additions: 0, removals: 0 }
    }
}

impl Sent {
    /// From a row; `None` if a newer version wrote it.
    pub(super) fn read(row: &TraktCollectionItem) -> Option<Self> {
        Self::deserialize(&row.sent).ok()
    }

    pub(super) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }
}

/// Returns the titles of some files, without those that cannot be identified on Trakt.
pub(super) fn here(files: &[HeldFile], items: &BTreeMap<TitleId, Item>) -> BTreeMap<TitleId, Here> {
    let mut here: BTreeMap<TitleId, Here> = BTreeMap::new();
    for file in files {
        let Some(item) = items.get(&file.title_id) else { continue };
        if !file.is_readable {
            here.entry(file.title_id).or_insert(Here::Unreadable);
            continue;
        }
        let copy = Copy {
            item: item.clone(),
            metadata: quality::of(file),
            collected_at: file.added_at.0,
            kept: None,
            pixels: i64::from(file.width.unwrap_or(0)) * i64::from(file.height.unwrap_or(0)),
        };
        match here.get_mut(&file.title_id) {
            Some(Here::Held(best)) => {
                let since = best.collected_at.min(copy.collected_at);
                if copy.pixels > best.pixels {
                    **best = copy;
                }
                best.collected_at = since;
            }
            Some(Here::Unreadable) | None => {
                here.insert(file.title_id, Here::Held(Box::new(copy)));
            }
        }
    }
    here
}

/// Adds the titles that are kept in the collection without a file.
pub(super) fn keep(
    here: &mut BTreeMap<TitleId, Here>,
    kept: &BTreeMap<TitleId, Kept>,
    items: &BTreeMap<TitleId, Item>,
) {
    for (id, kept) in kept {
        let Some(item) = items.get(id) else { continue };
        here.entry(*id).or_insert_with(|| {
            Here::Held(Box::new(Copy {
                item: item.clone(),
                metadata: kept.metadata.clone(),
                collected_at: kept.collected_at,
                pixels: 0,
                kept: Some(kept.clone()),
            }))
        });
    }
}

/// Differences between the titles with files and what was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    /// To be sent: new, or in another quality.
    pub(super) add: Vec<TitleId>,
    /// To be removed under the identity that was sent, because it was the wrong title. They are in `add` too.
    pub(super) rename: Vec<TitleId>,
    /// To be removed: there is no file any more.
    pub(super) remove: Vec<TitleId>,
}

pub(super) fn differences(here: &BTreeMap<TitleId, Here>, sent: &BTreeMap<TitleId, Sent>) -> Differences {
    let mut differences = Differences::default();
    for (id, copy) in here {
        let Here::Held(copy) = copy else { continue };
        match sent.get(id) {
            Some(sent) if *sent == copy.sent() => {}
            Some(sent) => {
                differences.add.push(*id);
                if sent.item != copy.item {
                    differences.rename.push(*id);
                }
            }
            None => differences.add.push(*id),
        }
    }
    differences.remove = sent.keys().filter(|id| !here.contains_key(id)).copied().collect();
    differences
}

/// How often a title is sent that Trakt neither accepts nor rejects.
pub(super) const MOST_TRIES: u8 = 4;

/// Splits titles into requests. If a response left open which of many titles Trakt dropped, fewer are sent together the
/// next time, and finally each gets its own response.
pub(super) fn split(ids: &[TitleId], tries: impl Fn(TitleId) -> u8) -> Vec<Vec<TitleId>> {
    let together = |id: TitleId| match tries(id) {
        0 => 100,
        1 => 10,
        _ => 1,
    };
    let mut requests = Vec::new();
    for most in [100, 10, 1] {
        let ids: Vec<TitleId> = ids.iter().copied().filter(|id| together(*id) == most).collect();
        requests.extend(ids.chunks(most).map(<[TitleId]>::to_vec));
    }
    requests
}

/// Returns how long titles wait after this many responses that did not account for them.
pub(super) fn wait_after(tries: u8) -> TimeDelta {
    match tries {
        0 | 1 => TimeDelta::minutes(1),
        2 => TimeDelta::minutes(10),
        _ => TimeDelta::hours(1),
    }
}

#[cfg(test)]
mod tests {
    use db::Millis;
    use serde_json::json;
    use trakt::models::ItemIds;

    use super::*;

    fn items() -> BTreeMap<TitleId, Item> {
        (1..=4).map(|id| (TitleId(id), Item::Movie(ItemIds::trakt(id.unsigned_abs())))).collect()
    }

    fn file(id: i64, height: i32, added: i64) -> HeldFile {
        HeldFile {
            title_id: TitleId(id),
            is_readable: true,
            width: Some(height * 16 / 9),
            height: Some(height),
            hdr: None,
            audio: json!([]),
            added_at: Millis::from(DateTime::from_timestamp(added, 0).unwrap()),
        }
    }

    fn away(id: i64) -> HeldFile {
        HeldFile { is_readable: false, ..file(id, 1080, 1) }
    }

    fn sent_of(files: &[HeldFile]) -> BTreeMap<TitleId, Sent> {
        let held = here(files, &items());
        held.into_iter()
            .filter_map(|(id, here)| match here {
                Here::Held(copy) => Some((id, copy.sent())),
                Here::Unreadable => None,
            })
            .collect()
    }

    #[test]
    fn the_best_file_determines_the_quality_and_the_first_one_the_date() {
        let held = here(&[file(1, 720, 5), file(1, 2160, 9), file(1, 480, 7)], &items());
        let Here::Held(copy) = &held[&TitleId(1)] else { panic!("{held:?}") };
        assert_eq!(copy.metadata.resolution.as_deref(), Some("uhd_4k"));
        assert_eq!(copy.collected_at.timestamp(), 5);
    }

    #[test]
    fn only_changed_titles_are_sent() {
        let sent = sent_of(&[file(1, 720, 1), file(2, 720, 1), file(3, 720, 1)]);
        let now = here(&[file(1, 720, 1), file(2, 1080, 1), file(4, 720, 1)], &items());
        let expected =
            Differences { add: vec![TitleId(2), TitleId(4)], rename: Vec::new(), remove: vec![TitleId(3)] };
        assert_eq!(differences(&now, &sent), expected);
        assert_eq!(
            differences(&now, &sent_of(&[file(1, 720, 1), file(2, 1080, 1), file(4, 720, 1)])),
            Differences::default()
        );
    }

    #[test]
    fn an_unmounted_disk_removes_and_adds_nothing() {
        let sent = sent_of(&[file(1, 720, 1), file(2, 720, 1)]);
        let now = here(&[away(1), away(2), away(3)], &items());
        assert_eq!(differences(&now, &sent), Differences::default());
        // A copy on another disk counts as a file.
        let now = here(&[away(1), file(1, 720, 1), away(2)], &items());
        assert_eq!(differences(&now, &sent), Differences::default());
    }

    #[test]
    fn a_corrected_match_is_removed_under_its_old_identity() {
        let sent = sent_of(&[file(1, 720, 1)]);
        let other = BTreeMap::from([(TitleId(1), Item::Movie(ItemIds::trakt(9)))]);
        let expected = Differences { add: vec![TitleId(1)], rename: vec![TitleId(1)], remove: Vec::new() };
        assert_eq!(differences(&here(&[file(1, 720, 1)], &other), &sent), expected);
    }

    #[test]
    fn unaccounted_titles_are_sent_in_ever_smaller_requests() {
        let ids: Vec<TitleId> = (0..130).map(TitleId).collect();
        let sizes = |tries: &dyn Fn(TitleId) -> u8| -> Vec<usize> {
            split(&ids, tries).iter().map(Vec::len).collect()
        };
        assert_eq!(sizes(&|_| 0), [100, 30]);
        assert_eq!(sizes(&|_| 1), [10; 13]);
        assert_eq!(sizes(&|_| 2), [1; 130]);
        assert_eq!(sizes(&|id| u8::from(id.0 < 12)), [100, 18, 10, 2]);
    }

    #[test]
    fn unaccounted_titles_are_sent_again() {
        let now = here(&[file(1, 720, 1)], &items());
        let mut sent = sent_of(&[file(1, 720, 1)]);
        let again = Differences { add: vec![TitleId(1)], ..Differences::default() };
        for (additions, removals) in [(1, 0), (0, 1)] {
            sent.values_mut().for_each(|sent| (sent.additions, sent.removals) = (additions, removals));
            assert_eq!(differences(&now, &sent), again);
        }
    }

    #[test]
    fn titles_that_cannot_be_identified_are_left_out() {
        assert!(here(&[file(99, 720, 1)], &items()).is_empty());
    }
}
