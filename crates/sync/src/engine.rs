use std::sync::Arc;

use clock::Clock;
use db::{
    Db, Millis,
    ids::{OutboxId, UserId},
    kinds::AccountState,
    outbox::{self, Lane},
    recommendations, revisions, trakt_accounts,
};
use secrecy::SecretString;
use tokio::sync::broadcast;
use trakt::{Application, Client, Endpoints};

use crate::{
    Result,
    account::{Accounts, Factory, profile, release_lease, requests},
    application::{self, ApplicationCheck, check_application},
    connect::attempts::Connects,
    core::Core,
    events::{Events, SyncEvent},
    outbox::Link,
    pull::Pulls,
    push::{self, Drained},
    secrets::Secrets,
    status::{ACCOUNT_WAITS, AccountStatus},
    wakeups::Wakeups,
};

/// The configuration of the engine.
pub struct Config {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The key for tokens and the client secret.
    pub secrets: Secrets,
    /// Trakt's hosts.
    pub endpoints: Endpoints,
    /// `Kinometa/1.2`: Trakt's edge rejects calls without one.
    pub user_agent: String,
    /// The name of this process among all that share the database. A process takes over the leases of an
    /// earlier one with the same name, so running processes must not share a name.
    pub node: String,
}

/// The engine that keeps the local timeline and Trakt in sync. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub(crate) core: Arc<Core>,
    pub(crate) wakeups: Wakeups,
    pub(crate) connects: Connects,
    pub(crate) pulls: Pulls,
}

impl Engine {
    /// Builds the engine with the stored application. Nothing runs before [`Engine::run`].
    pub async fn open(config: Config) -> Result<Self> {
        let secrets = Arc::new(config.secrets);
        let events = Events::new();
        let accounts = Accounts::new(Factory {
            db: config.db.clone(),
            secrets: Arc::clone(&secrets),
            clock: Arc::clone(&config.clock),
            endpoints: config.endpoints,
            node: config.node.clone(),
            events: events.clone(),
        });
        accounts.set_application(application::load(&config.db, &secrets, &config.user_agent).await?)?;
        let core = Core {
            db: config.db,
            clock: config.clock,
            secrets,
            accounts,
            events,
            node: config.node,
            user_agent: config.user_agent,
        };
        Ok(Self {
            core: Arc::new(core),
            wakeups: Wakeups::default(),
            connects: Connects::default(),
            pulls: Pulls::default(),
        })
    }

    /// Subscribes to live changes.
    pub fn subscribe(&self) -> broadcast::Receiver<SyncEvent> {
        self.core.events.subscribe()
    }

    /// Wakes this user's account after something was written to their outbox.
    pub fn wake(&self, user_id: UserId) {
        self.wakeups.wake(user_id);
    }

    /// Sends what is due for this user now. The schedule does this automatically; this is for tests and the command
    /// line.
    pub async fn drain(&self, user_id: UserId) -> Result<Drained> {
        push::drain(&self.core, user_id).await
    }

    /// Sends only messages about what is being watched now. Everything else is left to the schedule.
    pub async fn drain_live(&self, user_id: UserId) -> Result<Drained> {
        push::drain_lane(&self.core, user_id, Lane::Live).await
    }

    /// The client without an account, for public reads: search, titles, images.
    /// [`Error::NotConfigured`](crate::Error::NotConfigured) without an application.
    pub fn public_client(&self) -> Result<Client> {
        self.core.accounts.public()
    }

    /// A client for an application that is not stored (yet), for checking it with [`check_application`].
    pub fn client_for(&self, client_id: &str, client_secret: SecretString) -> Result<Client> {
        let application = self.core.application(client_id, client_secret);
        self.core.accounts.unconnected(application)
    }

    /// Stores the server's application. Accounts that were stopped because of the old one are tried again.
    /// Queue and tokens are kept.
    pub async fn set_application(&self, client_id: &str, client_secret: SecretString) -> Result<()> {
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        application::save(&tx, &self.core.secrets, client_id, &client_secret).await?;
        trakt_accounts::rearm(&tx, now).await?;
        tx.commit().await?;
        self.use_application(Some(self.core.application(client_id, client_secret)))?;
        self.announce_accounts(Events::send).await
    }

