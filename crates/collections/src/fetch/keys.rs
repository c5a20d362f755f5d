//! Reads the keys of dynamic definitions.

use std::collections::HashSet;

use kometa::collections::{DynamicSource, FoundKey};
use trakt::endpoints::ListItemKinds;
use trakt::models::{MediaKind, PathId};
use trakt::{Client, Error, Listing};

use super::address::ListAddress;
use super::read::read_all;
use crate::failure::Failure;

/// The keys of a dynamic definition, each once. Every key generates a collection.
pub(super) async fn read(client: &Client, source: &DynamicSource) -> Result<Vec<FoundKey>, Failure> {
    let failed = |error: Error| Failure::of(&error);
    let mut keys = Vec::new();
    match source {
        DynamicSource::UserLists(users) => {
            for user in users {
                let lists = read_all(client.users().lists(user).all()).await.map_err(failed)?;
                all_readable(&lists)?;
                keys.extend(lists.iter().filter_map(|list| {
                    let slug = list.ids.slug.as_deref()?;
                    Some(FoundKey::list(user, slug, &list.name))
                }));
            }
        }
        DynamicSource::LikedLists => {
            let liked = read_all(client.users().liked_lists("me")).await.map_err(failed)?;
            all_readable(&liked)?;
            keys.extend(liked.iter().filter_map(|liked| {
                let owner = liked.list.user.as_ref()?.ids.slug.clone()?;
                Some(FoundKey::list(&owner, liked.list.ids.slug.as_deref()?, &liked.list.name))
            }));
        }
        DynamicSource::People(lists) => {
            let kinds = ListItemKinds::only(&[MediaKind::Person]);
            for list in lists {
                let unsupported = || Failure::Unsupported(format!("the address {:?}", list.0));
                let paged = match ListAddress::parse(&list.0).ok_or_else(unsupported)? {
                    ListAddress::Personal { user, list } => {
                        client.users().lists(user).list(list).items(&kinds)
                    }
                    ListAddress::ById(id) => client.lists().items(PathId::from(id), &kinds),
                    ListAddress::BuiltIn { .. } => return Err(unsupported()),
                };
                let entries = read_all(paged).await.map_err(failed)?;
                all_readable(&entries)?;
                keys.extend(entries.iter().filter_map(|entry| match &entry.media {
                    trakt::models::Media::Person(person) => {
                        let tmdb = i64::try_from(person.ids.tmdb?).ok()?;
                        Some(FoundKey::person(tmdb, &person.name))
                    }
                    _ => None,
                }));
            }
        }
    }
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(key.key.clone()));
    Ok(keys)
}

/// Fails if any entry could not be read.
fn all_readable<T>(listing: &Listing<T>) -> Result<(), Failure> {
    match listing.unreadable.len() {
        0 => Ok(()),
        odd => Err(Failure::Incomplete(format!("{odd} of its entries could not be read"))),
    }
}
