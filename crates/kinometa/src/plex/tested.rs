//! Asking the server, and its libraries beside those of this server.

use std::path::Path;

use db::{Db, settings};
use plex::models::{Kind, Section};
use serde::{Deserialize, Serialize};

use super::saved::{NewServer, PlexError, complete};
use crate::config::Config;

/// The setting that holds the libraries as they were when the saved server was asked last.
pub(super) const KEY: &str = "plex.libraries";

/// A server that answered.
#[derive(Debug)]
pub struct Tested {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its libraries of movies and shows.
    pub libraries: Vec<PlexLibrary>,
}

/// A library on Plex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlexLibrary {
    /// Its name.
    pub name: String,
    /// Whether it contains shows.
    pub shows: bool,
    /// Whether the token may change it.
    pub writable: bool,
    /// The library of this server with the same folder.
    pub same_as: Option<i64>,
}

/// Asks a server for its name and libraries. When it is the saved one, the libraries are remembered.
///
/// # Errors
/// [`PlexError`] for what cannot be used, and when the server does not answer as expected.
pub async fn test(db: &Db, config: &Config, new: NewServer) -> Result<Tested, PlexError> {
    let server = complete(db, config, new).await?;
    let client = plex_target::client_of(&server, "kinometa", true)?;
    let (about, sections) = (client.server().await?, client.sections().await?);
    let own = db::libraries::list(db).await?;
    let libraries: Vec<PlexLibrary> = sections
        .iter()
        .filter_map(|section| {
            let same = own.iter().find(|library| holds(section, &library.path));
            Some(PlexLibrary {
                name: section.title.clone(),
                shows: section.kind? == Kind::Show,
                writable: section.writable,
                same_as: same.map(|library| library.id.0),
            })
        })
        .collect();
    let saved = super::saved::Saved::load(db).await?;
    if saved.is_some_and(|saved| saved.url == server.url) {
        let tx = db.begin().await?;
        settings::put(&tx, KEY, &libraries).await?;
        tx.commit().await?;
    }
    Ok(Tested { name: about.name, version: about.version, libraries })
}

/// The libraries of the saved server, as they were when it was asked last.
///
/// # Errors
/// When the database cannot be read.
pub async fn libraries(db: &Db) -> Result<Vec<PlexLibrary>, PlexError> {
    Ok(settings::get(db, KEY).await?.unwrap_or_default())
}

/// Whether a library on Plex holds this folder. Plex in another container may see it under another path, and is not
/// guessed at.
fn holds(section: &Section, folder: &str) -> bool {
    section.locations.iter().any(|location| Path::new(location) == Path::new(folder))
}
