use std::{any::Any, sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::TimeDelta;
use clock::Clock;
use db::{Db, Millis, ids::UserId, leases, trakt_accounts};
use secrecy::{ExposeSecret, SecretString};
use trakt::{Token, TokenParts, TokenStore, token::StoreError};

use crate::secrets::Secrets;

/// Longer than any refresh takes, so that a node that died does not block the others for long.
const REFRESH_LEASE: TimeDelta = TimeDelta::seconds(60);
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Stores a user's token pair in the database, encrypted.
pub(crate) struct DbTokenStore {
    pub(crate) db: Db,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Names this store among all that share the database.
    pub(crate) holder: String,
    pub(crate) user_id: UserId,
}

/// The purpose that the envelope of a user's token is bound to.
pub(crate) fn purpose(user_id: UserId) -> String {
    format!("trakt token of user {user_id}")
}

/// The pair as stored in the database.
pub(crate) fn seal(secrets: &Secrets, user_id: UserId, token: &Token) -> Result<Vec<u8>, StoreError> {
    let plain = SecretString::from(serde_json::to_string(&token.expose())?);
    Ok(secrets.seal(&plain, &purpose(user_id)))
}

#[async_trait]
impl TokenStore for DbTokenStore {
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        let account = trakt_accounts::find(&self.db, self.user_id).await?;
        let Some(envelope) = account.and_then(|account| account.token) else { return Ok(None) };
        let plain = self.secrets.open_sealed(&envelope, &purpose(self.user_id))?;
        // The error is not passed on: it could quote the token.
        let parts: TokenParts = serde_json::from_str(plain.expose_secret())
            .map_err(|_| "the stored token has an unknown shape")?;
        Ok(Some(Token::from(parts)))
    }

    /// Writes something harmless, all the way to the disk.
    async fn probe(&self) -> Result<(), StoreError> {
        let tx = self.db.begin().await?;
        trakt_accounts::touch(&tx, self.user_id, Millis::from(self.clock.now())).await?;
        Ok(tx.commit().await?)
    }

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        let envelope = seal(&self.secrets, self.user_id, token)?;
        let tx = self.db.begin().await?;
        let now = Millis::from(self.clock.now());
        if !trakt_accounts::set_token(&tx, self.user_id, envelope, now).await? {
            return Err("the account was disconnected meanwhile".into());
        }
        Ok(tx.commit().await?)
    }

    async fn clear(&self) -> Result<(), StoreError> {
        let tx = self.db.begin().await?;
        trakt_accounts::disconnect(&tx, self.user_id, Millis::from(self.clock.now())).await?;
        Ok(tx.commit().await?)
    }

    /// Refresh tokens work only once, and another node may share this database.
    async fn lock(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        let name = format!("trakt-refresh/{}", self.user_id);
        loop {
            let now = self.clock.now();
            let tx = self.db.begin().await?;
            let until = Millis::from(now + REFRESH_LEASE);
            let taken = leases::acquire(&tx, &name, &self.holder, until, Millis::from(now)).await?;
            tx.commit().await?;
            if taken {
                return Ok(Box::new(Release { db: self.db.clone(), name, holder: self.holder.clone() }));
            }
            self.clock.sleep(POLL_INTERVAL).await;
        }
    }
}

/// Releases the lease on drop.
struct Release {
    db: Db,
    name: String,
    holder: String,
}

impl Drop for Release {
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (db, name, holder) =
            (self.db.clone(), std::mem::take(&mut self.name), std::mem::take(&mut self.holder));
        // A failure is harmless: the lease expires.
        drop(runtime.spawn(async move {
            let tx = db.begin().await?;
            leases::release(&tx, &name, &holder).await?;
            tx.commit().await
        }));
    }
}
