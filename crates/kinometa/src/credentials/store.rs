//! A token store that keeps the pair in a config.yml.

use std::any::Any;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use kometa::config::{self, Secrets, TraktBlock};
use kometa::edit;
use kometa::file::{ConfigFile, FileError};
use kometa::finding::Finding;
use secrecy::ExposeSecret;
use trakt::token::StoreError;
use trakt::{Token, TokenParts, TokenStore};

use super::authorization;
use super::fallback::FallbackStore;
use crate::config::Config;

/// Stores the token pair of one config.yml.
pub(crate) struct ConfigStore {
    file: ConfigFile,
    /// The file's path as entered by the user, for messages.
    name: String,
    secrets: Secrets,
    fallback: FallbackStore,
    /// Why the last write to the file failed.
    write_error: Mutex<Option<String>>,
}

/// The result of writing a pair to the file that had been stored in the database.
pub(crate) enum CatchUp {
    /// The file contains the pair now.
    Written,
    /// The file still cannot be written.
    NotWritten {
        /// Why the write failed.
        reason: String,
    },
}

impl ConfigStore {
    /// The store of the file at `path`.
    ///
    /// # Errors
    /// When there is no such file.
    pub(crate) fn open(path: &Path, config: &Config) -> Result<Self, FileError> {
        let file = ConfigFile::open(path, &config.data_dir.join("kometa"))?;
        let secrets = Secrets::new(config::environment(), &file.dot_env());
        let fallback = FallbackStore::of(file.path(), config);
        Ok(Self { file, name: path.display().to_string(), secrets, fallback, write_error: Mutex::new(None) })
    }

    /// Path of the file.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The `trakt` block.
    pub(crate) fn trakt(&self) -> Result<TraktBlock, StoreError> {
        let read = self.read(&self.text()?)?;
        read.trakt.ok_or_else(|| format!("{}: there is no `trakt:` block in this file", self.name).into())
    }

    /// Problems of the `trakt` block.
    pub(crate) fn findings(&self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = self.read(&self.text()?)?.findings;
        findings.retain(|finding| finding.path.starts_with("trakt"));
        Ok(findings)
    }

