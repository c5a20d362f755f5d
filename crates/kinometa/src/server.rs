//! Start, run, stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api::live;
use crate::app::{App, StartError};
use crate::config::Config;
use crate::router;

/// How long answers under way get at shutdown. Short ones are done by then; a film to a player that paused would never
/// be, and goes on with a new request after the start.
const ANSWERS: Duration = Duration::from_secs(2);

/// How long background tasks get to finish. Less than the ten seconds after which Docker kills.
const TASKS: Duration = Duration::from_secs(8);

/// A server that accepts requests.
pub struct Server {
    app: App,
    address: SocketAddr,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Opens the database, takes the port and begins to answer. Background work starts behind it: the first byte
    /// does not wait for a scan.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let wanted = SocketAddr::new(config.listen, config.port);
        let app = App::open(config, clock).await?;
        let listen_error = |source| StartError::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let service = router::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let stopping = app.stopping().clone().cancelled_owned();
        let serving =
            tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(stopping).into_future());
        tracing::info!(%address, database = app.db().kind(), "listening");
        app.start_background().await;
        // It works on the whole of the state, so the state does not know it.
        app.tasks().spawn(live::forward(app.clone()));
        Ok(Self { app, address, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its state.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Stops: no new requests; the ones under way and background tasks get some seconds, then the database closes.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.app.stopping().cancel();
        self.app.tasks().close();
        let abort = self.serving.abort_handle();
        let tasks = self.app.tasks().wait();
        let (answers, tasks) =
            tokio::join!(tokio::time::timeout(ANSWERS, self.serving), tokio::time::timeout(TASKS, tasks));
        if answers.is_err() {
            tracing::info!("some answers were cut short");
            abort.abort();
        }
        if tasks.is_err() {
            tracing::warn!("some background tasks did not end in time");
        }
        if let Err(error) = self.app.db().close().await {
            tracing::warn!(%error, "the database did not close well");
        }
        tracing::info!("stopped");
    }
}

/// Ready when the process is asked to stop: Ctrl-C, or SIGTERM from a service manager.
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
