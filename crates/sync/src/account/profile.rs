//! A user's profile on Trakt: name, picture, limits. Read when an account is connected, and again later if that failed.

use chrono::{DateTime, Utc};
use clock::Deadline;
use db::{
    Millis, Tx,
    ids::UserId,
    kinds::SyncCategory,
    outbox, preferences, recommendations,
    rows::TraktAccount,
    sync_cursors, sync_shadows,
    trakt_accounts::{self, Profile},
    trakt_plays,
};
use serde_json::json;
use trakt::models::{AccountLimits, Settings};

use super::{Account, backoff, requests};
use crate::{Result, events::SyncEvent, outbox::enqueue_tombstones, status::Failure};

impl Account {
    /// Reads the account's profile from Trakt and stores it. Messages for another account are set aside at the same
    /// time.
    pub(crate) async fn read_profile(&self) -> Result<Result<(), trakt::Error>> {
        let profile = match self.client.users().settings().await {
            Ok(settings) => of(settings),
            Err(error) => return Ok(Err(error)),
        };
        let (user_id, now) = (self.user_id, Millis::from(self.clock.now()));
        let tx = self.db.begin().await?;
        let Some(stored) = trakt_accounts::find(&tx, user_id).await? else { return Ok(Ok(())) };
        if let Some(before) = account_before(&stored).filter(|slug| *slug != profile.slug) {
            let why =
                Failure::OtherAccount { before: before.to_owned(), now: profile.username.clone() }.stored();
            outbox::set_aside(&tx, user_id, &why, now).await?;
            trakt_plays::relink(&tx, user_id, &profile.slug).await?;
            forget_watchlist(&tx, user_id).await?;
            requests::forget(&tx, user_id).await?;
            recommendations::clear(&tx, user_id).await?;
        }
        let slug = profile.slug.clone();
        trakt_accounts::set_profile(&tx, user_id, profile, now).await?;
        enqueue_tombstones(&tx, user_id, &slug, now).await?;
        sync_cursors::read_again(&tx, user_id, &slug, now).await?;
        tx.commit().await?;
        self.events.send(SyncEvent::Account { user_id });
        Ok(Ok(()))
    }

    /// Reads the profile if Trakt did not respond while the account was being connected. Returns until when the
    /// account must wait for its profile; `None` if it can continue, because no waiting message can be meant
    /// for another account.
    pub(crate) async fn ensure_profile(&self, stored: &TraktAccount) -> Result<Option<DateTime<Utc>>> {
        if !is_missing(stored) {
            return Ok(None);
        }
        let mut throttle = self.profile.lock().await;
        throttle.follow(&self.resets);
        let left = throttle.not_before.map(|moment| moment.left(&*self.clock));
        let mut wait = left.filter(|left| !left.is_zero());
        if wait.is_none() {
            match self.read_profile().await? {
                Ok(()) => (throttle.failures, throttle.not_before) = (0, None),
                Err(error) => {
                    tracing::debug!(user_id = self.user_id.0, %error, "the Trakt profile could not be read");
                    throttle.failures += 1;
                    let again = backoff::after(throttle.failures).to_std().unwrap_or_default();
                    throttle.not_before = Some(Deadline::after(&*self.clock, again));
                    wait = Some(again);
                }
            }
        }
        let unsure = account_before(stored).is_some();
        Ok(wait.filter(|_| unsure).map(|wait| clock::after(self.clock.now(), wait)))
    }
}

/// Forgets the watchlist, which belongs to the Trakt account that is disconnected or replaced. Its items come
/// back when that account is connected again.
pub(crate) async fn forget_watchlist(tx: &Tx, user_id: UserId) -> Result<()> {
    preferences::clear(tx, user_id, SyncCategory::Watchlist).await?;
    sync_shadows::forget_here(tx, user_id, SyncCategory::Watchlist).await?;
    Ok(())
}

/// Whether the account's profile is unknown.
fn is_missing(account: &TraktAccount) -> bool {
    account.username.as_deref().is_none_or(str::is_empty)
}

/// The slug of the account that waiting messages are meant for: the connected account, or the one connected
/// before it.
fn account_before(account: &TraktAccount) -> Option<&str> {
    account.slug.as_deref().filter(|slug| !slug.is_empty())
}

/// The slug of the connected account; `None` until its profile is known.
pub(crate) fn slug(account: &TraktAccount) -> Option<&str> {
    account_before(account).filter(|_| !is_missing(account))
}

/// What is known without a response: the previous account, so that messages for it are not sent to another.
pub(crate) fn unknown(before: Option<&TraktAccount>) -> Profile {
    Profile {
        username: String::new(),
        slug: before.and_then(account_before).unwrap_or_default().to_owned(),
        name: None,
        avatar_url: None,
        is_vip: false,
        limits: json!({}),
    }
}

/// The stored parts of `/users/settings`.
fn of(settings: Settings) -> Profile {
    let user = settings.user;
    let avatar = user.images.and_then(|images| images.avatar).and_then(|avatar| avatar.full);
    Profile {
        slug: user.ids.slug.unwrap_or_else(|| user.username.clone()),
        username: user.username,
        name: user.name.filter(|name| !name.is_empty()),
        avatar_url: avatar.and_then(|url| url.absolute()).map(String::from),
        is_vip: user.vip,
        limits: settings.limits.map_or(json!({}), limits),
    }
}

fn limits(limits: AccountLimits) -> db::Json {
    json!({
        "list": { "count": limits.list.count, "item_count": limits.list.item_count },
        "watchlist": { "item_count": limits.watchlist.item_count },
        "favorites": { "item_count": limits.favorites.item_count },
    })
}
