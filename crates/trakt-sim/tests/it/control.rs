//! The control API.

use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_USER, Fault, FaultKind, RECORD_DIR_VARIABLE};

use crate::client::Device;
use crate::{MOVIE, SHOW, builder, sim, sim_with_history};

#[tokio::test]
async fn the_clock_can_be_frozen_advanced_and_set_over_http() {
    let sim = sim().await;
    let control = Device::anonymous(&sim);
    let moved = control.post("/_sim/clock", json!({"advance_seconds": 3600})).await;
    assert_eq!(
        moved.body,
        json!({"now": "2026-11-21T13:34:56.000Z", "frozen": true, "drift_seconds_per_hour": 0})
    );
    let set = control.post("/_sim/clock", json!({"at": "2027-01-01T00:00:00Z"})).await;
    assert_eq!(set.body["now"], "2027-01-01T00:00:00.000Z");
    let drifting = json!({"drift_seconds_per_hour": -36, "advance_seconds": 100});
    assert_eq!(control.post("/_sim/clock", drifting).await.body["now"], "2027-01-01T00:01:39.000Z");
    assert_eq!(control.post("/_sim/clock", json!({"freeze": false})).await.body["frozen"], false);
    assert_eq!(control.post("/_sim/clock", json!({"sideways": 1})).await.status, 400);
}

#[tokio::test]
async fn calls_as_another_device_need_no_token_and_ignore_limits_and_faults() {
    let sim = sim().await;
    let control = Device::anonymous(&sim);
    control.post("/_sim/faults", json!({"kind": "html", "path": "/"})).await;
    let acted =
        control.post("/_sim/as/demo/sync/history", json!({"movies": [{"ids": {"trakt": MOVIE}}]})).await;
    assert_eq!((acted.status, &acted.body["added"]["movies"]), (201, &json!(1)));
    let rating = json!({"movies": [{"ids": {"trakt": MOVIE}, "rating": 8}]});
    assert_eq!(sim.act(DEMO_USER, "POST", "/sync/ratings", Some(&rating)).status, 201);
    assert_eq!(control.get("/_sim/as/demo/users/me/stats").await.body["movies"]["plays"], 1);
    assert_eq!(control.delete("/_sim/faults").await.body, json!([]));
    assert_eq!(Device::demo(&sim).get("/sync/ratings").await.items().len(), 1);
}

#[tokio::test]
async fn listed_requests_exclude_calls_to_the_control_api() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.get("/sync/history?limit=3").await;
    device.post("/sync/history", json!({"movies": []})).await;
    let list = device.get("/_sim/requests").await;
    let first = &list.items()[0];
    assert_eq!(
        (&first["method"], &first["path"], &first["query"]),
        (&json!("GET"), &json!("/sync/history"), &json!("limit=3"))
    );
    assert_eq!((&first["user"], &first["status"]), (&json!(DEMO_USER), &json!(200)));
    assert_eq!(list.items()[1]["body"], json!({"movies": []}));
    assert_eq!(device.delete("/_sim/requests").await.items().len(), 0);
}

#[tokio::test]
async fn accounts_tokens_applications_and_codes_can_be_controlled_over_http() {
    let sim = sim().await;
    let control = Device::anonymous(&sim);
    let locked = control.post("/_sim/users/demo", json!({"status": "locked", "vip": false})).await;
    assert_eq!((&locked.body["status"], &locked.body["vip"]), (&json!("locked"), &json!(false)));
    control.post("/_sim/users/demo", json!({"status": "open"})).await;
    let pair = control.post("/_sim/users/demo/tokens", json!({"client_id": DEMO_CLIENT_ID})).await.body;
    let device =
        Device { token: pair["access_token"].as_str().map(str::to_owned), ..Device::anonymous(&sim) };
    assert_eq!(device.get("/users/settings").await.status, 200);
    assert_eq!(control.delete("/_sim/users/demo/tokens").await.status, 204);
    assert_eq!(device.get("/users/settings").await.status, 401);
    let code = control.device_code().await["user_code"].as_str().expect("a code").to_owned();
    assert_eq!(control.get("/_sim/devices").await.body["waiting"], json!([code]));
    let approve = json!({"user": "demo", "approve": true});
    assert_eq!(control.post(&format!("/_sim/devices/{code}"), approve.clone()).await.status, 204);
    assert_eq!(control.post(&format!("/_sim/devices/{code}"), approve).await.status, 404);
    let path = format!("/_sim/applications/{DEMO_CLIENT_ID}");
    control.post(&path, json!({"status": "disallowed"})).await;
    assert_eq!(control.get("/movies/trending").await.status, 403);
}

