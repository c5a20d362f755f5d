//! Lists on Trakt that are synced with a collection, and removals from them that wait for confirmation.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{MINE, ServerFixture};

impl ServerFixture {
    /// Registers a file whose collection "Mine" has two movies and is synced to the list `copy` on Trakt,
    /// which has fifteen.
    async fn register_synced(&self) -> i64 {
        self.make_list(&[0, 2]);
        self.post_on_trakt("/users/me/lists", json!({"name": "copy", "privacy": "public"}));
        let catalogue = self.app.simulator().catalogue();
        let id = |at: usize| json!({"ids": {"trakt": catalogue.movies()[at].facts.ids.trakt}});
        let movies: Vec<_> = (0..30).step_by(2).map(id).collect();
        self.post_on_trakt("/users/me/lists/copy/items", json!({ "movies": movies }));
        let text = format!("{MINE}    sync_to_trakt_list: copy\n");
        std::fs::write(self.folder.path().join("movies.yml"), text).unwrap();
        self.register().await
    }

    /// Returns the number of titles on the list `copy`.
    fn copy_len(&self) -> usize {
        let acted = self.app.simulator().act("anna", "GET", "/users/me/lists/copy/items", None);
        acted.body.as_array().map_or(0, Vec::len)
    }

    async fn plan(&self) -> Value {
        let plans = self.get("/api/collections/plans").await;
        assert_eq!(plans.as_array().map(Vec::len), Some(1), "{plans}");
        plans[0].clone()
    }
}

#[tokio::test]
async fn a_large_removal_from_a_list_on_trakt_waits_until_it_is_confirmed() {
    let fixture = ServerFixture::start().await;
    let config = fixture.register_synced().await;
    let run = fixture.run(config).await;
    assert_eq!(run["results"][0]["status"], "Created", "the collection itself is built");
    let plan = fixture.plan().await;
    assert_eq!(
        (&plan["trakt_list"], &plan["removed"], &plan["kept"], plan["titles"].as_array().unwrap().len()),
        (&json!("copy"), &json!(13), &json!(2), 0),
        "{plan}"
    );
    assert_eq!(plan["entries"][0]["title"].as_str().unwrap(), fixture.names(&[4])[0]);
    assert_eq!(fixture.copy_len(), 15);

    let confirm = format!("/api/collections/plans/{}/confirm", plan["id"]);
    fixture.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    fixture.wait_for_run().await;
    assert_eq!(fixture.copy_len(), 2);
    assert_eq!(fixture.get("/api/collections/plans").await, json!([]));
}

#[tokio::test]
async fn confirmation_is_not_requested_again_for_titles_kept_on_a_list() {
    let fixture = ServerFixture::start().await;
    let config = fixture.register_synced().await;
    fixture.run(config).await;
    let id = fixture.plan().await["id"].clone();
    let kept = fixture.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    fixture.run(config).await;
    let plan = fixture.plan().await;
    assert_eq!((&plan["id"], &plan["state"], fixture.copy_len()), (&id, &json!("kept"), 15));
    // A title that the user has not seen in the plan would also be removed.
    fixture.edit_list("/remove", &[2]);
    fixture.run(config).await;
    let plan = fixture.plan().await;
    assert_eq!((&plan["state"], &plan["removed"]), (&json!("waiting"), &json!(14)));
}
