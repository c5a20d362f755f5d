//! Conversion of account rows to API types.

use db::rows;
use serde_json::Value;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::present;
use api_types::user::{ApiToken, User};

/// Converts a user, including the state of their Trakt connection.
pub(super) async fn user(app: &App, row: rows::User) -> ApiResult<User> {
    let connection = app.trakt().connection(row.id).await?;
    Ok(User {
        trakt: connection.has_ever_connected.then(|| present::trakt::connection_summary(connection)),
        id: row.id,
        username: row.username,
        display_name: row.display_name,
        is_admin: row.is_admin,
        created_at: row.created_at.0,
        preferences: match row.preferences {
            Value::Object(preferences) => preferences,
            _ => serde_json::Map::new(),
        },
    })
}

/// Converts an API token. The secret is not stored.
pub(super) fn api_token(row: rows::ApiToken) -> ApiToken {
    ApiToken {
        id: row.id,
        name: row.name,
        prefix: row.prefix,
        created_at: row.created_at.0,
        last_used_at: row.last_used_at.map(|time| time.0),
    }
}
