//! Applications, tokens, device codes and PINs: which application may call the API, and for which user.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// How Trakt treats an application.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationStatus {
    /// It may call.
    #[default]
    Allowed,
    /// Deleted or not approved: 403 on every path, `invalid_client` from OAuth. Tokens stay valid.
    Disallowed,
    /// Its owner's VIP membership lapsed: 426 on the API.
    VipLapsed,
}

/// A registered application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Application {
    /// The ID used in `trakt-api-key`.
    pub client_id: String,
    /// The secret for token calls. Newer applications have none: device token, refresh and revoke work without it.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// The name shown to users when they approve it.
    pub name: String,
    /// Redirect URIs, in addition to the PIN page.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// How Trakt treats it.
    #[serde(default)]
    pub status: ApplicationStatus,
}

/// A token pair. The refresh token can be used once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub access: String,
    pub refresh: String,
    pub username: String,
    pub client_id: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The state of a device code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Consent {
    Pending,
    Approved { username: String },
    Denied,
    Used,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeviceCode {
    pub device_code: String,
    pub user_code: String,
    pub client_id: String,
    pub expires_at: DateTime<Utc>,
    pub polled_at: Option<DateTime<Utc>>,
    pub decision: Consent,
}

/// An authorization code, or the PIN shown instead.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AuthorizationCode {
    pub code: String,
    pub client_id: String,
    pub redirect_uri: String,
    pub username: String,
    pub expires_at: DateTime<Utc>,
}

/// Everything about access.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Access {
    pub applications: Vec<Application>,
    /// By access token.
    pub tokens: HashMap<String, Token>,
    pub devices: Vec<DeviceCode>,
    pub codes: Vec<AuthorizationCode>,
    /// Refresh tokens that were redeemed: a second attempt gets a misleading error.
    pub spent: HashSet<String>,
}

impl Access {
    pub(crate) fn application(&self, client_id: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.client_id == client_id)
    }

    /// Issues a new pair.
    pub(crate) fn issue(
        &mut self,
        pair: (String, String),
        owner: (&str, &str),
        now: DateTime<Utc>,
        life: i64,
    ) -> Token {
        let token = Token {
            access: pair.0,
            refresh: pair.1,
            username: owner.0.to_owned(),
            client_id: owner.1.to_owned(),
            created_at: now,
            expires_at: now + Duration::seconds(life),
        };
        self.tokens.insert(token.access.clone(), token.clone());
        token
    }

    /// Returns the token for an access token that is still valid.
    pub(crate) fn token(&self, access: &str, now: DateTime<Utc>) -> Option<&Token> {
        self.tokens.get(access).filter(|token| token.expires_at > now)
    }

    /// Removes and returns the pair with this refresh token, so that it works only once.
    pub(crate) fn redeem(&mut self, refresh: &str, client_id: &str) -> Option<Token> {
        let pair =
            self.tokens.values().find(|token| token.refresh == refresh && token.client_id == client_id)?;
        let access = pair.access.clone();
        self.spent.insert(refresh.to_owned());
        self.tokens.remove(&access)
    }

    /// Removes the pair with this access or refresh token.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.tokens.retain(|access, pair| access != token && pair.refresh != token);
    }

    /// Returns the other applications that a user has connected, oldest connection first.
    pub(crate) fn other_applications(&self, username: &str, client_id: &str) -> Vec<String> {
        let mut tokens: Vec<&Token> = self
            .tokens
            .values()
            .filter(|token| token.username == username && token.client_id != client_id)
            .collect();
        tokens.sort_by_key(|token| token.created_at);
        let mut applications: Vec<String> = Vec::new();
        for token in tokens {
            if !applications.contains(&token.client_id) {
                applications.push(token.client_id.clone());
            }
        }
        applications
    }

    /// Ends a user's connection with an application.
    pub(crate) fn disconnect(&mut self, username: &str, client_id: &str) {
        self.tokens.retain(|_, token| token.username != username || token.client_id != client_id);
    }
}
