//! `kinometa demo`: a sample library, a simulated Trakt and the server, with nothing to configure. Everything lies in one
//! folder, so that a second start finds things as they were left.

mod clips;
mod folder;
mod plan;
mod simulator;

use std::path::PathBuf;
use std::sync::Arc;

use clock::SystemClock;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use crate::accounts::NewPerson;
use crate::app::{App, StartError};
use crate::config::Config;
use crate::server::{self, Server};
use db::kinds::LibraryKind;
use folder::Folder;
use library::manage::LibraryError;
use simulator::Simulator;

/// Where the demo keeps its things when no folder is named.
pub const DEFAULT_FOLDER: &str = "demo-data";

/// Who is signed in at the first visit.
const USERNAME: &str = "demo";
/// For signing in again after signing out. The demo listens on this machine only.
const PASSWORD: &str = "demo-demo";

/// What can be asked of the demo.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Throw away what an earlier demo left in the folder.
    #[arg(long)]
    pub reset: bool,
}

/// Why the demo does not run.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder holds something else.
    #[error("{} holds files that no demo made, so it is left alone. Choose an empty folder with --data-dir.", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
    },
    /// A file of the demo cannot be written.
    #[error("the demo cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The simulator does not start.
    #[error("the simulated Trakt does not start: {0}")]
    Simulator(std::io::Error),
    /// The server does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The sample libraries cannot be made.
    #[error("the sample libraries cannot be made: {0}")]
    Library(#[from] LibraryError),
    /// The demo user cannot be made.
    #[error("the demo user cannot be made: {0}")]
    User(#[from] crate::accounts::AccountError),
    /// The simulator's application cannot be entered.
    #[error("the simulated Trakt does not take its own application: {0}")]
    Application(#[from] crate::trakt::TraktError),
}

/// Runs the demo until it is asked to stop.
///
/// # Errors
/// When the folder, a port or the database cannot be used; the message says which.
pub async fn run(mut config: Config, options: &Options) -> Result<(), DemoError> {
    let folder = Folder::open(&config.data_dir, options.reset)?;
    let simulator = Simulator::start(&folder, config.port).await?;
    let library = folder.library();
    let catalogue = simulator.catalogue();
    let write = move || plan::materialise(&plan::plan(&catalogue), &library);
    tokio::task::spawn_blocking(write).await.expect("writing files does not panic")?;
    configure(&mut config, &simulator);
    prepare(&config, &folder).await?;

    let server = Server::start(config, Arc::new(SystemClock)).await?;
    println!("\n  Kinometa is ready:  http://{}\n", server.address());
    println!("  Simulated Trakt:    {}", simulator.url());
    println!("  Everything is in    {}", folder.path().display());
    println!("  Stop with Ctrl-C. The next start finds it as you left it; --reset begins anew.\n");
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

/// Makes the libraries and the demo user and enters the simulator's application before anybody can visit. Only the
/// first time: what the user removes stays removed.
async fn prepare(config: &Config, folder: &Folder) -> Result<(), DemoError> {
    let app = App::open(config.clone(), Arc::new(SystemClock)).await?;
    if app.accounts().setup_required().await? {
        let (movies, shows) = (folder.library().join(plan::MOVIES), folder.library().join(plan::SHOWS));
        app.libraries().ensure(LibraryKind::Movies, &movies).await?;
        app.libraries().ensure(LibraryKind::Shows, &shows).await?;
        let person = NewPerson {
            username: USERNAME.to_owned(),
            password: PASSWORD.into(),
            display_name: Some("Demo".to_owned()),
            is_admin: true,
        };
        app.accounts().create_administrator(person).await?;
        app.trakt().save_application(DEMO_CLIENT_ID, Some(DEMO_CLIENT_SECRET.into())).await?;
    }
    // The server opens the database again; two pools on one file would be in each other's way.
    app.db().close().await.map_err(StartError::from)?;
    Ok(())
}
