//! The connected accounts: one live client each, created only here.

mod backoff;
mod judge;
mod lease;
pub(crate) mod profile;
pub(crate) mod requests;
mod standing;
mod store;
mod throttle;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use db::Db;
use db::{ids::UserId, outbox::Lane};
use secrecy::ExposeSecret;
use trakt::{Application, Client, Endpoints, RetryPolicy};

use crate::{
    Error, Result,
    events::{Events, SyncEvent},
    secrets::Secrets,
    status::TemporaryProblem,
};

pub(crate) use backoff::{LONGEST_WAIT, after as backoff_after};
pub(crate) use judge::{Effect, Verdict, judge};
use lease::LeaseState;
pub(crate) use lease::{LEASE_RETRY, extend_leases, release_lease};
use store::DbTokenStore;
pub(crate) use store::seal;
use throttle::{ProfileThrottle, Resets};
pub(crate) use throttle::{ReadMinute, Throttle};

/// A call that would wait longer than this is postponed by the worker, so that a lease never expires during a call.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// The timeout of one exchange with Trakt.
const TIMEOUT: Duration = Duration::from_secs(25);
/// The minimum interval for recording that Trakt responded.
const OK_EVERY: TimeDelta = TimeDelta::seconds(60);

/// Clock differences below this are ignored.
pub(crate) const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(30);

/// Our time as Trakt's clock shows it. Normal clock differences are ignored.
pub(crate) fn to_trakt(client: &Client, time: DateTime<Utc>) -> DateTime<Utc> {
    client.clock_offset().map_or(time, |measured| moved(time, measured.offset))
}

/// Converts a time from a clock to Trakt's, given how far Trakt's was ahead. Normal clock differences are ignored.
pub(crate) fn moved(time: DateTime<Utc>, ahead: TimeDelta) -> DateTime<Utc> {
    if ahead.abs() < CLOCKS_DIFFER { time } else { time.checked_add_signed(ahead).unwrap_or(time) }
}

/// The configuration of every client.
pub(crate) struct Factory {
    pub(crate) db: Db,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) endpoints: Endpoints,
    pub(crate) node: String,
    pub(crate) events: Events,
}

/// All live clients, by user. A client is kept until the application or the connection changes, because it
/// contains the refresh lock and the request budgets.
pub(crate) struct Accounts {
    factory: Factory,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    application: Option<Application>,
    public: Option<Client>,
    live: HashMap<UserId, Arc<Account>>,
}

/// One connected account.
pub(crate) struct Account {
    pub(crate) user_id: UserId,
    pub(crate) client: Client,
    /// Held while working on the lane, for mutual exclusion.
    live: tokio::sync::Mutex<Throttle>,
    bulk: tokio::sync::Mutex<Throttle>,
    profile: tokio::sync::Mutex<ProfileThrottle>,
    resets: Resets,
    lease: LeaseState,
    db: Db,
    clock: Arc<dyn Clock>,
    events: Events,
    node: String,
    problem: Mutex<Option<TemporaryProblem>>,
    last_ok_at: Mutex<Option<DateTime<Utc>>>,
}

impl Accounts {
    pub(crate) fn new(factory: Factory) -> Self {
        Self { factory, state: Mutex::default() }
    }

    /// Sets the application. Clients of the old one are dropped. Connections are kept, because their tokens may
    /// still be valid.
    pub(crate) fn set_application(&self, application: Option<Application>) -> Result<()> {
        let public = application.clone().map(|application| self.build(application, None)).transpose()?;
        *self.lock() = State { application, public, live: HashMap::new() };
        Ok(())
    }

    /// Whether this is the application that clients are made for.
    pub(crate) fn has_application(&self, application: Option<&Application>) -> bool {
        let identity = |application: &Application| {
            let secret = application.client_secret.as_ref().map(|secret| secret.expose_secret().to_owned());
            (application.client_id.clone(), secret)
        };
        self.lock().application.as_ref().map(identity) == application.map(identity)
    }

    pub(crate) fn is_configured(&self) -> bool {
        self.lock().application.is_some()
    }

