//! Building a client.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::gate::Gate;
use super::retry::RetryPolicy;
use super::tokens::Tokens;
use super::transport::Transport;
use super::{Client, Inner};
use crate::application::{Application, Endpoints};
use crate::error::{Error, Result};
use crate::limits::{Limiter, Pace, Priority};
use crate::token::{MemoryTokenStore, TokenStore};
use clock::{Clock, SystemClock};

/// Configures a [`Client`]. Every setting has a default that suits Trakt.
pub struct ClientBuilder {
    application: Application,
    endpoints: Endpoints,
    clock: Arc<dyn Clock>,
    store: Arc<dyn TokenStore>,
    reads: Pace,
    writes: Pace,
    retries: RetryPolicy,
    refresh_fraction: f64,
    max_wait: Duration,
    max_urgent_wait: Duration,
    max_budget_wait: Duration,
    timeout: Duration,
    connect_timeout: Duration,
}

impl ClientBuilder {
    pub(super) fn new(application: Application) -> Self {
        Self {
            application,
            endpoints: Endpoints::default(),
            clock: Arc::new(SystemClock),
            store: Arc::new(MemoryTokenStore::new()),
            reads: Pace::new(500, Duration::from_secs(300)),
            writes: Pace::new(1, Duration::from_secs(1)),
            retries: RetryPolicy::default(),
            refresh_fraction: 0.75,
            max_wait: Duration::from_secs(60),
            max_urgent_wait: Duration::from_secs(30),
            max_budget_wait: Duration::MAX,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
        }
    }

    /// The hosts to call, for a simulator or a proxy.
    pub fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// The clock to use.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where the token pair is stored. By default, only in memory.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// The read budget to assume until Trakt's headers report it (default 500 calls in 5 minutes).
    pub fn read_pace(mut self, pace: Pace) -> Self {
        self.reads = pace;
        self
    }

    /// The write budget to assume until Trakt's headers report it (default 1 call per second).
    pub fn write_pace(mut self, pace: Pace) -> Self {
        self.writes = pace;
        self
    }

    /// How failed calls are repeated.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.retries = policy;
        self
    }

    /// The fraction of a token's lifetime after which it is renewed (default 0.75, clamped to 0.1 to 0.95).
    pub fn refresh_fraction(mut self, fraction: f64) -> Self {
        self.refresh_fraction = if fraction.is_nan() { 0.75 } else { fraction.clamp(0.1, 0.95) };
        self
    }

    /// The maximum time that a call waits for a pause or between retries before it fails with the reason (default 60
    /// s). [`Priority::Bulk`] calls wait out rate limits of any length.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// The maximum total time that a scrobble waits in the queue, for a pause and between retries before it fails with
    /// the reason (default 30 s, and never longer than [`max_wait`](Self::max_wait)). A late scrobble is wrong: set
    /// this below the time for which it remains valid.
    pub fn max_urgent_wait(mut self, wait: Duration) -> Self {
        self.max_urgent_wait = wait;
        self
    }

    /// The maximum time that a call of [`Priority::Normal`] waits for an exhausted budget before it fails with
    /// [`Error::RateLimited`] (default: unlimited). For callers that hold a resource while they wait.
    pub fn max_budget_wait(mut self, wait: Duration) -> Self {
        self.max_budget_wait = wait;
        self
    }

    /// The timeout of one exchange (default 30 s).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The timeout of connecting (default 10 s).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Creates the client. Fails with [`Error::Setup`] if the keys cannot be sent as HTTP headers, or if a host is
    /// `https` and the system has no trusted certificates.
    pub fn build(self) -> Result<Client> {
        if self.application.user_agent.trim().is_empty() {
            return Err(Error::Setup("the user agent is empty: Trakt's edge refuses such requests"));
        }
        let transport =
            Transport::new(&self.application, &self.endpoints, self.timeout, self.connect_timeout)?;
        let inner = Inner {
            gate: Gate::new(
                Limiter::new(self.reads, self.writes),
                self.clock.clone(),
                self.max_wait,
                self.max_urgent_wait,
            )
            .with_budget_wait(self.max_budget_wait),
            offset: Mutex::default(),
            tokens: Arc::new(Tokens::new(self.store, self.refresh_fraction)),
            application: self.application,
            endpoints: self.endpoints,
            clock: self.clock,
            transport,
            retries: self.retries,
        };
        Ok(Client { inner: Arc::new(inner), priority: Priority::Normal })
    }
}
