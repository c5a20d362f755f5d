//! A token store that can fail on demand and records its calls.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use trakt::token::StoreError;
use trakt::{Token, TokenStore};

/// A call of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Load,
    Lock,
    Probe,
    Store,
    Clear,
}

#[derive(Default)]
pub(crate) struct RecordingStore {
    token: Mutex<Option<Token>>,
    steps: Mutex<Vec<Step>>,
    probe_fails: AtomicBool,
    store_fails: AtomicBool,
}

impl RecordingStore {
    pub(crate) fn holding(token: Token) -> Self {
        Self { token: Mutex::new(Some(token)), ..Self::default() }
    }

    pub(crate) fn token(&self) -> Option<Token> {
        self.token.lock().unwrap().clone()
    }

    pub(crate) fn replace(&self, token: Token) {
        *self.token.lock().unwrap() = Some(token);
    }

    /// Makes every write fail, like a read-only file.
    pub(crate) fn make_unwritable(&self, unwritable: bool) {
        self.probe_fails.store(unwritable, Ordering::SeqCst);
        self.store_fails.store(unwritable, Ordering::SeqCst);
    }

    /// Makes writes fail after a successful probe, like a disk that fills up in between.
    pub(crate) fn fail_to_store(&self, fails: bool) {
        self.store_fails.store(fails, Ordering::SeqCst);
    }

    pub(crate) fn steps(&self) -> Vec<Step> {
        self.steps.lock().unwrap().clone()
    }

    fn step(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }

    fn fail_if(&self, fails: &AtomicBool) -> Result<(), StoreError> {
        if fails.load(Ordering::SeqCst) { Err("read-only file system".into()) } else { Ok(()) }
    }
}

#[async_trait]
impl TokenStore for RecordingStore {
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        self.step(Step::Load);
        Ok(self.token())
    }

    async fn probe(&self) -> Result<(), StoreError> {
        self.step(Step::Probe);
        self.fail_if(&self.probe_fails)
    }

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        self.step(Step::Store);
        self.fail_if(&self.store_fails)?;
        self.replace(token.clone());
        Ok(())
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.step(Step::Clear);
        *self.token.lock().unwrap() = None;
        Ok(())
    }

    async fn lock(&self) -> Result<Box<dyn std::any::Any + Send>, StoreError> {
        self.step(Step::Lock);
        Ok(Box::new(()))
    }
}
