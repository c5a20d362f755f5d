//! Tests of the simulator over HTTP.

use plex_sim::{Agent, Fault, FaultKind, Kind, OWNER_TOKEN, READ_ONLY_TOKEN, Sim, SimHandle};
use reqwest::{Method, RequestBuilder};

async fn sim() -> SimHandle {
    Sim::builder().library("Movies", Kind::Movie, Agent::Plex, 30).start().await.expect("a free port")
}

fn request(sim: &SimHandle, method: Method, path: &str) -> RequestBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().tls_certs_only([]).build().expect("a client");
    http.request(method, format!("{}{path}", sim.url()))
}

async fn send(sim: &SimHandle, method: Method, path: &str) -> (u16, String) {
    let response =
        request(sim, method, path).header("X-Plex-Token", OWNER_TOKEN).send().await.expect("a response");
    (response.status().as_u16(), response.text().await.expect("a body"))
}

async fn put(sim: &SimHandle, path: &str) -> u16 {
    send(sim, Method::PUT, path).await.0
}

#[tokio::test]
async fn the_token_determines_the_permissions() {
    let sim = sim().await;
    let status = async |token: &str, method: Method, path: &str| {
        let response =
            request(&sim, method, path).header("X-Plex-Token", token).send().await.expect("a response");
        response.status().as_u16()
    };
    assert_eq!(status("wrong", Method::GET, "/library/sections").await, 401);
    assert_eq!(status("wrong", Method::GET, "/identity").await, 200);
    assert_eq!(status(READ_ONLY_TOKEN, Method::GET, "/library/sections").await, 200);
    assert_eq!(status(READ_ONLY_TOKEN, Method::DELETE, "/library/collections/1").await, 403);
    let in_query = format!("/library/sections?X-Plex-Token={OWNER_TOKEN}");
    assert_eq!(
        status("wrong", Method::GET, &in_query).await,
        401,
        "the header takes precedence over the query"
    );
    assert!(sim.requests().iter().all(|request| !format!("{request:?}").contains(OWNER_TOKEN)));
}

#[tokio::test]
async fn only_the_owner_sees_that_a_library_is_writable() {
    let sim = sim().await;
    for (token, writable) in [(OWNER_TOKEN, true), (READ_ONLY_TOKEN, false)] {
        let response =
            request(&sim, Method::GET, "/library/sections").header("X-Plex-Token", token).send().await;
        let text = response.expect("a response").text().await.expect("a body");
        let directory = text.split("<Directory").nth(1).expect("a library");
        assert_eq!(directory.contains("allowSync=\"1\""), writable, "{directory}");
    }
}

#[tokio::test]
async fn lists_are_paged_by_headers_in_both_formats() {
    let sim = sim().await;
    let page = async |accept: &str, start: usize| {
        request(&sim, Method::GET, "/library/sections/1/all?includeGuids=1&type=1")
            .header("X-Plex-Token", OWNER_TOKEN)
            .header("Accept", accept)
            .header("X-Plex-Container-Start", start)
            .header("X-Plex-Container-Size", 20)
            .send()
            .await
            .expect("a response")
            .text()
            .await
            .expect("a body")
    };
    let xml = page("application/xml", 20).await;
    assert!(xml.contains("size=\"10\" totalSize=\"30\" offset=\"20\""), "{xml}");
    assert_eq!((xml.matches("<Video ").count(), xml.matches("<Guid id=\"tmdb://").count()), (10, 10));
    let json: serde_json::Value = serde_json::from_str(&page("application/json", 0).await).expect("JSON");
    let container = &json["MediaContainer"];
    assert_eq!(
        (&container["totalSize"], container["Metadata"].as_array().map(Vec::len)),
        (&30.into(), Some(20))
    );
}

#[tokio::test]
async fn adding_tags_creates_collections_and_removing_the_last_member_deletes_them() {
    let sim = sim().await;
    let keys: Vec<u64> = sim.titles("Movies").iter().map(|item| item.key).collect();
    let all = "/library/sections/1/all";
    let name = "A%2C%20B";
    let (first, second) = (keys[4], keys[2]);
    assert_eq!(
        put(&sim, &format!("{all}?collection[0].tag.tag={name}&id={first},{second}&type=1")).await,
        200
    );
    assert_eq!(put(&sim, &format!("{all}?collection[0].tag.tag=a,%20b&id={first}&type=1")).await, 200);
    assert_eq!(sim.collections().len(), 2, "names are case-sensitive");
    assert_eq!(put(&sim, &format!("{all}?collection[0].tag.tag={name}&id=99999&type=1")).await, 404);
    let details = send(&sim, Method::GET, &format!("/library/metadata/{first}")).await.1;
    assert_eq!(details.matches("<Collection ").count(), 2, "{details}");
    let remove = format!("{all}?collection[].tag.tag-=A%252C%2520B&id={first},{second}&type=1");
    assert_eq!(put(&sim, &remove).await, 200);
    assert!(sim.collection("A, B").is_none() && sim.collection("a, b").is_some());
}

