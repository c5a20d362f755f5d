//! Personal lists, lists by number, smart lists.

use trakt::endpoints::ListItemKinds;
use trakt::error::Limited;
use trakt::models::{
    EntryChange, Items, ListChange, MediaKind, NewList, NewSmartList, Noted, Plain, Privacy, SmartListChange,
    SmartMedia, SmartSource, SortBy, SortHow,
};
use trakt::{Error, Remedy};
use trakt_sim::{Person, Sim};

use crate::support::{Fixture, USER};

#[tokio::test]
async fn a_personal_list_can_be_created_changed_and_deleted() {
    let fixture = Fixture::new().await;
    let lists = fixture.client.users().lists("me");
    let new = NewList { privacy: Some(Privacy::Public), ..NewList::named("Winter evenings") };
    let created = lists.create(&new).await.unwrap();
    assert_eq!((created.name.as_str(), created.privacy.clone()), ("Winter evenings", Some(Privacy::Public)));
    let other = lists.create(&NewList::named("Second")).await.unwrap();
    let list = lists.list(&created.ids);

    let mut items = Items::movie(fixture.movie(0), Noted { notes: Some("first".into()) });
    items.shows = Items::show(fixture.show(0), Noted::default()).shows;
    assert_eq!(list.add(&items).await.unwrap().added.total(), 2);
    let entries = list.items(&ListItemKinds::all()).collect_all().await.unwrap().listing;
    assert_eq!(entries.len(), 2);
    let only_movies = ListItemKinds::only(&[MediaKind::Movie]);
    assert_eq!(list.items(&only_movies).collect_all().await.unwrap().listing.len(), 1);
    let sorted = list.sorted(&ListItemKinds::all(), &SortBy::Title, &SortHow::Ascending);
    assert_eq!(sorted.collect_all().await.unwrap().listing.len(), 2);

    let backwards: Vec<_> = entries.iter().rev().filter_map(|entry| entry.id).collect();
    assert_eq!(list.reorder(&backwards).await.unwrap().updated, 2);
    let change = EntryChange { notes: Some("changed".into()), rank: None };
    list.change_entry(backwards[0], &change).await.unwrap();
    let change = ListChange { description: Some("for two".into()), ..ListChange::default() };
    list.update(&change).await.unwrap();
    assert_eq!(list.summary().await.unwrap().description.as_deref(), Some("for two"));
    lists.reorder(&[other.ids.trakt, created.ids.trakt]).await.unwrap();

    assert_eq!(list.remove(&Items::movie(fixture.movie(0), Plain {})).await.unwrap().deleted.movies, 1);
    list.delete().await.unwrap();
    assert!(matches!(list.summary().await, Err(Error::NotFound)));
    let left = lists.all().collect_all().await.unwrap().listing;
    assert!(left.iter().all(|list| list.ids != created.ids) && left.iter().any(|list| list.ids == other.ids));
    assert!(lists.collaborations().await.unwrap().is_empty());
}

#[tokio::test]
async fn lists_of_others_can_be_read_and_liked() {
    let people = Sim::builder().person(Person::new(USER)).person(Person::new("friend"));
    let fixture = Fixture::with(people).await;
    let body = serde_json::json!({"name": "Shared", "privacy": "public"});
    let created = fixture.sim.act("friend", "POST", "/users/me/lists", Some(&body)).body;
    let id = trakt::models::TraktId(created["ids"]["trakt"].as_u64().unwrap());
    let movie = serde_json::json!({"movies": [{"ids": {"trakt": fixture.movie(0)}}]});
    fixture.sim.act("friend", "POST", &format!("/users/me/lists/{id}/items"), Some(&movie));

    let lists = fixture.client.lists();
    assert_eq!(lists.summary(id).await.unwrap().name, "Shared");
    assert_eq!(lists.items(id, &ListItemKinds::all()).collect_all().await.unwrap().listing.len(), 1);
    let sorted = lists.sorted(id, &ListItemKinds::all(), &SortBy::Rank, &SortHow::Descending);
    assert_eq!(sorted.collect_all().await.unwrap().listing.len(), 1);
    lists.like(id).await.unwrap();
    assert_eq!(lists.likes(id).collect_all().await.unwrap().listing[0].user.username, USER);
    let liked = fixture.client.users().liked_lists("me").collect_all().await.unwrap().listing;
    assert_eq!(liked[0].list.name, "Shared");
    lists.unlike(id).await.unwrap();
    let theirs = fixture.client.users().lists("friend").list(id);
    theirs.like().await.unwrap();
    assert_eq!(theirs.likes().collect_all().await.unwrap().listing.len(), 1);
    theirs.unlike().await.unwrap();
    for chart in [lists.trending(), lists.popular(), lists.official()] {
        assert!(chart.first(10).await.unwrap().unreadable.is_empty());
    }
}

#[tokio::test]
async fn a_private_list_of_another_member_is_not_found_and_keeps_the_connection() {
    let people = Sim::builder().person(Person::new(USER)).person(Person::new("friend"));
    let fixture = Fixture::with(people).await;
    let body = serde_json::json!({"name": "Secret", "privacy": "private"});
    let created = fixture.sim.act("friend", "POST", "/users/me/lists", Some(&body)).body;
    let id = trakt::models::TraktId(created["ids"]["trakt"].as_u64().unwrap());
    let error = fixture.client.lists().summary(id).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::NotFound | Remedy::FixEntry), "{error}");
    assert_eq!(fixture.refreshes(), 0);
}

#[tokio::test]
async fn exceeding_the_number_of_lists_is_an_account_limit() {
    let fixture = Fixture::with(Sim::builder().person(Person::new(USER))).await;
    let lists = fixture.client.users().lists("me");
    let existing = lists.all().collect_all().await.unwrap().listing.len();
    fixture.sim.configure(|config| config.free.lists = existing + 1);
    lists.create(&NewList::named("One")).await.unwrap();
    let error = lists.create(&NewList::named("Two")).await.unwrap_err();
    let Error::AccountLimit { what, limit, .. } = error else { panic!("{error}") };
    assert_eq!((what, limit), (Limited::Lists, Some(existing as u64 + 1)));
}

#[tokio::test]
async fn a_smart_list_can_be_created_changed_and_deleted() {
    let fixture = Fixture::new().await;
    let lists = fixture.client.users().smart_lists("me");
    let filters = [("years".to_owned(), serde_json::json!([1990, 1999]))].into_iter().collect();
    let new = NewSmartList {
        name: "Nineties".into(),
        source: SmartSource::Popular,
        media_type: SmartMedia::Movies,
        filters: Some(filters),
        privacy: None,
    };
    let created = lists.create(&new).await.unwrap();
    assert_eq!(lists.summary(&created.ids).await.unwrap().name, "Nineties");
    let found = fixture.client.lists();
    assert_eq!(found.smart(created.ids.trakt).await.unwrap().name, "Nineties");
    let movies = ListItemKinds::only(&[MediaKind::Movie]);
    let items = found.smart_items(created.ids.trakt, &movies, &SortBy::Rank, &SortHow::Ascending);
    assert!(!items.first(5).await.unwrap().is_empty());
    let change = SmartListChange { name: Some("The nineties".into()), ..SmartListChange::default() };
    assert_eq!(lists.update(&created.ids, &change).await.unwrap().name, "The nineties");
    assert_eq!(lists.all().await.unwrap().len(), 1);
    lists.delete(&created.ids).await.unwrap();
    assert!(matches!(lists.summary(&created.ids).await, Err(Error::NotFound)));
}
