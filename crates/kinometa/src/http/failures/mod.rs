//! What the services' errors are to a client: the one place that turns them into statuses, codes and sentences.

mod accounts;
mod library;
mod playback;
mod trakt;

use super::errors::ApiError;

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            db::Error::Conflict(conflict) => Self::conflict(format!("There is {conflict} already.")),
            db::Error::Unavailable(_) => {
                let message = "The database does not answer or cannot be written to.";
                Self::unavailable("database_unavailable", message)
                    .action(
                        "Try again in a moment. If it stays, look at the disk space and the server's log.",
                    )
                    .caused_by(error)
            }
            db::Error::Newer(_) | db::Error::Other(_) => Self::internal(error),
        }
    }
}
