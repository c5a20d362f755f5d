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
    /// The refresh token that it took the place of, and that its file still holds. Older versions did not keep it.
    #[serde(default)]
    replaces: Option<String>,
}

/// A pair that its file lacks.
pub(super) struct KeptPair {
    pub(super) token: Token,
    replaces: Option<String>,
}

impl KeptPair {
    /// Whether it is newer than the pair in the file: one that it took the place of is used up, whatever the clock says;
    /// any other was put there by somebody, and the later of the two counts.
    pub(super) fn is_newer_than(&self, in_file: &Token) -> bool {
        let used_up = self.replaces.as_ref().is_some_and(|old| *old == in_file.expose().refresh_token);
        used_up || self.token.created_at > in_file.created_at
    }
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
    pub(super) async fn load(&self, client_id: &str) -> Result<Option<KeptPair>, StoreError> {
        if !self.may_be_there() {
            return Ok(None);
        }
        let (db, secrets) = self.open().await?;
        let Some(sealed) = settings::get::<String>(db, &self.key).await? else { return Ok(None) };
        let opened = secrets.open_sealed(&STANDARD.decode(sealed)?, &self.key)?;
        let content: Content = serde_json::from_str(opened.expose_secret())?;
        let Content { client_id: of, pair, replaces } = content;
        Ok((of == client_id).then(|| KeptPair { token: Token::from(pair), replaces }))
    }

    /// Keeps a pair in place of an older one. Once it is there a crash does not lose it. `in_file` is the one that its file
    /// holds.
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
