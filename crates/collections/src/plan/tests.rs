//! Table-driven tests for plans.

use std::collections::HashMap;
use std::path::Path;

use chrono::{NaiveDate, TimeZone, Utc};
use kometa::collections::{Collection, LoadOptions, load};
use kometa::config::{self, Secrets};
use kometa::schedule::RunStart;
use kometa::spec::Media;
use rstest::rstest;

use super::*;
use crate::fetch::Fetched;
use crate::library::Facts;

/// The collection that a file with these attributes defines.
pub(crate) fn collection(media: Media, text: &str) -> Collection {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("c.yml"), format!("collections:\n  C:\n{text}")).unwrap();
    let config = "libraries:\n  L:\n    collection_files:\n      - file: c.yml\n";
    let secrets = Secrets::new([], "");
    let read = config::read("config.yml", config, &secrets).unwrap();
    let media_types = [("L".to_owned(), media)];
    let folder: &Path = folder.path();
    let mut loaded = load(
        &read,
        LoadOptions { folder, secrets: &secrets, today: (2026, 11, 28), known_media: &media_types },
    );
    loaded.libraries[0].collections.remove(0)
}

pub(super) fn movie(id: u64) -> Item {
    Item {
        key: i64::try_from(id).unwrap(),
        kind: Kind::Movie,
        show: None,
        title: format!("Movie {id}"),
        sort_title: format!("movie {id:05}"),
        year: Some(2000),
        ids: Ids { tmdb: Some(id), ..Ids::default() },
        facts: Facts::default(),
    }
}

pub(super) fn entry(kind: Kind, id: u64) -> Entry {
    let ids = match kind {
        Kind::Movie => Ids { tmdb: Some(id), ..Ids::default() },
        _ => Ids { tvdb: Some(id), ..Ids::default() },
    };
    Entry { kind, title: format!("Title {id}"), year: Some(2000), ids }
}

pub(super) fn fetched(entries: Vec<Entry>) -> Fetched {
    let at = Utc.with_ymd_and_hms(2026, 11, 28, 5, 0, 0).unwrap();
    Fetched { entries, unreadable: 0, description: None, at }
}

pub(super) fn list(name: &str) -> Source {
    Source::List(format!("users/a/lists/{name}"))
}

pub(crate) fn holding(ids: impl IntoIterator<Item = u64>) -> Existing {
    let members = ids.into_iter().map(|id| Member::from(&movie(id))).collect();
    Existing { members, ..Existing::default() }
}

pub(super) fn planned(
    collection: &Collection,
    library: &Library,
    sources: &Sources,
    existing: Option<&Existing>,
) -> Plan {
    plan(PlanInput {
        collection,
        library,
        sources,
        existing,
        start: RunStart::new(2026, 11, 28, 5).unwrap(),
        today: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
        schedules: true,
    })
}

fn keys(members: &[Member]) -> Vec<i64> {
    members.iter().map(|member| member.key).collect()
}

const SYNC: &str = "    sync_mode: sync\n    collection_order: custom\n";
const ONE: &str = "    trakt_list: https://trakt.tv/users/a/lists/x\n";
const TWO: &str = "    trakt_list: [https://trakt.tv/users/a/lists/x, https://trakt.tv/users/a/lists/y]\n";

/// The plan of a collection in a library of movies 1 to 40. Lists x and y contain these movies.
fn plan_of(text: &str, x: &[u64], y: &[u64], existing: Option<&[u64]>) -> Plan {
    let library = Library::new(Media::Movies, (1..=40).map(movie).collect());
    let entries = |ids: &[u64]| fetched(ids.iter().map(|id| entry(Kind::Movie, *id)).collect());
    let sources = HashMap::from([(list("x"), Ok(entries(x))), (list("y"), Ok(entries(y)))]);
    let existing = existing.map(|ids| holding(ids.iter().copied()));
    planned(&collection(Media::Movies, text), &library, &sources, existing.as_ref())
}