#[tokio::test]
async fn config_and_hidden_ids_can_be_changed_at_runtime() {
    let sim = sim_with_history(30).await;
    let control = Device::anonymous(&sim);
    let changed = control.post("/_sim/config", json!({"max_limit": 7, "free": {"lists": 1}})).await;
    assert_eq!((&changed.body["max_limit"], &changed.body["free"]["lists"]), (&json!(7), &json!(1)));
    assert_eq!(Device::demo(&sim).get("/sync/history?limit=100").await.items().len(), 7);
    let kinds = json!({"second_application": "revokes_first", "created_status": 200});
    assert_eq!(control.post("/_sim/config", kinds).await.body["second_application"], "revokes_first");
    let play = json!({"movies": [{"ids": {"trakt": MOVIE}}]});
    assert_eq!(Device::demo(&sim).post("/sync/history", play).await.status, 200);
    assert_eq!(control.post("/_sim/config", json!({"no_such": 1})).await.status, 400);
    control.post("/_sim/ids", json!({"hide": ["imdb"]})).await;
    assert!(control.get(&format!("/movies/{MOVIE}")).await.body["ids"]["imdb"].is_null());
}

#[tokio::test]
async fn the_state_can_be_dumped_and_loaded() {
    let (one, other) = (sim_with_history(50).await, sim().await);
    let device = Device::demo(&one);
    device.post("/scrobble/pause", json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 12.0})).await;
    device.post("/users/me/lists", json!({"name": "Mine"})).await;
    let state = Device::anonymous(&one).get("/_sim/state").await.body;
    assert_eq!(Device::anonymous(&other).put("/_sim/state", state).await.status, 204);
    let moved = Device { token: device.token.clone(), ..Device::anonymous(&other) };
    for path in
        ["/sync/history", "/sync/playback", "/users/me/lists", "/sync/last_activities", "/sync/watchlist"]
    {
        assert_eq!(moved.get(path).await.body, device.get(path).await.body, "{path}");
    }
    assert!(other.load(json!({"seed": "wrong"})).is_err());
}

#[tokio::test]
async fn the_state_file_is_written_and_loaded_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let first = builder().state(&file).start().await.expect("a free port");
    let device = Device::demo(&first);
    device.post("/sync/watchlist", json!({"movies": [{"ids": {"trakt": MOVIE}}]})).await;
    first.save().expect("a written file");
    first.shutdown().await;
    let second = builder().state(&file).start().await.expect("a free port");
    let device = Device { token: device.token.clone(), ..Device::anonymous(&second) };
    assert_eq!(device.get("/sync/watchlist").await.items().len(), 1);
}

#[tokio::test]
async fn every_exchange_is_recorded_in_the_contract_checkers_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("traffic.jsonl");
    let sim = builder().record(&file).start().await.expect("a free port");
    let device = Device::demo(&sim);
    device.get("/sync/history?page=1").await;
    device.post("/sync/watchlist", json!({"movies": [{"ids": {"trakt": MOVIE}}]})).await;
    device.delete("/checkin").await;
    device.get("/activate").await;
    device.get("/_sim/clock").await;
    let text = std::fs::read_to_string(&file).expect("the record");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3, "pages and calls to the control API are not recorded");
    let first = json!({"method": "GET", "path": "/sync/history", "query": "page=1", "status": 200, "request": null, "response": []});
    assert_eq!(lines[0], first);
    assert_eq!(
        (&lines[1]["request"]["movies"][0]["ids"]["trakt"], &lines[1]["status"]),
        (&json!(MOVIE), &json!(201))
    );
    assert_eq!((&lines[2]["status"], &lines[2]["response"]), (&json!(204), &Value::Null));
    assert_eq!(RECORD_DIR_VARIABLE, "KINOMETA_RECORD_DIR");
}

