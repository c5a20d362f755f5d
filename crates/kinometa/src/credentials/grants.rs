//! Exchanges PINs for new token pairs, and explains what an error from Trakt means for a pair.

use trakt::auth::OUT_OF_BAND;
use trakt::{Client, Error, Remedy, Token};

/// An error whose text is a sentence for the user.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Exchanges a PIN for a token pair. `which` describes the PIN at the beginning of a sentence.
pub(crate) async fn exchange(client: &Client, pin: &str, which: &str) -> Result<Token, Failure> {
    match client.auth().exchange_pin(pin).await {
        Ok(token) => Ok(token),
        Err(Error::Validation { .. }) => Err(format!(
            "{which} is wrong, older than ten minutes, or already used. Get a new one at {}",
            client.auth().authorize_url(OUT_OF_BAND, None)
        )
        .into()),
        Err(Error::ApplicationNotAllowed { status }) => Err(wrong_key(client, status).await),
        Err(error) => Err(reason(error)),
    }
}

/// Finds out which of the application's two keys is wrong, by requesting a device code, which needs only the
/// Client ID.
pub(crate) async fn wrong_key(client: &Client, status: u16) -> Failure {
    let which = match client.auth().device().await {
        Ok(_) => "client_id is right, so client_secret is wrong or missing",
        Err(Error::ApplicationNotAllowed { .. }) => "client_id is wrong, or the application is not approved",
        Err(_) => "client_id or client_secret is wrong",
    };
    format!("Trakt does not accept the application (status {status}): {which}. Compare both with https://developer.trakt.tv").into()
}

/// The error with an explanation. Only Trakt's own rejection says something about the pair; after any other error
/// it is not renewed or removed, and the user need not authorize again.
pub(crate) fn reason(error: Error) -> Failure {
    let meaning = match error.remedy() {
        Remedy::Reconnect => "Authorize again: run the command once more without a pair in the file",
        Remedy::FixApplication => {
            "Compare client_id and client_secret with https://developer.trakt.tv. The pair in the file is kept"
        }
        Remedy::RestoreAccount(_) => "The pair in the file is kept",
        _ if matches!(error, Error::TokenStore(_)) => return error_of_store(error),
        _ => "This says nothing about the pair: it is kept and nothing was spent. Try again later",
    };
    format!("{error}. {meaning}.").into()
}

/// The error of the config file, which already contains advice.
fn error_of_store(error: Error) -> Failure {
    match error {
        Error::TokenStore(source) => source,
        other => other.into(),
    }
}
