//! Creates the target and its clients from config.yml.

use std::collections::HashMap;
use std::path::PathBuf;

use kometa::collections::{Loaded, PlexServer};
use plex::Client;
use plex::target::Memory;

use crate::target::PlexTarget;

/// What a target needs besides config.yml.
#[derive(Debug)]
pub struct Setup {
    /// The server of libraries for which config.yml has none.
    pub server: Option<PlexServer>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// The folder of config.yml, to which paths of images are relative.
    pub folder: PathBuf,
    /// The file of the [`Memory`], which is kept between runs.
    pub memory: PathBuf,
    /// The client identifier of this installation.
    pub identifier: String,
    /// Whether all collections also get Kometa's label.
    pub kometa_label: bool,
}

/// Creates a client of a server.
///
/// # Errors
/// If the address or the token is invalid.
pub fn client_of(server: &PlexServer, identifier: &str, dry_run: bool) -> plex::Result<Client> {
    Client::builder(&server.url, server.token.clone())
        .timeout(server.timeout)
        .verify_ssl(server.verify_ssl)
        .product("Kinometa", env!("CARGO_PKG_VERSION"), identifier)
        .dry_run(dry_run)
        .build()
}

impl PlexTarget {
    /// Creates the target for the Plex libraries of a config.yml, without sending a request.
    ///
    /// # Errors
    /// If an address or a token is invalid, or the memory file cannot be opened.
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
