//! The client: one per account, created once and kept.

mod builder;
mod call;
mod classify;
mod gate;
pub(crate) mod oauth;
mod offset;
mod renewal;
mod retry;
mod send;
mod tokens;
mod transport;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::application::{Application, Endpoints};
use crate::error::Result;
use crate::limits::{Budget, Lane, Priority};
use crate::token::Token;
use clock::Clock;

pub use builder::ClientBuilder;
pub use oauth::OUT_OF_BAND;
pub use offset::ClockOffset;
use offset::Measurement;
pub use retry::RetryPolicy;
pub use tokens::StoreHealth;
pub use transport::ensure_tls_provider;

pub(crate) use call::{Auth, Call};
pub(crate) use send::decode;
pub(crate) use transport::Reply;

use gate::Gate;
use tokens::Tokens;
use transport::Transport;

/// A client for the Trakt API for one account (or for public reads without one).
///
/// Create one per account, keep it and clone it freely: clones share the token, the refresh lock and the rate budgets.
/// A second client for the same account would have its own budgets and race for the single-use refresh token.
///
/// ```no_run
/// # async fn run() -> trakt::Result<()> {
/// use trakt::{Application, Client, Extended};
///
/// let client = Client::builder(Application::new("client-id", "MyApp/1.0")).build()?;
/// let movie = client.movies().summary("tron-legacy-2010").extended(Extended::FULL).await?;
/// println!("{} ({:?})", movie.title, movie.year);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    priority: Priority,
}

struct Inner {
    application: Application,
    endpoints: Endpoints,
    clock: Arc<dyn Clock>,
    transport: Transport,
    gate: Gate,
    offset: Mutex<Option<Measurement>>,
    tokens: Arc<Tokens>,
    retries: RetryPolicy,
}

impl Client {
    /// Starts building a client for `application`.
    pub fn builder(application: Application) -> ClientBuilder {
        ClientBuilder::new(application)
    }

    /// The same client (same account, same budgets), whose calls have this priority.
    ///
    /// Scrobbles are always [`Priority::Urgent`].
    pub fn with_priority(&self, priority: Priority) -> Self {
        Self { inner: self.inner.clone(), priority }
    }

    /// The application this client calls for.
    pub fn application(&self) -> &Application {
        &self.inner.application
    }

    /// The hosts this client calls.
    pub fn endpoints(&self) -> &Endpoints {
        &self.inner.endpoints
    }

    /// How far Trakt's clock is ahead of ours, according to the `Date` header of the latest sufficiently fast response;
    /// `None` before the first response. Needed to compare our times with times set by Trakt. If our clock is set back,
    /// the difference grows immediately by that amount, without another response.
    pub fn clock_offset(&self) -> Option<ClockOffset> {
        let measured = (*self.inner.offset.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(measured.current(&*self.inner.clock))
    }

    /// The clock this client uses.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.inner.clock.clone()
    }

    /// The current rate budget of a lane: the assumed pace, and whether it is paused.
    pub fn budget(&self, lane: Lane) -> Budget {
        self.inner.gate.budget(lane)
    }

    /// Ends every pause that Trakt or its edge requested, and the wait after a failed token renewal, because a user
    /// wants to know now whether it works again. The next call finds out.
    pub async fn end_pauses(&self) {
        self.inner.gate.end_pauses();
        self.inner.tokens.end_pause().await;
    }

    /// Whether the token store works. Anything other than [`StoreHealth::Good`] should be shown to the operator
    /// immediately: a restart may lose the connection.
    pub async fn store_health(&self) -> StoreHealth {
        self.inner.tokens.health().await
    }

    /// The token pair in use, or `None` when no account is connected.
    pub async fn token(&self) -> Result<Option<Token>> {
        self.inner.tokens.current().await
    }

    /// Connects the account: saves `token` (from [`crate::auth`]) to the store, then uses it.
    pub async fn connect(&self, token: Token) -> Result<()> {
        self.inner.tokens.connect(token).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("application", &self.inner.application)
            .field("endpoints", &self.inner.endpoints)
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}