#[rstest]
#[case::new_in_the_order_of_the_list("", &[3, 1, 2], None, &[3, 1, 2], Status::Created)]
#[case::titles_that_left_the_list_are_removed("", &[3, 1], Some(&[1, 2][..]), &[3, 1], Status::Modified)]
#[case::only_the_order_changed("", &[2, 1], Some(&[1, 2][..]), &[2, 1], Status::Modified)]
#[case::no_changes("", &[1, 2], Some(&[1, 2][..]), &[1, 2], Status::Unchanged)]
#[case::twice_on_the_list("", &[1, 2, 1], None, &[1, 2], Status::Created)]
#[case::limit_counts_members_that_stay("    limit: 3\n", &[5, 4, 3, 1], Some(&[1, 2][..]), &[5, 4, 1], Status::Modified)]
#[case::limit_does_not_remove_members("    limit: 1\n", &[1, 2, 3], Some(&[1, 2][..]), &[1, 2], Status::Unchanged)]
#[case::ignored_ids("    ignore_ids: 2, 3\n", &[1, 2, 3], None, &[1], Status::Created)]
#[case::below_the_minimum("    minimum_items: 3\n", &[1, 2], None, &[], Status::MinimumNotMet(3))]
#[case::nothing_added_below_the_minimum("    minimum_items: 3\n", &[1, 5], Some(&[1, 2, 3][..]), &[1], Status::Modified)]
#[case::deleted_below_the_minimum("    minimum_items: 3\n    delete_below_minimum: true\n", &[1], Some(&[1, 2, 3][..]), &[], Status::Deleted)]
#[case::not_built("    build_collection: false\n", &[1], None, &[], Status::Ignored)]
#[case::already_created("    only_run_on_create: true\n", &[1], Some(&[2][..]), &[2], Status::AlreadyCreated)]
#[case::for_shows("    run_definition: show\n", &[1], None, &[], Status::SkippedRunDefinition)]
#[case::not_scheduled("    schedule: weekly(monday)\n", &[1], Some(&[2][..]), &[2], Status::NotScheduled)]
#[case::deleted_when_not_scheduled("    schedule: weekly(monday)\n    delete_not_scheduled: true\n", &[1], Some(&[2][..]), &[], Status::DeletedNotScheduled)]
#[case::misspelt_schedule_does_not_delete("    schedule: wekly(monday)\n    delete_not_scheduled: true\n", &[1], Some(&[2][..]), &[2], Status::BuilderValidationError)]
#[case::unsupported_filter("    filters:\n      critic_rating.gte: 5\n", &[1], None, &[], Status::BuilderValidationError)]
#[case::filter("    filters:\n      title.not: Movie 2\n", &[1, 2], None, &[1], Status::Created)]
fn synced_collections_are_planned(
    #[case] more: &str,
    #[case] listed: &[u64],
    #[case] existing: Option<&[u64]>,
    #[case] items: &[i64],
    #[case] status: Status,
) {
    let plan = plan_of(&format!("{SYNC}{ONE}{more}"), listed, &[], existing);
    assert_eq!((keys(&plan.items).as_slice(), plan.status), (items, status), "{:?}", plan.issues);
    assert!(plan.confirmation_reasons.is_empty(), "{:?}", plan.confirmation_reasons);
}

#[rstest]
#[case::appended("", &[3], Some(&[1, 2][..]), &[3, 1, 2])]
#[case::limit_counts_existing_members("    limit: 3\n", &[3, 4], Some(&[1, 2][..]), &[3, 1, 2])]
fn appended_collections_keep_their_members(
    #[case] more: &str,
    #[case] listed: &[u64],
    #[case] existing: Option<&[u64]>,
    #[case] items: &[i64],
) {
    let plan = plan_of(&format!("    collection_order: custom\n{ONE}{more}"), listed, &[], existing);
    assert_eq!(keys(&plan.items), items);
}

