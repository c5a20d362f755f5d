//! The Trakt token pair of a Kometa config.yml. It is stored in the file. If the file cannot be written, the pair
//! is stored in the database, sealed, because Trakt accepts each refresh token only once and the old pair is used
//! up.

pub(crate) mod clients;
mod fallback;
pub(crate) mod grants;
mod store;

pub(crate) use store::{CatchUp, ConfigStore};

use kometa::config::Authorization;
use trakt::Token;

/// The pair in the form of config.yml.
pub(crate) fn authorization(token: &Token) -> Authorization {
    let parts = token.expose();
    Authorization {
        access_token: parts.access_token.into(),
        token_type: parts.token_type,
        expires_in: parts.expires_in,
        refresh_token: Some(parts.refresh_token.into()),
        scope: parts.scope,
        created_at: parts.created_at,
    }
}
