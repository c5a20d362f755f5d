//! `kinometa demo`: runs the server with a sample library and a simulated Trakt.
//!
//! All data is in one directory and is kept between runs.

mod clips;
mod folder;
mod plan;
mod simulator;

use std::path::PathBuf;
use std::sync::Arc;

use clock::SystemClock;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use crate::accounts::NewAccount;
use crate::app::{App, StartError};
use crate::config::Config;
use crate::server::{self, Server};
use db::kinds::LibraryKind;
use folder::Folder;
use library::manage::LibraryError;
use simulator::Simulator;

/// Data directory of the demo unless `--data-dir` is given.
pub const DEFAULT_FOLDER: &str = "demo-data";

/// User that visitors are signed in as.
const USERNAME: &str = "demo";
/// Password for signing in again after signing out. Not a secret: the demo listens on localhost by default.
const PASSWORD: &str = "demo-demo";

/// Options of `kinometa demo`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Delete the data of earlier demo runs first
    #[arg(long)]
    pub reset: bool,
}

/// Reasons why the demo cannot run.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The directory contains files that no demo created.
    #[error("{} contains other files. Choose an empty directory with --data-dir.", folder.display())]
    NotADemo {
        /// Path of the directory.
        folder: PathBuf,
    },
    /// A file of the demo cannot be written or deleted.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Path of the file or directory.
        path: PathBuf,
        /// Error from the file system.
        source: std::io::Error,
    },
    /// The simulator cannot start.
    #[error("cannot start the simulated Trakt: {0}")]
    Simulator(std::io::Error),
    /// The server cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The sample libraries cannot be created.
    #[error("cannot create the sample libraries: {0}")]
    Library(#[from] LibraryError),
    /// The demo user cannot be created.
    #[error("cannot create the demo user: {0}")]
    User(#[from] crate::accounts::AccountError),
    /// The simulator's API application cannot be saved.
    #[error("cannot set up the simulated Trakt application: {0}")]
    Application(#[from] crate::trakt::TraktError),
}

/// Runs the demo until Ctrl-C or SIGTERM.
///
/// # Errors
/// When the directory, a port or the database cannot be used.
pub async fn run(mut config: Config, options: &Options) -> Result<(), DemoError> {
    let folder = Folder::open(&config.data_dir, options.reset)?;
    let simulator = Simulator::start(&folder, config.port).await?;
    let library = folder.library();
    let catalogue = simulator.catalogue();
    let write = move || plan::write_files(&plan::plan(&catalogue), &library);
    tokio::task::spawn_blocking(write).await.expect("writing files does not panic")?;
    configure(&mut config, &simulator);
    prepare(&config, &folder).await?;

    let server = Server::start(config, Arc::new(SystemClock)).await?;
    println!("\n  Kinometa is ready:  http://{}\n", server.address());
    println!("  Simulated Trakt:    {}", simulator.url());
    println!("  Data directory:     {}", folder.path().display());
    println!(
        "  Press Ctrl-C to stop. Your changes are kept for the next start; use --reset to start over.\n"
    );
    server::stop_signal().await;
    server.stop().await;
    simulator.stop();
    Ok(())
}

fn configure(config: &mut Config, simulator: &Simulator) {
    config.trakt_api_url = simulator.url().clone();
    config.trakt_auth_url = simulator.url().clone();
    config.demo_user = Some(USERNAME.to_owned());
}

/// Creates the libraries, the demo user and the simulator's API application before the server accepts requests.
/// Does this only on the first run, so that anything the user removes later stays removed.
async fn prepare(config: &Config, folder: &Folder) -> Result<(), DemoError> {
    let app = App::open(config.clone(), Arc::new(SystemClock)).await?;
    if app.accounts().setup_required().await? {
        let (movies, shows) = (folder.library().join(plan::MOVIES), folder.library().join(plan::SHOWS));
        app.libraries().ensure(LibraryKind::Movies, &movies).await?;
        app.libraries().ensure(LibraryKind::Shows, &shows).await?;
        let account = NewAccount {
            username: USERNAME.to_owned(),
            password: PASSWORD.into(),
            display_name: Some("Demo".to_owned()),
            is_admin: true,
        };
        app.accounts().create_administrator(account).await?;
        app.trakt().save_application(DEMO_CLIENT_ID, Some(DEMO_CLIENT_SECRET.into())).await?;
    }
    // The server opens the database again, and two pools would compete for SQLite's write lock.
    app.db().close().await.map_err(StartError::from)?;
    Ok(())
}
