//! Cache of Trakt's lists and charts, for Kometa's setting `cache_builders`.

use async_trait::async_trait;
use collections::fetch::{Cache, Fetched};
use collections::source::Source;
use db::{Db, Millis};

/// Trakt's responses, cached in this server's database.
pub struct BuilderCache(Db);

impl BuilderCache {
    /// Uses the cache in this database.
    pub fn new(db: Db) -> Self {
        Self(db)
    }

    async fn put(&self, source: &Source, fetched: &Fetched) -> db::Result<()> {
        let answer = serde_json::to_value(fetched).map_err(|error| db::Error::Other(error.to_string()))?;
        let tx = self.0.begin().await?;
        db::collections::store_response(&tx, &source.to_string(), answer, Millis::from(fetched.at)).await?;
        tx.commit().await
    }
}

#[async_trait]
impl Cache for BuilderCache {
    async fn load(&self, source: &Source) -> Option<Fetched> {
        // Such a list is different for each account, and the cache does not distinguish accounts.
        if source.needs_account() {
            return None;
        }
        let answer = db::collections::response(&self.0, &source.to_string()).await.ok()??;
        serde_json::from_value(answer).ok()
    }

    async fn store(&self, source: &Source, fetched: &Fetched) {
        if source.needs_account() {
            return;
        }
        if let Err(error) = self.put(source, fetched).await {
            tracing::warn!(%source, %error, "a Trakt answer could not be cached for cache_builders");
        }
    }
}