#[rstest]
#[case::sorted_and_limited("      sort_by: title.desc\n      limit: 2\n      all:\n        label: <<smart_label>>\n        title.not: Movie 4\n", &[3, 2])]
#[case::any_of_label_and_title("      any:\n        label: <<smart_label>>\n        title: Movie 2\n", &[1, 2, 3, 4])]
#[case::any_of_two_filters("      any:\n        title.is: Movie 2\n        title.ends: ie 3\n", &[2, 3])]
fn smart_collections_are_filtered_sorted_and_limited(#[case] filter: &str, #[case] items: &[i64]) {
    let smart = format!("{ONE}    sync_mode: sync\n    smart_label:\n{filter}");
    let plan = plan_of(&smart, &[1, 2, 3, 4], &[], Some(&[1, 9]));
    assert_eq!(keys(&plan.items), items, "{:?}", plan.issues);
    let again =
        plan_of(&smart, &[1, 2, 3, 4], &[], Some(&items.iter().map(|id| *id as u64).collect::<Vec<_>>()));
    assert_eq!((again.status, again.removed.len()), (Status::Unchanged, 0));
}

#[test]
fn an_unsupported_smart_filter_fails() {
    let plan = plan_of(&format!("{ONE}    smart_label:\n      all:\n        plays.gt: 1\n"), &[1], &[], None);
    assert_eq!(plan.status, Status::BuilderValidationError);
    assert!(plan.issues.contains(&Issue::UnsupportedFilter(vec!["plays"])), "{:?}", plan.issues);
}

#[test]
fn titles_of_several_lists_keep_the_order_of_the_lists() {
    let plan = plan_of(&format!("{SYNC}{TWO}"), &[3, 1], &[2, 3], None);
    assert_eq!(keys(&plan.items), [3, 1, 2]);
    let alphabetical = plan_of(&format!("    collection_order: alpha\n{TWO}"), &[3, 1], &[2, 3], None);
    assert_eq!(keys(&alphabetical.items), [1, 2, 3]);
}

#[test]
fn an_emptied_list_needs_confirmation() {
    let plan = plan_of(&format!("{SYNC}{ONE}"), &[], &[], Some(&[1, 2]));
    assert_eq!(
        plan.confirmation_reasons,
        [ConfirmationReason::EmptySource { source_name: "users/a/lists/x".into(), removed: 2 }]
    );
    let Action::Write { members, .. } = &plan.action else { panic!("{:?}", plan.action) };
    assert!(members.is_empty() && plan.issues.is_empty(), "{:?}", plan.issues);
}

/// A source without titles for the library: an empty one, and one that contains only shows and episodes.
#[rstest]
#[case::empty(Vec::new())]
#[case::of_another_kind(vec![entry(Kind::Show, 3), entry(Kind::Episode(1, 1), 4)])]
fn a_source_without_titles_for_the_library_counts_as_empty(#[case] entries: Vec<Entry>) {
    let library = Library::new(Media::Movies, (1..=40).map(movie).collect());
    let sources = HashMap::from([(list("x"), Ok(fetched(entries)))]);
    let plan = |more: &str, existing: Option<Existing>| {
        planned(&collection(Media::Movies, &format!("{ONE}{more}")), &library, &sources, existing.as_ref())
    };
    let new = plan("", None);
    assert_eq!((new.status, new.failed()), (Status::Ignored, false));
    assert_eq!(new.issues, [Issue::NoResults], "a warning, not an error");
    assert_eq!(plan("    ignore_blank_results: true\n", None).issues, []);
    let synced = plan("    sync_mode: sync\n", Some(holding([1, 2])));
    assert_eq!(
        synced.confirmation_reasons,
        [ConfirmationReason::EmptySource { source_name: "users/a/lists/x".into(), removed: 2 }]
    );
    assert_eq!((synced.issues.len(), synced.failed()), (0, false), "the empty source is reported only once");
    let appended = plan("", Some(holding([1, 2])));
    assert_eq!((appended.removed.len(), appended.failed()), (0, false));
    let below = plan("    sync_mode: sync\n    delete_below_minimum: true\n", Some(holding([1])));
    assert_eq!((below.action, below.confirmation_reasons.len()), (Action::Delete, 1));
}

