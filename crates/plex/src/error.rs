//! Errors, with messages that say what to do.

use std::time::Duration;

/// Why a call failed. No variant contains a token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Plex does not accept the token (401).
    #[error("Plex does not accept the token: enter the server owner's X-Plex-Token")]
    InvalidToken,

    /// The token is read-only (403, or a library without `allowSync`).
    #[error("the Plex token is read-only: enter the token of the server's owner, not that of a shared user")]
    ReadOnlyToken,

    /// No library has this name. Names are compared exactly, as Kometa does.
    #[error("Plex has no library {name:?}{}", nearest_of(.nearest, .all))]
    LibraryNotFound {
        /// The requested name.
        name: String,
        /// Similar names, closest first.
        nearest: Vec<String>,
        /// All names.
        all: Vec<String>,
    },

    /// The library contains neither movies nor shows.
    #[error("the Plex library {0:?} holds neither movies nor shows")]
    UnsupportedLibrary(String),

    /// No collection has exactly this name, and the names of several differ from it only in case.
    #[error("Plex has several collections that differ from {name:?} only in case: {}", .found.join(", "))]
    Ambiguous {
        /// The requested name.
        name: String,
        /// The existing names.
        found: Vec<String>,
    },

    /// Several playlists have this name, which Plex allows.
    #[error("Plex has {count} playlists named {name:?}: rename or delete the others")]
    AmbiguousPlaylist {
        /// The name.
        name: String,
        /// How many playlists have it.
        count: usize,
    },

    /// Plex does not have the requested item (404). It may have been deleted in the meantime.
    #[error("Plex does not know {0} (any more)")]
    NotFound(String),

    /// Plex is starting or maintaining its database (503).
    #[error("Plex is starting or maintaining its database: try again later")]
    Maintenance,

    /// Plex did not respond in time.
    #[error("Plex did not answer within {} s: it may be busy; a larger `timeout` may help", .0.as_secs_f32())]
    Timeout(Duration),

    /// The server cannot be reached, or the connection was lost. A write may have been applied nevertheless.
    #[error("Plex at {server} cannot be reached: {source}")]
    Unreachable {
        /// Host and port.
        server: String,
        /// What failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// The response is a redirect. It is not followed, because that would send the token to another server.
    #[error("Plex at {server} redirects to {to}: enter that address")]
    Redirected {
        /// Host and port.
        server: String,
        /// Scheme, host and port of the new address.
        to: String,
    },

    /// Plex rejected the request (another 4xx).
    #[error("Plex refused the request (status {0})")]
    Refused(u16),

    /// Plex failed (another 5xx).
    #[error("Plex failed (status {0})")]
    Server(u16),

    /// The response is not from Plex: another program may be listening at this address.
    #[error("unexpected answer from {server}: {what}")]
    Protocol {
        /// Host and port.
        server: String,
        /// What was wrong.
        what: String,
    },

    /// A list changed during every attempt to read it, so it could not be read completely.
    #[error("the list could not be read completely: {read} of {expected} after {attempts} attempts")]
    Incomplete {
        /// How many entries Plex announced.
        expected: usize,
        /// How many distinct entries were received.
        read: usize,
        /// The number of attempts.
        attempts: u32,
    },

    /// An image is larger than Plex accepts.
    #[error("the image has {0} bytes; Plex takes fewer than 10 MB")]
    ImageTooLarge(usize),

    /// The memory file cannot be opened or written.
    #[error("{file} cannot be written: {source}")]
    Memory {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },

    /// A write was attempted with a dry-run client.
    #[error("nothing is written in a dry run")]
    DryRun,

    /// The address, the token or another setting is invalid.
    #[error("{0}")]
    Setup(String),
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// How to handle an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Skip this library and try again in the next run: the server is unavailable.
    TryLater,
    /// The user has to correct the address, the token or the library's name.
    FixSettings,
    /// Only this collection is affected; continue with the next.
    Skip,
}

impl Error {
    /// How to handle it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Maintenance
            | Self::Timeout(_)
            | Self::Unreachable { .. }
            | Self::Server(_)
            | Self::Protocol { .. }
            | Self::Incomplete { .. } => Remedy::TryLater,
            Self::InvalidToken
            | Self::ReadOnlyToken
            | Self::LibraryNotFound { .. }
            | Self::UnsupportedLibrary(_)
            | Self::Redirected { .. }
            | Self::Memory { .. }
            | Self::Setup(_) => Remedy::FixSettings,
            Self::Ambiguous { .. }
            | Self::AmbiguousPlaylist { .. }
            | Self::NotFound(_)
            | Self::Refused(_)
            | Self::ImageTooLarge(_)
            | Self::DryRun => Remedy::Skip,
        }
    }

    /// Whether further calls for the same library would fail in the same way.
    pub fn ends_library(&self) -> bool {
        self.remedy() != Remedy::Skip
    }
}

fn nearest_of(nearest: &[String], all: &[String]) -> String {
    let quoted =
        |names: &[String]| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    match (nearest, all) {
        (_, []) => "; it shows no library to this token".to_owned(),
        ([], all) => format!("; it has {}", quoted(all)),
        (nearest, _) => format!("; did you mean {}?", quoted(nearest)),
    }
}
