//! `auto_sort_hubs`: sorts the hubs of collections.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use collections::target::HubOrder;
use kometa::collections::HubKey;
use plex::models::Collection;
use plex::target::Library;

/// The keys of the collections whose hubs are sorted, in the desired order. Reads the collections again, because this
/// run may have changed their titles.
pub(crate) async fn sorted(library: &Library, order: &HubOrder) -> plex::Result<Vec<u64>> {
    let mut known = library.client().collections(library.section()).await?;
    sort(&mut known, order);
    Ok(known.into_iter().map(|collection| collection.key).collect())
}

fn sort(known: &mut Vec<Collection>, order: &HubOrder) {
    let folded = |name: &String| name.to_lowercase();
    let pinned: HashSet<String> = order.pinned.iter().map(folded).collect();
    known.retain(|collection| !pinned.contains(&folded(&collection.title)));
    match order.sort.by {
        HubKey::SortTitle => known.sort_by_cached_key(|collection| {
            folded(collection.sort_title.as_ref().unwrap_or(&collection.title))
        }),
        HubKey::Alpha => known.sort_by_cached_key(|collection| folded(&collection.title)),
        HubKey::Configured => {
            let positions: HashMap<String, usize> = order.configured.iter().map(folded).zip(0..).collect();
            known.retain(|collection| positions.contains_key(&folded(&collection.title)));
            known.sort_by_cached_key(|collection| positions.get(&folded(&collection.title)).copied());
        }
        HubKey::Random => known.sort_by_cached_key(|collection| {
            let mut hasher = DefaultHasher::new();
            (order.today, collection.key).hash(&mut hasher);
            hasher.finish()
        }),
    }
    if order.sort.descending {
        known.reverse();
    }
}
