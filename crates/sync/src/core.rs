//! What every part of the engine uses: the database, the clock, the accounts, and the channel for changes.

use std::sync::Arc;

use chrono::TimeDelta;
use clock::Clock;
use db::{Db, ids::UserId, kinds::AccountState, rows::TraktAccount, trakt_accounts};
use secrecy::SecretString;
use trakt::Application;

use crate::{
    Result,
    account::Accounts,
    dot,
    events::{Events, SyncEvent},
    outbox::Link,
    secrets::Secrets,
    status::{AccountStatus, ScrobbleStatus},
};

/// What every part of the engine uses.
pub(crate) struct Core {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) accounts: Accounts,
    pub(crate) events: Events,
    /// The name of this process among all that share the database.
    pub(crate) node: String,
    pub(crate) user_agent: String,
}

impl Core {
    pub(crate) async fn account_status(&self, user_id: UserId) -> Result<AccountStatus> {
        Ok(self.standing(user_id).await?.0)
    }

    pub(crate) async fn link(&self, user_id: UserId) -> Result<Link> {
        Ok(self.standing(user_id).await?.1)
    }

    /// The status of a user's account, in one read.
    async fn standing(&self, user_id: UserId) -> Result<(AccountStatus, Link)> {
        let stored = trakt_accounts::find(&self.db, user_id).await?;
        Ok(self.standing_of(user_id, stored.as_ref()))
    }

    /// The status of an account from its row.
    pub(crate) fn standing_of(
        &self,
        user_id: UserId,
        stored: Option<&TraktAccount>,
    ) -> (AccountStatus, Link) {
        let problem = self.accounts.problem(user_id, self.clock.now());
        let state = stored.map(|account| account.state);
        let status = AccountStatus::of(self.accounts.is_configured(), state, problem);
        let link = match (stored.and_then(|account| account.token.as_ref()), status) {
            (None, _) => Link::None,
            (Some(_), AccountStatus::Connected) => Link::Live,
            (Some(_), _) => Link::Away,
        };
        (status, link)
    }

    /// How far Trakt's clock is ahead of ours, if known from a response.
    pub(crate) fn trakt_ahead(&self, user_id: UserId) -> Option<TimeDelta> {
        let account = self.accounts.get(user_id).ok()?;
        account.client.clock_offset().map(|measured| measured.offset)
    }

    /// Announces the current state of a player's dot.
    pub(crate) async fn announce_dot(&self, session_id: &str) -> Result<()> {
        if let Some((user_id, status)) = self.dot(session_id).await? {
            self.events.send(SyncEvent::Scrobble { user_id, session_id: session_id.to_owned(), status });
        }
        Ok(())
    }

    /// Announces the current state of the dots of all of a user's players, because their inputs have changed.
    pub(crate) async fn announce_dots(&self, user_id: UserId) -> Result<()> {
        for session in db::playback_sessions::live(&self.db, user_id).await? {
            self.announce_dot(&session.id).await?;
        }
        Ok(())
    }

    /// Stops sending for a user until someone acts, and announces it to all their players.
    pub(crate) async fn stop_account(&self, user_id: UserId, state: AccountState) -> Result<()> {
        self.accounts.get(user_id)?.stop(state).await?;
        self.announce_dots(user_id).await
    }

    /// The state of a player's dot, and the player's user.
    pub(crate) async fn dot(&self, session_id: &str) -> Result<Option<(UserId, ScrobbleStatus)>> {
        let Some(session) = db::playback_sessions::find(&self.db, session_id).await? else { return Ok(None) };
        let account = self.account_status(session.user_id).await?;
        Ok(Some((session.user_id, dot::of_session(&self.db, &session, account).await?)))
    }

    /// An application of this server.
    pub(crate) fn application(&self, client_id: &str, client_secret: SecretString) -> Application {
        let mut application = Application::new(client_id, &self.user_agent);
        application.client_secret = Some(client_secret);
        application
    }
}
