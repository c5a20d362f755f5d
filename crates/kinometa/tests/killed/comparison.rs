//! Compares the plays and ratings of both sides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use db::ids::TitleId;
use db::kinds::{SyncCategory, TitleKind};
use db::rows::Play;
use db::timeline::{self, TimelineCursor};
use serde_json::Value;

use crate::fixture::Fixture;

/// Identifies a play: its title's ID on Trakt and its minute.
pub(crate) type Identity = (i64, DateTime<Utc>);

/// The plays that both sides must have in the end, and those that they may have, because the server was
/// killed during the request.
pub(crate) struct Expected {
    must: BTreeSet<Identity>,
    may: BTreeSet<Identity>,
}

impl Expected {
    pub(crate) fn of(plays: Vec<Identity>) -> Self {
        Self { must: plays.into_iter().collect(), may: BTreeSet::new() }
    }

    pub(crate) fn must_exist(&mut self, play: Identity) {
        self.must.insert(play);
    }

    pub(crate) fn may_exist(&mut self, play: Identity) {
        self.may.insert(play);
    }

    pub(crate) fn remove(&mut self, play: &Identity) {
        self.must.remove(play);
        self.may.remove(play);
    }
}

/// Returns all plays here.
pub(crate) async fn plays(fixture: &Fixture) -> Vec<Play> {
    let user_id = fixture.user_id().await;
    let mut all: Vec<Play> = Vec::new();
    loop {
        let after = all.last().map(|play| TimelineCursor { watched_at: play.watched_at, id: play.id });
        let page = timeline::page(&*fixture.db, user_id, after, 500).await.expect("plays can be read");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

pub(crate) async fn identity(fixture: &Fixture, play: &Play) -> Identity {
    let title = db::titles::find(&*fixture.db, play.title_id)
        .await
        .expect("titles can be read")
        .expect("the title exists");
    (title.trakt_id.unwrap_or_default(), minute_of(play))
}

/// Returns all plays on Trakt.
pub(crate) fn plays_on_trakt(fixture: &Fixture) -> Vec<Identity> {
    let play = |item: &Value| {
        let kind = item["type"].as_str().unwrap_or_default();
        let at: DateTime<Utc> =
            item["watched_at"].as_str().and_then(|at| at.parse().ok()).expect("the play has a time");
        (item[kind]["ids"]["trakt"].as_i64().unwrap_or_default(), to_the_minute(at))
    };
    history(fixture).iter().map(play).collect()
}

pub(crate) fn history_ids(fixture: &Fixture) -> BTreeSet<i64> {
    history(fixture).iter().filter_map(|item| item["id"].as_i64()).collect()
}

fn history(fixture: &Fixture) -> Vec<Value> {
    let page = |page: u32| {
        let items = fixture.act("GET", &format!("/sync/history?page={page}&limit=250"), None);
        items.as_array().cloned().unwrap_or_default()
    };
    (1..).map(page).take_while(|items| !items.is_empty()).flatten().collect()
}

pub(crate) fn to_the_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp() - at.timestamp().rem_euclid(60), 0).unwrap_or_default()
}

fn minute_of(play: &Play) -> DateTime<Utc> {
    play.watched_at.map(|at| to_the_minute(at.0)).unwrap_or_default()
}

/// Returns how many plays both sides have; an error describes how they differ.
pub(crate) async fn compare(fixture: &Fixture, expected: &Expected) -> Result<usize, String> {
    let queue =
        db::outbox::queue(&*fixture.db, fixture.user_id().await, 0, 10).await.expect("the queue can be read");
    if !queue.is_empty() {
        return Err(format!("messages are waiting: {queue:?}"));
    }
    let there = plays_on_trakt(fixture);
    let all: BTreeSet<Identity> = there.iter().copied().collect();
    if all.len() != there.len() {
        return Err(format!("duplicates on Trakt: {} plays, {} distinct ones", there.len(), all.len()));
    }
    let lost: Vec<&Identity> = expected.must.difference(&all).collect();
    let unexpected: Vec<&Identity> =
        all.iter().filter(|play| !expected.must.contains(*play) && !expected.may.contains(*play)).collect();
    if !lost.is_empty() || !unexpected.is_empty() {
        return Err(format!("missing on Trakt: {lost:?}; unexpected on Trakt: {unexpected:?}"));
    }
    let plays = plays(fixture).await;
    let trakt_ids_by_title = trakt_ids(fixture, &plays).await;
    let mut here: Vec<(i64, DateTime<Utc>)> = plays
        .iter()
        .map(|play| (trakt_ids_by_title.get(&play.title_id).copied().unwrap_or_default(), minute_of(play)))
        .collect();
    here.sort_unstable();
    let mut there = there;
    there.sort_unstable();
    if here != there {
        let (here, there): (BTreeSet<_>, BTreeSet<_>) =
            (here.into_iter().collect(), there.into_iter().collect());
        let (only_here, only_there): (Vec<_>, Vec<_>) =
            (here.difference(&there).collect(), there.difference(&here).collect());
        return Err(format!(
            "only here: {only_here:?}; only on Trakt: {only_there:?}; if both are empty, there are duplicates here"
        ));
    }
    same_ratings(fixture).await?;
    Ok(plays.len())
}

async fn same_ratings(fixture: &Fixture) -> Result<(), String> {
    let ratings = fixture.act("GET", "/sync/ratings/movies", None);
    let there: BTreeMap<i64, i64> = ratings
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| Some((item["movie"]["ids"]["trakt"].as_i64()?, item["rating"].as_i64()?)))
        .collect();
    let user_id = fixture.user_id().await;
    let rows = db::preferences::of_category(&*fixture.db, user_id, SyncCategory::Ratings)
        .await
        .expect("ratings can be read");
    let mut here = BTreeMap::new();
    for row in rows.iter().filter(|row| row.value.is_some()) {
        let title = db::titles::find(&*fixture.db, row.title_id)
            .await
            .expect("titles can be read")
            .expect("the title exists");
        if title.kind == TitleKind::Movie {
            here.insert(title.trakt_id.unwrap_or_default(), row.value.map(i64::from).unwrap_or_default());
        }
    }
    if here == there { Ok(()) } else { Err(format!("ratings here: {here:?}; on Trakt: {there:?}")) }
}

async fn trakt_ids(fixture: &Fixture, plays: &[Play]) -> BTreeMap<TitleId, i64> {
    let ids: Vec<TitleId> =
        plays.iter().map(|play| play.title_id).collect::<BTreeSet<_>>().into_iter().collect();
    let titles = db::titles::find_many(&*fixture.db, &ids).await.expect("titles can be read");
    titles.into_iter().map(|title| (title.id, title.trakt_id.unwrap_or_default())).collect()
}
