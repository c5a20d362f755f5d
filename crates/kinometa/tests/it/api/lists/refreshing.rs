//! Refreshing lists that have changed on Trakt.

use std::time::Duration;

use chrono::TimeDelta;
use clock::{Clock as _, ManualClock, SystemClock};
use sync::SyncEvent;
use trakt_sim::{Fault, FaultKind};

use super::*;

#[tokio::test]
async fn a_refresh_applies_additions_removals_and_the_new_order() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2, 3]);
    let list = follow(&anna, &path).await;
    act(&app, "sean", "POST", &format!("/{path}/items"), movies(&app, [9]));
    act(&app, "sean", "POST", &format!("/{path}/items/remove"), movies(&app, [2]));
    assert_eq!(refreshed(&anna, &list).await["item_count"], 3);
    assert_eq!(items(&anna, &list).await, names(&app, [1, 3, 9]));
    act(
        &app,
        "sean",
        "PUT",
        &format!("/{path}"),
        json!({"name": "Dry Days", "sort_by": "title", "sort_how": "asc"}),
    );
    assert_eq!(refreshed(&anna, &list).await["name"], "Dry Days");
    let mut sorted = items(&anna, &list).await;
    let shown = sorted.clone();
    sorted.sort_by_key(|name| {
        let lower = name.to_lowercase();
        ["the ", "a ", "an "]
            .iter()
            .find_map(|article| lower.strip_prefix(article).map(str::to_owned))
            .unwrap_or(lower)
    });
    assert_eq!(shown, sorted, "the list is shown in the order chosen by its owner");
    let order = |list: &Value| list["order"].clone();
    let dry = refreshed(&anna, &list).await;
    assert_eq!(order(&dry), json!({"by": "title", "how": "asc", "kept": true}));
    act(&app, "sean", "PUT", &format!("/{path}"), json!({"sort_by": "random", "sort_how": "asc"}));
    let random = refreshed(&anna, &list).await;
    assert_eq!(order(&random), json!({"by": "random", "how": "asc", "kept": false}));
    assert_eq!(
        items(&anna, &list).await,
        names(&app, [1, 3, 9]),
        "with a random order, the list is shown by rank"
    );
}

#[tokio::test]
async fn a_list_removed_from_trakt_remains_readable_and_can_return() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2]);
    let list = follow(&anna, &path).await;
    act(&app, "sean", "PUT", &format!("/{path}"), json!({"privacy": "private"}));
    let gone = refreshed(&anna, &list).await;
    assert_eq!((&gone["state"], &gone["item_count"]), (&json!("gone"), &json!(2)));
    assert!(gone["message"].as_str().unwrap().contains("kept"));
    assert_eq!(items(&anna, &list).await, names(&app, [1, 2]));
    act(&app, "sean", "PUT", &format!("/{path}"), json!({"privacy": "public"}));
    act(&app, "sean", "POST", &format!("/{path}/items"), movies(&app, [3]));
    let back = refreshed(&anna, &list).await;
    assert_eq!(
        (&back["state"], &back["item_count"], &back["message"]),
        (&json!("current"), &json!(3), &Value::Null)
    );
    act(&app, "sean", "DELETE", &format!("/{path}"), json!({}));
    assert_eq!(refreshed(&anna, &list).await["state"], "gone");
    assert_eq!(items(&anna, &list).await, names(&app, [1, 2, 3]));

    act(&app, "sean", "POST", "/sync/watchlist", movies(&app, [4]));
    let watchlist = follow(&anna, "users/sean/watchlist").await;
    act(&app, "sean", "PUT", "/users/settings", json!({"user": {"private": true}}));
    assert_eq!(refreshed(&anna, &watchlist).await["state"], "private");
    assert_eq!(items(&anna, &watchlist).await, names(&app, [4]));
}

