//! How the server is set up.

/// Everything that flags, environment and `kinometa.toml` can say.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Signs the demo user in at the first visit.
    pub demo_user: Option<String>,
}
