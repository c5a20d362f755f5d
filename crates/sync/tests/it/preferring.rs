//! Ratings, the watchlist and dropped shows, in both directions and with faults.

mod answering;
mod converging;
mod importing;
mod rating;
mod recommending;
mod undoing;
mod watchlist;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use db::{
    ids::TitleId,
    kinds::{SyncCategory, TitleKind},
    preferences,
    rows::Title,
    titles,
};
use serde_json::{Value, json};
use sync::{CategoryStatus, NewPreference, PullState, Pulled};
use trakt_sim::DEMO_USER;

use crate::fixture::Fixture;

/// The value for each title, by its kind and its ID on Trakt.
type Held = BTreeMap<(String, u64), i64>;

/// Connected and imported, with nothing left to do.
async fn followed() -> Fixture {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.wait(20);
    fixture.sweep().await;
    fixture.sim.clear_requests();
    fixture
}

impl Fixture {
    async fn set(&self, title: &Title, new: NewPreference) -> bool {
        self.engine.set_preference(self.user_id, title.id, new).await.unwrap()
    }

    async fn rate(&self, title: &Title, stars: u8) {
        self.set(title, NewPreference::Rating(Some(stars))).await;
    }

    async fn unrate(&self, title: &Title) {
        self.set(title, NewPreference::Rating(None)).await;
    }

    /// An action of the user on another device, directly on Trakt.
    fn act(&self, path: &str, body: &Value) {
        assert!(self.sim.act(DEMO_USER, "POST", path, Some(body)).status < 300, "{path} {body}");
    }

    fn rate_elsewhere(&self, title: &Title, stars: u8, at: DateTime<Utc>) {
        let item = json!({"ids": {"trakt": title.trakt_id}, "rating": stars, "rated_at": at});
        self.act("/sync/ratings", &json!({ plural(title.kind): [item] }));
    }

    fn unrate_elsewhere(&self, title: &Title) {
        self.act("/sync/ratings/remove", &named(&[title]));
    }

    fn list_elsewhere(&self, listed: &[&Title]) {
        self.act("/sync/watchlist", &named(listed));
    }

    fn unlist_elsewhere(&self, listed: &[&Title]) {
        self.act("/sync/watchlist/remove", &named(listed));
    }

    /// The values on Trakt in a category.
    fn there(&self, category: SyncCategory) -> Held {
        let path = match category {
            SyncCategory::Ratings => "/sync/ratings/all",
            SyncCategory::Watchlist => "/sync/watchlist/all?limit=250",
            _ => "/users/hidden/dropped?type=show&limit=250",
        };
        let answer = self.sim.act(DEMO_USER, "GET", path, None);
        let held = |entry: &Value| {
            let kind = entry["type"].as_str().unwrap().to_owned();
            let id = entry[&kind]["ids"]["trakt"].as_u64().unwrap();
            ((kind, id), entry["rating"].as_i64().unwrap_or(1))
        };
        answer.body.as_array().unwrap().iter().map(held).collect()
    }

    /// The values here in a category.
    async fn here(&self, category: SyncCategory) -> Held {
        let mut rows = preferences::of_category(&*self.db, self.user_id, category).await.unwrap();
        rows.retain(|row| row.value.is_some());
        let ids: Vec<TitleId> = rows.iter().map(|row| row.title_id).collect();
        let known = titles::find_many(&*self.db, &ids).await.unwrap();
        let of = |id| known.iter().find(|title| title.id == id).unwrap();
        let held = |row: &db::rows::Preference| {
            let title = of(row.title_id);
            let key = (title.kind.to_string(), title.trakt_id.unwrap().cast_unsigned());
            (key, i64::from(row.value.unwrap()))
        };
        rows.iter().map(held).collect()
    }

    /// Sends and reads until nothing is left to do.
    async fn sync_until_idle(&self) {
        for _ in 0..40 {
            self.drain_patiently().await;
            self.wait(61);
            self.engine.sync_now(self.user_id).await.unwrap();
            if let Pulled::Until(moment) = self.pull().await
                && self.queue().await.is_empty()
                && (moment - self.now()).num_seconds() >= 290
            {
                return;
            }
        }
        panic!("it never becomes idle: {:?}", self.queue().await);
    }

    /// Sends what is due, and reads whenever a message waits for a comparison.
    async fn drain_patiently(&self) {
        for _ in 0..20 {
            match self.drain().await {
                sync::Drained::Until(moment) => {
                    self.wait((moment - self.now()).num_seconds().clamp(1, 600));
                    self.pull().await;
                }
                sync::Drained::Idle | sync::Drained::Stopped => return,
            }
        }
    }

    async fn assert_same_preferences(&self) {
        for category in [SyncCategory::Ratings, SyncCategory::Watchlist, SyncCategory::Dropped] {
            assert_eq!(self.here(category).await, self.there(category), "{category}");
        }
    }

    async fn status_of(&self, category: SyncCategory) -> CategoryStatus {
        let all = self.engine.sync_status(self.user_id).await.unwrap();
        all.into_iter().find(|status| status.category == category).unwrap()
    }

