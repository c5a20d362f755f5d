//! Ratings, the watchlist and dropped shows: both ways, whatever breaks.

mod answering;
mod converging;
mod importing;
mod rating;
mod recommending;
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

use crate::world::World;

/// What is thought of each title, by its kind and its id at Trakt.
type Held = BTreeMap<(String, u64), i64>;

/// Connected, imported, and nothing left to do.
async fn followed() -> World {
    let world = World::connected().await;
    world.import().await;
    world.wait(20);
    world.sweep().await;
    world.sim.clear_requests();
    world
}

impl World {
    async fn set(&self, title: &Title, new: NewPreference) -> bool {
        self.engine.set_preference(self.user_id, title.id, new).await.unwrap()
    }

    async fn rate(&self, title: &Title, stars: u8) {
        self.set(title, NewPreference::Rating(Some(stars))).await;
    }

    async fn unrate(&self, title: &Title) {
        self.set(title, NewPreference::Rating(None)).await;
    }

    /// Done by the person on another device, straight at Trakt.
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

    /// What Trakt holds in a category.
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

    /// What is held here in a category.
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
    async fn come_to_rest(&self) {
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
        panic!("it never comes to rest: {:?}", self.queue().await);
    }

    /// Sends what is due now, reading whenever something waits for that.
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

    /// Gives the season its id on Trakt, as looking up its show does: the contract takes ratings of seasons by that alone.
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

/// Titles as a write names them.
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
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.come_to_rest().await;
    world.wait(301);
    world.pull().await;
    for _ in 0..3 {
        assert_eq!(world.sweep().await, 1);
        assert_eq!(world.sim.requests()[0].path, "/sync/last_activities");
    }
}

#[tokio::test]
async fn a_category_that_cannot_be_read_leaves_the_others_alone() {
    let world = followed().await;
    let fault = trakt_sim::FaultKind::Refused { status: 404, body: None };
    world.sim.add_fault(trakt_sim::Fault::on("/sync/ratings", fault));
    world.rate_elsewhere(&world.movie, 7, world.now());
    world.list_elsewhere(&[&world.movie]);
    world.sweep().await;
    assert_eq!(world.here(SyncCategory::Watchlist).await.len(), 1);
    assert_eq!(world.here(SyncCategory::Ratings).await.len(), 0);
    world.sim.clear_faults();
    world.come_to_rest().await;
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn everything_is_compared_once_a_day() {
    let world = followed().await;
    world.wait(25 * 3_600);
    world.sim.clear_requests();
    world.pull().await;
    for path in ["/sync/ratings", "/sync/watchlist", "/users/hidden/dropped", "/users/me/watched"] {
        assert!(world.calls(path) > 0, "{path}");
    }
}

#[tokio::test]
async fn nothing_is_followed_before_the_person_has_decided_but_choices_are_sent() {
    let world = World::connected().await;
    world.rate_elsewhere(&world.movie, 7, world.now());
    assert_eq!(world.pull().await, Pulled::Stopped);
    world.rate(&world.episodes[0], 9).await;
    world.drain_all().await;
    assert_eq!(world.status_of(SyncCategory::Ratings).await.state, PullState::Undecided);
    assert_eq!(world.there(SyncCategory::Ratings).len(), 2);
    assert_eq!(world.here(SyncCategory::Ratings).await.len(), 1);
    world.import().await;
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn connecting_without_importing_leaves_both_sides_as_they_are() {
    let world = World::unconnected().await;
    world.rate(&world.movie, 3).await;
    world.rate(&world.episodes[0], 4).await;
    world.rate_elsewhere(&world.movie, 9, world.now());
    let show = world.show().await;
    world.rate_elsewhere(&show, 10, world.now());
    world.list_elsewhere(&[&world.movie]);
    world.wait(60);
    world.connect().await;
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    let (here, there) = (world.here(SyncCategory::Ratings).await, world.there(SyncCategory::Ratings));
    for _ in 0..3 {
        world.come_to_rest().await;
    }
    assert_eq!(world.here(SyncCategory::Ratings).await, here);
    assert_eq!(world.there(SyncCategory::Ratings), there);
    assert_eq!(world.here(SyncCategory::Watchlist).await.len(), 0);
    assert_eq!((here.len(), there.len()), (2, 2));

    // What changes afterwards flows.
    world.rate(&world.episodes[1], 6).await;
    world.rate_elsewhere(&show, 5, world.now());
    world.unrate(&world.episodes[0]).await;
    world.come_to_rest().await;
    let (here, there) = (world.here(SyncCategory::Ratings).await, world.there(SyncCategory::Ratings));
    assert_eq!(here.values().copied().collect::<Vec<_>>(), [6, 3, 5]);
    assert_eq!(there.values().copied().collect::<Vec<_>>(), [6, 9, 5]);

    // And an import brings all of it together.
    world.import().await;
    world.come_to_rest().await;
    world.assert_same_preferences().await;
}
