//! Signing in and out, and authenticating session cookies and API tokens.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::UserId;
use db::rows::User;
use secrecy::{ExposeSecret, SecretString};

use super::cache::{Caller, Credential, Generation};
use super::error::{AccountError, AccountResult};
use super::limiter::Key;
use super::queue::Origin;
use super::{Accounts, names, secret};
use crate::net::network;

/// A session expires this long after its last use.
const SESSION_LENGTH: TimeDelta = TimeDelta::days(60);

/// Minimum interval between updates of a session's or token's last use, so that reads do not cause a write each.
const TOUCH_AFTER: TimeDelta = TimeDelta::hours(1);

/// Maximum length of a stored user agent in characters.
const MAX_USER_AGENT: usize = 300;

/// An attempt to sign in.
pub struct Attempt<'a> {
    /// User name as typed.
    pub username: &'a str,
    /// Password in plain text.
    pub password: SecretString,
    /// Address of the client.
    pub address: IpAddr,
    /// Device cookie of the browser.
    pub device: Option<SecretString>,
    /// The browser's User-Agent header.
    pub user_agent: Option<&'a str>,
}

/// A browser that has just signed in.
pub struct SignedInBrowser {
    /// The user.
    pub user: User,
    /// Secret of the new session.
    pub session: SecretString,
    /// Device cookie, with which failed attempts of other browsers do not delay the next sign-in.
    pub device: SecretString,
}

impl Accounts {
    /// Signs in with user name and password.
    pub async fn sign_in(&self, attempt: Attempt<'_>) -> AccountResult<SignedInBrowser> {
        let user = self.user_to_sign_in(attempt.username).await?;
        let device = match (&user, &attempt.device) {
            (Some(user), Some(cookie)) => self.devices.recognise(cookie, user.id),
            _ => None,
        };
        let network = network(attempt.address);
        let (keys, origin) = match device {
            Some(id) => (vec![Key::Device(id.clone())], Origin::Device(id)),
            None => {
                let name = db::users::username_key(&names::normalized(attempt.username));
                (Key::of_unknown_browser(&name, &network), Origin::Network(network))
            }
        };
        let allowed = self.limiter().attempt(&keys, self.now());
        allowed.map_err(AccountError::TooManyAttempts)?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let matches = self.passwords.verify(attempt.password, hash, origin).await?;
        match user.filter(|_| matches) {
            Some(user) => {
                self.limiter().succeeded(&keys);
                let session = self.open_session(user.id, attempt.user_agent).await?;
                let device =
                    attempt.device.filter(|cookie| self.devices.recognise(cookie, user.id).is_some());
                let device = device.unwrap_or_else(|| self.devices.issue(user.id));
                Ok(SignedInBrowser { user, session, device })
            }
            None => {
                tracing::warn!(address = %attempt.address, "sign-in failed");
                Err(AccountError::WrongPassword)
            }
        }
    }

    /// A device cookie for a browser that is signed in to this account.
    pub fn device_cookie(&self, user_id: UserId) -> SecretString {
        self.devices.issue(user_id)
    }

    /// User names are stored in compatibility form (NFKC), but earlier versions stored them as they were typed.
    async fn user_to_sign_in(&self, username: &str) -> AccountResult<Option<User>> {
        // No user name is this long, so normalising the text would waste time.
        if username.chars().nth(4 * names::MAX_CHARS).is_some() {
            return Ok(None);
        }
        let stored = db::users::find_by_username(&self.db, &names::normalized(username)).await?;
        match stored {
            Some(user) => Ok(Some(user)),
            None => Ok(db::users::find_by_username(&self.db, username).await?),
        }
    }

