//! What is sent over the wire, and how unexpected responses are read.

use rstest::rstest;
use trakt::error::Unexpected;
use trakt::models::{
    HiddenSection, HistoryAction, Items, Media, MediaKind, Plain, Scrobble, ScrobbleAction, Status, Stopped,
    Watched,
};
use trakt::{Error, Remedy};

use crate::support::{Canned, TRAKT_HEADERS, at};

async fn answering(body: &str) -> Canned {
    Canned::new(200, TRAKT_HEADERS, body).await
}

#[tokio::test]
async fn every_call_contains_the_headers_that_trakt_requires() {
    let canned = answering("{}").await;
    let _ = canned.client().users().settings().await;
    let request = canned.received()[0].to_lowercase();
    assert!(request.starts_with("get /users/settings http/1.1"));
    for header in [
        "content-type: application/json",
        "user-agent: trakttests/1.0",
        "trakt-api-version: 2",
        "trakt-api-key: the-client-id",
        "authorization: bearer the-access-token",
    ] {
        assert!(request.contains(header), "{header} is missing");
    }
}

#[tokio::test]
async fn a_user_agent_is_required() {
    let result = trakt::Client::builder(trakt::Application::new("key", " ")).build();
    assert!(matches!(result, Err(Error::Setup(_))));
}

#[tokio::test]
async fn null_members_are_never_sent() {
    let canned = answering("{}").await;
    let items = Items::<Watched>::movie(trakt::models::TraktId(1), Watched { watched_at: None });
    let _ = canned.client().sync().add_history(&items).await;
    let request = &canned.received()[0];
    let body = request.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(body, r#"{"movies":[{"ids":{"trakt":1}}]}"#);
}

#[rstest]
#[case::edge_page("<html>cloudflare</html>", Unexpected::Html)]
#[case::empty("", Unexpected::Empty)]
#[tokio::test]
async fn a_success_without_data_is_a_protocol_error(#[case] body: &str, #[case] expected: Unexpected) {
    let canned = answering(body).await;
    let error = canned.client().users().settings().await.unwrap_err();
    assert!(matches!(&error, Error::Protocol { what, .. } if *what == expected), "{error}");
}

/// Dropping a movie returns 204 without a body.
#[tokio::test]
async fn a_write_accepts_a_response_without_a_body() {
    let canned = Canned::new(204, TRAKT_HEADERS, "").await;
    let movie = Items::movie(trakt::models::TraktId(1), Plain {});
    let hidden = canned.client().users().hide(&HiddenSection::Dropped, &movie).await.unwrap();
    assert!(hidden.not_found.is_empty());
}

#[tokio::test]
async fn a_write_that_gets_an_edge_page_has_an_unknown_outcome() {
    let canned = answering("<html>cloudflare</html>").await;
    let items = Items::movie(trakt::models::TraktId(1), Watched::at(at("10:00:00")));
    let error = canned.client().sync().add_history(&items).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::LookUpFirst { .. }), "{error}");
}

#[rstest]
#[case(520)]
#[case(502)]
#[case(503)]
#[tokio::test]
async fn html_and_empty_error_bodies_are_server_errors(#[case] status: u16) {
    for body in ["<html>oops</html>", ""] {
        let canned = Canned::new(status, "", body).await;
        let error = canned.client().users().settings().await.unwrap_err();
        assert!(matches!(error, Error::Server { status: reported, .. } if reported == status), "{error}");
    }
}

#[tokio::test]
async fn one_unreadable_item_is_reported_and_the_others_are_kept() {
    let body = r#"[
        {"id":1,"watched_at":"2026-10-01T10:00:00.000Z","action":"scrobble","type":"movie",
         "movie":{"title":"A","year":2001,"ids":{"trakt":1,"slug":"a","plex":{"guid":"g","slug":"s"}}}},
        {"id":2,"watched_at":"2026-10-01T10:00:00.000Z","action":"scrobble","type":"movie","movie":null},
        {"id":3,"watched_at":"2026-10-01T10:00:00.000Z","action":"teleport","type":"movie","new_field":[1],
         "movie":{"title":null,"year":null,"ids":{"trakt":3,"tmdb":"odd","imdb":null}}},
        {"id":4,"watched_at":"2026-10-01T10:00:00.000Z","action":"watch","type":"hologram","hologram":{}}
    ]"#;
    let headers = format!(
        "{TRAKT_HEADERS}x-pagination-page: 1\r\nx-pagination-page-count: 1\r\nx-pagination-item-count: 4\r\n"
    );
    let canned = Canned::new(200, &headers, body).await;
    let query = trakt::endpoints::HistoryQuery::all();
    let all = canned.client().sync().history(&query).collect_all().await.unwrap().listing;
    assert_eq!(
        (all.len(), all.unreadable.len()),
        (3, 1),
        "an unreadable item counts, so the list is complete"
    );
    assert_eq!((all.unreadable[0].index, all.unreadable[0].raw["id"].as_u64()), (1, Some(2)));
    assert_eq!(all[1].action, HistoryAction::Other("teleport".into()));
    assert_eq!(all[1].media.ids().unwrap().tmdb, None);
    assert_eq!(all[2].media, Media::Other(MediaKind::Other("hologram".into())));
}

#[tokio::test]
async fn a_value_unknown_to_this_version_is_kept() {
    let canned =
        answering(r#"{"title":"A","year":2001,"ids":{"trakt":1},"status":"re-imagined","rating":7}"#).await;
    let movie = canned.client().movies().summary("a").await.unwrap();
    assert_eq!(movie.status, Some(Status::Other("re-imagined".into())));
    assert_eq!(movie.rating, Some(7.0));
}

#[tokio::test]
async fn an_action_unknown_to_this_version_does_not_count() {
    let body = r#"{"id":0,"action":"postpone","progress":90,"movie":{"title":"A","ids":{"trakt":1}}}"#;
    let canned = Canned::new(201, TRAKT_HEADERS, body).await;
    let stopped =
        canned.client().scrobble().stop(&Scrobble::movie(trakt::models::TraktId(1), 90.0)).await.unwrap();
    let Stopped::Paused { id: None, answer } = stopped else { panic!("{stopped:?}") };
    assert_eq!(answer.action, ScrobbleAction::Other("postpone".into()));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_token() {
    let canned = Canned::new(302, "location: http://127.0.0.1:9/steal\r\n", "").await;
    let error = canned.client().users().settings().await.unwrap_err();
    assert!(matches!(error, Error::Protocol { status: 302, what: Unexpected::Status }), "{error}");
}
