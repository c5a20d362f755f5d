//! The server's Trakt application: stored in the settings with its secret encrypted, and checked before it is used.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use db::{Conn, Tx, settings};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trakt::{Application, Client, Token};

use crate::{Error, Result, account::judge, secrets::Secrets, status::Failure};

const KEY: &str = "trakt.application";
const PURPOSE: &str = "trakt client secret";

/// As stored in the settings.
#[derive(Serialize, Deserialize)]
struct Stored {
    client_id: String,
    /// Base64 of the envelope.
    client_secret: String,
}

/// The application that is stored.
pub(crate) async fn load(
    conn: &dyn Conn,
    secrets: &Secrets,
    user_agent: &str,
) -> Result<Option<Application>> {
    let Some(stored) = settings::get::<Stored>(conn, KEY).await? else { return Ok(None) };
    let envelope = STANDARD
        .decode(&stored.client_secret)
        .map_err(|_| Error::Stored("the stored client secret is damaged: enter it again".to_owned()))?;
    let mut application = Application::new(stored.client_id, user_agent);
    application.client_secret = Some(secrets.open_sealed(&envelope, PURPOSE)?);
    Ok(Some(application))
}

/// Stores an application in place of the old one.
pub(crate) async fn save(
    tx: &Tx,
    secrets: &Secrets,
    client_id: &str,
    client_secret: &SecretString,
) -> Result<()> {
    let stored = Stored {
        client_id: client_id.to_owned(),
        client_secret: STANDARD.encode(secrets.seal(client_secret, PURPOSE)),
    };
    Ok(settings::put(tx, KEY, &stored).await?)
}

/// Deletes the application.
pub(crate) async fn remove(tx: &Tx) -> Result<()> {
    settings::delete(tx, KEY).await?;
    Ok(())
}

/// What Trakt says about an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationCheck {
    /// Id and secret are correct.
    Good,
    /// Trakt does not know the id, or has not approved the application.
    NotAllowed,
    /// The id is correct, but the secret is not.
    WrongSecret,
    /// Trakt could not be reached.
    Unreachable,
}

/// Checks the application of `client` with Trakt: the id with a public read, the secret by redeeming a refresh token
/// that cannot exist. Trakt checks the application before the token.
pub async fn check_application(client: &Client) -> ApplicationCheck {
    if let Err(error) = client.movies().trending().first(1).await {
        return match judge(&error).failure {
            Failure::ApplicationNotAllowed { .. } | Failure::Forbidden => ApplicationCheck::NotAllowed,
            _ => ApplicationCheck::Unreachable,
        };
    }
    let Err(error) = client.auth().refresh(&no_token()).await else { return ApplicationCheck::Good };
    match judge(&error).failure {
        Failure::Reconnect => ApplicationCheck::Good,
        Failure::ApplicationNotAllowed { .. } => ApplicationCheck::WrongSecret,
        _ => ApplicationCheck::Unreachable,
    }
}

fn no_token() -> Token {
    Token {
        access_token: SecretString::from("none"),
        refresh_token: SecretString::from("0".repeat(64)),
        created_at: DateTime::UNIX_EPOCH,
        expires_in: std::time::Duration::ZERO,
        scope: String::new(),
    }
}
