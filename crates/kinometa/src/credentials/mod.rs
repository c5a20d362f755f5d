//! The token pair of a Kometa config.yml. It is kept in the file; where the file cannot be written it is kept sealed in
//! the database, so that the account survives.

pub(crate) mod clients;
pub(crate) mod grants;
mod kept;
mod store;

pub(crate) use store::{Behind, ConfigStore};

use kometa::config::Authorization;
use trakt::Token;

/// The pair as config.yml holds it.
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
