//! The Plex server in the settings.

use api_types::error::ErrorReason;
use api_types::plex as wire;

use crate::plex::{
    ChangedCollection, LastRun, PlexLibrary, SavedServer, ServerResult, TestedServer, Trouble,
};

/// The saved server and the results of the last run there.
pub(crate) fn settings(
    saved: Option<SavedServer>,
    libraries: Vec<PlexLibrary>,
    run: Option<LastRun>,
) -> wire::PlexSettings {
    wire::PlexSettings {
        server: saved.map(|saved| wire::PlexServer {
            url: saved.url,
            timeout_seconds: saved.timeout,
            verify_ssl: saved.verify_ssl,
        }),
        libraries: libraries.into_iter().map(library).collect(),
        last_run: run.map(|run| wire::PlexRun {
            at: run.at,
            good: run.good,
            problems: run.problems,
            servers: run.servers.into_iter().map(server_result).collect(),
            collections: run.collections.into_iter().map(changed).collect(),
        }),
    }
}

/// The result of testing a server.
pub(crate) fn test(tested: TestedServer) -> wire::PlexTest {
    let libraries = tested.libraries.into_iter().map(library).collect();
    wire::PlexTest { name: tested.name, version: tested.version, libraries }
}

fn library(library: PlexLibrary) -> wire::PlexLibrary {
    let PlexLibrary { name, shows, writable, same_as } = library;
    wire::PlexLibrary { name, shows, writable, same_as }
}

fn server_result(server: ServerResult) -> wire::PlexReached {
    let ServerResult { address, failure, trouble } = server;
    wire::PlexReached { address, failure, because: trouble.map(reason) }
}

fn changed(changed: ChangedCollection) -> wire::PlexCollection {
    let ChangedCollection { library, name, status, changes, errors } = changed;
    wire::PlexCollection { library, name, status, changes, errors }
}

/// The reason code for a failure.
pub(crate) fn reason(trouble: Trouble) -> ErrorReason {
    match trouble {
        Trouble::TokenRefused => ErrorReason::PlexTokenRefused,
        Trouble::ReadOnly => ErrorReason::PlexReadOnly,
        Trouble::Maintenance => ErrorReason::PlexMaintenance,
        Trouble::Slow => ErrorReason::PlexSlow,
        Trouble::Unreachable => ErrorReason::PlexUnreachable,
        Trouble::Redirects => ErrorReason::PlexRedirects,
        Trouble::NotPlex => ErrorReason::NotPlex,
        Trouble::Unexpected => ErrorReason::PlexUnexpected,
    }
}
