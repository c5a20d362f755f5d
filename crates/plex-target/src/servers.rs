//! From config.yml to clients.

use std::collections::HashMap;
use std::path::PathBuf;

use kometa::collections::{Loaded, PlexServer};
use plex::Client;
use plex::target::Memory;

use crate::target::PlexTarget;

/// What a target needs besides config.yml.
#[derive(Debug)]
pub struct Setup {
    /// The server of libraries for which config.yml names none.
    pub server: Option<PlexServer>,
    /// Nothing is written.
    pub dry_run: bool,
    /// The folder of config.yml, from which the paths of images start.
    pub folder: PathBuf,
    /// Where it is kept what has to survive between runs.
    pub memory: PathBuf,
    /// What Plex shows as this installation's id.
    pub identifier: String,
    /// Collections carry Kometa's label, too.
    pub kometa_label: bool,
}

/// A client of a server.
///
/// # Errors
/// When the address or the token cannot be used.
pub fn client_of(server: &PlexServer, identifier: &str, dry_run: bool) -> plex::Result<Client> {
    Client::builder(&server.url, server.token.clone())
        .timeout(server.timeout)
        .verify_ssl(server.verify_ssl)
        .product("Kinometa", env!("CARGO_PKG_VERSION"), identifier)
        .dry_run(dry_run)
        .build()
}

impl PlexTarget {
    /// The Plex libraries of a config.yml. Nothing is asked yet.
    ///
    /// # Errors
    /// When an address or a token cannot be used, or the memory cannot be opened.
    pub fn of(loaded: &Loaded, setup: Setup) -> plex::Result<Self> {
        let client = |server: &PlexServer| client_of(server, &setup.identifier, setup.dry_run);
        let mut libraries = HashMap::new();
        for library in &loaded.libraries {
            if let Some(server) = library.plex.as_ref().or(setup.server.as_ref()) {
                libraries.insert(library.name.clone(), client(server)?);
            }
        }
        let root = loaded.plex.as_ref().or(setup.server.as_ref()).map(client).transpose()?;
        let memory = if setup.dry_run {
            Memory::open(&setup.memory)?.read_only()
        } else {
            Memory::open(&setup.memory)?
        };
        Ok(Self::new(libraries, root, memory, (setup.dry_run, setup.kometa_label), setup.folder))
    }
}