#[rstest]
#[case::more_than_half(&(1..=20).collect::<Vec<_>>(), 9, true)]
#[case::half(&(1..=20).collect::<Vec<_>>(), 10, false)]
#[case::ten(&(1..=11).collect::<Vec<_>>(), 1, false)]
#[case::eleven(&(1..=12).collect::<Vec<_>>(), 1, true)]
fn large_removals_need_confirmation(
    #[case] existing: &[u64],
    #[case] kept: usize,
    #[case] needs_confirmation: bool,
) {
    let plan = plan_of(&format!("{SYNC}{ONE}"), &existing[..kept], &[], Some(existing));
    assert_eq!(!plan.confirmation_reasons.is_empty(), needs_confirmation, "{:?}", plan.confirmation_reasons);
}

#[test]
fn a_failed_source_is_reported_and_prevents_removals() {
    let library = Library::new(Media::Movies, (1..=40).map(movie).collect());
    let collection = collection(Media::Movies, &format!("{SYNC}{TWO}"));
    let found = Ok(fetched(vec![entry(Kind::Movie, 5)]));
    let sources = HashMap::from([(list("x"), found), (list("y"), Err(Failure::NotFound))]);
    let existing = holding([1, 2]);
    let plan = planned(&collection, &library, &sources, Some(&existing));
    assert_eq!(keys(&plan.items), [5, 1, 2]);
    assert!(plan.removed.is_empty() && plan.failed());
    assert!(plan.issues[0].to_string().starts_with("users/a/lists/y: not found or private"));
}

#[test]
fn unsupported_builders_prevent_removals() {
    let plan =
        plan_of(&format!("{SYNC}{ONE}    imdb_list: https://www.imdb.com/list/ls1\n"), &[1], &[], Some(&[2]));
    assert_eq!(keys(&plan.items), [1, 2]);
    assert!(plan.issues.contains(&Issue::SkippedBuilders { count: 1 }));
    let message = plan.issues[0].to_string();
    assert_eq!(message, "one builder is not read here, so nothing is removed");
}

#[test]
fn ids_of_movies_and_shows_are_never_confused() {
    let mut show = movie(7);
    (show.kind, show.ids) = (Kind::Show, Ids { tvdb: Some(7), tmdb: Some(8), ..Ids::default() });
    let shows = Library::new(Media::Shows, vec![show.clone(), movie(9)]);
    assert!(shows.find(&entry(Kind::Movie, 7), crate::library::Level::Titles).is_empty());
    assert_eq!(shows.find(&entry(Kind::Season(1), 7), crate::library::Level::Titles), [&show]);
    assert_eq!(shows.items().len(), 1);
    let by_imdb = Ids { imdb: Some("TT7".into()), tvdb: Some(99), ..Ids::default() };
    show.ids.imdb = Some("tt7".into());
    let shows = Library::new(Media::Shows, vec![show.clone()]);
    let wanted = Entry { ids: by_imdb, ..entry(Kind::Show, 1) };
    assert_eq!(shows.find(&wanted, crate::library::Level::Titles), [&show]);
}

#[test]
fn a_title_stays_while_trakt_omits_ids_of_other_services() {
    let ids = Ids { tmdb: Some(1), trakt: Some(100), ..Ids::default() };
    let library = Library::new(Media::Movies, vec![Item { ids, ..movie(1) }, movie(2)]);
    let only_trakt = Entry { ids: Ids { trakt: Some(100), ..Ids::default() }, ..entry(Kind::Movie, 1) };
    let sources = HashMap::from([(list("x"), Ok(fetched(vec![only_trakt, entry(Kind::Movie, 2)])))]);
    let existing = holding([1, 2]);
    let plan =
        planned(&collection(Media::Movies, &format!("{SYNC}{ONE}")), &library, &sources, Some(&existing));
    assert_eq!((keys(&plan.items), plan.removed), (vec![1, 2], Vec::new()));
}

