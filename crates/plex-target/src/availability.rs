//! Checks whether the servers of a run respond.

use std::collections::BTreeMap;

use crate::target::PlexTarget;

/// The result of checking a server.
#[derive(Debug)]
pub struct ServerStatus {
    /// Host and port of the server.
    pub server: String,
    /// Why it cannot be used now; `None` if it responded.
    pub failure: Option<plex::Error>,
}

impl PlexTarget {
    /// Checks every server of the run with one request each, in the order of their addresses.
    pub async fn server_statuses(&self) -> Vec<ServerStatus> {
        let clients = self.libraries.values().chain(&self.root);
        let clients: BTreeMap<_, _> = clients.map(|client| (client.server_address(), client)).collect();
        let mut statuses = Vec::new();
        for (server, client) in clients {
            let failure = client.server().await.err();
            statuses.push(ServerStatus { server: server.to_owned(), failure });
        }
        statuses
    }
}
