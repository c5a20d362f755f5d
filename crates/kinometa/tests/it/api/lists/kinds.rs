//! The kinds of lists and of their items.

use trakt_sim::{Fault, FaultKind};

use super::*;

#[tokio::test]
async fn every_kind_of_list_can_be_followed() {
    let (app, anna) = connected().await;
    act(&app, "anna", "POST", "/users/me/lists", json!({"name": "Gifts"}));
    act(&app, "anna", "POST", "/users/me/lists/gifts/items", movies(&app, [2]));
    act(&app, "sean", "POST", "/sync/watchlist", movies(&app, [3, 5]));
    act(&app, "sean", "POST", "/sync/favorites", movies(&app, [6]));
    act(&app, "sean", "POST", "/sync/collection", movies(&app, [7]));
    let smart = json!({"name": "Wished", "source": "watchlist", "media_type": "movies", "privacy": "public"});
    let smart = act(&app, "sean", "POST", "/users/me/smart-lists", smart);
    for (path, kind, expected) in [
        ("users/me/lists/gifts".to_owned(), "personal", names(&app, [2])),
        ("users/sean/watchlist".to_owned(), "member_watchlist", names(&app, [3, 5])),
        ("users/sean/favorites".to_owned(), "member_favorites", names(&app, [6])),
        ("users/sean/collection".to_owned(), "member_collection", names(&app, [7])),
        (format!("lists/smart/view/{}", smart["ids"]["trakt"]), "smart", names(&app, [3, 5])),
    ] {
        let list = follow(&anna, &path).await;
        assert_eq!(list["kind"], kind, "{path}");
        assert_eq!(items(&anna, &list).await, expected, "{path}");
        assert_eq!(refreshed(&anna, &list).await["item_count"], expected.len(), "{path}");
        // The returned address of the page on Trakt identifies the same list.
        let again = anna.post(LISTS, json!({"url": list["url"]})).await;
        assert_eq!(again.good(StatusCode::OK)["id"], list["id"], "{path}");
    }
    let official = follow(&anna, "lists/official/most-loved-movies").await;
    let loved = app.simulator().catalogue().movies().len();
    assert_eq!((&official["kind"], &official["item_count"]), (&json!("official"), &json!(loved)));
    assert_eq!(refreshed(&anna, &official).await["state"], "current");
    let own =
        anna.post(LISTS, json!({"url": "https://trakt.tv/users/Anna/watchlist"})).await.good(StatusCode::OK);
    assert_eq!(own["kind"], "watchlist", "the user's own watchlist is already in the lists");
    let kinds = anna.get(LISTS).await.json();
    assert_eq!(kinds.as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn the_suggested_lists_are_the_users_own_and_liked_ones() {
    let (app, anna) = connected().await;
    act(&app, "anna", "POST", "/users/me/lists", json!({"name": "Gifts"}));
    let path = list_with(&app, [1, 2]);
    act(&app, "anna", "POST", &format!("/{path}/like"), json!({}));
    let choices = anna.get(&format!("{LISTS}/choices")).await.good(StatusCode::OK);
    let shown: Vec<_> =
        choices.as_array().unwrap().iter().map(|choice| (&choice["name"], &choice["own"])).collect();
    assert_eq!(shown, [(&json!("Gifts"), &json!(true)), (&json!("Rainy Days"), &json!(false))]);
    for choice in choices.as_array().unwrap() {
        anna.post(LISTS, json!({"url": choice["url"]})).await.good(StatusCode::CREATED);
    }
    let choices = anna.get(&format!("{LISTS}/choices")).await.good(StatusCode::OK);
    assert!(choices.as_array().unwrap().iter().all(|choice| choice["followed"].is_i64()));
}

#[tokio::test]
async fn shows_seasons_and_episodes_are_kept_and_people_are_counted() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1]);
    let show = app.simulator().catalogue().shows()[0].facts.ids.trakt;
    let body = json!({
        "shows": [{"ids": {"trakt": show}}, {"ids": {"trakt": show}, "seasons": [{"number": 1}]},
                  {"ids": {"trakt": show}, "seasons": [{"number": 1, "episodes": [{"number": 1}]}]}],
        "people": [{"ids": {"trakt": 7}}, {"ids": {"trakt": 8}}]
    });
    act(&app, "sean", "POST", &format!("/{path}/items"), body);
    let list = follow(&anna, &path).await;
    let page = anna.get(&format!("{LISTS}/{}", list["id"])).await.good(StatusCode::OK);
    let kinds: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| &item["title"]["kind"]).collect();
    assert_eq!(kinds, ["movie", "show", "season", "episode"]);
    assert_eq!((&list["item_count"], &list["other_count"]), (&json!(4), &json!(2)));
}

#[tokio::test]
async fn unreadable_items_are_counted() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2]);
    let people = json!({"people": [{"ids": {"trakt": 7}}, {"ids": {"trakt": 8}}, {"ids": {"trakt": 9}}]});
    act(&app, "sean", "POST", &format!("/{path}/items"), people);
    let unreadable = FaultKind::Rewrite { member: "person".to_owned(), value: Some(json!("unexpected")) };
    app.simulator().add_fault(Fault::on("/users/sean/lists", unreadable));
    let list = follow(&anna, &path).await;
    assert_eq!((&list["item_count"], &list["other_count"]), (&json!(2), &json!(3)));
}
