//! Cast, crew, related titles and the pages of people, with the simulator.

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use super::fixture::Fixture;
use super::matches::{add_film, film};

/// Creates a movie library with a film that is matched on Trakt.
async fn fixture() -> Fixture {
    let fixture = Fixture::with_trakt("movies", &[]).await;
    add_film(&fixture, 0).await;
    fixture.wait_for_match("matched").await;
    fixture
}

async fn about(fixture: &Fixture, id: &Value) -> Value {
    fixture.admin.get(&format!("/api/titles/{id}/about")).await.good(StatusCode::OK)
}

/// Returns the number of requests to the simulator whose path contains `part`.
fn request_count(fixture: &Fixture, part: &str) -> usize {
    fixture.app.simulator().requests().iter().filter(|request| request.path.contains(part)).count()
}

#[tokio::test]
async fn a_title_has_its_people_ratings_and_related_titles() {
    let fixture = fixture().await;
    let (name, ..) = film(&fixture.app, 0);
    let id = fixture.title("movie", &name).await["id"].clone();
    let found = about(&fixture, &id).await;

    assert_eq!(found["is_loading"], false);
    let cast = found["cast"].as_array().unwrap();
    assert!(cast.len() > 5 && cast.iter().all(|credit| credit["part"].is_string()), "{found}");
    let crew = found["crew"].as_array().unwrap();
    assert_eq!((&crew[0]["kind"], &crew[0]["part"]), (&json!("director"), &json!("Director")));
    assert_eq!(found["votes"].as_array().unwrap().len(), 10);
    let related = found["related"].as_array().unwrap();
    assert!(!related.is_empty());
    assert!(related.iter().all(|title| title["in_library"] == false && title.get("title").is_none()));

    for picture in [&cast[0]["person"]["photo"]["url"], &related[0]["poster"]["url"]] {
        let picture = fixture.admin.get(&format!("{}&width=120", picture.as_str().unwrap())).await;
        assert_eq!(picture.status, StatusCode::OK);
        assert!(picture.header("cache-control").unwrap().contains("immutable"));
    }
}

#[tokio::test]
async fn additional_data_is_read_once_and_available_while_trakt_is_unreachable() {
    let mut fixture = fixture().await;
    let (name, ..) = film(&fixture.app, 0);
    let id = fixture.title("movie", &name).await["id"].clone();
    let first = about(&fixture, &id).await;
    assert_eq!(request_count(&fixture, "/people"), 1);
    assert_eq!(about(&fixture, &id).await, first);
    assert_eq!(request_count(&fixture, "/people"), 1);

    fixture.app.simulator_mut().close_port().await;
    assert_eq!(about(&fixture, &id).await, first);
}

#[tokio::test]
async fn related_titles_in_the_library_are_listed_first_with_their_cards() {
    let fixture = fixture().await;
    let (name, ..) = film(&fixture.app, 0);
    let id = fixture.title("movie", &name).await["id"].clone();
    let last = about(&fixture, &id).await["related"].as_array().unwrap().last().unwrap().clone();
    let (name, year) = (last["name"].as_str().unwrap(), &last["year"]);
    fixture.add(&format!("{name} ({year})/{name} ({year}).mkv"));
    fixture.rescan().await;
    fixture
        .wait_until("the second match", || async {
            fixture.titles("movie").await.iter().all(|title| title["matched"] == true)
        })
        .await;

    let related = about(&fixture, &id).await["related"].clone();
    assert_eq!((&related[0]["trakt_id"], &related[0]["in_library"]), (&last["trakt_id"], &json!(true)));
    assert_eq!(related[0]["title"]["name"], last["name"]);
}

#[tokio::test]
async fn a_persons_titles_in_the_library_are_listed_first() {
    let fixture = fixture().await;
    let (name, _, trakt_id) = film(&fixture.app, 0);
    let id = fixture.title("movie", &name).await["id"].clone();
    let lead = about(&fixture, &id).await["cast"][0].clone();
    let person =
        fixture.admin.get(&format!("/api/people/{}", lead["person"]["id"])).await.good(StatusCode::OK);

    assert_eq!((&person["name"], &person["is_loading"]), (&lead["person"]["name"], &json!(false)));
    assert!(person["biography"].as_str().unwrap().contains(lead["person"]["name"].as_str().unwrap()));
    let titles = person["titles"].as_array().unwrap();
    assert_eq!((&titles[0]["title"]["id"], &titles[0]["trakt_id"]), (&id, &json!(trakt_id)));
    assert!(titles[0]["part"].as_str().unwrap().contains(lead["part"].as_str().unwrap()));
    assert!(titles.iter().skip(1).all(|title| title["in_library"] == false));

    fixture.admin.get("/api/people/999999").await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_in_the_library_are_found_by_misspelled_names() {
    let fixture = fixture().await;
    let (name, ..) = film(&fixture.app, 0);
    let id = fixture.title("movie", &name).await["id"].clone();
    let search = async |query: &str| {
        let found = fixture.admin.request(reqwest::Method::GET, "/api/search").query(&[("q", query)]);
        crate::support::send(found).await.good(StatusCode::OK)["people"].clone()
    };
    let lead = about(&fixture, &id).await["cast"][0]["person"].clone();
    let name = lead["name"].as_str().unwrap();
    assert_eq!((&search(name).await[0]["id"], &search(name).await[0]["titles"]), (&lead["id"], &json!(1)));
    let (first, surname) = name.rsplit_once(' ').unwrap();
    let misspelled = format!("{first} x{surname}");
    assert_eq!(search(&misspelled).await[0]["id"], lead["id"], "{misspelled}");
    assert_eq!(search("%").await, json!([]));
}

#[tokio::test]
async fn an_episode_has_guest_stars() {
    let fixture = Fixture::with_trakt("shows", &[]).await;
    let shows = fixture.app.simulator().catalogue();
    let show = &shows.shows()[0];
    let name = format!("{} ({})", show.facts.title, show.facts.year);
    fixture.add(&format!("{name}/Season 01/{name} S01E01.mkv"));
    fixture.rescan().await;
    fixture.wait_for_match("matched").await;
    let id = fixture.title("show", &show.facts.title).await["id"].clone();
    fixture
        .wait_until("the season", || async {
            let season = fixture.admin.get(&format!("/api/titles/{id}/seasons/1")).await.good(StatusCode::OK);
            season["episodes"][0]["matched"] == true && season["episodes"].as_array().unwrap().len() > 1
        })
        .await;
    let season = fixture.admin.get(&format!("/api/titles/{id}/seasons/1")).await.good(StatusCode::OK);
    let found = about(&fixture, &season["episodes"][0]["id"]).await;
    assert!(!found["guests"].as_array().unwrap().is_empty(), "{found}");
    assert!(!found["cast"].as_array().unwrap().is_empty());
    assert_eq!(about(&fixture, &season["id"]).await["guests"], json!([]));
}

#[tokio::test]
async fn additional_data_is_empty_without_an_application() {
    let fixture = Fixture::movies(&["Metropolis (1927)/Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    let expected = json!({
        "is_loading": false, "cast": [], "guests": [], "crew": [], "related": [], "votes": [], "lists": [],
    });
    assert_eq!(about(&fixture, &id).await, expected);
    fixture.app.state().engine().set_application(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET.into()).await.unwrap();
    assert_eq!(about(&fixture, &id).await, expected, "nothing is requested for a title without a match");
    fixture.admin.get("/api/titles/999999/about").await.error(StatusCode::NOT_FOUND);
}