    /// Checks an application that Trakt has rejected: if it is allowed again, all accounts continue. Does nothing if no
    /// account was stopped because of it. Returns whether accounts continue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_refused_application(&self) -> Result<bool> {
        let accounts = trakt_accounts::list_with_token(&self.core.db).await?;
        if !accounts.iter().any(|account| account.state == AccountState::ApplicationNotAllowed) {
            return Ok(false);
        }
        let Ok(client) = self.public_client() else { return Ok(false) };
        if check_application(&client).await != ApplicationCheck::Good {
            return Ok(false);
        }
        let tx = self.core.db.begin().await?;
        let rearmed = trakt_accounts::rearm(&tx, Millis::from(self.core.clock.now())).await?;
        tx.commit().await?;
        tracing::info!(accounts = rearmed.len(), "Trakt allows the application again");
        self.wakeups.wake_all();
        self.announce_accounts(Events::send).await?;
        for user_id in &rearmed {
            self.core.announce_dots(*user_id).await?;
        }
        Ok(!rearmed.is_empty())
    }

    /// Switches all accounts to this application; with `None`, they wait for one.
    pub(crate) fn use_application(&self, application: Option<Application>) -> Result<()> {
        self.core.accounts.set_application(application)?;
        self.connects.cancel_all();
        self.wakeups.wake_all();
        Ok(())
    }

    /// Deletes the server's application. Connections and queue are kept for the next one.
    pub async fn remove_application(&self) -> Result<()> {
        let tx = self.core.db.begin().await?;
        application::remove(&tx).await?;
        tx.commit().await?;
        self.use_application(None)?;
        self.announce_accounts(Events::send).await
    }

    /// The status of a user's connection.
    pub async fn account_status(&self, user_id: UserId) -> Result<AccountStatus> {
        self.core.account_status(user_id).await
    }

    /// How changes are recorded for this user: see [`Link`].
    pub async fn link(&self, user_id: UserId) -> Result<Link> {
        self.core.link(user_id).await
    }

    /// Ends the connection: the token is revoked on Trakt if possible, and deleted here in any case. Timeline
    /// and queue are kept. Returns whether the token was revoked.
    pub async fn disconnect(&self, user_id: UserId) -> Result<bool> {
        self.cancel_connect(user_id);
        let revoked = match self.core.accounts.get(user_id) {
            Ok(account) => match account.client.auth().revoke().await {
                Ok(()) => true,
                Err(error) => {
                    tracing::info!(user_id = user_id.0, %error, "the token could not be revoked on Trakt; it is deleted here");
                    false
                }
            },
            Err(_) => false,
        };
        let tx = self.core.db.begin().await?;
        trakt_accounts::disconnect(&tx, user_id, Millis::from(self.core.clock.now())).await?;
        profile::forget_watchlist(&tx, user_id).await?;
        requests::forget(&tx, user_id).await?;
        recommendations::clear(&tx, user_id).await?;
        tx.commit().await?;
        self.core.accounts.forget(user_id);
        self.core.events.send(SyncEvent::Account { user_id });
        Ok(revoked)
    }

    /// Releases what this process holds for a user's account, and notifies the other nodes of changes. A process that
    /// [runs](Engine::run) does so automatically; this is for the command line.
    pub async fn hand_over(&self, user_id: UserId) -> Result<()> {
        release_lease(&self.core.db, &self.core.node, user_id).await?;
        let tx = self.core.db.begin().await?;
        revisions::raise(&tx, user_id).await?;
        Ok(tx.commit().await?)
    }

    /// Retries a waiting or failed row; returns whether the user has such a row. A locked or deactivated
    /// account is also tried again, because only Trakt knows its current state, and so is every row that waits
    /// because of the account.
    pub async fn retry(&self, user_id: UserId, row_id: OutboxId) -> Result<bool> {
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        let found = outbox::retry(&tx, user_id, row_id, now).await?;
        if found {
            trakt_accounts::unlock(&tx, user_id, now).await?;
            outbox::end_waits(&tx, user_id, &ACCOUNT_WAITS, now).await?;
        }
        tx.commit().await?;
        self.changed_queue(user_id).await;
        Ok(found)
    }

    /// Discards a row; returns whether the user had such a row that is not being sent right now.
    pub async fn discard(&self, user_id: UserId, row_id: OutboxId) -> Result<bool> {
        let tx = self.core.db.begin().await?;
        let found = outbox::discard(&tx, user_id, row_id).await?;
        tx.commit().await?;
        self.changed_queue(user_id).await;
        Ok(found)
    }

    async fn changed_queue(&self, user_id: UserId) {
        if let Ok(account) = self.core.accounts.get(user_id) {
            account.try_again().await;
        }
        self.core.events.send(SyncEvent::Queue { user_id });
        self.wake(user_id);
    }

    /// Announces every connected account, here and to other nodes, or only here.
    pub(crate) async fn announce_accounts(&self, announce: fn(&Events, SyncEvent)) -> Result<()> {
        for account in trakt_accounts::list_with_token(&self.core.db).await? {
            announce(&self.core.events, SyncEvent::Account { user_id: account.user_id });
        }
        Ok(())
    }
}
