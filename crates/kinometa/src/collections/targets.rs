//! Decides where the libraries of a config.yml are built: in Kinometa's own library or on Plex.

use std::path::Path;

use collections::run::RunResult;
use db::Db;
use kometa::collections::{Loaded, Playlist};
use plex_target::{PlexTarget, Setup};

use crate::config::Config;
use crate::plex;

/// Where collections are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TargetChoice {
    /// In Kinometa's own library.
    Own,
    /// On the Plex server from config.yml or the settings.
    Plex,
    /// On both.
    Both,
}

/// Where the libraries of a run are built. Unless the user chooses, libraries with a `plex` block are built on
/// Plex, and the others in Kinometa's own library.
#[derive(Debug)]
pub struct RunTargets {
    chosen: Option<TargetChoice>,
    plex: PlexTarget,
}

/// Plex was chosen as the target, but neither config.yml nor the settings contain a server.
#[derive(Debug, thiserror::Error)]
#[error(
    "no Plex server is known: put `plex:` with url and token into config.yml, or enter it under Settings, Plex"
)]
pub struct NoPlex;

impl RunTargets {
    /// Decides for a config.yml. Sends no request to Plex.
    ///
    /// # Errors
    /// [`NoPlex`] when Plex was chosen but no server is known; another error when an address or token is unusable.
    pub async fn of(
        db: &Db,
        config: &Config,
        loaded: &Loaded,
        path: &Path,
        chosen: Option<TargetChoice>,
        dry_run: bool,
        kometa_label: bool,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        // The server from the settings is used only when Plex is chosen explicitly, because most libraries are
        // Kinometa's own.
        let server = match chosen {
            Some(TargetChoice::Plex | TargetChoice::Both) => plex::server(db, config).await?,
            Some(TargetChoice::Own) | None => None,
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
        if plex.is_empty() && matches!(chosen, Some(TargetChoice::Plex | TargetChoice::Both)) {
            return Err(Box::new(NoPlex));
        }
        Ok(Self { chosen, plex })
    }

    /// The Plex target, if any library is built there.
    pub fn plex(&self) -> Option<&PlexTarget> {
        (self.chosen != Some(TargetChoice::Own) && !self.plex.is_empty()).then_some(&self.plex)
    }

    /// Keeps the libraries that are built on Plex, and the playlists of any of them.
    pub fn keep_plex(&self, loaded: &mut Loaded) {
        loaded.libraries.retain(|library| self.plex.has(&library.name));
        loaded.playlists.retain(|playlist| self.is_on_plex(playlist));
    }

    fn is_on_plex(&self, playlist: &Playlist) -> bool {
        playlist.libraries.iter().any(|name| self.plex.has(name))
    }

    /// Keeps the libraries that are built in Kinometa's own library, and their playlists. Returns whether there
    /// are any libraries.
    pub fn keep_own(&self, loaded: &mut Loaded) -> bool {
        match self.chosen {
            Some(TargetChoice::Own | TargetChoice::Both) => {}
            Some(TargetChoice::Plex) => loaded.libraries.clear(),
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

/// Merges the results of one config.yml's runs on two targets.
pub fn merge_runs(mut first: RunResult, second: RunResult) -> RunResult {
    first.outcomes.extend(second.outcomes);
    first.problems.extend(second.problems);
    first.done.extend(second.done);
    // A collection name is unknown only if neither run knows it.
    first.unknown.retain(|one| second.unknown.iter().any(|other| other.name == one.name));
    for (cause, sources) in second.causes {
        let known = first.causes.entry(cause).or_default();
        known.extend(sources);
        known.sort();
        known.dedup();
    }
    first
}