#[tokio::test]
async fn bodies_specified_by_faults_are_not_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("traffic.jsonl");
    let sim = builder().record(&file).start().await.expect("a free port");
    let body = Some(json!({"ok": true}));
    sim.add_fault(Fault::on("/sync/watchlist", FaultKind::Refused { status: 200, body }));
    assert_eq!(Device::demo(&sim).get("/sync/watchlist").await.body, json!({"ok": true}));
    let text = std::fs::read_to_string(&file).expect("the record");
    let line: Value = serde_json::from_str(text.trim()).expect("one line");
    assert_eq!((&line["status"], &line["response"]), (&json!(200), &Value::Null));
}

#[tokio::test]
async fn unknown_paths_of_the_control_api_return_404() {
    let sim = sim().await;
    assert_eq!(Device::anonymous(&sim).get("/_sim/nothing").await.status, 404);
    assert_eq!(Device::anonymous(&sim).get("/_sim/users/nobody").await.status, 404);
}

#[tokio::test]
async fn editing_a_title_updates_its_timestamp_and_the_updates_feed() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    sim.advance(chrono::Duration::hours(1));
    assert_eq!(device.post(&format!("/_sim/titles/movies/{MOVIE}"), json!({})).await.status, 204);
    let movie = device.get(&format!("/movies/{MOVIE}?extended=full")).await.body;
    assert_eq!(movie["updated_at"], "2026-11-21T13:34:56.000Z");
    let updates = device.get("/movies/updates/2026-11-21T13:00:00Z").await;
    assert_eq!(crate::client::numbers(updates.items(), "movie"), [MOVIE]);
    assert_eq!(device.get("/movies/updates/id/2026-11-21T13:00:00Z").await.body, json!([MOVIE]));
    assert_eq!(device.get("/movies/updates/id/1795266000000").await.body, json!([MOVIE]), "milliseconds");
    assert!(sim.edit_show(SHOW) && !sim.edit_movie(1));
}

#[tokio::test]
async fn faults_are_accepted_as_documented_in_the_readme() {
    let sim = sim().await;
    let control = Device::anonymous(&sim);
    let kinds = [
        json!({"kind": "latency", "milliseconds": 1}),
        json!({"kind": "refuse"}),
        json!({"kind": "reset_before"}),
        json!({"kind": "reset_after", "path": "/sync", "method": "POST", "count": 1, "skip": 2, "probability": 0.5}),
        json!({"kind": "truncate"}),
        json!({"kind": "html"}),
        json!({"kind": "empty", "status": 502}),
        json!({"kind": "rate_limit", "headers": true, "retry_after": 3}),
        json!({"kind": "edge_forbidden"}),
        json!({"kind": "wrong_page_counts", "by": -1}),
        json!({"kind": "shrinking_lists", "by": 1}),
        json!({"kind": "ignore_limit"}),
        json!({"kind": "rewrite", "member": "seasons", "value": null}),
        json!({"kind": "stale_counts", "items": -4}),
        json!({"kind": "clamped_counts", "items": 100}),
        json!({"kind": "short_pages", "by": 7}),
        json!({"kind": "short_pages", "by": 7, "page": 2}),
        json!({"kind": "drop_page_headers"}),
        json!({"kind": "foreign_page_headers", "items": 12}),
        json!({"kind": "paginated_compact", "limit": 100}),
        json!({"kind": "empty_imdb"}),
        json!({"kind": "limit_until", "seconds": -60}),
        json!({"kind": "refused", "status": 404, "path": "/scrobble/pause"}),
        json!({"kind": "refused", "status": 422, "body": {"errors": ["no"]}}),
        json!({"kind": "oauth_error", "error": "temporarily_unavailable", "status": 503, "host": "auth"}),
        json!({"kind": "apply_late", "seconds": 45}),
        json!({"kind": "partial_add", "keep": 1}),
        json!({"kind": "not_found_without_ids"}),
        json!({"kind": "strict_episode_ids"}),
    ];
    for (n, fault) in kinds.iter().enumerate() {
        let armed = control.post("/_sim/faults", fault.clone()).await;
        assert_eq!((armed.status, armed.items().len()), (200, n + 1), "{fault}");
    }
    assert_eq!(control.post("/_sim/faults", json!({"kind": "earthquake"})).await.status, 400);
}
