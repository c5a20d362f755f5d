//! Whether the servers of a run respond.

use std::collections::BTreeMap;

use crate::target::PlexTarget;

/// A server that was checked.
#[derive(Debug)]
pub struct Reached {
    /// Its host and port.
    pub server: String,
    /// Why it cannot be used now; `None` if it responded.
    pub failure: Option<plex::Error>,
}

impl PlexTarget {
    /// Requests the name of every server of the run once, in the order of their addresses.
    pub async fn reached(&self) -> Vec<Reached> {
        let clients = self.libraries.values().chain(&self.root);
        let clients: BTreeMap<_, _> = clients.map(|client| (client.server_address(), client)).collect();
        let mut reached = Vec::new();
        for (server, client) in clients {
            let failure = client.server().await.err();
            reached.push(Reached { server: server.to_owned(), failure });
        }
        reached
    }
}
