//! Syncs lists of an account on the simulated Trakt.

use std::sync::Arc;

use rstest::rstest;
use trakt::{Application, Client, Endpoints, MemoryTokenStore, Token, TokenParts};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim, SimHandle};

use super::*;
use crate::list_sync::{distinct, plan};

async fn account() -> (SimHandle, Fetcher) {
    let sim = Sim::builder().person(Person::new("anna")).start().await.unwrap();
    let pair = sim.issue_token("anna");
    let token = Token::from(TokenParts {
        access_token: pair.access_token,
        token_type: "bearer".into(),
        expires_in: u64::try_from(pair.expires_in).unwrap(),
        refresh_token: pair.refresh_token,
        scope: "public".into(),
        created_at: pair.created_at,
    });
    let store = MemoryTokenStore::holding(token);
    let client = |store| {
        let application = Application::new(DEMO_CLIENT_ID, "Tests/1.0").secret(DEMO_CLIENT_SECRET);
        let endpoints = Endpoints::single(sim.url().parse().unwrap());
        Client::builder(application).endpoints(endpoints).token_store(Arc::new(store)).build().unwrap()
    };
    let fetcher = Fetcher::new(Some(client(store)), client(MemoryTokenStore::new()));
    let list = serde_json::json!({"name": "Mine", "privacy": "private"});
    let made = sim.act("anna", "POST", "/users/me/lists", Some(&list));
    assert_eq!(made.status, 201);
    (sim, fetcher)
}

fn entry(kind: Kind, facts: &trakt_sim::catalogue::Facts) -> Entry {
    let ids = Ids { trakt: Some(facts.ids.trakt), ..Ids::default() };
    Entry { kind, title: facts.title.to_string(), year: None, ids }
}

fn movies(sim: &SimHandle, indexes: &[usize]) -> Vec<Entry> {
    indexes.iter().map(|at| entry(Kind::Movie, &sim.catalogue().movies()[*at].facts)).collect()
}

/// Syncs the list with `wanted`, and returns its contents.
async fn sync(fetcher: &mut Fetcher, wanted: &[Entry]) -> Vec<(Kind, Option<u64>)> {
    let wanted = distinct(wanted.iter().cloned());
    let before = fetcher.own_list("mine").await.unwrap();
    let planned = plan("mine", &before, &wanted, false);
    assert_eq!(fetcher.apply_list_plan(&planned, &wanted).await.unwrap(), 0);
    let after = fetcher.own_list("mine").await.unwrap();
    let again = plan("mine", &after, &wanted, false);
    assert!(again.is_done(), "{again:?} {after:?}");
    after.items.iter().map(|item| (item.entry.kind, item.entry.ids.trakt)).collect()
}

#[rstest]
#[case::filled(&[], &[5, 3, 4])]
#[case::new_title_in_front(&[3, 4], &[5, 3, 4])]
#[case::title_removed(&[3, 4, 5], &[3, 5])]
#[case::reversed(&[3, 4, 5], &[5, 4, 3])]
#[case::emptied(&[3], &[])]
#[case::more_than_one_request(&[], &(0..90).collect::<Vec<_>>())]
#[tokio::test]
async fn a_list_gets_the_members_of_the_collection_in_order(
    #[case] before: &[usize],
    #[case] after: &[usize],
) {
    let (sim, mut fetcher) = account().await;
    sync(&mut fetcher, &movies(&sim, before)).await;
    let wanted = movies(&sim, after);
    let expected: Vec<_> = wanted.iter().map(|entry| (entry.kind, entry.ids.trakt)).collect();
    assert_eq!(sync(&mut fetcher, &wanted).await, expected);
}

#[tokio::test]
async fn a_list_can_mix_movies_shows_seasons_and_episodes() {
    let (sim, mut fetcher) = account().await;
    let show = |at: usize, kind| entry(kind, &sim.catalogue().shows()[at].facts);
    let mut wanted = movies(&sim, &[1]);
    wanted.extend([
        show(0, Kind::Episode(1, 2)),
        show(1, Kind::Show),
        show(0, Kind::Season(1)),
        show(0, Kind::Episode(1, 1)),
    ]);
    let expected: Vec<_> = wanted.iter().map(|entry| (entry.kind, entry.ids.trakt)).collect();
    assert_eq!(sync(&mut fetcher, &wanted).await, expected);
}

#[tokio::test]
async fn a_season_is_found_by_the_tvdb_id_of_its_show() {
    let (sim, mut fetcher) = account().await;
    let shows = sim.catalogue();
    let facts = &shows.shows()[0].facts;
    let with = |ids| Entry { ids, ..entry(Kind::Season(1), facts) };
    let wanted = [
        with(Ids { tvdb: facts.ids.tvdb, ..Ids::default() }),
        with(Ids { tvdb: Some(987_654_321), ..Ids::default() }),
    ];
    let before = fetcher.own_list("mine").await.unwrap();
    let planned = plan("mine", &before, &wanted, false);
    assert_eq!(
        fetcher.apply_list_plan(&planned, &wanted).await.unwrap(),
        1,
        "Trakt does not know the second show"
    );
    let after = fetcher.own_list("mine").await.unwrap();
    let listed: Vec<_> = after.items.iter().map(|item| (item.entry.kind, item.entry.ids.trakt)).collect();
    assert_eq!(listed, [(Kind::Season(1), Some(facts.ids.trakt))]);
}

#[tokio::test]
async fn a_missing_list_is_reported_with_the_existing_lists() {
    let (_sim, mut fetcher) = account().await;
    let failure = fetcher.own_list("my-list").await.unwrap_err();
    let message = failure.to_string();
    assert!(
        message.starts_with("sync_to_trakt_list: \"my-list\" is not one of your lists on Trakt; you have "),
        "{message}"
    );
    assert!(message.ends_with(", mine"), "{message}");
}