    async fn title(&self, id: TitleId) -> Title {
        titles::find(&*self.db, id).await.unwrap().unwrap()
    }

    async fn show(&self) -> Title {
        self.title(self.episodes[0].show_id.unwrap()).await
    }

    async fn season(&self) -> Title {
        self.title(self.episodes[0].parent_id.unwrap()).await
    }

    /// Gives the season its ID on Trakt, as reading its show does: Trakt's contract accepts ratings of seasons
    /// only by ID.
    async fn identify_season(&self) {
        let season = self.season().await;
        let catalogue = self.sim.catalogue();
        let number = season.season_number.unwrap();
        let known =
            catalogue.shows()[0].seasons.iter().find(|known| i32::from(known.number) == number).unwrap();
        let sql = format!("UPDATE title SET trakt_id = {} WHERE id = {}", known.ids.trakt, season.id);
        self.db.execute(&sql).await.unwrap();
    }
}

fn plural(kind: TitleKind) -> String {
    format!("{kind}s")
}

/// The request body that identifies these titles.
fn named(titles: &[&Title]) -> Value {
    let mut body = serde_json::Map::new();
    for title in titles {
        let list = body.entry(plural(title.kind)).or_insert_with(|| json!([]));
        list.as_array_mut().unwrap().push(json!({"ids": {"trakt": title.trakt_id}}));
    }
    Value::Object(body)
}

#[tokio::test]
async fn following_everything_costs_one_request_every_five_minutes() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.sync_until_idle().await;
    fixture.wait(301);
    fixture.pull().await;
    for _ in 0..3 {
        assert_eq!(fixture.sweep().await, 1);
        assert_eq!(fixture.sim.requests()[0].path, "/sync/last_activities");
    }
}

#[tokio::test]
async fn a_category_that_cannot_be_read_does_not_affect_the_others() {
    let fixture = followed().await;
    let fault = trakt_sim::FaultKind::Refused { status: 404, body: None };
    fixture.sim.add_fault(trakt_sim::Fault::on("/sync/ratings", fault));
    fixture.rate_elsewhere(&fixture.movie, 7, fixture.now());
    fixture.list_elsewhere(&[&fixture.movie]);
    fixture.sweep().await;
    assert_eq!(fixture.here(SyncCategory::Watchlist).await.len(), 1);
    assert_eq!(fixture.here(SyncCategory::Ratings).await.len(), 0);
    fixture.sim.clear_faults();
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn everything_is_compared_once_a_day() {
    let fixture = followed().await;
    fixture.wait(25 * 3_600);
    fixture.sim.clear_requests();
    fixture.pull().await;
    for path in ["/sync/ratings", "/sync/watchlist", "/users/hidden/dropped", "/users/me/watched"] {
        assert!(fixture.calls(path) > 0, "{path}");
    }
}

#[tokio::test]
async fn nothing_is_read_before_the_user_decides_but_choices_are_sent() {
    let fixture = Fixture::connected().await;
    fixture.rate_elsewhere(&fixture.movie, 7, fixture.now());
    assert_eq!(fixture.pull().await, Pulled::Stopped);
    fixture.rate(&fixture.episodes[0], 9).await;
    fixture.drain_all().await;
    assert_eq!(fixture.status_of(SyncCategory::Ratings).await.state, PullState::Undecided);
    assert_eq!(fixture.there(SyncCategory::Ratings).len(), 2);
    assert_eq!(fixture.here(SyncCategory::Ratings).await.len(), 1);
    fixture.import().await;
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn connecting_without_importing_leaves_both_sides_as_they_are() {
    let fixture = Fixture::unconnected().await;
    fixture.rate(&fixture.movie, 3).await;
    fixture.rate(&fixture.episodes[0], 4).await;
    fixture.rate_elsewhere(&fixture.movie, 9, fixture.now());
    let show = fixture.show().await;
    fixture.rate_elsewhere(&show, 10, fixture.now());
    fixture.list_elsewhere(&[&fixture.movie]);
    fixture.wait(60);
    fixture.connect().await;
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    let (here, there) = (fixture.here(SyncCategory::Ratings).await, fixture.there(SyncCategory::Ratings));
    for _ in 0..3 {
        fixture.sync_until_idle().await;
    }
    assert_eq!(fixture.here(SyncCategory::Ratings).await, here);
    assert_eq!(fixture.there(SyncCategory::Ratings), there);
    assert_eq!(fixture.here(SyncCategory::Watchlist).await.len(), 0);
    assert_eq!((here.len(), there.len()), (2, 2));

    // Changes made after the decision are synced.
    fixture.rate(&fixture.episodes[1], 6).await;
    fixture.rate_elsewhere(&show, 5, fixture.now());
    fixture.unrate(&fixture.episodes[0]).await;
    fixture.sync_until_idle().await;
    let (here, there) = (fixture.here(SyncCategory::Ratings).await, fixture.there(SyncCategory::Ratings));
    assert_eq!(here.values().copied().collect::<Vec<_>>(), [6, 3, 5]);
    assert_eq!(there.values().copied().collect::<Vec<_>>(), [6, 9, 5]);

    // An import makes both sides equal.
    fixture.import().await;
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
}
