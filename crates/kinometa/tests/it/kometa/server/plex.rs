//! Registered files with a `plex` block, whose collections the server builds on Plex.

use plex_sim::{Agent, Kind, OWNER_TOKEN, SimHandle};
use reqwest::StatusCode;
use serde_json::json;

use super::ServerFixture;

/// Registers a file whose library is on Plex. The first movies there are those at these positions of the simulator's
/// catalogue. A library of this server is mapped to the same name.
async fn on_plex(movies: &[usize]) -> (ServerFixture, SimHandle, i64) {
    let fixture = ServerFixture::start().await;
    fixture.make_list(movies);
    let count = movies.len().max(20);
    let plex = plex_sim::Sim::builder().library("Filme", Kind::Movie, Agent::Plex, count);
    let plex = plex.start().await.unwrap();
    let catalogue = fixture.app.simulator().catalogue();
    for (title, at) in plex.titles("Filme").iter().zip(movies) {
        let ids = &catalogue.movies()[*at].facts.ids;
        let guids =
            [ids.tmdb.map(|id| format!("tmdb://{id}")), ids.imdb.as_ref().map(|id| format!("imdb://{id}"))];
        plex.change_item(title.key, |item| item.guids = guids.into_iter().flatten().collect());
    }
    let config = std::fs::read_to_string(fixture.path()).unwrap();
    let config = format!("plex:\n  url: {}\n  token: {OWNER_TOKEN}\n{config}", plex.url());
    std::fs::write(fixture.path(), config).unwrap();
    let config = fixture.register().await;
    (fixture, plex, config)
}

/// Returns the keys of the first movies on Plex.
fn first_keys(plex: &SimHandle, count: usize) -> Vec<u64> {
    plex.titles("Filme").iter().take(count).map(|title| title.key).collect()
}

#[tokio::test]
async fn a_plex_block_builds_collections_only_on_plex() {
    let (fixture, plex, config) = on_plex(&[4, 0, 2]).await;
    let address = plex.url().trim_start_matches("http://").to_owned();
    let check = fixture.get(&format!("/api/collections/configs/{config}")).await;
    assert_eq!(check["libraries"][0]["plex_server"], json!(address), "{check}");

    let run = fixture.run(config).await;
    let result = &run["results"][0];
    assert_eq!(
        (&run["state"], &result["status"], &result["added"], result.get("collection_id")),
        (&json!("done"), &json!("Created"), &json!(3), None),
        "{run}"
    );
    assert_eq!(plex.members("Mine"), first_keys(&plex, 3));
    assert_eq!(fixture.get("/api/collections").await, json!([]));
    let shown = fixture.get("/api/plex").await;
    let last = &shown["last_run"];
    assert_eq!((&last["good"], &last["servers"]), (&json!(true), &json!([{"address": address}])), "{shown}");
    assert_eq!(
        (&last["collections"][0]["name"], &last["collections"][0]["library"]),
        (&json!("Mine"), &json!("Filme"))
    );
    assert_ne!(last["collections"][0]["changes"], json!([]));
    assert!(!shown.to_string().contains(OWNER_TOKEN));

    plex.clear_requests();
    let run = fixture.run(config).await;
    assert_eq!((&run["results"][0]["status"], plex.counts().writes()), (&json!("Unchanged"), 0));
}

#[tokio::test]
async fn a_large_removal_on_plex_waits_until_it_is_confirmed() {
    let movies: Vec<usize> = (0..15).collect();
    let (fixture, plex, config) = on_plex(&movies).await;
    fixture.run(config).await;
    fixture.edit_list("/remove", &movies[2..]);
    let run = fixture.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation");
    assert_eq!(plex.members("Mine").len(), 15);
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!(
        (&plans[0]["name"], &plans[0]["removed"], &plans[0]["titles"]),
        (&json!("Mine"), &json!(13), &json!([])),
        "{plans}"
    );
    let removed = plex.item(first_keys(&plex, 3)[2]).unwrap();
    let entries = plans[0]["entries"].as_array().unwrap();
    assert_eq!(
        (entries.len(), &entries[0]["title"], &entries[0]["year"]),
        (13, &json!(removed.title), &json!(removed.year))
    );
    assert!(!plans[0]["reasons"].to_string().contains(&removed.title), "{plans}");

    // The removal has changed since it was planned, so it is planned again.
    fixture.edit_list("/remove", &movies[1..2]);
    let confirm = |id: &serde_json::Value| format!("/api/collections/plans/{id}/confirm");
    fixture.admin.post(&confirm(&plans[0]["id"]), json!({})).await.good(StatusCode::ACCEPTED);
    fixture.wait_for_run().await;
    assert_eq!(plex.members("Mine").len(), 15, "only confirmed removals may be applied");
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!(plans[0]["removed"], 14);
    fixture.admin.post(&confirm(&plans[0]["id"]), json!({})).await.good(StatusCode::ACCEPTED);
    let run = fixture.wait_for_run().await;
    assert_eq!((&run["reason"], &run["results"][0]["status"]), (&json!("confirmed"), &json!("Modified")));
    assert_eq!(plex.members("Mine"), first_keys(&plex, 1));
    assert_eq!(fixture.get("/api/collections/plans").await, json!([]));
}