#[rstest]
#[case("season", Kind::Show, &[11, 12])]
#[case("season", Kind::Season(2), &[12])]
#[case("season", Kind::Episode(2, 1), &[])]
#[case("episode", Kind::Show, &[101, 102, 201])]
#[case("episode", Kind::Season(1), &[101, 102])]
#[case("episode", Kind::Episode(1, 2), &[102])]
#[case("show", Kind::Episode(1, 2), &[1])]
fn entries_match_items_at_each_level(#[case] level: &str, #[case] kind: Kind, #[case] expected: &[i64]) {
    let part =
        |key, kind, show| Item { key, kind, show, ids: Ids { tvdb: Some(1), ..Ids::default() }, ..movie(1) };
    let library = Library::new(
        Media::Shows,
        vec![
            part(1, Kind::Show, None),
            part(12, Kind::Season(2), Some(1)),
            part(11, Kind::Season(1), Some(1)),
            part(201, Kind::Episode(2, 1), Some(1)),
            part(101, Kind::Episode(1, 1), Some(1)),
            part(102, Kind::Episode(1, 2), Some(1)),
        ],
    );
    let text = format!("    collection_order: custom\n    builder_level: {level}\n{ONE}");
    let sources = HashMap::from([(list("x"), Ok(fetched(vec![entry(kind, 1)])))]);
    let plan = planned(&collection(Media::Shows, &text), &library, &sources, None);
    assert_eq!(keys(&plan.items), expected);
}

#[test]
fn all_copies_of_a_title_are_members_and_missing_titles_are_reported_once() {
    let copies = [1, 2].map(|key| Item { key, ..movie(1) });
    let library = Library::new(Media::Movies, copies.to_vec());
    let listed = [1, 2, 2].map(|id| entry(Kind::Movie, id)).to_vec();
    let without_id = Entry { ids: Ids::default(), ..entry(Kind::Movie, 1) };
    let listed = listed.into_iter().chain([without_id.clone(), entry(Kind::Show, 3)]).collect();
    let sources = HashMap::from([(list("x"), Ok(fetched(listed)))]);
    let plan = planned(&collection(Media::Movies, &format!("{SYNC}{ONE}")), &library, &sources, None);
    assert_eq!(keys(&plan.items), [1, 2]);
    assert_eq!((plan.missing, plan.without_id), (vec![entry(Kind::Movie, 2)], vec![without_id]));
}

#[rstest]
#[case::all("", &[50, 51, 52])]
#[case::released("    missing_only_released: true\n", &[50])]
fn missing_only_released_omits_missing_titles_of_later_years(#[case] more: &str, #[case] expected: &[u64]) {
    let library = Library::new(Media::Movies, vec![movie(1)]);
    let dated = |id, year| Entry { year, ..entry(Kind::Movie, id) };
    let listed = vec![dated(50, Some(2026)), dated(51, Some(2027)), dated(52, None), entry(Kind::Movie, 1)];
    let sources = HashMap::from([(list("x"), Ok(fetched(listed)))]);
    let plan = planned(&collection(Media::Movies, &format!("{ONE}{more}")), &library, &sources, None);
    let missing: Vec<u64> = plan.missing.iter().filter_map(|entry| entry.ids.tmdb).collect();
    assert_eq!((missing.as_slice(), keys(&plan.items)), (expected, vec![1]));
}

#[rstest]
#[case("title.desc", &[3, 2, 1])]
#[case("title.asc", &[1, 2, 3])]
fn smart_label_determines_the_order(#[case] order: &str, #[case] expected: &[i64]) {
    let plan = plan_of(&format!("{ONE}    smart_label: {order}\n"), &[2, 3, 1], &[], None);
    assert_eq!(keys(&plan.items), expected, "{:?}", plan.issues);
}

#[test]
fn a_plan_is_incomplete_with_unsupported_builders() {
    assert!(plan_of(&format!("{SYNC}{ONE}"), &[1], &[], None).complete);
    assert!(
        !plan_of(&format!("{SYNC}{ONE}    imdb_list: https://www.imdb.com/list/ls1\n"), &[1], &[], None)
            .complete
    );
}
