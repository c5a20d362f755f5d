//! Stores token pairs in the database, sealed, when their config.yml cannot be written.

use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Db, settings};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sync::secrets::Secrets;
use tokio::sync::OnceCell;
use trakt::token::StoreError;
use trakt::{Token, TokenParts};

use crate::config::{Config, KEY_FILE};

/// Stores the pair of one file. The database is opened only when needed, and created only to store a pair.
pub(super) struct FallbackStore {
    database: SecretString,
    folder: PathBuf,
    /// Key of the setting, and the purpose for which the envelope is sealed.
    key: String,
    opened: OnceCell<(Db, Secrets)>,
}

/// Contents of the sealed envelope.
#[derive(Serialize, Deserialize)]
struct Content {
    /// The Trakt application that the pair was issued for.
    client_id: String,
    pair: TokenParts,
    /// The refresh token that this pair replaces and that the file still contains. Older versions did not store it.
    #[serde(default)]
    replaces: Option<String>,
}

/// A pair that could not be written to its file.
pub(super) struct FallbackPair {
    pub(super) token: Token,
    replaces: Option<String>,
}

impl FallbackPair {
    /// Whether this pair is newer than the one in the file. If it was obtained with that pair's refresh token, it
    /// is, regardless of the clock. Any other pair in the file was put there by somebody else; then the later one
    /// counts.
    pub(super) fn is_newer_than(&self, in_file: &Token) -> bool {
        let used_up = self.replaces.as_ref().is_some_and(|old| *old == in_file.expose().refresh_token);
        used_up || self.token.created_at > in_file.created_at
    }
}

impl FallbackStore {
    pub(super) fn of(path: &Path, config: &Config) -> Self {
        Self {
            database: config.database.clone(),
            folder: config.data_dir.clone(),
            key: format!("kometa.pair:{}", path.display()),
            opened: OnceCell::new(),
        }
    }

    /// The stored pair, if there is one for this application.
    pub(super) async fn load(&self, client_id: &str) -> Result<Option<FallbackPair>, StoreError> {
        if !self.may_exist() {
            return Ok(None);
        }
        let (db, secrets) = self.open().await?;
        let Some(sealed) = settings::get::<String>(db, &self.key).await? else { return Ok(None) };
        let opened = secrets.open_sealed(&STANDARD.decode(sealed)?, &self.key)?;
        let content: Content = serde_json::from_str(opened.expose_secret())?;
        let Content { client_id: of, pair, replaces } = content;
        Ok((of == client_id).then(|| FallbackPair { token: Token::from(pair), replaces }))
    }

    /// Stores a pair and replaces an older one. After this returns, the pair survives a crash. `in_file` is the
    /// pair in the file.
    pub(super) async fn store(
        &self,
        client_id: &str,
        token: &Token,
        in_file: Option<&Token>,
    ) -> Result<(), StoreError> {
        let (db, secrets) = self.open().await?;
        let replaces = in_file.map(|pair| pair.expose().refresh_token).filter(|token| !token.is_empty());
        let content = Content { client_id: client_id.to_owned(), pair: token.expose(), replaces };
        let text = SecretString::from(serde_json::to_string(&content)?);
        let tx = db.begin().await?;
        settings::put(&tx, &self.key, &STANDARD.encode(secrets.seal(&text, &self.key))).await?;
        Ok(tx.commit().await?)
    }

    /// Fails when a pair could not be stored.
    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        let (db, _) = self.open().await?;
        let tx = db.begin().await?;
        settings::put(&tx, &format!("{}?", self.key), &"").await?;
        Ok(tx.rollback().await?)
    }

    /// Deletes the pair. Call this once the file contains it or a newer one.
    pub(super) async fn forget(&self) -> Result<(), StoreError> {
        if !self.may_exist() {
            return Ok(());
        }
        let tx = self.open().await?.0.begin().await?;
        settings::delete(&tx, &self.key).await?;
        Ok(tx.commit().await?)
    }

    /// Whether the database may contain a pair. Reading must not create a SQLite database that does not exist.
    fn may_exist(&self) -> bool {
        let url = self.database.expose_secret();
        url.strip_prefix("sqlite:").is_none_or(|path| Path::new(path.trim_start_matches("//")).exists())
    }

    async fn open(&self) -> Result<&(Db, Secrets), StoreError> {
        let open = || async {
            std::fs::create_dir_all(&self.folder)?;
            let secrets = Secrets::open(&self.folder.join(KEY_FILE))?;
            Ok((Db::connect(self.database.expose_secret()).await?, secrets))
        };
        self.opened.get_or_try_init(open).await
    }
}
