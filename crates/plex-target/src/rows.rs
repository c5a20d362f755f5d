//! `auto_sort_hubs`.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use collections::target::Rows;
use kometa::collections::HubKey;
use plex::models::Collection;
use plex::target::Library;

/// The collections whose rows are sorted, in the desired order: requires one read, because this run may have changed
/// their titles.
pub(crate) async fn sorted(library: &Library, rows: &Rows) -> plex::Result<Vec<u64>> {
    let mut known = library.client().collections(library.section()).await?;
    sort(&mut known, rows);
    Ok(known.into_iter().map(|collection| collection.key).collect())
}

fn sort(known: &mut Vec<Collection>, rows: &Rows) {
    let folded = |name: &String| name.to_lowercase();
    let pinned: HashSet<String> = rows.pinned.iter().map(folded).collect();
    known.retain(|collection| !pinned.contains(&folded(&collection.title)));
    match rows.sort.by {
        HubKey::SortTitle => {
            known.sort_by_cached_key(|one| folded(one.sort_title.as_ref().unwrap_or(&one.title)))
        }
        HubKey::Alpha => known.sort_by_cached_key(|one| folded(&one.title)),
        HubKey::Configured => {
            let places: HashMap<String, usize> = rows.configured.iter().map(folded).zip(0..).collect();
            known.retain(|one| places.contains_key(&folded(&one.title)));
            known.sort_by_cached_key(|one| places.get(&folded(&one.title)).copied());
        }
        HubKey::Random => known.sort_by_cached_key(|one| {
            let mut hasher = DefaultHasher::new();
            (rows.today, one.key).hash(&mut hasher);
            hasher.finish()
        }),
    }
    if rows.sort.descending {
        known.reverse();
    }
}