#[tokio::test]
async fn a_manually_created_collection_is_only_taken_over_after_confirmation() {
    let (fixture, plex, config) = on_plex(&[4, 0, 2]).await;
    let by_hand = first_keys(&plex, 5)[3..].to_vec();
    let key = plex.create_collection("Filme", "mine", &by_hand).unwrap();
    let run = fixture.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation", "{run}");
    let plans = fixture.get("/api/collections/plans").await;
    let plan = &plans[0];
    assert_eq!(
        (&plan["name"], &plan["adopts"], &plan["deletes"], &plan["removed"], &plan["added"]),
        (&json!("Mine"), &json!(true), &json!(false), &json!(2), &json!(3)),
        "{plans}"
    );
    assert!(plan["reasons"][0].as_str().unwrap().contains("a collection of this name was created manually"));
    // A dismissed plan does not wait again, but can still be confirmed.
    fixture.admin.post(&format!("/api/collections/plans/{}/dismiss", plan["id"]), json!({})).await;
    fixture.run(config).await;
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["state"], plex.members("mine")), (&json!("kept"), by_hand));

    let confirm = format!("/api/collections/plans/{}/confirm", plans[0]["id"]);
    fixture.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    let run = fixture.wait_for_run().await;
    assert_eq!(run["results"][0]["status"], "Modified", "{run}");
    let taken = plex.collection("mine").unwrap();
    assert_eq!(
        (taken.key, taken.labels(), plex.members("mine")),
        (key, &["Kinometa".to_owned()][..], first_keys(&plex, 3))
    );
    assert_eq!(fixture.get("/api/collections/plans").await, json!([]));
    plex.clear_requests();
    let run = fixture.run(config).await;
    assert_eq!((&run["results"][0]["status"], plex.counts().writes()), (&json!("Unchanged"), 0));
}

#[tokio::test]
async fn confirmation_is_not_requested_again_for_titles_kept_on_plex() {
    let movies: Vec<usize> = (0..15).collect();
    let (fixture, plex, config) = on_plex(&movies).await;
    fixture.run(config).await;
    fixture.edit_list("/remove", &movies[2..]);
    fixture.run(config).await;
    let id = fixture.get("/api/collections/plans").await[0]["id"].clone();
    let kept = fixture.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    fixture.run(config).await;
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["id"], &plans[0]["state"]), (&id, &json!("kept")));
    fixture.edit_list("/remove", &movies[1..2]);
    fixture.run(config).await;
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["state"], plex.members("Mine").len()), (&json!("waiting"), 15));
}

#[tokio::test]
async fn an_unreachable_plex_server_is_reported_with_the_reason() {
    let (fixture, plex, config) = on_plex(&[0, 2]).await;
    let address = plex.url().trim_start_matches("http://").to_owned();
    plex.shutdown().await;
    let run = fixture.run(config).await;
    assert_eq!(run["state"], "not_run");
    assert!(run["problems"].to_string().contains("cannot be reached"), "{run}");
    let shown = fixture.get("/api/plex").await;
    let server = &shown["last_run"]["servers"][0];
    assert_eq!((&shown["last_run"]["good"], &server["address"]), (&json!(false), &json!(address)));
    assert!(server["failure"].as_str().unwrap().contains("cannot be reached"), "{shown}");
    assert_eq!(server["because"], json!({"reason": "plex_unreachable"}));
    assert!(!shown.to_string().contains(OWNER_TOKEN) && !run.to_string().contains(OWNER_TOKEN));
    assert_eq!(fixture.get("/api/collections").await, json!([]));
}

#[tokio::test]
async fn each_library_is_built_on_its_own_server() {
    let (fixture, plex, _) = on_plex(&[4, 0, 2]).await;
    let config = std::fs::read_to_string(fixture.path()).unwrap();
    let (_, rest) = config.split_once("trakt:").unwrap();
    let block = format!("    plex:\n      url: {}\n      token: {OWNER_TOKEN}\n", plex.url());
    let own = "  Movies:\n    collection_files:\n      - file: movies.yml\n";
    std::fs::write(fixture.path(), format!("trakt:{rest}{block}{own}")).unwrap();
    let configs = fixture.get("/api/collections/configs").await;
    let run = fixture.run(configs[0]["id"].as_i64().unwrap()).await;
    let results = run["results"].as_array().unwrap();
    let libraries: Vec<_> = results.iter().map(|result| result["library"].as_str().unwrap()).collect();
    assert_eq!((libraries, &run["state"]), (vec!["Filme", "Movies"], &json!("done")), "{run}");
    assert_eq!(plex.members("Mine"), first_keys(&plex, 3));
    assert_eq!(fixture.titles().await, fixture.names(&[4, 0, 2]));
    assert!(results[1]["collection_id"].is_i64() && results[0].get("collection_id").is_none());
}