#[tokio::test]
async fn preferences_moves_and_locks_are_stored() {
    let sim = sim().await;
    let keys: Vec<u64> = sim.titles("Movies").iter().take(3).map(|item| item.key).collect();
    let key = sim.create_collection("Movies", "Top", &keys).expect("created");
    let path = format!("/library/collections/{key}");
    assert_eq!(put(&sim, &format!("{path}/prefs?collectionSort=2&collectionMode=1")).await, 200);
    assert_eq!(put(&sim, &format!("{path}/prefs?collectionSort=7")).await, 400);
    assert_eq!(put(&sim, &format!("{path}/items/{}/move", keys[2])).await, 200);
    assert_eq!(put(&sim, &format!("{path}/items/{}/move?after={}", keys[0], keys[1])).await, 200);
    assert_eq!(sim.members("Top"), [keys[2], keys[1], keys[0]]);
    assert_eq!(put(&sim, &format!("{path}/items/99999/move")).await, 404);
    let edit = format!("/library/sections/1/all?id={key}&type=18&summary.value=x&summary.locked=1");
    assert_eq!(put(&sim, &edit).await, 200);
    let details = send(&sim, Method::GET, &format!("{path}?includePreferences=1")).await.1;
    for part in [
        "summary=\"x\"",
        "<Field locked=\"1\" name=\"summary\"/>",
        "enumValues=\"-1:",
        "collectionSort=\"2\"",
    ] {
        assert!(details.contains(part), "{part}: {details}");
    }
}

#[tokio::test]
async fn faults_and_maintenance_can_be_injected_from_rust_and_over_http() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/library", FaultKind::Status { status: 502 }).after(1).times(1));
    let statuses = async || send(&sim, Method::GET, "/library/sections").await.0;
    assert_eq!([statuses().await, statuses().await, statuses().await], [200, 502, 200]);
    assert_eq!(put(&sim, "/_sim/maintenance/on").await, 204);
    assert_eq!(
        (statuses().await, put(&sim, "/_sim/maintenance/off").await, statuses().await),
        (503, 204, 200)
    );
    let added =
        request(&sim, Method::POST, "/_sim/faults").body(r#"{"kind": "reset_after", "count": 1}"#).send();
    assert_eq!(added.await.expect("a response").status(), 204);
    let cut = request(&sim, Method::GET, "/").header("X-Plex-Token", OWNER_TOKEN).send().await;
    assert!(cut.is_err());
    let counts: serde_json::Value =
        serde_json::from_str(&send(&sim, Method::GET, "/_sim/counts").await.1).expect("JSON");
    assert_eq!(counts["reads"], 6);
}

#[tokio::test]
async fn the_same_seed_generates_the_same_library() {
    let titles = async |seed: u64| {
        let sim = Sim::builder().seed(seed).start().await.expect("a free port");
        serde_json::to_value(sim.titles("Movies")).expect("JSON")
    };
    assert_eq!(titles(3).await, titles(3).await);
    assert_ne!(titles(3).await, titles(4).await);
}

#[tokio::test]
async fn exchanges_are_recorded_without_tokens() {
    let file = std::env::temp_dir().join(format!("plex-sim-record-{}.jsonl", std::process::id()));
    let sim = Sim::builder().record(&file).start().await.expect("a free port");
    let path = format!("/library/sections?X-Plex-Token={OWNER_TOKEN}&a=b");
    assert_eq!(send(&sim, Method::GET, &path).await.0, 200);
    let record = std::fs::read_to_string(&file).expect("a record");
    std::fs::remove_file(&file).expect("removed");
    assert!(record.contains("\"/library/sections\"") && record.contains("[[\"a\",\"b\"]]"), "{record}");
    assert!(!record.contains(OWNER_TOKEN));
}
