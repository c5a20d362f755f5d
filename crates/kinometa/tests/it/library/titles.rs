//! /api/titles, /api/search and /api/home

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::fixture::Fixture;
use crate::support::send;

async fn fixture() -> Fixture {
    Fixture::movies(&["Metropolis (1927).mkv", "The Kid (1921).mkv", "Amélie (2001).mkv"]).await
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|title| title["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn titles_are_sorted_filtered_and_paged() {
    let fixture = fixture().await;
    let get = async |query: &str| {
        fixture.admin.get(&format!("/api/titles?kind=movie&{query}")).await.good(StatusCode::OK)
    };
    assert_eq!(names(&get("").await), ["Amélie", "The Kid", "Metropolis"]);
    assert_eq!(names(&get("sort=year").await), ["Amélie", "Metropolis", "The Kid"], "newest first");
    assert_eq!(names(&get("sort=year&order=asc").await), ["The Kid", "Metropolis", "Amélie"]);
    assert_eq!(names(&get("decade=1920").await), ["The Kid", "Metropolis"]);
    let page = get("offset=1&limit=1").await;
    assert_eq!((names(&page), &page["total"], &page["offset"]), (vec!["The Kid"], &json!(3), &json!(1)));
    let facets = fixture.admin.get("/api/titles/facets?kind=movie").await.good(StatusCode::OK);
    assert_eq!(facets["decades"], json!([{"value": "2000", "count": 1}, {"value": "1920", "count": 2}]));
}

#[tokio::test]
async fn an_unchanged_page_returns_304() {
    let fixture = fixture().await;
    let path = "/api/titles?kind=movie";
    let first = fixture.admin.get(path).await;
    let tag = first.header("etag").unwrap().to_owned();
    let again = || fixture.admin.request(Method::GET, path).header(header::IF_NONE_MATCH, &tag);
    let unchanged = send(again()).await;
    assert_eq!((unchanged.status, unchanged.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    fixture.watch(&fixture.title("movie", "The Kid").await["id"]).await;
    let changed = send(again()).await.good(StatusCode::OK);
    assert_eq!(changed["items"][1]["watched"], true);
}

#[tokio::test]
async fn watched_state_is_per_user() {
    let fixture = fixture().await;
    fixture.watch(&fixture.title("movie", "The Kid").await["id"]).await;
    let other = fixture.app.user("robin").await;
    let page = other.get("/api/titles?kind=movie&watched=yes").await.good(StatusCode::OK);
    assert_eq!(page["total"], 0);
}

#[tokio::test]
async fn invalid_queries_are_rejected() {
    let fixture = fixture().await;
    for query in ["kind=episode", "kind=movie&limit=0", "kind=movie&limit=501", "kind=movie&offset=-1"] {
        let response = fixture.admin.get(&format!("/api/titles?{query}")).await;
        assert_eq!(response.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{query}");
    }
    let missing = fixture.admin.get("/api/titles/99999").await;
    assert_eq!(missing.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(missing.json()["error"]["because"], json!({"reason": "gone", "what": "title"}));
    assert_eq!(missing.json()["error"]["message"], "This title does not exist or was removed.");
    assert_eq!(fixture.admin.get("/api/titles/1/seasons/9").await.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(fixture.app.anonymous().get("/api/titles?kind=movie").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn search_ignores_accents() {
    let fixture = fixture().await;
    let found = fixture.admin.get("/api/search?q=amel").await.good(StatusCode::OK);
    assert_eq!(found["movies"][0]["name"], "Amélie");
    assert_eq!((&found["shows"], &found["episodes"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn the_home_page_lists_recent_and_next_titles() {
    let fixture = Fixture::shows(&["Planets/Planets S01E01.mkv", "Planets/Planets S01E02.mkv"]).await;
    let home = fixture.admin.get("/api/home").await.good(StatusCode::OK);
    assert_eq!(home["counts"], json!({"movies": 0, "shows": 1, "episodes": 2}));
    assert_eq!(home["recently_added"][0]["kind"], "show");
    let show = fixture.title("show", "Planets").await;
    let first = fixture.season(&show["id"], 1).await["episodes"][0]["id"].clone();
    fixture.watch(&first).await;
    let home = fixture.admin.get("/api/home").await.good(StatusCode::OK);
    assert_eq!(home["up_next"][0]["episode_number"], 2);
    assert_eq!(home["up_next"][0]["show_name"], "Planets");
    assert_eq!(home["hero"], home["up_next"][0]);
}

#[tokio::test]
async fn resolution_and_hdr_are_the_same_on_cards_pages_and_filters() {
    let fixture = fixture().await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    let (db, title) = (fixture.app.state().db(), db::ids::TitleId(id.as_i64().unwrap()));
    let row = db::files::of_title(db, title).await.unwrap().remove(0);
    let tx = db.begin().await.unwrap();
    let probed = db::rows::MediaFile {
        // A film in CinemaScope: its height alone would make it 1440p.
        width: Some(3840),
        height: Some(1608),
        video_codec: Some("hevc".to_owned()),
        container: Some("matroska".to_owned()),
        hdr: Some("HDR10".to_owned()),
        ..row
    };
    db::files::update(&tx, probed).await.unwrap();
    tx.commit().await.unwrap();
    fixture.app.state().catalogue().library_changed();
    fixture.app.state().catalogue().refreshed().await;

    let detail = fixture.detail(&id).await;
    let card = fixture.title("movie", "Metropolis").await;
    let file = &detail["files"][0];
    let names = (&file["video"]["resolution"], &file["video"]["hdr"]);
    assert_eq!(names, (&json!("2160p"), &json!("HDR10")));
    assert_eq!((&card["resolution"], &card["hdr"]), names, "on the card");
    assert_eq!((&detail["resolution"], &detail["hdr"]), names, "on the title's page");
    assert_eq!((&file["video"]["codec_name"], &file["container_name"]), (&json!("HEVC"), &json!("Matroska")));
    let facets = fixture.admin.get("/api/titles/facets?kind=movie").await.good(StatusCode::OK);
    assert_eq!(facets["resolutions"], json!([{"value": "2160p", "count": 1}]));
    let filtered = fixture.admin.get("/api/titles?kind=movie&resolution=2160p").await.good(StatusCode::OK);
    assert_eq!(self::names(&filtered), ["Metropolis"]);
}
