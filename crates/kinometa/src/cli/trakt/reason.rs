//! What a failure at Trakt means for the pair.

use trakt::{Error, Remedy};

use super::super::Failure;

/// The error with what it means. A failed check says nothing about the pair unless Trakt itself refuses it, so nothing
/// is renewed, emptied or asked for because of one.
pub(super) fn of(error: Error) -> Failure {
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
