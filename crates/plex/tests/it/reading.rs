use plex::matching::{Ids, Index, find_parts};
use plex::models::Kind;
use plex_sim::{Agent, Fault, FaultKind, Sim};
use rstest::rstest;

use crate::{client, json_client, movies};

#[tokio::test]
async fn the_server_and_its_libraries_are_read_in_both_formats() {
    let sim = Sim::builder().name("Home & Garden").start().await.expect("a free port");
    for client in [client(&sim), json_client(&sim)] {
        let server = client.server().await.expect("a server");
        assert_eq!((server.name.as_str(), server.machine_identifier), ("Home & Garden", sim.machine()));
        let sections = client.sections().await.expect("libraries");
        let found: Vec<_> =
            sections.iter().map(|known| (known.title.as_str(), known.kind, known.writable)).collect();
        assert_eq!(found, [("Movies", Some(Kind::Movie), true), ("TV Shows", Some(Kind::Show), true)]);
    }
}

#[tokio::test]
async fn ten_thousand_items_are_read_page_by_page_with_their_ids() {
    let sim = movies(10_000).await;
    let client = client(&sim);
    let section = client.section("Movies").await.expect("a library");
    sim.clear_requests();
    let items = client.items(&section, Kind::Movie).await.expect("items");
    assert_eq!((items.len(), sim.counts().reads), (10_000, 20));
    let index = Index::of(&items);
    let wanted = Ids { tmdb: Some(100_000 + 9_999), ..Ids::default() };
    assert_eq!(index.find(&wanted), [sim.titles("Movies")[9_998].key]);
    assert_eq!(index.unmatched(), Vec::<u64>::new());
}

#[rstest]
#[case(Agent::Plex)]
#[case(Agent::Legacy)]
#[tokio::test]
async fn titles_of_both_agents_are_found_by_their_ids(#[case] agent: Agent) {
    let builder = Sim::builder().library("Movies", plex_sim::Kind::Movie, agent, 12);
    let sim = builder.library("Shows", plex_sim::Kind::Show, agent, 4).start().await.expect("a free port");
    let client = json_client(&sim);
    for (name, kind, count) in [("Movies", Kind::Movie, 12), ("Shows", Kind::Show, 4)] {
        let section = client.section(name).await.expect("a library");
        let index = Index::of(&client.items(&section, kind).await.expect("items"));
        let wanted: Vec<Ids> = (1..=count)
            .map(|number| Ids {
                tmdb: (kind == Kind::Movie).then_some(100_000 + number),
                tvdb: (kind == Kind::Show).then_some(200_000 + number),
                imdb: Some(format!("tt{}", 3_000_000 + number)),
            })
            .collect();
        let keys: Vec<u64> = sim.titles(name).iter().map(|item| item.key).collect();
        let found = index.find_all(&wanted);
        assert_eq!((found.keys, found.missing), (keys, vec![]), "{name}");
    }
}

#[tokio::test]
async fn seasons_and_episodes_are_found_under_their_show() {
    let sim =
        Sim::builder().library("Shows", plex_sim::Kind::Show, Agent::Plex, 3).start().await.expect("a port");
    let client = client(&sim);
    let section = client.section("Shows").await.expect("a library");
    let seasons = client.items(&section, Kind::Season).await.expect("seasons");
    let episodes = client.items(&section, Kind::Episode).await.expect("episodes");
    assert_eq!((seasons.len(), episodes.len()), (6, 18));
    let show = sim.titles("Shows")[1].key;
    let season = find_parts(&seasons, &[show], 2, None);
    let episode = find_parts(&episodes, &[show], 2, Some(3));
    assert_eq!((season.len(), episode.len()), (1, 1));
    let seen = sim.item(episode[0]).expect("an episode");
    assert_eq!((seen.parent, seen.index), (Some(season[0]), 3));
    // The guids of episodes contain the id of the show, but episodes are not indexed.
    assert!(Index::of(&episodes).find(&Ids { tvdb: Some(200_002), ..Ids::default() }).is_empty());
}

#[tokio::test]
async fn a_list_that_changes_while_being_read_is_read_again() {
    let sim = movies(1200).await;
    let client = client(&sim);
    let section = client.section("Movies").await.expect("a library");
    sim.add_fault(Fault::on("/library/sections/1/all", FaultKind::WrongTotal { by: 3 }).after(1).times(1));
    assert_eq!(client.items(&section, Kind::Movie).await.expect("items").len(), 1200);
    sim.add_fault(Fault::on("/library/sections/1/all", FaultKind::WrongTotal { by: 3 }));
    let error = client.items(&section, Kind::Movie).await.expect_err("never complete");
    assert!(matches!(error, plex::Error::Incomplete { expected: 1203, read: 1200, .. }), "{error}");
    assert!(error.ends_library());
}
