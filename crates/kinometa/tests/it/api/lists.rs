//! Lists from Trakt, over HTTP with the simulator.

mod kinds;
mod refreshing;

use reqwest::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim};

use crate::support::{Actor, EventStream, TestApp, TestAppBuilder};

const LISTS: &str = "/api/lists";

/// Starts a server whose user `anna` is connected with the account of the same name; `sean` creates lists on Trakt.
async fn connected_to(builder: TestAppBuilder) -> (TestApp, Actor) {
    let (app, anna) = started(builder).await;
    connect(&app, &anna, "anna").await;
    (app, anna)
}

/// Starts the same server without connecting `anna`.
async fn started(builder: TestAppBuilder) -> (TestApp, Actor) {
    let app = builder.simulator(Sim::builder().movies(40).shows(4)).start().await;
    let application = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
    app.admin().await.put("/api/trakt/application", application).await.good(StatusCode::OK);
    app.simulator().add_person(&Person::new("anna"));
    app.simulator().add_person(&Person::new("sean").vip());
    let anna = app.user("anna").await;
    (app, anna)
}

async fn connected() -> (TestApp, Actor) {
    connected_to(TestApp::builder()).await
}

async fn connect(app: &TestApp, actor: &Actor, username: &str) {
    let mut events = EventStream::open(actor).await;
    let started = actor.post("/api/trakt/connect", json!({})).await.good(StatusCode::CREATED);
    assert!(app.simulator().approve(started["user_code"].as_str().unwrap(), username));
    events.wait_for("connect", |connect| connect["state"] == "approved").await;
}

/// Sends a request to Trakt as a member.
fn act(app: &TestApp, member: &str, method: &str, path: &str, body: Value) -> Value {
    let acted = app.simulator().act(member, method, path, Some(&body));
    assert!((200..300).contains(&acted.status), "{method} {path}: {} {}", acted.status, acted.body);
    acted.body
}

/// Returns a request body with movies, by their positions in the simulator's catalogue.
fn movies(app: &TestApp, which: impl IntoIterator<Item = usize>) -> Value {
    let catalogue = app.simulator().catalogue();
    let movie = |at: usize| json!({"ids": {"trakt": catalogue.movies()[at].facts.ids.trakt}});
    json!({"movies": which.into_iter().map(movie).collect::<Vec<_>>()})
}

fn names(app: &TestApp, which: impl IntoIterator<Item = usize>) -> Vec<String> {
    let catalogue = app.simulator().catalogue();
    which.into_iter().map(|at| catalogue.movies()[at].facts.title.to_string()).collect()
}

/// Creates a public list of sean's with these movies, and returns its path on Trakt.
fn list_with(app: &TestApp, which: impl IntoIterator<Item = usize>) -> String {
    act(app, "sean", "POST", "/users/me/lists", json!({"name": "Rainy Days", "privacy": "public"}));
    act(app, "sean", "POST", "/users/me/lists/rainy-days/items", movies(app, which));
    "users/sean/lists/rainy-days".to_owned()
}

async fn follow(actor: &Actor, path: &str) -> Value {
    actor.post(LISTS, json!({"url": format!("https://trakt.tv/{path}")})).await.good(StatusCode::CREATED)
}

async fn items(actor: &Actor, list: &Value) -> Vec<String> {
    let page = actor.get(&format!("{LISTS}/{}?limit=500", list["id"])).await.good(StatusCode::OK);
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], items.len());
    items.iter().map(|item| item["title"]["name"].as_str().unwrap().to_owned()).collect()
}

async fn refreshed(actor: &Actor, list: &Value) -> Value {
    actor.post(&format!("{LISTS}/{}/refresh", list["id"]), json!({})).await.good(StatusCode::OK)
}

#[tokio::test]
async fn the_watchlist_is_listed_while_the_account_is_connected() {
    let (app, anna) = connected().await;
    let lists = anna.get(LISTS).await.good(StatusCode::OK);
    assert_eq!((&lists[0]["kind"], &lists[0]["system"]), (&json!("watchlist"), &json!(true)));
    let path = format!("{LISTS}/{}", lists[0]["id"]);
    assert_eq!(anna.delete(&path).await.error(StatusCode::CONFLICT), "system_list");
    assert_eq!(anna.get(LISTS).await.json().as_array().unwrap().len(), 1);

    let movie = crate::support::rows::movie(&app, "A movie", None).await;
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    anna.put(&format!("/api/titles/{}/watchlist", movie.id), json!({})).await.good(StatusCode::NO_CONTENT);
    assert_eq!(items(&anna, &lists[0]).await, ["A movie"]);
    assert_eq!(anna.get(LISTS).await.json()[0]["item_count"], 1);
    anna.delete(&format!("/api/titles/{}/watchlist", movie.id)).await.good(StatusCode::NO_CONTENT);
    assert_eq!(items(&anna, &lists[0]).await, [""; 0]);

    anna.delete("/api/trakt").await.good(StatusCode::OK);
    assert_eq!(anna.get(LISTS).await.json(), json!([]));
    connect(&app, &anna, "anna").await;
    assert_eq!(anna.get(LISTS).await.json()[0]["kind"], "watchlist");
}

