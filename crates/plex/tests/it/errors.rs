use std::time::Duration;

use plex::{Client, Error, Remedy};
use plex_sim::{Fault, FaultKind, OWNER_TOKEN, READ_ONLY_TOKEN, SimHandle};

use crate::{client, dry, keys, library, listed, movies};

async fn error_with(sim: &SimHandle, token: &str, name: &str) -> Error {
    let client = Client::builder(sim.url(), token).build().expect("a client");
    client.section(name).await.expect_err("refused")
}

#[tokio::test]
async fn errors_about_tokens_and_names_say_what_to_do() {
    let sim = movies(3).await;
    let wrong = error_with(&sim, "a-secret-that-is-wrong", "Movies").await;
    assert!(
        matches!(wrong, Error::InvalidToken) && !format!("{wrong} {wrong:?}").contains("a-secret"),
        "{wrong}"
    );
    assert!(matches!(error_with(&sim, READ_ONLY_TOKEN, "Movies").await, Error::ReadOnlyToken));
    let typo = error_with(&sim, OWNER_TOKEN, "movie").await;
    assert_eq!(typo.to_string(), "Plex has no library \"movie\"; did you mean \"Movies\"?");
    let other = error_with(&sim, OWNER_TOKEN, "Zzz").await;
    assert_eq!(other.to_string(), "Plex has no library \"Zzz\"; it has \"Movies\"");
    assert_eq!(other.remedy(), Remedy::FixSettings);
}

#[tokio::test]
async fn an_unavailable_server_ends_the_library() {
    let sim = movies(3).await;
    let client = Client::builder(sim.url(), OWNER_TOKEN)
        .timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    sim.maintenance(true);
    assert!(matches!(client.server().await, Err(Error::Maintenance)));
    sim.maintenance(false);
    for (kind, what) in [
        (FaultKind::Status { status: 502 }, "Plex failed (status 502)"),
        (FaultKind::ResetBefore, "cannot be reached"),
        (FaultKind::Truncate, "cannot be reached"),
        (FaultKind::Latency { milliseconds: 5_000 }, "did not answer within 0.3 s"),
    ] {
        sim.add_fault(Fault::on("/", kind).times(1));
        let error = client.server().await.expect_err(what);
        assert!(error.to_string().contains(what) && error.ends_library(), "{error}");
    }
    assert!(client.server().await.is_ok());
    sim.shutdown().await;
    assert!(matches!(client.server().await, Err(Error::Unreachable { .. })));
}

#[tokio::test]
async fn a_503_during_an_update_removes_nothing() {
    let sim = movies(20).await;
    let created = listed("Top", &keys(&sim, &[1, 2, 3]));
    library(&sim).await.apply(&created, &mut plex::target::Memory::transient()).await.expect("created");
    let mut again = library(&sim).await;
    sim.add_fault(Fault::on("/", FaultKind::Status { status: 503 }).method("PUT"));
    let other = listed("Top", &keys(&sim, &[7, 8]));
    let error = again.apply(&other, &mut plex::target::Memory::transient()).await.expect_err("unavailable");
    assert!(matches!(error, Error::Maintenance) && error.ends_library());
    assert_eq!(sim.members("Top").len(), 3);
}

#[tokio::test]
async fn a_deleted_item_affects_only_one_collection() {
    let sim = movies(5).await;
    let mut library = library(&sim).await;
    let wanted = keys(&sim, &[1, 2]);
    sim.remove_item(wanted[0]);
    let error = library
        .apply(&listed("Top", &wanted), &mut plex::target::Memory::transient())
        .await
        .expect_err("one item is deleted");
    assert!(matches!(error, Error::NotFound(_)) && !error.ends_library());
}

#[tokio::test]
async fn a_dry_run_client_rejects_writes() {
    let sim = movies(3).await;
    let client = dry(&sim);
    let section = client.section("Movies").await.expect("a library");
    let refused = client.add_to_collection(&section, plex::models::Kind::Movie, "Top", &[1]).await;
    assert!(matches!(refused, Err(Error::DryRun)));
    assert_eq!(sim.counts().writes(), 0);
}

#[tokio::test]
async fn web_pages_and_redirects_are_errors() {
    let sim = movies(3).await;
    sim.add_fault(Fault::on("/", FaultKind::Status { status: 200 }).times(1));
    assert!(matches!(client(&sim).server().await, Err(Error::Protocol { .. })));
    sim.add_fault(Fault::on("/", FaultKind::Status { status: 302 }).times(1));
    assert!(matches!(client(&sim).server().await, Err(Error::Redirected { .. })));
}

#[test]
fn invalid_addresses_and_tokens_are_rejected_when_building_the_client() {
    for (url, token) in [
        ("", "token"),
        ("192.168.1.5:32400", "token"),
        ("ftp://plex", "token"),
        ("http://name:password@plex", "token"),
        ("http://plex", " "),
        ("http://plex", "line\nbreak"),
    ] {
        let refused = Client::builder(url, token).build().expect_err(url);
        assert!(matches!(refused, Error::Setup(_)) && !refused.to_string().contains("password"), "{refused}");
    }
    let client = Client::builder("http://plex:32400/", "a-secret").build().expect("a client");
    assert!(!format!("{client:?}").contains("a-secret"));
}