    /// The client without an account: for public reads and for connecting.
    pub(crate) fn public(&self) -> Result<Client> {
        self.lock().public.clone().ok_or(Error::NotConfigured)
    }

    /// A client for an application that is not the server's (yet).
    pub(crate) fn unconnected(&self, application: Application) -> Result<Client> {
        self.build(application, None)
    }

    /// The live account of a user.
    pub(crate) fn get(&self, user_id: UserId) -> Result<Arc<Account>> {
        let mut state = self.lock();
        if let Some(account) = state.live.get(&user_id) {
            return Ok(Arc::clone(account));
        }
        let application = state.application.clone().ok_or(Error::NotConfigured)?;
        let account = Arc::new(Account {
            user_id,
            client: self.build(application, Some(user_id))?,
            live: tokio::sync::Mutex::default(),
            bulk: tokio::sync::Mutex::default(),
            profile: tokio::sync::Mutex::default(),
            resets: Resets::default(),
            lease: LeaseState::default(),
            db: self.factory.db.clone(),
            clock: Arc::clone(&self.factory.clock),
            events: self.factory.events.clone(),
            node: self.factory.node.clone(),
            problem: Mutex::default(),
            last_ok_at: Mutex::default(),
        });
        state.live.insert(user_id, Arc::clone(&account));
        Ok(account)
    }

    /// Drops the client of a user whose connection was created or ended.
    pub(crate) fn forget(&self, user_id: UserId) {
        self.lock().live.remove(&user_id);
    }

    /// The temporary problem of a user's account, as far as this node knows.
    pub(crate) fn problem(&self, user_id: UserId, now: DateTime<Utc>) -> Option<TemporaryProblem> {
        let account = self.lock().live.get(&user_id).cloned()?;
        let problem = *account.problem.lock().unwrap_or_else(PoisonError::into_inner);
        problem.filter(|problem| !problem.is_over(now))
    }

    fn build(&self, application: Application, user_id: Option<UserId>) -> Result<Client> {
        let factory = &self.factory;
        let builder = Client::builder(application)
            .endpoints(factory.endpoints.clone())
            .clock(Arc::clone(&factory.clock));
        let Some(user_id) = user_id else { return Ok(builder.build()?) };
        let store = DbTokenStore {
            db: factory.db.clone(),
            secrets: Arc::clone(&factory.secrets),
            clock: Arc::clone(&factory.clock),
            holder: format!("{}/{}", factory.node, rand::random::<u32>()),
            user_id,
        };
        // The worker has its own retry schedule; retries by the client as well would multiply the attempts.
        let builder = builder
            .token_store(store)
            .retries(RetryPolicy::NONE)
            .max_wait(MAX_WAIT)
            .max_budget_wait(MAX_WAIT)
            .timeout(TIMEOUT);
        Ok(builder.build()?)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Account {
    /// Locks the lane for work.
    pub(crate) async fn lane(&self, lane: Lane) -> tokio::sync::MutexGuard<'_, Throttle> {
        match lane {
            Lane::Live => self.live.lock().await,
            Lane::Bulk => self.bulk.lock().await,
        }
    }

    /// Clears the throttle if the user has requested a retry since its last check.
    pub(crate) fn follow_resets(&self, throttle: &mut Throttle) {
        throttle.follow(&self.resets);
    }

    /// Ends every pause on a user's request, including Trakt's and the edge's. Does not block.
    pub(crate) async fn try_again(&self) {
        self.resets.add();
        self.client.end_pauses().await;
    }

    /// Records a temporary problem, or its end, and announces changes.
    fn set_temporary_problem(&self, problem: Option<TemporaryProblem>) {
        let mut current = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        if *current != problem {
            *current = problem;
            self.events.send(SyncEvent::Account { user_id: self.user_id });
        }
    }

    /// Whether to record that Trakt responded.
    fn ok_is_due(&self, now: DateTime<Utc>) -> bool {
        let mut last = self.last_ok_at.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| (now - last).abs() >= OK_EVERY);
        if due {
            *last = Some(now);
        }
        due
    }
}
