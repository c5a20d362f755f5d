//! /api/trakt/log and /api/trakt/plans

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, Person};

use super::{connect, with_application};
use crate::support::{Actor, TestApp};

const PATH: &str = "/api/trakt/log";

/// Returns a user who is connected with this account on Trakt and has imported it.
async fn imported(app: &TestApp, username: &str) -> Actor {
    let anna = app.user("anna").await;
    connect(app, &anna, username).await;
    anna.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
    sync(app, &anna).await;
    anna
}

/// Reads all changes from Trakt immediately.
async fn sync(app: &TestApp, anna: &Actor) {
    anna.post("/api/trakt/sync", json!({})).await.good(StatusCode::ACCEPTED);
    for _ in 0..200 {
        app.state().engine().pull(anna.id()).await.unwrap();
        let status = anna.get("/api/trakt/sync").await.json();
        let categories = status["categories"].as_array().unwrap();
        let history = categories.iter().find(|one| one["category"] == "history").unwrap();
        if history["next"].is_string() && history["state"] != "importing" {
            let next: chrono::DateTime<chrono::Utc> = history["next"].as_str().unwrap().parse().unwrap();
            if next > app.state().now() {
                return;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("reading does not end");
}

async fn log(anna: &Actor, query: &str) -> Value {
    anna.get(&format!("{PATH}{query}")).await.good(StatusCode::OK)
}

#[tokio::test]
async fn changes_are_listed_filtered_and_undone() {
    let app = with_application().await;
    let anna = imported(&app, DEMO_USER).await;
    let film = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let body = json!({"movies": [{"ids": {"trakt": film}, "watched_at": "2026-01-02T20:00:00Z"}]});
    app.simulator().act(DEMO_USER, "POST", "/sync/history", Some(&body));
    sync(&app, &anna).await;

    let all = log(&anna, "?category=history&direction=from_trakt&what=added&limit=1").await;
    let item = &all["items"][0];
    assert_eq!(
        (&item["reason"], &item["can_undo"], &item["count"]),
        (&json!("sweep"), &json!(true), &json!(1))
    );
    assert!(item["title"]["name"].is_string() && item["message"].is_string(), "{item}");
    assert_eq!(item["after"]["watched_at"], "2026-01-02T20:00:00Z");
    assert_eq!(log(&anna, "?what=removed").await["total"], 0);
    assert_eq!(log(&app.user("ben").await, "").await["total"], 0);
    let swept = log(&anna, "?reason=sweep").await;
    assert!(swept["items"].as_array().unwrap().iter().all(|item| item["reason"] == "sweep"), "{swept}");
    let of_reason =
        async |reason: &str| log(&anna, &format!("?reason={reason}")).await["total"].as_i64().unwrap();
    let all_reasons = of_reason("sweep").await + of_reason("import").await + of_reason("here").await;
    assert_eq!(log(&anna, "").await["total"], all_reasons);
    assert_eq!((of_reason("sweep").await, of_reason("import").await), (1, 0));
    anna.get(&format!("{PATH}?reason=luck")).await.error(StatusCode::UNPROCESSABLE_ENTITY);

    let undo = format!("{PATH}/{}/undo", item["id"]);
    assert_eq!(
        app.sign_in("ben").await.post(&undo, json!({})).await.error(StatusCode::CONFLICT),
        "trakt_not_connected"
    );
    let undone = anna.post(&undo, json!({})).await.good(StatusCode::OK);
    assert!(undone["undone_at"].is_string() && undone["can_undo"] == false, "{undone}");
    assert_eq!(anna.post(&undo, json!({})).await.error(StatusCode::CONFLICT), "cannot_undo");
    app.drained().await;
    let there = app.simulator().act(DEMO_USER, "GET", "/sync/history", None);
    assert_eq!(there.body, json!([]));
    assert_eq!(
        anna.post(&format!("{PATH}/999/undo"), json!({})).await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
    anna.get(&format!("{PATH}?what=lost")).await.error(StatusCode::UNPROCESSABLE_ENTITY);
}

/// A category that was in sync is not shown as in sync once it is no longer read.
#[tokio::test]
async fn a_disconnected_account_is_not_shown_as_in_sync() {
    let app = with_application().await;
    let anna = imported(&app, DEMO_USER).await;
    let history = async || {
        let status = anna.get("/api/trakt/sync").await.good(StatusCode::OK);
        let categories = status["categories"].as_array().unwrap();
        categories.iter().find(|one| one["category"] == "history").unwrap().clone()
    };
    assert_eq!(history().await["message"], "In sync with Trakt.");
    anna.delete("/api/trakt").await.good(StatusCode::OK);
    let after = history().await;
    assert!(after["message"].as_str().unwrap().contains("not connected"), "{after}");
    assert!(after["next"].is_null() && after["last"].is_string(), "{after}");
}

#[tokio::test]
async fn large_removals_wait_until_they_are_confirmed() {
    let app = with_application().await;
    app.simulator().add_person(&Person::new("bea").history(30));
    let anna = imported(&app, "bea").await;
    assert_eq!(anna.get("/api/trakt/plans").await.good(StatusCode::OK), json!([]));
    let there = app.simulator().act("bea", "GET", "/sync/history?limit=20", None);
    let ids: Vec<&Value> = there.body.as_array().unwrap().iter().map(|item| &item["id"]).collect();
    app.simulator().act("bea", "POST", "/sync/history/remove", Some(&json!({"ids": ids})));
    sync(&app, &anna).await;

    let plans = anna.get("/api/trakt/plans").await.good(StatusCode::OK);
    let plan = &plans[0];
    assert_eq!((&plan["items"], &plan["total"], &plan["confirmed"]), (&json!(20), &json!(30), &json!(false)));
    let path = format!("/api/trakt/plans/{}", plan["id"]);
    let items = anna.get(&format!("{path}?limit=5")).await.good(StatusCode::OK);
    assert_eq!((items["items"].as_array().unwrap().len(), &items["total"]), (5, &json!(20)));
    assert!(items["items"][0]["title"]["name"].is_string() && items["items"][0]["watched_at"].is_string());
    let ben = app.user("ben").await;
    assert_eq!(ben.get(&path).await.error(StatusCode::NOT_FOUND), "not_found");
    anna.post(&path, json!({"decision": "perhaps"})).await.error(StatusCode::UNPROCESSABLE_ENTITY);

    anna.post(&path, json!({"decision": "remove"})).await.good(StatusCode::ACCEPTED);
    sync(&app, &anna).await;
    assert_eq!(anna.get("/api/trakt/plans").await.json(), json!([]));
    let removed = log(&anna, "?what=removed").await;
    assert_eq!(removed["total"], 20);
}

/// All changes of one read from Trakt (here plays and ratings) can be undone with one request.
#[tokio::test]
async fn a_whole_run_can_be_undone_on_both_sides() {
    let app = with_application().await;
    let anna = imported(&app, DEMO_USER).await;
    let sim = app.simulator();
    let films: Vec<u64> = sim.catalogue().movies()[..3].iter().map(|film| film.facts.ids.trakt).collect();
    let of_films = |member: &str, value: &Value| {
        let movies: Vec<Value> =
            films.iter().map(|film| json!({"ids": {"trakt": film}, member: value})).collect();
        json!({ "movies": movies })
    };
    sim.act(
        DEMO_USER,
        "POST",
        "/sync/history",
        Some(&of_films("watched_at", &json!("2026-01-02T20:00:00Z"))),
    );
    sim.act(DEMO_USER, "POST", "/sync/ratings", Some(&of_films("rating", &json!(7))));
    sync(&app, &anna).await;
    let swept = log(&anna, "?reason=sweep").await;
    let items = swept["items"].as_array().unwrap();
    assert_eq!(items.len(), 6, "{swept}");
    assert!(items.iter().all(|item| item["run_at"] == items[0]["run_at"]), "{swept}");
    let timeline = anna.get("/api/timeline").await.good(StatusCode::OK);
    let deleted_play = format!("/api/plays/{}", timeline["days"][0]["plays"][0]["id"]);
    anna.delete(&deleted_play).await.good(StatusCode::NO_CONTENT);

    let undo = format!("{PATH}/{}/undo-run", items[3]["id"]);
    let result = anna.post(&undo, json!({})).await.good(StatusCode::OK);
    assert_eq!(result, json!({"undone": 5, "kept": 1}));
    app.drained().await;
    for path in ["/sync/history", "/sync/ratings"] {
        assert_eq!(sim.act(DEMO_USER, "GET", path, None).body, json!([]), "{path}");
    }
    let timeline = anna.get("/api/timeline").await.good(StatusCode::OK);
    assert_eq!(timeline["days"], json!([]));
    let undone = log(&anna, "?reason=sweep").await;
    let is_undone = |item: &&Value| item["undone_at"].is_string();
    assert_eq!(undone["items"].as_array().unwrap().iter().filter(is_undone).count(), 5);

    assert_eq!(anna.post(&undo, json!({})).await.good(StatusCode::OK), json!({"undone": 0, "kept": 1}));
    let watched = format!("/api/titles/{}/watched", items[0]["title"]["id"]);
    anna.post(&watched, json!({})).await.good(StatusCode::CREATED);
    app.drained().await;
    let sent = log(&anna, "?direction=to_trakt&limit=1").await;
    let alone = format!("{PATH}/{}/undo-run", sent["items"][0]["id"]);
    assert_eq!(anna.post(&alone, json!({})).await.error(StatusCode::CONFLICT), "cannot_undo");
    assert_eq!(
        anna.post(&format!("{PATH}/999/undo-run"), json!({})).await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
}
