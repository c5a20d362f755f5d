//! Connecting an account with a short code.

pub(crate) mod state;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use db::{
    Millis, outbox,
    trakt_accounts::{self, Connection},
};
use tokio_util::sync::CancellationToken;
use trakt::{
    Client, Token,
    auth::{DeviceFlow, DevicePoll, DeviceStep},
    clock::until,
};

pub use self::state::{ConnectState, Connecting};
use self::state::{ending, failed, is_passing, shown};
use crate::{Engine, Error, Result, account, events::SyncEvent, text};

/// The connecting of everybody.
#[derive(Clone, Default)]
pub(crate) struct Connects(Arc<Mutex<HashMap<i64, Attempt>>>);

struct Attempt {
    state: ConnectState,
    cancel: CancellationToken,
}

impl Connects {
    fn state(&self, user_id: i64) -> ConnectState {
        self.lock().get(&user_id).map_or(ConnectState::Idle, |attempt| attempt.state.clone())
    }

    /// Begins an attempt in the place of an older one.
    fn begin(&self, user_id: i64, state: ConnectState) -> CancellationToken {
        let cancel = CancellationToken::new();
        let attempt = Attempt { state, cancel: cancel.clone() };
        if let Some(older) = self.lock().insert(user_id, attempt) {
            older.cancel.cancel();
        }
        cancel
    }

    /// Moves the attempt on, unless it was cancelled or replaced; whether it was this one's turn.
    fn moved(&self, user_id: i64, cancel: &CancellationToken, state: ConnectState) -> bool {
        let mut attempts = self.lock();
        match attempts.get_mut(&user_id) {
            Some(attempt) if !cancel.is_cancelled() => {
                attempt.state = state;
                true
            }
            _ => false,
        }
    }

    /// Cancels a pending attempt.
    pub(crate) fn cancel(&self, engine: &Engine, user_id: i64) {
        let cancelled = match self.lock().get_mut(&user_id) {
            Some(attempt) if matches!(attempt.state, ConnectState::Pending(_)) => {
                attempt.cancel.cancel();
                attempt.state = ConnectState::Cancelled;
                true
            }
            _ => false,
        };
        if cancelled {
            engine.core.events.send(SyncEvent::Connect { user_id, state: ConnectState::Cancelled });
        }
    }

    /// The application changed: codes of the old one lead nowhere.
    pub(crate) fn cancel_all(&self) {
        for attempt in self.lock().values_mut() {
            attempt.cancel.cancel();
            if matches!(attempt.state, ConnectState::Pending(_)) {
                attempt.state = ConnectState::Cancelled;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Attempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Asks Trakt for a code and polls in the background until the person has decided. A code that is pending already is
    /// replaced.
    pub async fn start_connect(&self, user_id: i64) -> Result<ConnectState> {
        let client = self.core.accounts.public()?;
        let flow = match client.auth().device().await {
            Ok(flow) => flow,
            Err(error) => {
                let state = ending(&error, false);
                tracing::info!(user_id, %error, "Trakt gave no code");
                self.connects.begin(user_id, state.clone());
                return Ok(state);
            }
        };
        let state = ConnectState::Pending(shown(&flow, false));
        let cancel = self.connects.begin(user_id, state.clone());
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

    /// How far the connecting of this person is.
    pub fn connect_state(&self, user_id: i64) -> ConnectState {
        self.connects.state(user_id)
    }

    /// Cancels the connecting of this person.
    pub fn cancel_connect(&self, user_id: i64) {
        self.connects.cancel(self, user_id);
    }

    async fn poll(
        &self,
        user_id: i64,
        client: &Client,
        mut flow: DeviceFlow,
        cancel: &CancellationToken,
    ) -> ConnectState {
        let clock = &self.core.clock;
        loop {
            clock.sleep(until(clock.now(), flow.next_poll())).await;
            let outcome = match client.auth().poll_device(flow.code()).await {
                Ok(outcome) => outcome,
                Err(error) if is_passing(&error) => DevicePoll::Pending,
                Err(error) => {
                    tracing::info!(user_id, %error, "connecting Trakt failed");
                    return ending(&error, true);
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

    /// From here on nothing is cancelled any more: the pair exists once.
    async fn approved(&self, user_id: i64, token: Token) -> ConnectState {
        let engine = self.clone();
        let kept = tokio::spawn(async move { engine.connect_with(user_id, &token).await }).await;
        match kept {
            Ok(Ok(())) => ConnectState::Approved,
            Ok(Err(error)) => {
                tracing::error!(user_id, %error, "a fresh Trakt connection could not be kept");
                ConnectState::NotSaved
            }
            Err(_) => ConnectState::NotSaved,
        }
    }

    /// Connects a person with a pair that was got in another way than with a code, such as a PIN: keeps the pair, the
    /// profile and the limits in one transaction.
    pub async fn connect_with(&self, user_id: i64, token: &Token) -> Result<()> {
        let envelope = account::seal(&self.core.secrets, user_id, token)
            .map_err(|error| Error::Stored(format!("the token cannot be sealed: {error}")))?;
        let profile = self.core.accounts.profile_of(token.clone()).await?;
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        if let Some(before) = trakt_accounts::find(&tx, user_id).await?
            && before.slug.as_deref().is_some_and(|slug| slug != profile.slug)
        {
            let why = text::of_another_account(before.username.as_deref(), &profile.username);
            outbox::set_aside(&tx, user_id, &why, now).await?;
        }
        trakt_accounts::connect(&tx, Connection { user_id, token: envelope, profile }, now).await?;
        tx.commit().await?;
        self.core.accounts.forget(user_id);
        self.core.events.send(SyncEvent::Account { user_id });
        self.wake(user_id);
        Ok(())
    }

    fn move_connect(&self, user_id: i64, cancel: &CancellationToken, state: ConnectState) {
        if self.connects.moved(user_id, cancel, state.clone()) {
            self.core.events.send(SyncEvent::Connect { user_id, state });
        }
    }
}
