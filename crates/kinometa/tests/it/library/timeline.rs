//! The timeline: changing the time of a play, filtering, exporting, and statistics.

use chrono::TimeDelta;
use db::ids::TitleId;
use db::rows::Title;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::Fixture;

async fn mark_watched(fixture: &Fixture, id: &Value, time: &str) -> Value {
    let body = json!({"watched_at": time});
    let made = fixture.admin.post(&format!("/api/titles/{id}/watched"), body).await.good(StatusCode::CREATED);
    made["plays"][0].clone()
}

async fn with_movie(name: &str) -> (Fixture, Value) {
    let fixture = Fixture::movies(&[&format!("{name} (1927).mkv")]).await;
    let id = fixture.title("movie", name).await["id"].clone();
    (fixture, id)
}

async fn timeline(fixture: &Fixture, query: &str) -> Vec<Value> {
    let page = fixture.admin.get(&format!("/api/timeline?{query}")).await.good(StatusCode::OK);
    page["days"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_time_of_a_play_can_be_changed() {
    let (fixture, id) = with_movie("Metropolis").await;
    let play = mark_watched(&fixture, &id, "2026-01-01T22:30:00Z").await;
    let path = format!("/api/plays/{}", play["id"]);
    let body = json!({"watched_at": "2025-12-24T20:15:00Z"});
    let changed = fixture.admin.patch(&path, body.clone()).await.good(StatusCode::OK);
    assert_eq!(changed["watched_at"], "2025-12-24T20:15:00Z");
    let days = timeline(&fixture, "").await;
    assert_eq!((days.len(), &days[0]["date"]), (1, &json!("2025-12-24")));
    assert_eq!(days[0]["plays"][0]["id"], changed["id"]);
    assert_eq!(fixture.detail(&id).await["plays"], 1);

    let path = format!("/api/plays/{}", changed["id"]);
    let same = fixture.admin.patch(&path, json!({"watched_at": "2025-12-24T20:15:42Z"})).await;
    assert_eq!(
        same.good(StatusCode::OK)["id"],
        changed["id"],
        "Trakt stores minutes, so a difference in seconds changes nothing"
    );
    let unknown = fixture.admin.patch(&path, json!({"watched_at": "unknown"})).await.good(StatusCode::OK);
    assert_eq!(unknown.get("watched_at"), None);
}

#[tokio::test]
async fn only_own_plays_can_be_changed_to_plausible_times() {
    let (fixture, id) = with_movie("Metropolis").await;
    let path = format!("/api/plays/{}", mark_watched(&fixture, &id, "2026-01-01T22:30:00Z").await["id"]);
    let stranger = fixture.app.user("robin").await;
    let body = json!({"watched_at": "2025-12-24T20:15:00Z"});
    assert_eq!(stranger.patch(&path, body).await.error(StatusCode::NOT_FOUND), "not_found");
    let tomorrow = (fixture.app.state().now() + TimeDelta::days(1)).to_rfc3339();
    for time in ["yesterday", "1800-01-01T00:00:00Z", &tomorrow] {
        let response = fixture.admin.patch(&path, json!({"watched_at": time})).await;
        assert_eq!(response.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{time}");
    }
    assert_eq!(timeline(&fixture, "").await[0]["date"], "2026-01-01");
}

#[tokio::test]
async fn the_timeline_can_be_filtered_by_title() {
    let fixture = Fixture::shows(&["Planets/Planets S01E01.mkv", "Café Noir/Café Noir S01E01.mkv"]).await;
    for name in ["Planets", "Café Noir"] {
        let id = fixture.title("show", name).await["id"].clone();
        mark_watched(&fixture, &id, "2026-01-01T22:30:00Z").await;
    }
    let shows = async |query: &str| -> Vec<String> {
        let days = timeline(&fixture, query).await;
        let plays = days.iter().flat_map(|day| day["plays"].as_array().unwrap());
        plays.map(|play| play["title"]["show_name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(shows("q=cafe").await, ["Café Noir"]);
    assert_eq!(shows("q=NOIR%20caf").await, ["Café Noir"]);
    assert_eq!(shows("q=a").await.len(), 2);
    assert_eq!(shows("q=%20").await.len(), 2);
    assert_eq!(shows("q=cafe%20planets").await, [] as [&str; 0]);
}

#[tokio::test]
async fn the_timeline_is_exported_as_csv_and_json() {
    let fixture = Fixture::movies(&["=1+2, \"three\" (1927).mkv", "Metropolis (1927).mkv"]).await;
    let formula = fixture.title("movie", "=1+2, \"three\"").await;
    let plain = fixture.title("movie", "Metropolis").await;
    mark_watched(&fixture, &formula["id"], "2026-01-01T22:30:00Z").await;
    mark_watched(&fixture, &plain["id"], "unknown").await;
    let stranger = fixture.app.user("robin").await;

    let csv = fixture.admin.get("/api/timeline/export?format=csv").await;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = csv.header("content-disposition").unwrap();
    assert!(name.starts_with("attachment; filename=\"kinometa-") && name.ends_with(".csv\""), "{name}");
    let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "watched_at,type,title,year,show,season,episode,runtime_minutes,source,private,trakt_history_id,trakt_id,\
         imdb_id,tmdb_id,tvdb_id,show_trakt_id"
    );
    assert!(
        lines[1].starts_with("2026-01-01T22:30:00Z,movie,\"'=1+2, \"\"three\"\"\",1927,,,,"),
        "a spreadsheet must not evaluate the title as a formula: {text}"
    );
    assert!(lines[2].starts_with(",movie,Metropolis,1927,"), "{text}");
    assert_eq!(lines[3..], [""]);

    let json = fixture.admin.get("/api/timeline/export?format=json").await.good(StatusCode::OK);
    let titles: Vec<_> = json.as_array().unwrap().iter().map(|play| play["title"].clone()).collect();
    assert_eq!(titles, ["=1+2, \"three\"", "Metropolis"]);
    assert_eq!(
        (&json[0]["type"], &json[0]["source"], &json[1]["watched_at"]),
        (&json!("movie"), &json!("manual"), &Value::Null)
    );

    let empty = stranger.get("/api/timeline/export?format=json").await.good(StatusCode::OK);
    assert_eq!(empty, json!([]), "only the user's own plays are exported");
    let wrong = fixture.admin.get("/api/timeline/export?format=xml").await;
    assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
}

#[tokio::test]
async fn a_long_timeline_is_exported_completely() {
    let (fixture, id) = with_movie("Metropolis").await;
    let play = mark_watched(&fixture, &id, "2026-01-01T22:30:00Z").await;
    let db = fixture.app.state().db();
    let row = db::plays::find(db, db::ids::PlayId(play["id"].as_i64().unwrap())).await.unwrap().unwrap();
    let copies = (1..2_500).map(|minute| {
        let at = row.watched_at.map(|at| (at.0 + TimeDelta::minutes(minute)).into());
        db::rows::Play { id: db::ids::PlayId::NEW, watched_at: at, ..row.clone() }
    });
    let tx = db.begin().await.unwrap();
    db::timeline::insert_plays(&tx, copies.collect()).await.unwrap();
    tx.commit().await.unwrap();
    let json = fixture.admin.get("/api/timeline/export?format=json").await.good(StatusCode::OK);
    let mut times: Vec<_> =
        json.as_array().unwrap().iter().map(|play| play["watched_at"].to_string()).collect();
    times.dedup();
    assert_eq!(times.len(), 2_500);
    let csv = fixture.admin.get("/api/timeline/export?format=csv").await;
    assert_eq!(csv.bytes.split(|byte| *byte == b'\n').count(), 2_502);
}

#[tokio::test]
async fn a_runtime_added_later_is_counted_in_statistics() {
    let (fixture, id) = with_movie("Metropolis").await;
    mark_watched(&fixture, &id, "2026-03-02T10:00:00Z").await;
    let minutes = async || {
        let all = fixture.admin.get("/api/statistics").await.good(StatusCode::OK);
        (all["total"]["minutes"].clone(), all["years"][0]["minutes"].clone())
    };
    let state = fixture.app.state();
    for runtime in [153, 149] {
        let title = db::titles::find(state.db(), TitleId(id.as_i64().unwrap())).await.unwrap().unwrap();
        let tx = state.db().begin().await.unwrap();
        db::titles::update(&tx, Title { runtime_minutes: Some(runtime), ..title }).await.unwrap();
        tx.commit().await.unwrap();
        state.catalogue().library_changed();
        state.catalogue().refreshed().await;
        assert_eq!(minutes().await, (json!(runtime), json!(runtime)));
    }
}

#[tokio::test]
async fn statistics_count_plays_by_local_time() {
    let (fixture, id) = with_movie("Metropolis").await;
    // In Tokyo, the first play is on New Year's Day, a Thursday.
    for time in ["2025-12-31T22:30:00Z", "2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z", "unknown"] {
        mark_watched(&fixture, &id, time).await;
    }
    let statistics = async |query: &str| {
        fixture.admin.get(&format!("/api/statistics?tz=Asia/Tokyo{query}")).await.good(StatusCode::OK)
    };
    let all = statistics("").await;
    assert_eq!(
        (&all["total"]["plays"], &all["undated"], &all["movie_count"]),
        (&json!(4), &json!(1), &json!(1))
    );
    assert_eq!(all["years"].as_array().unwrap().len(), 1);
    assert_eq!((all["months"].as_array().unwrap().len(), all["weeks"].as_array().unwrap().len()), (24, 53));
    assert_eq!(all["decades"][0]["name"], "1920");
    let year = statistics("&year=2026").await;
    assert_eq!((&year["total"]["plays"], &year["undated"]), (&json!(3), &json!(0)));
    let months: Vec<_> =
        year["months"].as_array().unwrap().iter().map(|month| month["plays"].as_i64()).collect();
    assert_eq!(months[..4], [Some(1), Some(0), Some(2), Some(0)]);
    assert_eq!(year["longest_streak"], json!({"from": "2026-03-02", "to": "2026-03-03", "days": 2}));
    assert!(year["hours"].as_array().unwrap().iter().any(|hour| hour["weekday"] == 3 && hour["hour"] == 7));
    assert_eq!(
        (&year["top_movies"][0]["title"]["name"], &year["top_movies"][0]["plays"]),
        (&json!("Metropolis"), &json!(3))
    );
    assert_eq!(statistics("&year=2025").await["total"]["plays"], 0);

    // A cached result is not used any more once plays have changed.
    mark_watched(&fixture, &id, "2026-03-04T10:00:00Z").await;
    assert_eq!(statistics("&year=2026").await["total"]["plays"], 4);
    let stranger = fixture.app.user("robin").await;
    let none = stranger.get("/api/statistics").await.good(StatusCode::OK);
    assert_eq!((&none["total"]["plays"], &none["years"]), (&json!(0), &json!([])));
    for query in ["year=12", "year=x", "tz=Nowhere/Town"] {
        let wrong = fixture.admin.get(&format!("/api/statistics?{query}")).await;
        assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{query}");
    }
}