/// The first request reads the list's properties, the next ones its items.
#[rstest]
#[case::empty(FaultKind::ShortPages { by: 4, page: None }, 1, 1)]
#[case::empty_every_time(FaultKind::ShortPages { by: 4, page: None }, 1, 9)]
#[case::short(FaultKind::ShortPages { by: 2, page: None }, 1, 1)]
#[case::short_every_time(FaultKind::ShortPages { by: 2, page: None }, 1, 9)]
#[case::without_headers(FaultKind::DropPageHeaders, 1, 1)]
#[case::rate_limited(FaultKind::RateLimit { headers: true, retry_after: Some(3000) }, 0, 1)]
#[case::rate_limited_later(FaultKind::RateLimit { headers: true, retry_after: Some(3000) }, 1, 1)]
#[case::rate_limited_without_headers(FaultKind::RateLimit { headers: false, retry_after: None }, 1, 1)]
#[case::bad_gateway(FaultKind::Empty { status: 502 }, 0, 9)]
#[case::truncated_response(FaultKind::Truncate, 1, 9)]
#[case::html_instead_of_json(FaultKind::Html { status: 200 }, 1, 9)]
#[case::not_found_as_html(FaultKind::Html { status: 404 }, 0, 9)]
#[tokio::test]
async fn a_short_or_failed_read_removes_no_titles(
    #[case] fault: FaultKind,
    #[case] after: u32,
    #[case] times: u32,
) {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2, 3]);
    let list = follow(&anna, &path).await;
    act(&app, "sean", "POST", &format!("/{path}/items"), movies(&app, [4]));
    app.simulator().add_fault(Fault::on("/users/sean/lists", fault).after(after).times(times));
    let _any_status = anna.post(&format!("{LISTS}/{}/refresh", list["id"]), json!({})).await;
    let kept = items(&anna, &list).await;
    assert!(names(&app, [1, 2, 3]).iter().all(|name| kept.contains(name)), "{kept:?}");
    assert_eq!(anna.get(LISTS).await.json()[1]["state"], "current");
}

#[tokio::test]
async fn a_refresh_keeps_a_list_pinned() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1]);
    let list = follow(&anna, &path).await;
    let pin = format!("{LISTS}/{}/pin", list["id"]);
    anna.put(&pin, json!({})).await.good(StatusCode::NO_CONTENT);
    anna.put(&pin, json!({})).await.good(StatusCode::NO_CONTENT);
    act(&app, "sean", "POST", &format!("/{path}/items"), movies(&app, [2]));
    assert_eq!(refreshed(&anna, &list).await["pinned"], true);
    anna.delete(&pin).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(LISTS).await.json()[1]["pinned"], false);
    let watchlist = anna.get(LISTS).await.json()[0]["id"].clone();
    anna.put(&format!("{LISTS}/{watchlist}/pin"), json!({})).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(LISTS).await.json()[0]["pinned"], true);
}

#[tokio::test]
async fn an_unchanged_list_costs_one_request_per_hour_and_a_changed_one_is_read() {
    let clock = ManualClock::new(SystemClock.now());
    let (app, anna) = started(TestApp::builder().clock(clock.clone())).await;
    let advance = |seconds: u64| {
        app.simulator().advance(TimeDelta::seconds(seconds.cast_signed()));
        clock.advance(Duration::from_secs(seconds));
    };
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    let advance_clocks = async {
        loop {
            wait.tick().await;
            advance(6);
        }
    };
    tokio::select! {
        () = connect(&app, &anna, "anna") => {}
        () = advance_clocks => {}
    }
    let path = list_with(&app, [1, 2]);
    advance(60);
    let list = follow(&anna, &path).await;
    let mut events = app.state().engine().subscribe();
    app.simulator().clear_requests();
    advance(3601);
    while !matches!(events.recv().await.unwrap(), SyncEvent::Lists { .. }) {}
    let requests = app.simulator().requests();
    let list_requests: Vec<_> = requests.iter().filter(|request| request.path.contains("/lists")).collect();
    assert_eq!(list_requests.len(), 1, "one request must show that nothing has changed: {list_requests:?}");

    act(&app, "sean", "POST", &format!("/{path}/items"), movies(&app, [3]));
    // The next hour can start a little later: the engine records the time after publishing the event.
    while items(&anna, &list).await.len() != 3 {
        wait.tick().await;
        advance(600);
    }
}

#[tokio::test]
async fn followed_lists_remain_readable_after_disconnecting() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2]);
    let list = follow(&anna, &path).await;
    anna.delete("/api/trakt").await.good(StatusCode::OK);
    let lists = anna.get(LISTS).await.json();
    assert_eq!((lists.as_array().unwrap().len(), &lists[0]["id"]), (1, &list["id"]));
    assert!(lists[0]["message"].as_str().unwrap().contains("not connected"));
    assert_eq!(items(&anna, &list).await, names(&app, [1, 2]));
    let refused = anna.post(&format!("{LISTS}/{}/refresh", list["id"]), json!({})).await;
    assert_eq!(refused.error(StatusCode::CONFLICT), "trakt_not_connected");
}
