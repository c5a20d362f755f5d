//! People, their sign-in and their tokens.

use chrono::{DateTime, Utc};
use db::ids::{ApiTokenId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use super::trakt::TraktState;

/// What a browser needs to know first: who is signed in, and where.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Session {
    /// No administrator exists yet: show the first-run page.
    pub setup_required: bool,
    /// The person signed in, or null.
    #[schema(required)]
    pub user: Option<User>,
    /// The server itself.
    pub server: ServerInfo,
    /// Where live updates stand: `after` of the event stream, so that nothing is missed between this answer and the stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_cursor: Option<String>,
}

/// Facts about the server that need no sign-in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServerInfo {
    /// Version of the running binary.
    pub version: String,
    /// Whether this is `kinometa demo`.
    pub demo: bool,
    /// Name shown in the title bar.
    pub name: String,
}

/// A person with an account here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: UserId,
    /// Name used to sign in; unique without regard to case.
    pub username: String,
    /// Name shown in the interface.
    pub display_name: String,
    /// May change the server's settings and people.
    pub is_admin: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// Client preferences (theme, volume, languages): stored, never read by the server.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub preferences: serde_json::Map<String, serde_json::Value>,
    /// The Trakt connection, or null when there has never been one.
    #[schema(required)]
    pub trakt: Option<UserTrakt>,
}

/// A person's Trakt connection in one glance.
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
    /// What its owner called it.
    pub name: String,
    /// First characters of the token, to recognise it by.
    pub prefix: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used; kept to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token just made. The secret is shown this once.
#[derive(Serialize, ToSchema)]
pub struct CreatedApiToken {
    /// The secret itself.
    pub token: String,
    /// What will be listed from now on.
    #[serde(flatten)]
    pub details: ApiToken,
}
