//! Which of a config.yml's libraries are built where.

use std::path::Path;

use collections::run::Ran;
use db::Db;
use kometa::collections::{Loaded, Playlist};
use plex_target::{PlexTarget, Setup};

use crate::config::Config;
use crate::plex;

/// Where collections are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Where {
    /// In Kinometa's own library.
    Own,
    /// On the Plex server that config.yml or the settings name.
    Plex,
    /// In both.
    Both,
}

/// Where the libraries of a run are built. Without a choice those with a `plex` block are built there, and the others
/// here.
#[derive(Debug)]
pub struct Places {
    chosen: Option<Where>,
    plex: PlexTarget,
}

/// Plex was asked for, and nothing says where it is.
#[derive(Debug, thiserror::Error)]
#[error(
    "no Plex server is known: put `plex:` with url and token into config.yml, or enter it under Settings, Plex"
)]
pub struct NoPlex;

impl Places {
    /// Decides for a config.yml. Plex is not asked yet.
    ///
    /// # Errors
    /// [`NoPlex`] when it was chosen and is not known, and when an address or a token cannot be used.
    pub async fn of(
        db: &Db,
        config: &Config,
        loaded: &Loaded,
        path: &Path,
        chosen: Option<Where>,
        dry_run: bool,
        kometa_label: bool,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        // The one of the settings counts when Plex is asked for: most people's libraries are here.
        let server = match chosen {
            Some(Where::Plex | Where::Both) => plex::server(db, config).await?,
            Some(Where::Own) | None => None,
        };
        let setup = Setup {
            server,
            dry_run,
            folder: path.parent().unwrap_or(Path::new(".")).to_owned(),
            memory: memory(config),
            identifier: "kinometa".to_owned(),
            kometa_label,
        };
        let plex = PlexTarget::of(loaded, setup)?;
        if plex.is_empty() && matches!(chosen, Some(Where::Plex | Where::Both)) {
            return Err(Box::new(NoPlex));
        }
        Ok(Self { chosen, plex })
    }

    /// Plex as the target, when any library is built there.
    pub fn plex(&self) -> Option<&PlexTarget> {
        (self.chosen != Some(Where::Own) && !self.plex.is_empty()).then_some(&self.plex)
    }

    /// Keeps the libraries that are built on Plex, and the playlists over any of them.
    pub fn keep_plex(&self, loaded: &mut Loaded) {
        loaded.libraries.retain(|library| self.plex.has(&library.name));
        loaded.playlists.retain(|playlist| self.is_on_plex(playlist));
    }

    fn is_on_plex(&self, playlist: &Playlist) -> bool {
        playlist.libraries.iter().any(|name| self.plex.has(name))
    }

    /// Keeps the libraries that are built here, and their playlists; whether there are any.
    pub fn keep_own(&self, loaded: &mut Loaded) -> bool {
        match self.chosen {
            Some(Where::Own | Where::Both) => {}
            Some(Where::Plex) => loaded.libraries.clear(),
            None => {
                loaded.libraries.retain(|library| !self.plex.has(&library.name));
                loaded.playlists.retain(|playlist| !self.is_on_plex(playlist));
            }
        }
        !loaded.libraries.is_empty()
    }
}

fn memory(config: &Config) -> std::path::PathBuf {
    config.data_dir.join("plex.json")
}

/// What two runs of one config.yml did together.
pub fn together(mut first: Ran, second: Ran) -> Ran {
    first.outcomes.extend(second.outcomes);
    first.problems.extend(second.problems);
    first.done.extend(second.done);
    // What is known to one of them is no mistake.
    first.unknown.retain(|one| second.unknown.iter().any(|other| other.name == one.name));
    for (cause, sources) in second.causes {
        let known = first.causes.entry(cause).or_default();
        known.extend(sources);
        known.sort();
        known.dedup();
    }
    first
}
