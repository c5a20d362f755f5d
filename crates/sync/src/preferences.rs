//! Changing preferences: ratings, the watchlist, dropped shows, hidden recommendations.

use std::collections::BTreeSet;

use db::{ids::TitleId, ids::UserId, trakt_accounts};

use crate::{
    Engine, Error, Result, SyncEvent,
    outbox::{
        Link,
        preferences::{ChoiceOutcome, Chosen, PreferenceOwner, choose},
    },
    preference::{Preference, SET},
};

/// A new value of a preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPreference {
    /// A rating from 1 to 10; `None` removes it.
    Rating(Option<u8>),
    /// Whether the title is on the watchlist of the user's Trakt account.
    Watchlist(bool),
    /// Whether the user has dropped the show.
    Dropped(bool),
    /// Whether the movie or show is hidden from recommendations.
    NotInterested(bool),
}

impl NewPreference {
    /// The preference that is set.
    pub const fn preference(self) -> Preference {
        match self {
            Self::Rating(_) => Preference::Rating,
            Self::Watchlist(_) => Preference::Watchlist,
            Self::Dropped(_) => Preference::Dropped,
            Self::NotInterested(_) => Preference::NotInterested,
        }
    }

    fn value(self) -> Option<i32> {
        match self {
            Self::Rating(stars) => stars.map(i32::from),
            Self::Watchlist(is_on) => is_on.then_some(SET),
            Self::Dropped(is_dropped) => is_dropped.then_some(SET),
            Self::NotInterested(is_hidden) => is_hidden.then_some(SET),
        }
    }
}

impl Engine {
    /// Sets a preference for a title: see [`set_preferences`](Self::set_preferences). Returns whether it changed.
    ///
    /// # Errors
    /// The same as for [`set_preferences`](Self::set_preferences).
    pub async fn set_preference(
        &self,
        user_id: UserId,
        title_id: TitleId,
        new: NewPreference,
    ) -> Result<bool> {
        Ok(!self.set_preferences(user_id, &[title_id], new).await?.is_empty())
    }

    /// Sets the same preference for several titles. It is stored here, and sent to Trakt if an account is connected.
    /// Returns the titles that changed.
    ///
    /// # Errors
    /// [`Error::NotConnected`] for the watchlist without a connected account; [`Error::NotFound`] for a title
    /// that does not exist or cannot have this preference, or for a rating outside 1 to 10. Then nothing is
    /// changed.
    pub async fn set_preferences(
        &self,
        user_id: UserId,
        title_ids: &[TitleId],
        new: NewPreference,
    ) -> Result<Vec<TitleId>> {
        let preference = new.preference();
        if matches!(new, NewPreference::Rating(Some(stars)) if !(1..=10).contains(&stars)) {
            return Err(Error::NotFound("rating"));
        }
        let now = self.core.clock.now();
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        let link = self.core.standing_of(user_id, stored.as_ref()).1;
        if preference == Preference::Watchlist && link == Link::None {
            return Err(Error::NotConnected);
        }
        let tx = self.core.db.begin().await?;
        let wanted: BTreeSet<TitleId> = title_ids.iter().copied().collect();
        let fitting = db::titles::find_many(&tx, &wanted.iter().copied().collect::<Vec<_>>()).await?;
        if fitting.iter().filter(|title| preference.fits(title.kind)).count() < wanted.len() {
            return Err(Error::NotFound("title"));
        }
        let account =
            stored.as_ref().and_then(|stored| stored.slug.as_deref()).filter(|slug| !slug.is_empty());
        let whose = PreferenceOwner { user_id, account, link, ahead: self.core.trakt_ahead(user_id) };
        let (mut changed, mut enqueued) = (Vec::new(), false);
        for title_id in wanted {
            let chosen = Chosen { preference, title_id, value: new.value() };
            match choose(&tx, whose, chosen, now).await? {
                ChoiceOutcome::Nothing => continue,
                ChoiceOutcome::Kept => {}
                ChoiceOutcome::Enqueued => enqueued = true,
            }
            changed.push(title_id);
        }
        tx.commit().await?;
        if enqueued {
            self.wake(user_id);
        }
        if !changed.is_empty() {
            self.core.events.send(SyncEvent::Preferences { user_id, title_ids: changed.clone() });
        }
        Ok(changed)
    }
}
