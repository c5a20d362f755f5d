//! Pairs whose config.yml cannot be written, sealed in the database.

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

/// The place of one file's pair. The database is opened when it is needed, and made only to keep a pair.
pub(super) struct Kept {
    database: SecretString,
    folder: PathBuf,
    /// The setting, and what the envelope is sealed for.
    key: String,
    opened: OnceCell<(Db, Secrets)>,
}

/// What the envelope holds.
#[derive(Serialize, Deserialize)]
struct Content {
    /// The application that the pair is for.
    client_id: String,
    pair: TokenParts,
}

impl Kept {
    pub(super) fn of(path: &Path, config: &Config) -> Self {
        Self {
            database: config.database.clone(),
            folder: config.data_dir.clone(),
            key: format!("kometa.pair:{}", path.display()),
            opened: OnceCell::new(),
        }
    }

    /// The pair, when one is kept for this application.
    pub(super) async fn load(&self, client_id: &str) -> Result<Option<Token>, StoreError> {
        if !self.may_be_there() {
            return Ok(None);
        }
        let (db, secrets) = self.open().await?;
        let Some(sealed) = settings::get::<String>(db, &self.key).await? else { return Ok(None) };
        let opened = secrets.open_sealed(&STANDARD.decode(sealed)?, &self.key)?;
        let content: Content = serde_json::from_str(opened.expose_secret())?;
        Ok((content.client_id == client_id).then(|| Token::from(content.pair)))
    }

    /// Keeps a pair in place of an older one. Once it is there a crash does not lose it.
    pub(super) async fn store(&self, client_id: &str, token: &Token) -> Result<(), StoreError> {
        let (db, secrets) = self.open().await?;
        let content = Content { client_id: client_id.to_owned(), pair: token.expose() };
        let text = SecretString::from(serde_json::to_string(&content)?);
        let tx = db.begin().await?;
        settings::put(&tx, &self.key, &STANDARD.encode(secrets.seal(&text, &self.key))).await?;
        Ok(tx.commit().await?)
    }

    /// Fails when a pair could not be kept.
    pub(super) async fn probe(&self) -> Result<(), StoreError> {
        let (db, _) = self.open().await?;
        let tx = db.begin().await?;
        settings::put(&tx, &format!("{}?", self.key), &"").await?;
        Ok(tx.rollback().await?)
    }

    /// Forgets the pair, once the file holds it or a newer one.
    pub(super) async fn forget(&self) -> Result<(), StoreError> {
        if !self.may_be_there() {
            return Ok(());
        }
        let tx = self.open().await?.0.begin().await?;
        settings::delete(&tx, &self.key).await?;
        Ok(tx.commit().await?)
    }

    /// Where there is no database nothing is kept, and none is made for looking.
    fn may_be_there(&self) -> bool {
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
