//! Maps the errors of all services to [`ApiError`]: the only place that decides their statuses, codes and messages.

mod accounts;
mod collections;
mod library;
mod playback;
mod plex;
mod trakt;

use db::Conflict;

use super::errors::ApiError;

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            db::Error::Conflict(conflict) => Self::conflict(conflict_message(&conflict)),
            db::Error::Unavailable(_) => {
                let message = "The database is unavailable or cannot be written to.";
                Self::unavailable("database_unavailable", message)
                    .action(
                        "Try again in a moment. If this keeps happening, check the free disk space and the server log.",
                    )
                    .caused_by(error)
            }
            db::Error::Newer(_) | db::Error::Other(_) => Self::internal(error),
        }
    }
}

/// The message for a value that has to be unique.
fn conflict_message(conflict: &Conflict) -> &'static str {
    match conflict {
        Conflict::Username => "This user name is taken. Choose another one.",
        Conflict::LibraryPath => "This folder is already a library.",
        Conflict::TraktHistory => "This play is already in the timeline.",
        Conflict::TraktTitle => "This Trakt title is already in the library.",
        Conflict::Other(_) => "This already exists.",
    }
}