/// The list's message explains why it is not synced, and disappears once it is.
#[tokio::test]
async fn a_watchlist_that_is_not_synced_explains_why() {
    let (_app, anna) = connected().await;
    let message = async || anna.get(LISTS).await.json()[0]["message"].clone();
    let undecided = message().await;
    assert!(undecided.as_str().unwrap().contains("has not been imported"), "{undecided}");
    anna.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
    assert_eq!(message().await, Value::Null);
    let set_switch = async |on: bool| {
        let change = json!({"switches": {"watchlist": on}});
        anna.patch("/api/trakt/settings", change).await.good(StatusCode::OK)
    };
    set_switch(false).await;
    let off = message().await;
    assert!(off.as_str().unwrap().contains("switched off"), "{off}");
    set_switch(true).await;
    assert_eq!(message().await, Value::Null);
}

#[tokio::test]
async fn a_list_can_be_sorted() {
    let (app, anna) = connected().await;
    let list = follow(&anna, &list_with(&app, [7, 2, 5, 3])).await;
    let shown = async |sort: &str| {
        let path = format!("{LISTS}/{}?sort={sort}", list["id"]);
        let page = anna.get(&path).await.good(StatusCode::OK);
        let items = page["items"].as_array().unwrap().clone();
        items.into_iter().map(|item| item["title"].clone()).collect::<Vec<Value>>()
    };
    let names_of = |titles: &[Value]| -> Vec<String> {
        titles.iter().map(|title| title["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names_of(&shown("list").await), names(&app, [7, 2, 5, 3]));
    let years: Vec<i64> =
        shown("year").await.iter().map(|title| title["year"].as_i64().unwrap_or(0)).collect();
    assert!(years.is_sorted_by(|a, b| a >= b), "{years:?}");
    let by_name = names_of(&shown("name").await);
    let mut same: Vec<String> = by_name.clone();
    same.sort_by_key(|name| {
        let lower = name.to_lowercase();
        let bare =
            ["the ", "a ", "an "].iter().find_map(|article| lower.strip_prefix(article).map(str::to_owned));
        bare.unwrap_or(lower)
    });
    assert_eq!(by_name, same);
    assert_eq!(shown("added").await.len(), 4);
    let path = format!("{LISTS}/{}?sort=luck", list["id"]);
    anna.get(&path).await.error(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_list_can_be_previewed_followed_once_and_unfollowed() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [4, 1, 3]);
    let preview =
        anna.get(&format!("{LISTS}/preview?url=trakt.tv/{path}%3Fsort=rank")).await.good(StatusCode::OK);
    assert_eq!(
        (&preview["name"], &preview["kind"], &preview["item_count"], &preview["owner"]["slug"]),
        (&json!("Rainy Days"), &json!("personal"), &json!(3), &json!("sean"))
    );
    let titles = preview["titles"].as_array().unwrap();
    assert_eq!(
        titles.iter().map(|title| title["name"].as_str().unwrap()).collect::<Vec<_>>(),
        names(&app, [4, 1, 3])
    );
    assert!(preview["followed"].is_null());
    assert_eq!(
        anna.get(LISTS).await.json().as_array().unwrap().len(),
        1,
        "a preview does not follow the list"
    );

    let list = follow(&anna, &path).await;
    assert_eq!(
        (&list["item_count"], &list["in_library_count"], &list["state"], &list["system"]),
        (&json!(3), &json!(0), &json!("current"), &json!(false))
    );
    assert_eq!(
        items(&anna, &list).await,
        names(&app, [4, 1, 3]),
        "in the list's order, with and without files"
    );
    let again = anna.post(LISTS, json!({"url": format!("http://www.trakt.tv/{path}/")})).await;
    assert_eq!(again.good(StatusCode::OK)["id"], list["id"]);
    let preview = anna.get(&format!("{LISTS}/preview?url=trakt.tv/{path}")).await.good(StatusCode::OK);
    assert_eq!(preview["followed"], list["id"]);
    let owned = anna.get(&format!("{LISTS}/{}?in_library=true", list["id"])).await.good(StatusCode::OK);
    assert_eq!((&owned["total"], &owned["items"]), (&json!(0), &json!([])));

    let ben = app.user("ben").await;
    assert_eq!(ben.get(LISTS).await.json(), json!([]));
    for refused in [
        ben.get(&format!("{LISTS}/{}", list["id"])).await,
        ben.delete(&format!("{LISTS}/{}", list["id"])).await,
        ben.put(&format!("{LISTS}/{}/pin", list["id"]), json!({})).await,
        ben.post(&format!("{LISTS}/{}/refresh", list["id"]), json!({})).await,
    ] {
        assert_eq!(refused.error(StatusCode::NOT_FOUND), "not_found");
    }

    anna.delete(&format!("{LISTS}/{}", list["id"])).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(&format!("{LISTS}/{}", list["id"])).await.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(anna.get(LISTS).await.json().as_array().unwrap().len(), 1);
}

/// The list's titles are unknown to the server; each must have only one row afterwards.
#[tokio::test]
async fn several_users_can_follow_a_list_concurrently() {
    let (app, _) = started(TestApp::builder()).await;
    let path = list_with(&app, 0..30);
    let shows: Vec<Value> = app
        .simulator()
        .catalogue()
        .shows()
        .iter()
        .map(|show| json!({"ids": {"trakt": show.facts.ids.trakt}, "seasons": [{"number": 1}]}))
        .collect();
    act(&app, "sean", "POST", &format!("/{path}/items"), json!({"shows": shows}));
    let mut users = Vec::new();
    for name in ["bea", "cleo", "dora", "elsa", "fay", "gina"] {
        app.simulator().add_person(&Person::new(name));
        let user = app.user(name).await;
        connect(&app, &user, name).await;
        users.push(user);
    }
    let followed = futures::future::join_all(users.iter().map(|user| follow(user, &path))).await;
    let mut seen = Vec::new();
    for (user, list) in users.iter().zip(&followed) {
        assert_eq!(list["item_count"], 30 + shows.len());
        let page = user.get(&format!("{LISTS}/{}?limit=500", list["id"])).await.good(StatusCode::OK);
        let items = page["items"].as_array().unwrap().clone();
        seen.push(items.into_iter().map(|item| item["title"]["id"].clone()).collect::<Vec<_>>());
    }
    assert!(seen.iter().all(|titles| *titles == seen[0]), "{seen:?}");
}

/// Whichever request wins, the list is followed once and completely.
#[tokio::test]
async fn two_concurrent_requests_follow_a_list_once() {
    let (app, anna) = connected().await;
    let path = list_with(&app, [1, 2, 3]);
    let body = json!({"url": format!("https://trakt.tv/{path}")});
    let (first, second) = tokio::join!(anna.post(LISTS, body.clone()), anna.post(LISTS, body));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CREATED]);
    let (first, second) = (first.json(), second.json());
    assert_eq!((&first["id"], &first["item_count"]), (&second["id"], &json!(3)));
    assert_eq!(second["item_count"], 3);
}

#[rstest]
#[case::nothing("", StatusCode::UNPROCESSABLE_ENTITY, "invalid")]
#[case::another_site("https://example.org/users/sean/lists/a", StatusCode::UNPROCESSABLE_ENTITY, "invalid")]
#[case::not_a_single_list("https://trakt.tv/users/sean/lists", StatusCode::UNPROCESSABLE_ENTITY, "invalid")]
#[case::unknown("https://trakt.tv/users/sean/lists/nowhere", StatusCode::NOT_FOUND, "list_not_found")]
#[case::unknown_member("https://trakt.tv/users/nobody/watchlist", StatusCode::NOT_FOUND, "list_not_found")]
#[case::unknown_number("https://trakt.tv/lists/987654321", StatusCode::NOT_FOUND, "list_not_found")]
#[case::private_list_of_another_member(
    "https://trakt.tv/users/sean/lists/secret",
    StatusCode::NOT_FOUND,
    "list_not_found"
)]
#[case::of_a_private_member("https://trakt.tv/users/quiet/watchlist", StatusCode::FORBIDDEN, "list_private")]
#[tokio::test]
async fn addresses_that_are_not_a_readable_list_are_rejected(
    #[case] url: &str,
    #[case] status: StatusCode,
    #[case] code: &str,
) {
    let (app, anna) = connected().await;
    act(&app, "sean", "POST", "/users/me/lists", json!({"name": "Secret"}));
    app.simulator().add_person(&Person::new("quiet").private().history(20));
    let refused = anna.post(LISTS, json!({"url": url})).await;
    assert_eq!(refused.error(status), code);
    let encoded: String = url.replace(':', "%3A").replace('/', "%2F");
    assert_eq!(anna.get(&format!("{LISTS}/preview?url={encoded}")).await.error(status), code);
    assert_eq!(anna.get(LISTS).await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn lists_need_a_connected_account() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    assert_eq!(anna.get(LISTS).await.json(), json!([]));
    let refused = anna.post(LISTS, json!({"url": "https://trakt.tv/users/sean/lists/a"})).await;
    assert_eq!(refused.error(StatusCode::CONFLICT), "trakt_not_connected");
    assert_eq!(
        anna.get(&format!("{LISTS}/choices")).await.error(StatusCode::CONFLICT),
        "trakt_not_connected"
    );
}
