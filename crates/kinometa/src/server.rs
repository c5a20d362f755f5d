//! Server lifecycle: start, accept requests, shut down.

mod connections;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api::live;
use crate::app::{App, StartError};
use crate::config::{Config, Limits};
use crate::router;

/// How long shutdown waits for open requests. A video response to a paused player would never finish; the player
/// resumes with a new request after the restart.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(2);

/// How long shutdown waits for background tasks. Docker kills the process after ten seconds.
const TASK_TIMEOUT: Duration = Duration::from_secs(8);

/// A running server.
pub struct Server {
    app: App,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Server {
    /// Opens the database, binds the port and starts to accept requests. Background work starts afterwards, so the
    /// first response does not wait for a scan.
    ///
    /// # Errors
    /// When the data directory, the database or the port cannot be used.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let wanted = SocketAddr::new(config.listen, config.port);
        let app = App::open(config, clock).await?;
        let listen_error = |source| StartError::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let limits = within_open_files(app.config().limits);
        let proxies = app.config().trust_proxy.clone();
        let router = router::router(app.clone());
        let stopping = app.stopping().clone();
        let serving = tokio::spawn(connections::serve(listener, router, limits, proxies, stopping));
        tracing::info!(%address, database = app.db().kind(), "listening");
        app.start_background().await;
        // Spawned here rather than by `App`: forwarding depends on the API, and `App` must not.
        app.tasks().spawn(live::forward(app.clone()));
        Ok(Self { app, address, serving })
    }

    /// Address the server listens on, with the actual port when 0 was configured.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// State of the server.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Shuts down gracefully: rejects new requests, gives open requests and background tasks a few seconds to
    /// finish, then closes the database.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.app.stopping().cancel();
        self.app.tasks().close();
        let abort = self.serving.abort_handle();
        let tasks = self.app.tasks().wait();
        let (requests, tasks) = tokio::join!(
            tokio::time::timeout(REQUEST_TIMEOUT, self.serving),
            tokio::time::timeout(TASK_TIMEOUT, tasks)
        );
        if requests.is_err() {
            tracing::info!("some requests were aborted");
            abort.abort();
        }
        if tasks.is_err() {
            tracing::warn!("some background tasks did not finish in time");
        }
        if let Err(error) = self.app.db().close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        tracing::info!("stopped");
    }
}

/// Lowers the number of connections if the operating system allows too few open files. Half of the files are
/// reserved for the database, videos and ffmpeg.
fn within_open_files(limits: Limits) -> Limits {
    let wanted = u64::try_from(limits.connections).unwrap_or(u64::MAX).saturating_mul(2);
    match rlimit::increase_nofile_limit(wanted) {
        Ok(files) => {
            let most = usize::try_from(files / 2).unwrap_or(usize::MAX);
            Limits { connections: limits.connections.min(most), ..limits }
        }
        Err(error) => {
            tracing::debug!(%error, "cannot raise the limit of open files");
            limits
        }
    }
}

/// Completes on Ctrl-C, or on SIGTERM from a service manager.
pub async fn stop_signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
