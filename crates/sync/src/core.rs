//! What every part of the engine works with: the database, the time, the accounts, and where changes are announced.

use std::sync::Arc;

use clock::Clock;
use db::{Db, ids::UserId, trakt_accounts};
use secrecy::SecretString;
use trakt::Application;

use crate::{
    Result,
    account::{AccountStatus, Accounts},
    events::{Events, SyncEvent},
    outbox::Link,
    secrets::Secrets,
    status::{self, ScrobbleStatus},
};

/// What every part of the engine works with.
pub(crate) struct Core {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) accounts: Accounts,
    pub(crate) events: Events,
    /// Names this process among all that share the database.
    pub(crate) node: String,
    pub(crate) user_agent: String,
}

impl Core {
    pub(crate) async fn account_status(&self, user_id: UserId) -> Result<AccountStatus> {
        let stored = trakt_accounts::find(&self.db, user_id).await?;
        let passing = self.accounts.passing(user_id, self.clock.now());
        Ok(AccountStatus::of(self.accounts.is_configured(), stored.map(|account| account.state), passing))
    }

    pub(crate) async fn link(&self, user_id: UserId) -> Result<Link> {
        let stored = trakt_accounts::find(&self.db, user_id).await?;
        if stored.is_none_or(|account| account.token.is_none()) {
            return Ok(Link::None);
        }
        let live = self.account_status(user_id).await? == AccountStatus::Connected;
        Ok(if live { Link::Live } else { Link::Away })
    }

    /// Tells whoever watches this player what its dot shows now.
    pub(crate) async fn announce_dot(&self, session_id: &str) -> Result<()> {
        if let Some((user_id, status)) = self.dot(session_id).await? {
            self.events.send(SyncEvent::Scrobble { user_id, session_id: session_id.to_owned(), status });
        }
        Ok(())
    }

    /// What a player's dot shows, and whose player it is.
    pub(crate) async fn dot(&self, session_id: &str) -> Result<Option<(UserId, ScrobbleStatus)>> {
        let Some(session) = db::playback_sessions::find(&self.db, session_id).await? else { return Ok(None) };
        let account = self.account_status(session.user_id).await?;
        Ok(Some((session.user_id, status::of_session(&self.db, &session, account).await?)))
    }

    /// An application of this server.
    pub(crate) fn application(&self, client_id: &str, client_secret: SecretString) -> Application {
        let mut application = Application::new(client_id, &self.user_agent);
        application.client_secret = Some(client_secret);
        application
    }
}
