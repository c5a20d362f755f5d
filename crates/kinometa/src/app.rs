//! What every handler and service shares.

use std::sync::Arc;

use crate::config::Config;

/// The running server's state; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
}

impl App {
    /// Makes the state.
    pub fn new(config: Config) -> Self {
        Self { inner: Arc::new(Inner { config }) }
    }

    /// How the server was set up.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }
}
