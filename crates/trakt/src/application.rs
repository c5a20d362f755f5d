//! The registered application, and the hosts to call.

use std::fmt;

use secrecy::SecretString;
use url::Url;

/// The registered Trakt application on whose behalf all calls are made.
///
/// Since July 2026 creating an application needs a VIP membership, so a household shares one: its keys are entered
/// once and every user connects through it.
#[derive(Clone)]
pub struct Application {
    /// The client id, sent as `trakt-api-key`.
    pub client_id: String,
    /// The client secret. Newer applications have none; they connect accounts without one.
    pub client_secret: Option<SecretString>,
    /// `Name/Version`. Trakt's edge refuses requests without one with 403.
    pub user_agent: String,
}

impl Application {
    /// An application without a client secret; add one with [`Application::secret`].
    ///
    /// ```
    /// let application = trakt::Application::new("my-client-id", "MyApp/1.0").secret("my-client-secret");
    /// ```
    pub fn new(client_id: impl Into<String>, user_agent: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), client_secret: None, user_agent: user_agent.into() }
    }

    /// Adds the client secret.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.client_secret = Some(SecretString::from(secret.into()));
        self
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("client_id", &"[redacted]")
            .field("client_secret", &self.client_secret.as_ref().map(|_| "[redacted]"))
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

/// The hosts to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// The API host.
    pub api: Url,
    /// The OAuth host (authorize, device, token, revoke).
    pub auth: Url,
}

impl Endpoints {
    /// Both hosts at one address, as a simulator or a proxy serves them.
    pub fn single(url: Url) -> Self {
        Self { api: url.clone(), auth: url }
    }
}

impl Default for Endpoints {
    /// Trakt's production hosts: `api.trakt.tv` and `auth.trakt.tv`.
    fn default() -> Self {
        Self {
            api: Url::parse("https://api.trakt.tv").expect("the constant is a valid URL"),
            auth: Url::parse("https://auth.trakt.tv").expect("the constant is a valid URL"),
        }
    }
}
