//! Invariants of every plan: nothing is emptied by accident, and kinds are never mixed.

use std::collections::HashSet;
use std::sync::LazyLock;

use kometa::spec::Media;
use proptest::prelude::*;

use super::tests::{collection, entry, fetched, holding, list, movie, planned};
use super::*;
use crate::fetch::Fetched;

/// Possible results of a source: titles 1 to 40 are in the library, the others are not.
fn answer() -> impl Strategy<Value = Result<Fetched, Failure>> {
    let entries = prop::collection::vec((1_u64..60, prop::bool::ANY), 0..30);
    let read = (entries, 0_usize..3).prop_map(|(entries, odd)| {
        let kind = |shows| if shows { Kind::Show } else { Kind::Movie };
        let entries = entries.into_iter().map(|(id, shows)| entry(kind(shows), id)).collect();
        Ok(Fetched { unreadable: odd.saturating_sub(1), ..fetched(entries) })
    });
    let failures = prop::sample::select(vec![
        Failure::Private,
        Failure::Gone,
        Failure::NeedsAccount,
        Failure::Away("503".into()),
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
    fn nothing_is_emptied_by_accident(
        x in answer(),
        y in prop::option::of(answer()),
        held in prop::collection::hash_set(1_u64..50, 0..40),
        which in 0_usize..6,
    ) {
        let library = Library::new(Media::Movies, (1..=40).map(movie).collect());
        let collection = &DEFINITIONS[which];
        let whole = |answer: &Option<Result<Fetched, Failure>>| {
            matches!(answer, Some(Ok(fetched)) if fetched.unreadable == 0)
        };
        let relied_on = whole(&Some(x.clone())) && whole(&y) && collection.spec.left_out == 0;
        let empty = |answer: &Option<Result<Fetched, Failure>>| {
            matches!(answer, Some(Ok(fetched)) if !fetched.entries.iter().any(|entry| entry.kind == Kind::Movie))
        };
        let some_empty = empty(&Some(x.clone())) || empty(&y);
        let mut sources = Sources::from([(list("x"), x)]);
        sources.extend(y.map(|y| (list("y"), y)));
        let existing = holding(held.iter().copied());
        let plan = planned(collection, &library, &sources, Some(&existing));

        let before: HashSet<i64> = existing.members.iter().map(|member| member.key).collect();
        let after: HashSet<i64> = match &plan.action {
            Action::Nothing => before.clone(),
            Action::Write { members, .. } => members.iter().copied().collect(),
            Action::Delete => HashSet::new(),
        };
        let removed = before.difference(&after).count();
        // What is told is what is done.
        prop_assert_eq!(removed, plan.removed.len());
        prop_assert_eq!(after.difference(&before).count(), plan.added.len());
        prop_assert_eq!(plan.kept + plan.removed.len(), before.len());
        // A source that cannot be relied on never removes.
        prop_assert!(relied_on || removed == 0 && plan.action != Action::Delete);
        // What would surprise waits.
        let surprising = removed > 0 && some_empty || removed > 10 && removed * 2 > before.len();
        prop_assert_eq!(surprising, !plan.waits.is_empty());
        // Only what is in the library, or was there, is a member, and once.
        prop_assert!(after.iter().all(|key| before.contains(key) || (1..=40).contains(key)));
        if let Action::Write { members, .. } = &plan.action {
            prop_assert_eq!(members.len(), after.len());
        }
        // Shows are neither members nor missing in a library of movies.
        prop_assert!(plan.missing.iter().all(|entry| entry.kind == Kind::Movie));
        // The same plan again changes nothing.
        if let Action::Write { members, details } = &plan.action {
            let made = Existing {
                members: members.iter().filter_map(|key| library.item(*key).map(Member::from)).collect(),
                details: (**details).clone(),
                ..Existing::default()
            };
            if made.members.len() == members.len() && plan.status != Status::Deleted {
                let again = planned(collection, &library, &sources, Some(&made));
                prop_assert!(again.added.is_empty() || collection.spec.builders.is_empty());
            }
        }
    }
}
