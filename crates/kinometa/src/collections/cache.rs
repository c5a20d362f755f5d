//! Answers of Trakt's lists and charts, kept for `cache_builders`.

use async_trait::async_trait;
use collections::fetch::{Cache, Fetched};
use collections::source::Source;
use db::{Db, Millis};

/// The answers in this server's database.
pub struct Answers(Db);

impl Answers {
    /// The answers in this database.
    pub fn new(db: Db) -> Self {
        Self(db)
    }

    async fn put(&self, source: &Source, fetched: &Fetched) -> db::Result<()> {
        let answer = serde_json::to_value(fetched).map_err(|error| db::Error::Other(error.to_string()))?;
        let tx = self.0.begin().await?;
        db::collections::keep_answer(&tx, &source.to_string(), answer, Millis::from(fetched.at)).await?;
        tx.commit().await
    }
}

#[async_trait]
impl Cache for Answers {
    async fn load(&self, source: &Source) -> Option<Fetched> {
        // What belongs to an account is another list for another account.
        if source.needs_account() {
            return None;
        }
        let answer = db::collections::answer(&self.0, &source.to_string()).await.ok()??;
        serde_json::from_value(answer).ok()
    }

    async fn keep(&self, source: &Source, fetched: &Fetched) {
        if source.needs_account() {
            return;
        }
        if let Err(error) = self.put(source, fetched).await {
            tracing::warn!(%source, %error, "a Trakt answer could not be cached for cache_builders");
        }
    }
}
