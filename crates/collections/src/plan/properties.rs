//! Property tests: collections are never emptied by accident, and never contain items of the wrong kind.

use std::collections::HashSet;
use std::sync::LazyLock;

use kometa::spec::Media;
use proptest::prelude::*;

use super::tests::{collection, entry, fetched, holding, list, movie, planned};
use super::*;
use crate::fetch::Fetched;

/// Possible results of a source. Titles 1 to 40 are in the library, the others are not.
fn source_result() -> impl Strategy<Value = Result<Fetched, Failure>> {
    let entries = prop::collection::vec((1_u64..60, prop::bool::ANY), 0..30);
    let read = (entries, 0_usize..3).prop_map(|(entries, odd)| {
        let kind = |shows| if shows { Kind::Show } else { Kind::Movie };
        let entries = entries.into_iter().map(|(id, shows)| entry(kind(shows), id)).collect();
        Ok(Fetched { unreadable: odd.saturating_sub(1), ..fetched(entries) })
    });
    let failures = prop::sample::select(vec![
        Failure::Private,
        Failure::NotFound,
        Failure::NeedsAccount,
        Failure::Unavailable("503".into()),
        Failure::Unsupported("it".into()),
    ]);
    prop_oneof![3 => read, 1 => failures.prop_map(Err)]
}

static DEFINITIONS: LazyLock<Vec<Collection>> = LazyLock::new(|| {
    let lists = "    trakt_list: [https://trakt.tv/users/a/lists/x, https://trakt.tv/users/a/lists/y]\n";
    let more = [
        "",
        "    sync_mode: sync\n",
        "    sync_mode: sync\n    limit: 5\n    collection_order: custom\n",
        "    sync_mode: sync\n    minimum_items: 4\n    delete_below_minimum: true\n",
        "    sync_mode: sync\n    filters:\n      title.begins: Movie 1\n",
        "    sync_mode: sync\n    imdb_list: https://www.imdb.com/list/ls1\n",
    ];
    more.iter().map(|more| collection(Media::Movies, &format!("{lists}{more}"))).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn collections_are_never_emptied_by_accident(
        x in source_result(),
        y in prop::option::of(source_result()),
        member_ids in prop::collection::hash_set(1_u64..50, 0..40),
        which in 0_usize..6,
    ) {
        let library = Library::new(Media::Movies, (1..=40).map(movie).collect());
        let collection = &DEFINITIONS[which];
        let is_complete = |result: &Option<Result<Fetched, Failure>>| {
            matches!(result, Some(Ok(fetched)) if fetched.unreadable == 0)
        };
        let complete = is_complete(&Some(x.clone())) && is_complete(&y) && collection.spec.left_out == 0;
        let is_empty = |result: &Option<Result<Fetched, Failure>>| {
            matches!(result, Some(Ok(fetched)) if !fetched.entries.iter().any(|entry| entry.kind == Kind::Movie))
        };
        let some_empty = is_empty(&Some(x.clone())) || is_empty(&y);
        let mut sources = Sources::from([(list("x"), x)]);
        sources.extend(y.map(|y| (list("y"), y)));
        let existing = holding(member_ids.iter().copied());
        let plan = planned(collection, &library, &sources, Some(&existing));

        let before: HashSet<i64> = existing.members.iter().map(|member| member.key).collect();
        let after: HashSet<i64> = match &plan.action {
            Action::Nothing => before.clone(),
            Action::Write { members, .. } => members.iter().copied().collect(),
            Action::Delete => HashSet::new(),
        };
        let removed = before.difference(&after).count();
        // The plan reports exactly what it does.
        prop_assert_eq!(removed, plan.removed.len());
        prop_assert_eq!(after.difference(&before).count(), plan.added.len());
        prop_assert_eq!(plan.kept + plan.removed.len(), before.len());
        // Without complete sources, nothing is removed.
        prop_assert!(complete || removed == 0 && plan.action != Action::Delete);
        // A plan with surprising removals waits for confirmation.
        let surprising = removed > 0 && some_empty || removed > 10 && removed * 2 > before.len();
        prop_assert_eq!(surprising, !plan.confirmation_reasons.is_empty());
        // All members are in the library or were members before, and there are no duplicates.
        prop_assert!(after.iter().all(|key| before.contains(key) || (1..=40).contains(key)));
        if let Action::Write { members, .. } = &plan.action {
            prop_assert_eq!(members.len(), after.len());
        }
        // In a library of movies, shows are never reported as missing.
        prop_assert!(plan.missing.iter().all(|entry| entry.kind == Kind::Movie));
        // Planning again afterwards adds nothing.
        if let Action::Write { members, details } = &plan.action {
            let written = Existing {
                members: members.iter().filter_map(|key| library.item(*key).map(Member::from)).collect(),
                details: (**details).clone(),
                ..Existing::default()
            };
            if written.members.len() == members.len() && plan.status != Status::Deleted {
                let again = planned(collection, &library, &sources, Some(&written));
                prop_assert!(again.added.is_empty() || collection.spec.builders.is_empty());
            }
        }
    }
}