    /// Opens a session without a password check, for a new administrator or the demo user.
    pub async fn open_session(
        &self,
        user_id: UserId,
        user_agent: Option<&str>,
    ) -> AccountResult<SecretString> {
        let secret = secret::session_token();
        let now = self.now();
        let tx = self.db.begin().await?;
        let session = db::sessions::NewSession {
            user_id,
            token_hash: secret::hash(secret.expose_secret()),
            user_agent: user_agent.map(|name| name.chars().take(MAX_USER_AGENT).collect()),
            expires_at: (now + SESSION_LENGTH).into(),
        };
        db::sessions::insert(&tx, session, now.into()).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Deletes expired sessions. They are invalid already, so a failure is only logged and retried at the next
    /// start.
    pub async fn delete_expired_sessions(&self) {
        let delete = async {
            let tx = self.db.begin().await?;
            let deleted = db::sessions::delete_expired(&tx, self.now().into()).await?;
            tx.commit().await?;
            Ok::<_, db::Error>(deleted)
        };
        match delete.await {
            Ok(deleted) => tracing::debug!(deleted, "deleted expired sessions"),
            Err(error) => tracing::warn!(%error, "cannot delete expired sessions"),
        }
    }

    /// Ends the caller's session. API tokens stay valid.
    pub async fn sign_out(&self, caller: Caller) -> AccountResult<()> {
        if let Credential::Session(id) = caller.credential {
            let tx = self.db.begin().await?;
            db::sessions::delete(&tx, id).await?;
            tx.commit().await?;
            self.cache.invalidate(|other| other.credential == caller.credential);
        }
        Ok(())
    }

    /// Authenticates a session cookie. `None` when the session is unknown or expired.
    pub async fn caller_of_session(&self, secret: &SecretString) -> AccountResult<Option<Caller>> {
        let (hash, now) = (secret::hash(secret.expose_secret()), self.now());
        if let Some(caller) = self.cache.get(&hash, now) {
            return Ok(Some(caller));
        }
        let generation = self.cache.generation();
        let Some((session, user)) = db::sessions::find_valid(&self.db, &hash, now.into()).await? else {
            return Ok(None);
        };
        if needs_touch(session.last_seen_at.0, now) {
            let tx = self.db.begin().await?;
            db::sessions::touch(&tx, session.id, (now + SESSION_LENGTH).into(), now.into()).await?;
            tx.commit().await?;
        }
        let credential = Credential::Session(session.id);
        let caller = Caller { user_id: user.id, is_admin: user.is_admin, credential };
        self.cache.insert(hash, caller, generation, now);
        Ok(Some(caller))
    }

    /// Changes whenever a user may have been signed out. Long-lived streams compare it to authenticate again.
    pub fn generation(&self) -> Generation {
        self.cache.generation()
    }

    /// Whether the caller's session or token is still valid.
    pub async fn is_signed_in(&self, caller: Caller) -> AccountResult<bool> {
        Ok(match caller.credential {
            Credential::Session(id) => db::sessions::exists(&self.db, id, self.now().into()).await?,
            Credential::ApiToken(id) => db::api_tokens::exists(&self.db, id).await?,
        })
    }

    /// Authenticates an API token. `None` when the token is unknown.
    pub async fn caller_of_token(&self, token: &SecretString) -> AccountResult<Option<Caller>> {
        let (hash, now) = (secret::hash(token.expose_secret()), self.now());
        if let Some(caller) = self.cache.get(&hash, now) {
            return Ok(Some(caller));
        }
        let generation = self.cache.generation();
        let Some((token, user)) = db::api_tokens::find(&self.db, &hash).await? else {
            return Ok(None);
        };
        if token.last_used_at.is_none_or(|used_at| needs_touch(used_at.0, now)) {
            let tx = self.db.begin().await?;
            db::api_tokens::touch(&tx, token.id, now.into()).await?;
            tx.commit().await?;
        }
        let credential = Credential::ApiToken(token.id);
        let caller = Caller { user_id: user.id, is_admin: user.is_admin, credential };
        self.cache.insert(hash, caller, generation, now);
        Ok(Some(caller))
    }
}

fn needs_touch(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - last >= TOUCH_AFTER
}
