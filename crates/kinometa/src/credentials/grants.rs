//! New pairs that a person grants, and what a failure at Trakt means for the pair.

use trakt::auth::OUT_OF_BAND;
use trakt::{Client, Error, Remedy, Token};

/// A failure in a sentence for people.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The pair for a PIN. `which` names the PIN at the beginning of a sentence.
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

/// Which of the application's two keys Trakt does not know: a device code needs the Client ID alone.
pub(crate) async fn wrong_key(client: &Client, status: u16) -> Failure {
    let which = match client.auth().device().await {
        Ok(_) => "client_id is right, so client_secret is wrong or missing",
        Err(Error::ApplicationNotAllowed { .. }) => "client_id is wrong, or the application is not approved",
        Err(_) => "client_id or client_secret is wrong",
    };
    format!("Trakt does not accept the application (status {status}): {which}. Compare both with https://developer.trakt.tv").into()
}

/// The error with what it means. A failed check says nothing about the pair unless Trakt itself refuses it, so nothing
/// is renewed, emptied or asked for because of one.
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

/// The file's own error already says what to do.
fn error_of_store(error: Error) -> Failure {
    match error {
        Error::TokenStore(source) => source,
        other => other.into(),
    }
}
