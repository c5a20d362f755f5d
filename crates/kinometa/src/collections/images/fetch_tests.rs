use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use rstest::rstest;

use super::*;

fn to(address: String) -> impl IntoResponse {
    (StatusCode::FOUND, [(header::LOCATION, address)])
}

/// Starts a server on a private address and returns its base URL.
async fn server() -> String {
    let router = Router::new()
        .route("/poster", get(|| async { "a picture" }))
        .route("/large", get(|| async { vec![0_u8; MAX_BYTES + 1] }))
        .route("/moved", get(|| async { to("/poster".into()) }))
        .route("/round", get(|| async { to("/round".into()) }))
        .route("/router", get(|| async { to("http://192.168.1.1/admin".into()) }))
        .route("/metadata", get(|| async { to("http://169.254.169.254/latest".into()) }))
        .route("/mapped", get(|| async { to("http://[::ffff:10.0.0.1]/".into()) }))
        .route("/named", get(|| async { to("http://localhost:1/".into()) }))
        .route("/file", get(|| async { to("file:///etc/passwd".into()) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[rstest]
#[case::direct("/poster", Ok("a picture"))]
#[case::on_the_same_host("/moved", Ok("a picture"))]
#[case::gone("/gone", Err("responds with status 404"))]
#[case::large("/large", Err("larger than 10 MB"))]
#[case::round("/round", Err("redirects endlessly"))]
#[case::private("/router", Err("not on the public internet"))]
#[case::link_local("/metadata", Err("not on the public internet"))]
#[case::mapped("/mapped", Err("not on the public internet"))]
#[case::by_name("/named", Err("localhost:1 cannot be reached"))]
#[case::another_scheme("/file", Err("responds with status 302"))]
#[tokio::test]
async fn redirects_are_followed_only_to_the_same_host_or_the_public_internet(
    #[case] path: &str,
    #[case] expected: Result<&str, &str>,
) {
    let server = server().await;
    let found = Fetch::new().get(&format!("{server}{path}?token=secret")).await;
    match (found, expected) {
        (Ok(bytes), Ok(text)) => assert_eq!(bytes, text.as_bytes()),
        (Err(error), Err(text)) => {
            let error = error.to_string();
            assert!(error.contains(text) && !error.contains("secret"), "{error}");
        }
        (found, _) => panic!("{path}: {found:?}"),
    }
}

#[rstest]
#[case("poster.jpg")]
#[case("file:///poster.jpg")]
#[case("")]
#[tokio::test]
async fn other_texts_are_rejected(#[case] address: &str) {
    assert_eq!(Fetch::new().get(address).await, Err(FetchError::NotAnAddress));
}

#[rstest]
#[case("8.8.8.8", true)]
#[case("10.1.2.3", false)]
#[case("172.16.0.1", false)]
#[case("192.168.0.1", false)]
#[case("127.0.0.1", false)]
#[case("0.0.0.0", false)]
#[case("100.64.0.1", false)]
#[case("169.254.169.254", false)]
#[case("224.0.0.1", false)]
#[case("2606:4700::1", true)]
#[case("::1", false)]
#[case("fd00::1", false)]
#[case("fe80::1", false)]
#[case("::ffff:192.168.0.1", false)]
fn public_addresses_are_recognised(#[case] address: IpAddr, #[case] public: bool) {
    assert_eq!(is_public(address), public);
}
