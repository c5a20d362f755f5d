//! Users, their sign-in and their tokens.

use chrono::{DateTime, Utc};
use db::ids::{ApiTokenId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use super::trakt::TraktState;

/// The current session: who is signed in, and server information.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Session {
    /// Whether no administrator exists yet: show the first-run page.
    pub setup_required: bool,
    /// The signed-in user, or null.
    #[schema(required)]
    pub user: Option<User>,
    /// Information about the server.
    pub server: ServerInfo,
    /// The current position in the stream of live updates. Pass it as `after` when opening the stream, so that no
    /// update is missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_cursor: Option<String>,
}

/// Public information about the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServerInfo {
    /// Version of the running binary.
    pub version: String,
    /// Whether this is `kinometa demo`.
    pub demo: bool,
    /// Name shown in the title bar.
    pub name: String,
}

/// A user account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: UserId,
    /// Name used to sign in; unique without regard to case.
    pub username: String,
    /// Name shown in the interface.
    pub display_name: String,
    /// Whether the user may manage settings and users.
    pub is_admin: bool,
    /// When the account was created.
    pub created_at: DateTime<Utc>,
    /// Client preferences (theme, volume, languages): stored, never read by the server.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub preferences: serde_json::Map<String, serde_json::Value>,
    /// The Trakt connection, or null if there has never been one.
    #[schema(required)]
    pub trakt: Option<UserTrakt>,
}

/// Summary of a user's Trakt connection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UserTrakt {
    /// State of the connection.
    pub state: TraktState,
    /// Trakt user name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Address of the Trakt avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
}

/// A token for scripts, without its secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiToken {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: ApiTokenId,
    /// Its name.
    pub name: String,
    /// First characters of the token, to recognise it by.
    pub prefix: String,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A new token. The secret is shown only once.
#[derive(Serialize, ToSchema)]
pub struct CreatedApiToken {
    /// The secret itself.
    pub token: String,
    /// The token as listed from now on.
    #[serde(flatten)]
    pub details: ApiToken,
}
