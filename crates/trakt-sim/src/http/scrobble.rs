//! `/scrobble/*`: start, pause, stop.

use chrono::{DateTime, Duration, Utc};
use hyper::Method;
use serde_json::{Map, Value};

use super::context::{Answer, Context};
use super::contract;
use super::history::add_plays;
use super::refusal::Refusal;
use super::resolve::find;
use crate::catalogue::Catalogue;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Action, Activity, LastScrobble, Resume, Store, Watching, WatchingBy};
use crate::views::ScrobbleView;

/// From this percentage, a stop counts as watched.
const COUNTS_FROM: f64 = 80.0;
/// Below this percentage, a stop is rejected with 422.
const IGNORED_BELOW: f64 = 1.0;

/// The kind of report from a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Start,
    Pause,
    Stop,
}

/// The result of a report.
pub(crate) struct Outcome {
    /// The history ID of a play if one was created, otherwise 0.
    pub id: u64,
    pub action: &'static str,
}

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    let me = context.me()?;
    let what = match path {
        ["start"] => Progress::Start,
        ["pause"] => Progress::Pause,
        ["stop"] => Progress::Stop,
        _ => return Err(Refusal::NotFound),
    };
    if context.request.method != Method::POST {
        return Err(Refusal::MethodNotAllowed);
    }
    let body = context.body()?;
    // Rejected by Trakt since April 2026 (PlexTraktSync issue 2447). Other nulls are accepted: live clients
    // send `app_date: null`.
    if body.get("app_version").is_some_and(Value::is_null) {
        return Err(Refusal::BadRequest("app_version must not be null"));
    }
    context.check_episode_ids(&body)?;
    if context.is_held_to_the_contract() {
        contract::check_scrobble(&body)?;
    }
    let item = item_of(&body, &context.store.catalogue).ok_or(Refusal::NotFound)?;
    let progress =
        body.get("progress").and_then(Value::as_f64).filter(|percent| (0.0..=100.0).contains(percent));
    let progress =
        progress.ok_or_else(|| Refusal::Validation("progress must be between 0 and 100".into()))?;
    let now = context.now;
    let outcome = scrobble(context.store, &me, what, item, progress, now)?;
    let views = context.views();
    let item = views.view().item(item).ok_or(Refusal::NotFound)?;
    Ok(Reply::json(201, &ScrobbleView { id: outcome.id, action: outcome.action, progress, item }))
}

/// Returns the movie or episode of a scrobble or check-in.
pub(super) fn item_of(body: &Value, catalogue: &Catalogue) -> Option<Item> {
    if let Some(movie) = body.get("movie").and_then(Value::as_object) {
        return find(Kind::Movie, movie, catalogue);
    }
    let episode = body.get("episode").and_then(Value::as_object)?;
    let by_ids = || find(Kind::Episode, episode, catalogue);
    match body.get("show").and_then(Value::as_object) {
        Some(show) => episode_of_show(show, episode, catalogue).or_else(by_ids),
        None => by_ids(),
    }
}

fn episode_of_show(
    show: &Map<String, Value>,
    episode: &Map<String, Value>,
    catalogue: &Catalogue,
) -> Option<Item> {
    let Item::Show(number) = find(Kind::Show, show, catalogue)? else { return None };
    let show = catalogue.show(number)?;
    let member = |name: &str| episode.get(name).and_then(Value::as_u64);
    let place = match member("number_abs") {
        Some(absolute) => {
            let wanted = u32::try_from(absolute).ok();
            let found = show
                .episodes()
                .find(|episode| episode.number_abs.is_some() && episode.number_abs == wanted)?;
            (found.season, found.number)
        }
        None => (u16::try_from(member("season")?).ok()?, u16::try_from(member("number")?).ok()?),
    };
    show.episode(place.0, place.1)?;
    Some(Item::Episode { show: number, season: place.0, number: place.1 })
}

/// Returns the minutes of a movie or an episode.
pub(super) fn runtime(item: Item, catalogue: &Catalogue) -> f64 {
    let minutes = match item {
        Item::Movie(movie) => catalogue.movie(movie).map(|movie| movie.facts.runtime),
        other => other.show().and_then(|show| catalogue.show(show)).map(|show| show.facts.runtime),
    };
    f64::from(minutes.unwrap_or(0))
}

/// Applies a player's report, for the API and the control API.
pub(crate) fn scrobble(
    store: &mut Store,
    username: &str,
    what: Progress,
    item: Item,
    progress: f64,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    match what {
        Progress::Start => start(store, username, item, progress, now),
        Progress::Stop if progress < IGNORED_BELOW => {
            Err(Refusal::Validation("progress is less than 1%, the scrobble is ignored".into()))
        }
        Progress::Stop if progress >= COUNTS_FROM => count(store, username, item, now),
        Progress::Pause | Progress::Stop => pause(store, username, item, progress, now),
    }
}

fn start(
    store: &mut Store,
    username: &str,
    item: Item,
    progress: f64,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    let left = runtime(item, &store.catalogue) * (100.0 - progress) / 100.0 * 60.0;
    let user = store.user_mut(username).ok_or(Refusal::NotFound)?;
    user.drop_resume(item, now);
    let expires_at = now + Duration::seconds(left.ceil() as i64);
    user.watching = Some(Watching { item, by: WatchingBy::Scrobble, started_at: now, expires_at });
    Ok(Outcome { id: 0, action: "start" })
}

fn pause(
    store: &mut Store,
    username: &str,
    item: Item,
    progress: f64,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    let id = store.take_ids(1);
    let user = store.user_mut(username).ok_or(Refusal::NotFound)?;
    user.watching = None;
    user.resumes.retain(|resume| resume.item != item);
    user.resumes.push(Resume { id, item, progress, paused_at: now });
    user.activities.moved(Activity::Paused(item.kind()), now);
    Ok(Outcome { id: 0, action: "pause" })
}

fn count(store: &mut Store, username: &str, item: Item, now: DateTime<Utc>) -> Result<Outcome, Refusal> {
    let window = Duration::minutes(store.config.scrobble_window_minutes);
    let user = store.user_mut(username).ok_or(Refusal::NotFound)?;
    if let Some(last) = user.scrobbled.get(&item).filter(|last| last.expires_at > now) {
        return Err(Refusal::AlreadyScrobbled { watched_at: last.watched_at, expires_at: last.expires_at });
    }
    let plays = add_plays(store, username, &[(item, now)], Action::Scrobble, now)?;
    let user = store.user_mut(username).ok_or(Refusal::NotFound)?;
    user.watching = None;
    user.drop_resume(item, now);
    user.scrobbled.insert(item, LastScrobble { watched_at: now, expires_at: now + window });
    Ok(Outcome { id: plays.first().map_or(0, |play| play.id), action: "scrobble" })
}
