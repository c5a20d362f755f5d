//! Registered files with a `plex` block: the server makes their collections on Plex.

use plex_sim::{Agent, Kind, OWNER_TOKEN, SimHandle};
use reqwest::StatusCode;
use serde_json::json;

use super::Served;

/// A file whose library is on Plex, where the first movies are those at these places of Trakt's catalogue. A library of
/// this server is mapped to the same name.
async fn on_plex(movies: &[usize]) -> (Served, SimHandle, i64) {
    let served = Served::start().await;
    served.make_list(movies);
    let count = movies.len().max(20);
    let plex = plex_sim::Sim::builder().library("Filme", Kind::Movie, Agent::Plex, count);
    let plex = plex.start().await.unwrap();
    let catalogue = served.app.simulator().catalogue();
    for (title, at) in plex.titles("Filme").iter().zip(movies) {
        let ids = &catalogue.movies()[*at].facts.ids;
        let guids =
            [ids.tmdb.map(|id| format!("tmdb://{id}")), ids.imdb.as_ref().map(|id| format!("imdb://{id}"))];
        plex.change_item(title.key, |item| item.guids = guids.into_iter().flatten().collect());
    }
    let config = std::fs::read_to_string(served.path()).unwrap();
    let config = format!("plex:\n  url: {}\n  token: {OWNER_TOKEN}\n{config}", plex.url());
    std::fs::write(served.path(), config).unwrap();
    let config = served.register().await;
    (served, plex, config)
}

fn first(plex: &SimHandle, count: usize) -> Vec<u64> {
    plex.titles("Filme").iter().take(count).map(|title| title.key).collect()
}

#[tokio::test]
async fn a_plex_block_makes_the_server_write_to_plex_and_only_there() {
    let (served, plex, config) = on_plex(&[4, 0, 2]).await;
    let address = plex.url().trim_start_matches("http://").to_owned();
    let check = served.get(&format!("/api/collections/configs/{config}")).await;
    assert_eq!(check["libraries"][0]["plex_server"], json!(address), "{check}");

    let run = served.run(config).await;
    let result = &run["results"][0];
    assert_eq!(
        (&run["state"], &result["status"], &result["added"], result.get("collection_id")),
        (&json!("done"), &json!("Created"), &json!(3), None),
        "{run}"
    );
    assert_eq!(plex.members("Mine"), first(&plex, 3));
    assert_eq!(served.get("/api/collections").await, json!([]));
    let shown = served.get("/api/plex").await;
    let last = &shown["last_run"];
    assert_eq!((&last["good"], &last["servers"]), (&json!(true), &json!([{"address": address}])), "{shown}");
    assert_eq!(
        (&last["collections"][0]["name"], &last["collections"][0]["library"]),
        (&json!("Mine"), &json!("Filme"))
    );
    assert_ne!(last["collections"][0]["changes"], json!([]));
    assert!(!shown.to_string().contains(OWNER_TOKEN));

    plex.clear_requests();
    let run = served.run(config).await;
    assert_eq!((&run["results"][0]["status"], plex.counts().writes()), (&json!("Unchanged"), 0));
}

#[tokio::test]
async fn a_large_removal_on_plex_waits_and_is_made_when_confirmed() {
    let movies: Vec<usize> = (0..15).collect();
    let (served, plex, config) = on_plex(&movies).await;
    served.run(config).await;
    served.put("/remove", &movies[2..]);
    let run = served.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation");
    assert_eq!(plex.members("Mine").len(), 15);
    let plans = served.get("/api/collections/plans").await;
    assert_eq!(
        (&plans[0]["name"], &plans[0]["removed"], &plans[0]["titles"]),
        (&json!("Mine"), &json!(13), &json!([])),
        "{plans}"
    );
    let gone = plex.item(first(&plex, 3)[2]).unwrap();
    let entries = plans[0]["entries"].as_array().unwrap();
    assert_eq!(
        (entries.len(), &entries[0]["title"], &entries[0]["year"]),
        (13, &json!(gone.title), &json!(gone.year))
    );
    assert!(!plans[0]["reasons"].to_string().contains(&gone.title), "{plans}");

    // What changed meanwhile is planned again.
    served.put("/remove", &movies[1..2]);
    let confirm = |id: &serde_json::Value| format!("/api/collections/plans/{id}/confirm");
    served.admin.post(&confirm(&plans[0]["id"]), json!({})).await.good(StatusCode::ACCEPTED);
    served.over().await;
    assert_eq!(plex.members("Mine").len(), 15, "nothing went that nobody had agreed to");
    let plans = served.get("/api/collections/plans").await;
    assert_eq!(plans[0]["removed"], 14);
    served.admin.post(&confirm(&plans[0]["id"]), json!({})).await.good(StatusCode::ACCEPTED);
    let run = served.over().await;
    assert_eq!((&run["reason"], &run["results"][0]["status"]), (&json!("confirmed"), &json!("Modified")));
    assert_eq!(plex.members("Mine"), first(&plex, 1));
    assert_eq!(served.get("/api/collections/plans").await, json!([]));
}

