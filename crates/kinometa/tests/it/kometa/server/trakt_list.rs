//! A list on Trakt that follows a collection, and what of it waits for a person.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{MINE, Served};

impl Served {
    /// Mine holds two movies, and is followed by the list `copy` on Trakt with fifteen.
    async fn following(&self) -> i64 {
        self.make_list(&[0, 2]);
        self.at_trakt("/users/me/lists", json!({"name": "copy", "privacy": "public"}));
        let catalogue = self.app.simulator().catalogue();
        let id = |at: usize| json!({"ids": {"trakt": catalogue.movies()[at].facts.ids.trakt}});
        let movies: Vec<_> = (0..30).step_by(2).map(id).collect();
        self.at_trakt("/users/me/lists/copy/items", json!({ "movies": movies }));
        let text = format!("{MINE}    sync_to_trakt_list: copy\n");
        std::fs::write(self.folder.path().join("movies.yml"), text).unwrap();
        self.register().await
    }

    /// How many titles are on the list at Trakt.
    fn on_copy(&self) -> usize {
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
async fn a_large_removal_from_a_list_on_trakt_waits_and_is_made_when_confirmed() {
    let served = Served::start().await;
    let config = served.following().await;
    let run = served.run(config).await;
    assert_eq!(run["results"][0]["status"], "Created", "the collection itself is built");
    let plan = served.plan().await;
    assert_eq!(
        (&plan["trakt_list"], &plan["removed"], &plan["kept"], plan["titles"].as_array().unwrap().len()),
        (&json!("copy"), &json!(13), &json!(2), 0),
        "{plan}"
    );
    assert_eq!(plan["entries"][0]["title"].as_str().unwrap(), served.names(&[4])[0]);
    assert_eq!(served.on_copy(), 15);

    let confirm = format!("/api/collections/plans/{}/confirm", plan["id"]);
    served.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    served.over().await;
    assert_eq!(served.on_copy(), 2);
    assert_eq!(served.get("/api/collections/plans").await, json!([]));
}

#[tokio::test]
async fn what_a_person_keeps_on_a_list_on_trakt_is_not_asked_about_again() {
    let served = Served::start().await;
    let config = served.following().await;
    served.run(config).await;
    let id = served.plan().await["id"].clone();
    let kept = served.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    served.run(config).await;
    let plan = served.plan().await;
    assert_eq!((&plan["id"], &plan["state"], served.on_copy()), (&id, &json!("kept"), 15));
    // Another title would go than those that the person has seen.
    served.put("/remove", &[2]);
    served.run(config).await;
    let plan = served.plan().await;
    assert_eq!((&plan["state"], &plan["removed"]), (&json!("waiting"), &json!(14)));
}
