//! Tests a Plex server and compares its libraries with those of this server.

use std::path::Path;

use db::{Db, settings};
use plex::models::{Kind, Section};
use serde::{Deserialize, Serialize};

use super::saved::{NewServer, PlexError, complete};
use crate::config::Config;

/// Key of the setting that stores the libraries found by the last test of the saved server.
pub(super) const KEY: &str = "plex.libraries";

/// A server that responded.
#[derive(Debug)]
pub struct TestedServer {
    /// Name of the server.
    pub name: String,
    /// Version of the server.
    pub version: String,
    /// The server's libraries of movies and shows.
    pub libraries: Vec<PlexLibrary>,
}

/// A library on Plex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlexLibrary {
    /// Name of the library.
    pub name: String,
    /// Whether the library contains shows rather than movies.
    pub shows: bool,
    /// Whether the token allows changes to the library.
    pub writable: bool,
    /// Id of this server's library with the same folder.
    pub same_as: Option<i64>,
}

/// Requests a server's name and libraries. If it is the saved server, the libraries are stored.
///
/// # Errors
/// [`PlexError`] for invalid input, and when the server does not respond as expected.
pub async fn test(db: &Db, config: &Config, new: NewServer) -> Result<TestedServer, PlexError> {
    let server = complete(db, config, new).await?;
    let client = plex_target::client_of(&server, "kinometa", true)?;
    let (about, sections) = (client.server().await?, client.sections().await?);
    let own = db::libraries::list(db).await?;
    let libraries: Vec<PlexLibrary> = sections
        .iter()
        .filter_map(|section| {
            let same = own.iter().find(|library| has_folder(section, &library.path));
            Some(PlexLibrary {
                name: section.title.clone(),
                shows: section.kind? == Kind::Show,
                writable: section.writable,
                same_as: same.map(|library| library.id.0),
            })
        })
        .collect();
    let saved = super::saved::SavedServer::load(db).await?;
    if saved.is_some_and(|saved| saved.url == server.url) {
        let tx = db.begin().await?;
        settings::put(&tx, KEY, &libraries).await?;
        tx.commit().await?;
    }
    Ok(TestedServer { name: about.name, version: about.version, libraries })
}

/// The libraries of the saved server, as found by its last test.
///
/// # Errors
/// When the database cannot be read.
pub async fn libraries(db: &Db) -> Result<Vec<PlexLibrary>, PlexError> {
    Ok(settings::get(db, KEY).await?.unwrap_or_default())
}

/// Whether a library on Plex contains this folder. Only equal paths match: Plex may see the folder under another
/// path if it runs in a container, and guessing could connect the wrong libraries.
fn has_folder(section: &Section, folder: &str) -> bool {
    section.locations.iter().any(|location| Path::new(location) == Path::new(folder))
}