    /// Why the last write to the file failed. If it did, the pair is in the database.
    pub(crate) fn write_error(&self) -> Option<String> {
        self.write_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Completes a write that was cut short by a crash or a full disk.
    pub(crate) fn finish_unfinished(&self) -> Result<Option<String>, StoreError> {
        let Some(unfinished) = self.file.unfinished() else { return Ok(None) };
        let _lock = self.file.lock()?;
        let current = self.file.read()?;
        let (pair, kept) = (self.pair(&unfinished.new)?, self.pair(&current));
        let text = if unfinished.explains(&current) {
            unfinished.new
        } else {
            // The file was edited meanwhile: only the pair is written, unless the file contains a newer one.
            let newer = |pair: &Token| {
                !kept
                    .as_ref()
                    .is_ok_and(|kept| kept.as_ref().is_some_and(|kept| kept.created_at >= pair.created_at))
            };
            match pair.filter(newer) {
                Some(pair) => edit::write_pair(&self.name, &current, &authorization(&pair))?,
                None => current.clone(),
            }
        };
        self.file.write(&current, &text)?;
        self.file.delete_recovery_copy();
        Ok(Some(format!("Completed an earlier write to {} that had been cut short.", self.name)))
    }

    /// Writes a pair to the file that was stored in the database because the file could not be written. Returns
    /// `None` when there is no such pair, or when the file contains a newer one.
    pub(crate) async fn catch_up(&self) -> Result<Option<CatchUp>, StoreError> {
        let client_id = self.client_id()?;
        let Some(kept) = self.fallback.load(&client_id).await? else { return Ok(None) };
        let _lock = self.lock().await?;
        if self.pair(&self.text()?)?.is_some_and(|pair| !kept.is_newer_than(&pair)) {
            self.fallback.forget().await?;
            return Ok(None);
        }
        match self.write(&kept.token) {
            Ok(()) => {
                self.fallback.forget().await?;
                Ok(Some(CatchUp::Written))
            }
            Err(error) => Ok(Some(CatchUp::NotWritten { reason: self.record_write_error(&error) })),
        }
    }

    /// The file's text, or the text that an unfinished write was about to write.
    fn text(&self) -> Result<String, FileError> {
        let text = self.file.read()?;
        Ok(match self.file.unfinished() {
            Some(unfinished) if unfinished.explains(&text) => unfinished.new,
            _ => text,
        })
    }

    fn read(&self, text: &str) -> Result<config::Config, StoreError> {
        Ok(config::read(&self.name, text, &self.secrets)?)
    }

    /// Client ID of the application in the file. A pair is valid for one application only.
    fn client_id(&self) -> Result<String, StoreError> {
        let trakt = self.read(&self.text()?)?.trakt;
        let id = trakt.and_then(|trakt| trakt.client_id);
        Ok(id.map(|id| id.expose_secret().to_owned()).unwrap_or_default())
    }

    fn pair(&self, text: &str) -> Result<Option<Token>, StoreError> {
        let pair = self.read(text)?.trakt.and_then(|trakt| trakt.authorization);
        Ok(pair.map(|pair| {
            Token::from(TokenParts {
                access_token: pair.access_token.expose_secret().to_owned(),
                token_type: pair.token_type,
                expires_in: pair.expires_in,
                // With an empty one Trakt rejects the renewal, and the user has to authorize again.
                refresh_token: pair
                    .refresh_token
                    .map(|token| token.expose_secret().to_owned())
                    .unwrap_or_default(),
                scope: pair.scope,
                created_at: pair.created_at,
            })
        }))
    }

    /// Writes the pair to the file. Probes first, so that no recovery copy is created for a file that cannot be
    /// written.
    fn write(&self, token: &Token) -> Result<(), StoreError> {
        let old = self.file.read()?;
        let new = edit::write_pair(&self.name, &old, &authorization(token))?;
        self.file.probe(&new)?;
        Ok(self.file.write(&old, &new)?)
    }

    /// Tests the edit and the free disk space with a pair of the usual size.
    fn probe_file(&self) -> Result<(), StoreError> {
        let old = self.file.read()?;
        let sample = Token::from(TokenParts {
            access_token: "0123456789abcdef".repeat(16),
            token_type: "bearer".into(),
            expires_in: 604_800,
            refresh_token: "0123456789abcdef".repeat(16),
            scope: "public".into(),
            created_at: 0,
        });
        let new = edit::write_pair(&self.name, &old, &authorization(&sample))?;
        Ok(self.file.probe(&new)?)
    }

    fn record_write_error(&self, error: &StoreError) -> String {
        let reason = error.to_string();
        *self.write_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(reason.clone());
        reason
    }

    fn clear_write_error(&self) {
        *self.write_error.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[async_trait]
impl TokenStore for ConfigStore {
    /// The newer of the pairs in the file and in the database. Kometa may have written the file meanwhile.
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        let in_file = self.pair(&self.text()?)?;
        let kept = match self.fallback.load(&self.client_id()?).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "cannot read whether the database holds a newer token pair of config.yml");
                None
            }
        };
        Ok(match (in_file, kept) {
            (Some(pair), Some(kept)) if kept.is_newer_than(&pair) => Some(kept.token),
            (Some(pair), _) => Some(pair),
            (None, kept) => kept.map(|kept| kept.token),
        })
    }

    /// Succeeds when a new pair can be stored in the file or in the database.
    async fn probe(&self) -> Result<(), StoreError> {
        let Err(error) = self.probe_file() else {
            self.clear_write_error();
            return Ok(());
        };
        self.fallback.probe().await.map_err(|other| {
            format!("{error}\nThe token pair cannot be kept in Kinometa's database either: {other}")
        })?;
        self.record_write_error(&error);
        Ok(())
    }

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        if let Err(error) = self.write(token) {
            let in_file = self.pair(&self.text()?)?;
            self.fallback.store(&self.client_id()?, token, in_file.as_ref()).await?;
            self.record_write_error(&error);
            return Ok(());
        }
        self.clear_write_error();
        // If this fails, the pair in the database is older than the file's and is never used.
        if let Err(error) = self.fallback.forget().await {
            tracing::warn!(%error, "an older token pair of config.yml stays in the database");
        }
        Ok(())
    }

    /// Always fails: Kinometa never removes the pair from Kometa's file.
    async fn clear(&self) -> Result<(), StoreError> {
        Err("the token pair stays in config.yml; remove it there".into())
    }

    async fn lock(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        let file = self.file.clone();
        let lock = tokio::task::spawn_blocking(move || file.lock()).await??;
        Ok(Box::new(lock))
    }
}
