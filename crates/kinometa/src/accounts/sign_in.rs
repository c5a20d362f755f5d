//! Signing in and out, and telling who is behind a secret.

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::UserId;
use db::rows::User;
use secrecy::{ExposeSecret, SecretString};

use super::cache::{Caller, Generation, Proof};
use super::error::{AccountError, AccountResult};
use super::limiter::Key;
use super::{Accounts, secret};

/// A session ends this long after it was last used.
const SESSION_LENGTH: TimeDelta = TimeDelta::days(60);

/// The use of a session or token is written down at most this often: reading must not turn into writing.
const TOUCH_AFTER: TimeDelta = TimeDelta::hours(1);

/// Longest browser name that is kept, in characters.
const LONGEST_USER_AGENT: usize = 300;

impl Accounts {
    /// Signs in by name and password.
    pub async fn sign_in(
        &self,
        username: &str,
        password: SecretString,
        address: &str,
        user_agent: Option<&str>,
    ) -> AccountResult<(User, SecretString)> {
        let keys = Key::of(&db::users::username_key(username), address);
        let attempt = self.limiter().attempt(&keys, self.now());
        attempt.map_err(AccountError::TooManyAttempts)?;
        let user = db::users::find_by_username(&self.db, username).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let fits = self.passwords.verify(password, hash).await?;
        match user.filter(|_| fits) {
            Some(user) => {
                self.limiter().succeeded(&keys);
                let secret = self.open_session(user.id, user_agent).await?;
                Ok((user, secret))
            }
            None => {
                tracing::warn!(address, "a sign-in failed");
                Err(AccountError::WrongPassword)
            }
        }
    }

    /// Signs somebody in who needs no password: the new administrator, the demo's user.
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
            user_agent: user_agent.map(|name| name.chars().take(LONGEST_USER_AGENT).collect()),
            expires_at: (now + SESSION_LENGTH).into(),
        };
        db::sessions::insert(&tx, session, now.into()).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Forgets sessions that ended. They are worth nothing already, so a failure waits for the next start.
    pub async fn forget_expired_sessions(&self) {
        let forget = async {
            let tx = self.db.begin().await?;
            let forgotten = db::sessions::delete_expired(&tx, self.now().into()).await?;
            tx.commit().await?;
            Ok::<_, db::Error>(forgotten)
        };
        match forget.await {
            Ok(forgotten) => tracing::debug!(forgotten, "expired sessions"),
            Err(error) => tracing::warn!(%error, "expired sessions could not be forgotten"),
        }
    }

    /// Signs out.
    pub async fn sign_out(&self, caller: Caller) -> AccountResult<()> {
        if let Proof::Session(id) = caller.proof {
            let tx = self.db.begin().await?;
            db::sessions::delete(&tx, id).await?;
            tx.commit().await?;
            self.cache.forget(|other| other.proof == caller.proof);
        }
        Ok(())
    }

    /// Who is behind this session cookie.
    pub async fn caller_of_session(&self, secret: &SecretString) -> AccountResult<Option<Caller>> {
        let (hash, now) = (secret::hash(secret.expose_secret()), self.now());
        if let Some(caller) = self.cache.get(&hash, now) {
            return Ok(Some(caller));
        }
        let generation = self.cache.generation();
        let Some((session, user)) = db::sessions::find_valid(&self.db, &hash, now.into()).await? else {
            return Ok(None);
        };
        if is_due(session.last_seen_at.0, now) {
            let tx = self.db.begin().await?;
            db::sessions::touch(&tx, session.id, (now + SESSION_LENGTH).into(), now.into()).await?;
            tx.commit().await?;
        }
        let proof = Proof::Session(session.id);
        let caller = Caller { user_id: user.id, is_admin: user.is_admin, proof };
        self.cache.insert(hash, caller, generation, now);
        Ok(Some(caller))
    }

    /// Changes whenever somebody may have been signed out: for streams, which outlive their request's check.
    pub fn generation(&self) -> Generation {
        self.cache.generation()
    }

    /// Whether a caller of some time ago is still signed in.
    pub async fn is_still(&self, caller: Caller) -> AccountResult<bool> {
        Ok(match caller.proof {
            Proof::Session(id) => db::sessions::exists(&self.db, id, self.now().into()).await?,
            Proof::ApiToken(id) => db::api_tokens::exists(&self.db, id).await?,
        })
    }

    /// Who is behind this API token.
    pub async fn caller_of_token(&self, token: &SecretString) -> AccountResult<Option<Caller>> {
        let (hash, now) = (secret::hash(token.expose_secret()), self.now());
        if let Some(caller) = self.cache.get(&hash, now) {
            return Ok(Some(caller));
        }
        let generation = self.cache.generation();
        let Some((token, user)) = db::api_tokens::find(&self.db, &hash).await? else {
            return Ok(None);
        };
        if token.last_used_at.is_none_or(|used_at| is_due(used_at.0, now)) {
            let tx = self.db.begin().await?;
            db::api_tokens::touch(&tx, token.id, now.into()).await?;
            tx.commit().await?;
        }
        let proof = Proof::ApiToken(token.id);
        let caller = Caller { user_id: user.id, is_admin: user.is_admin, proof };
        self.cache.insert(hash, caller, generation, now);
        Ok(Some(caller))
    }
}

fn is_due(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - last >= TOUCH_AFTER
}
