//! What an import would do to ratings, the watchlist or dropped shows. It decides with the same `merge` as the import.

use std::collections::HashSet;

use db::{ids::TitleId, sync_shadows::Of};
use trakt::Client;

use super::{apply::State, by_title, merge::Verdict, read::Full};
use crate::{
    Result,
    account::to_trakt,
    core::Core,
    order::to_read_in,
    policy::Policy,
    preference::Preference,
    pull::{
        remote::{RemoteItem, TitleKey},
        titles,
    },
    push::is_identified,
};

/// What an import would do to a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Items on Trakt.
    pub there: usize,
    /// Items that would be added or changed here.
    pub add: usize,
    /// Items that would be added, changed or removed on Trakt.
    pub push: usize,
}

/// Compares both sides as an import would, without changing anything.
pub(in crate::pull) async fn forecast(
    core: &Core,
    client: &Client,
    of: &Of,
    preference: Preference,
) -> Result<Forecast> {
    let (db, now) = (&core.db, core.clock.now());
    let policy = Policy::of(db, of.user_id).await?;
    let values = Full::read(client, preference, &to_read_in(None)).await?.values(preference, now);
    let mut forecast = Forecast { there: values.len(), ..Forecast::default() };
    if !policy.is_on(of.category) {
        return Ok(forecast);
    }
    let items: Vec<&RemoteItem> = values.iter().map(|value| &value.item).collect();
    let rows = titles::known(db, &items).await?;
    let unknown: HashSet<TitleKey> =
        items.iter().map(|item| item.key()).filter(|key| !rows.contains_key(key)).collect();
    forecast.add = unknown.len();
    let there = by_title(&values, &rows);
    let mut state = State::read(db, of, None, now, |at| to_trakt(client, at)).await?;
    state.forget_differing();
    let mut pushed: Vec<TitleId> = Vec::new();
    for title_id in state.titles(&there) {
        match state.decide(title_id, &there) {
            Verdict::Push(_) => pushed.push(title_id),
            Verdict::Take(Some(_)) => forecast.add += 1,
            Verdict::Take(None) | Verdict::Agree(_) | Verdict::Keep | Verdict::Later => {}
        }
    }
    let excluded = policy.excluded(db, &pushed).await?;
    for title_id in pushed.into_iter().filter(|id| !excluded.contains(id)) {
        // Titles that cannot be identified on Trakt cannot be sent.
        forecast.push += usize::from(is_identified(db, title_id).await?);
    }
    Ok(forecast)
}
