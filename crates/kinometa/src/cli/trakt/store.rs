//! A config.yml as the place that keeps a token pair.

use std::any::Any;
use std::path::Path;

use async_trait::async_trait;
use kometa::config::{self, Secrets, TraktBlock};
use kometa::edit;
use kometa::file::{ConfigFile, FileError};
use kometa::finding::Finding;
use secrecy::ExposeSecret;
use trakt::token::StoreError;
use trakt::{Token, TokenParts, TokenStore};

use super::super::Failure;
use super::authorization;
use crate::config::Config;

/// The pair of one config.yml.
pub(in crate::cli) struct ConfigStore {
    file: ConfigFile,
    /// The file's name as it was given, for messages.
    name: String,
    secrets: Secrets,
}

impl ConfigStore {
    pub(in crate::cli) fn open(path: &Path, config: &Config) -> Result<Self, FileError> {
        let file = ConfigFile::open(path, &config.data_dir.join("kometa"))?;
        let secrets = Secrets::new(config::environment(), &file.dot_env());
        Ok(Self { file, name: path.display().to_string(), secrets })
    }

    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The `trakt` block.
    pub(in crate::cli) fn trakt(&self) -> Result<TraktBlock, Failure> {
        let read = self.read(&self.text()?)?;
        read.trakt.ok_or_else(|| format!("{}: there is no `trakt:` block in this file", self.name).into())
    }

    /// What is wrong with the `trakt` block.
    pub(in crate::cli) fn findings(&self) -> Result<Vec<Finding>, Failure> {
        let mut findings = self.read(&self.text()?)?.findings;
        findings.retain(|finding| finding.path.starts_with("trakt"));
        Ok(findings)
    }

    /// Completes a write that was cut short by a crash or a full disk.
    pub(in crate::cli) fn finish_unfinished(&self) -> Result<Option<String>, Failure> {
        let Some(unfinished) = self.file.unfinished() else { return Ok(None) };
        let _lock = self.file.lock()?;
        let current = self.file.read()?;
        let (pair, kept) = (self.pair(&unfinished.new)?, self.pair(&current));
        let text = if unfinished.explains(&current) {
            unfinished.new
        } else {
            // Somebody has edited the file: only the pair goes in, unless theirs is newer.
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
        self.file.finished();
        Ok(Some(format!("Completed an earlier write to {} that had been cut short.", self.name)))
    }

    /// The file's text, or what an unfinished write was to make of it.
    fn text(&self) -> Result<String, FileError> {
        let text = self.file.read()?;
        Ok(match self.file.unfinished() {
            Some(unfinished) if unfinished.explains(&text) => unfinished.new,
            _ => text,
        })
    }

    fn read(&self, text: &str) -> Result<config::Config, Failure> {
        Ok(config::read(&self.name, text, &self.secrets)?)
    }

    fn pair(&self, text: &str) -> Result<Option<Token>, Failure> {
        let pair = self.read(text)?.trakt.and_then(|trakt| trakt.authorization);
        Ok(pair.map(|pair| {
            Token::from(TokenParts {
                access_token: pair.access_token.expose_secret().to_owned(),
                token_type: pair.token_type,
                expires_in: pair.expires_in,
                // Without one Trakt refuses the renewal, and the person authorizes anew.
                refresh_token: pair
                    .refresh_token
                    .map(|token| token.expose_secret().to_owned())
                    .unwrap_or_default(),
                scope: pair.scope,
                created_at: pair.created_at,
            })
        }))
    }

    fn write(&self, token: &Token) -> Result<(), Failure> {
        let old = self.file.read()?;
        let new = edit::write_pair(&self.name, &old, &authorization(token))?;
        Ok(self.file.write(&old, &new)?)
    }
}

#[async_trait]
impl TokenStore for ConfigStore {
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        self.pair(&self.text()?)
    }

    /// Tries the edit and the room on the disk with a pair of the usual size.
    async fn probe(&self) -> Result<(), StoreError> {
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

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        self.write(token)
    }

    /// Kometa's file keeps its pair: nothing here disconnects an account.
    async fn clear(&self) -> Result<(), StoreError> {
        Err("the pair stays in config.yml; remove it there".into())
    }

    async fn lock(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        let file = self.file.clone();
        let lock = tokio::task::spawn_blocking(move || file.lock()).await??;
        Ok(Box::new(lock))
    }
}
