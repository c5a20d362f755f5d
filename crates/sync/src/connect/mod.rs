//! Connecting an account with a short code.

pub(crate) mod attempts;
mod outcome;

use clock::until;
use db::{
    Millis,
    ids::UserId,
    trakt_accounts::{self, Connection},
};
use tokio_util::sync::CancellationToken;
use trakt::{
    Client, Token,
    auth::{DeviceFlow, DevicePoll, DeviceStep},
};

use self::outcome::{ending, failed, is_temporary, shown};
use crate::{
    Engine, Error, Result,
    account::{self, judge, profile},
    events::SyncEvent,
    status::ConnectState,
};

impl Engine {
    /// Requests a code from Trakt and polls in the background until the user has decided. Replaces a code that
    /// is already pending.
    pub async fn start_connect(&self, user_id: UserId) -> Result<ConnectState> {
        let client = self.core.accounts.public()?;
        let flow = match client.auth().device().await {
            Ok(flow) => flow,
            Err(error) => {
                let state = ending(&judge(&error), false);
                tracing::info!(user_id = user_id.0, %error, "Trakt gave no code");
                self.connects.begin(user_id, state.clone());
                self.core.events.changed(user_id);
                return Ok(state);
            }
        };
        let state = ConnectState::Pending(shown(&flow, false));
        let cancel = self.connects.begin(user_id, state.clone());
        self.core.events.changed(user_id);
        let engine = self.clone();
        drop(tokio::spawn(async move {
            let polled = tokio::select! {
                () = cancel.cancelled() => return,
                state = engine.poll(user_id, &client, flow, &cancel) => state,
            };
            engine.move_connect(user_id, &cancel, polled);
        }));
        Ok(state)
    }

    /// The state of this user's connection attempt.
    pub fn connect_state(&self, user_id: UserId) -> ConnectState {
        self.connects.state(user_id)
    }

    /// Cancels this user's connection attempt.
    pub fn cancel_connect(&self, user_id: UserId) {
        if self.connects.cancel(user_id) {
            self.core.events.send(SyncEvent::Connect { user_id, state: ConnectState::Cancelled });
        }
    }

    async fn poll(
        &self,
        user_id: UserId,
        client: &Client,
        mut flow: DeviceFlow,
        cancel: &CancellationToken,
    ) -> ConnectState {
        let clock = &self.core.clock;
        loop {
            clock.sleep(until(clock.now(), flow.next_poll())).await;
            let outcome = match client.auth().poll_device(flow.code()).await {
                Ok(outcome) => outcome,
                Err(error) if is_temporary(&judge(&error)) => DevicePoll::Pending,
                Err(error) => {
                    tracing::info!(user_id = user_id.0, %error, "connecting Trakt failed");
                    return ending(&judge(&error), true);
                }
            };
            let slow = matches!(outcome, DevicePoll::SlowDown);
            match flow.on(outcome, clock.now()) {
                DeviceStep::Wait(_) if slow => {
                    self.move_connect(user_id, cancel, ConnectState::Pending(shown(&flow, true)));
                }
                DeviceStep::Wait(_) => {}
                DeviceStep::Failed(failure) => return failed(failure),
                DeviceStep::Connected(token) => return self.approved(user_id, token).await,
            }
        }
    }

    /// Cancelling is impossible from here on: the token pair exists only in this process until it is stored.
    async fn approved(&self, user_id: UserId, token: Token) -> ConnectState {
        let engine = self.clone();
        let kept = tokio::spawn(async move { engine.connect_with(user_id, &token).await }).await;
        match kept {
            Ok(Ok(())) => ConnectState::Approved,
            Ok(Err(error)) => {
                tracing::error!(user_id = user_id.0, %error, "a new Trakt connection could not be saved");
                ConnectState::NotSaved
            }
            Err(_) => ConnectState::NotSaved,
        }
    }

    /// Connects a user with a token pair obtained without a code, for example with a PIN. The pair is stored before it
    /// is used: using it may renew it, which invalidates the old one.
    pub async fn connect_with(&self, user_id: UserId, token: &Token) -> Result<()> {
        if !self.core.accounts.is_configured() {
            return Err(Error::NotConfigured);
        }
        let envelope = account::seal(&self.core.secrets, user_id, token)
            .map_err(|error| Error::Stored(format!("the token cannot be sealed: {error}")))?;
        let tx = self.core.db.begin().await?;
        let before = trakt_accounts::find(&tx, user_id).await?;
        let connection = Connection { user_id, token: envelope, profile: profile::unknown(before.as_ref()) };
        trakt_accounts::connect(&tx, connection, Millis::from(self.core.clock.now())).await?;
        tx.commit().await?;
        self.core.accounts.forget(user_id);
        let account = self.core.accounts.get(user_id)?;
        if let Err(error) = account.read_profile().await? {
            tracing::warn!(user_id = user_id.0, %error, "the account of a Trakt connection could not be read yet");
        }
        self.core.events.send(SyncEvent::Account { user_id });
        self.wake(user_id);
        Ok(())
    }

    fn move_connect(&self, user_id: UserId, cancel: &CancellationToken, state: ConnectState) {
        if self.connects.moved(user_id, cancel, state.clone()) {
            self.core.events.send(SyncEvent::Connect { user_id, state });
        }
    }
}