#[tokio::test]
async fn a_collection_made_by_hand_waits_until_somebody_takes_it_over() {
    let (served, plex, config) = on_plex(&[4, 0, 2]).await;
    let by_hand = first(&plex, 5)[3..].to_vec();
    let key = plex.make_collection("Filme", "mine", &by_hand).unwrap();
    let run = served.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation", "{run}");
    let plans = served.get("/api/collections/plans").await;
    let plan = &plans[0];
    assert_eq!(
        (&plan["name"], &plan["adopts"], &plan["deletes"], &plan["removed"], &plan["added"]),
        (&json!("Mine"), &json!(true), &json!(false), &json!(2), &json!(3)),
        "{plans}"
    );
    assert!(plan["reasons"][0].as_str().unwrap().contains("a collection of this name was created manually"));
    // Whoever leaves it alone is not asked again, and can still change their mind.
    served.admin.post(&format!("/api/collections/plans/{}/dismiss", plan["id"]), json!({})).await;
    served.run(config).await;
    let plans = served.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["state"], plex.members("mine")), (&json!("kept"), by_hand));

    let confirm = format!("/api/collections/plans/{}/confirm", plans[0]["id"]);
    served.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    let run = served.over().await;
    assert_eq!(run["results"][0]["status"], "Modified", "{run}");
    let taken = plex.collection("mine").unwrap();
    assert_eq!(
        (taken.key, taken.labels(), plex.members("mine")),
        (key, &["Kinometa".to_owned()][..], first(&plex, 3))
    );
    assert_eq!(served.get("/api/collections/plans").await, json!([]));
    plex.clear_requests();
    let run = served.run(config).await;
    assert_eq!((&run["results"][0]["status"], plex.counts().writes()), (&json!("Unchanged"), 0));
}

#[tokio::test]
async fn titles_that_are_kept_on_plex_are_not_asked_about_again() {
    let movies: Vec<usize> = (0..15).collect();
    let (served, plex, config) = on_plex(&movies).await;
    served.run(config).await;
    served.put("/remove", &movies[2..]);
    served.run(config).await;
    let id = served.get("/api/collections/plans").await[0]["id"].clone();
    let kept = served.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    served.run(config).await;
    let plans = served.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["id"], &plans[0]["state"]), (&id, &json!("kept")));
    served.put("/remove", &movies[1..2]);
    served.run(config).await;
    let plans = served.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["state"], plex.members("Mine").len()), (&json!("waiting"), 15));
}

#[tokio::test]
async fn a_plex_that_is_away_is_told_with_its_reason() {
    let (served, plex, config) = on_plex(&[0, 2]).await;
    let address = plex.url().trim_start_matches("http://").to_owned();
    plex.shutdown().await;
    let run = served.run(config).await;
    assert_eq!(run["state"], "not_run");
    assert!(run["problems"].to_string().contains("cannot be reached"), "{run}");
    let shown = served.get("/api/plex").await;
    let server = &shown["last_run"]["servers"][0];
    assert_eq!((&shown["last_run"]["good"], &server["address"]), (&json!(false), &json!(address)));
    assert!(server["failure"].as_str().unwrap().contains("cannot be reached"), "{shown}");
    assert_eq!(server["because"], json!({"reason": "plex_unreachable"}));
    assert!(!shown.to_string().contains(OWNER_TOKEN) && !run.to_string().contains(OWNER_TOKEN));
    assert_eq!(served.get("/api/collections").await, json!([]));
}

#[tokio::test]
async fn libraries_are_built_where_they_are() {
    let (served, plex, _) = on_plex(&[4, 0, 2]).await;
    let config = std::fs::read_to_string(served.path()).unwrap();
    let (_, rest) = config.split_once("trakt:").unwrap();
    let block = format!("    plex:\n      url: {}\n      token: {OWNER_TOKEN}\n", plex.url());
    let own = "  Movies:\n    collection_files:\n      - file: movies.yml\n";
    std::fs::write(served.path(), format!("trakt:{rest}{block}{own}")).unwrap();
    let configs = served.get("/api/collections/configs").await;
    let run = served.run(configs[0]["id"].as_i64().unwrap()).await;
    let results = run["results"].as_array().unwrap();
    let libraries: Vec<_> = results.iter().map(|result| result["library"].as_str().unwrap()).collect();
    assert_eq!((libraries, &run["state"]), (vec!["Filme", "Movies"], &json!("done")), "{run}");
    assert_eq!(plex.members("Mine"), first(&plex, 3));
    assert_eq!(served.titles().await, served.names(&[4, 0, 2]));
    assert!(results[1]["collection_id"].is_i64() && results[0].get("collection_id").is_none());
}
