//! User accounts, passwords, sessions, API tokens, and the rate limit for password guessing.

mod cache;
mod devices;
mod error;
mod limiter;
mod names;
mod password;
mod queue;
mod secret;
mod sign_in;
mod tokens;
mod users;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use clock::Clock;
use db::Db;
use sync::secrets::Secrets;

pub use cache::{Caller, Credential, Generation};
pub use error::{AccountError, AccountResult, InvalidValue};
pub use sign_in::{Attempt, SignedInBrowser};
pub use users::{AccountPatch, NewAccount, PasswordChange};

use cache::CallerCache;
use devices::Devices;
use limiter::GuessLimiter;
use password::Passwords;

/// The account service.
pub struct Accounts {
    db: Db,
    clock: Arc<dyn Clock>,
    passwords: Passwords,
    devices: Devices,
    limiter: Mutex<GuessLimiter>,
    cache: CallerCache,
    set_up: AtomicBool,
}

impl Accounts {
    /// Creates the service for this database. The key seals device cookies.
    pub fn new(db: Db, clock: Arc<dyn Clock>, secrets: Secrets) -> Self {
        Self {
            db,
            clock,
            passwords: Passwords::default(),
            devices: Devices::new(secrets),
            limiter: Mutex::default(),
            cache: CallerCache::default(),
            set_up: AtomicBool::new(false),
        }
    }

    /// Whether the first administrator has yet to be created.
    pub async fn setup_required(&self) -> AccountResult<bool> {
        // This is cached: a server stays set up, because the last administrator cannot be removed.
        if self.set_up.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let required = db::users::list(&self.db).await?.is_empty();
        self.set_up.store(!required, Ordering::Relaxed);
        Ok(required)
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn limiter(&self) -> std::sync::MutexGuard<'_, GuessLimiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
