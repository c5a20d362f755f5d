//! Accepts connections and limits their number and idle time.
//!
//! A connection that does not send a complete request head in time is closed. Responses have no time limit: event
//! streams and the stream of a paused video stay open.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::config::{Limits, TrustedProxy};
use crate::net;

/// Pause after the operating system fails to accept a connection, because too many files are open.
const ERROR_PAUSE: Duration = Duration::from_millis(200);

/// Response to a connection beyond the limit. It is sent without reading a request, so that the client can show the
/// reason.
const TOO_MANY_CONNECTIONS: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-type: text/plain\r\n\
connection: close\r\ncontent-length: 59\r\n\r\nToo many connections are open. Close some, then try again.\n";

/// Accepts connections until `stopping` is cancelled, then lets open requests finish. Dropping the future aborts
/// them.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    proxies: Vec<TrustedProxy>,
    stopping: CancellationToken,
) {
    let counter = ConnectionCounter::new(&limits, proxies);
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            // Removes connections that have ended.
            Some(_) = open.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match counter.acquire(peer.ip()) {
                Some(permit) => {
                    let (router, stopping) = (router.clone(), stopping.clone());
                    open.spawn(async move {
                        connection(stream, peer, router, limits.head_timeout, stopping).await;
                        drop(permit);
                    });
                }
                None => reject(stream),
            },
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ERROR_PAUSE).await;
            }
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_timeout: Duration,
    stopping: CancellationToken,
) {
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        hyper::service::Service::call(&TowerToHyperService::new(router.clone()), request)
    });
    let mut http = http1::Builder::new();
    // This also limits the idle time between two requests.
    http.timer(TokioTimer::new()).header_read_timeout(head_timeout);
    let serving = http.serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = stopping.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection ended early");
    }
}

/// Sends the response without waiting. A client that does not read immediately misses it.
fn reject(mut stream: TcpStream) {
    tracing::debug!("too many connections");
    let response = async move {
        let _ = stream.write_all(TOO_MANY_CONNECTIONS).await;
        let _ = stream.shutdown().await;
    };
    use futures::FutureExt;
    let _ = response.now_or_never();
}

/// Counts open connections, in total and per network.
struct ConnectionCounter {
    by_network: Arc<Mutex<HashMap<String, usize>>>,
    total: Arc<tokio::sync::Semaphore>,
    per_address: usize,
    proxies: Vec<TrustedProxy>,
}

/// The right to one open connection. It counts until it is dropped.
struct ConnectionPermit {
    network: Option<String>,
    by_network: Arc<Mutex<HashMap<String, usize>>>,
    _total: tokio::sync::OwnedSemaphorePermit,
}

impl ConnectionCounter {
    fn new(limits: &Limits, proxies: Vec<TrustedProxy>) -> Self {
        Self {
            by_network: Arc::default(),
            total: Arc::new(tokio::sync::Semaphore::new(limits.connections)),
            per_address: limits.connections_per_address,
            proxies,
        }
    }

    /// Counts a connection from this address, or returns `None` if a limit is reached. A trusted proxy connects on
    /// behalf of many clients, so only the total limit applies to it.
    fn acquire(&self, address: IpAddr) -> Option<ConnectionPermit> {
        let total = Arc::clone(&self.total).try_acquire_owned().ok()?;
        let is_proxy = self.proxies.iter().any(|proxy| proxy.contains(address.to_canonical()));
        let network = (!is_proxy).then(|| net::network(address));
        if let Some(network) = &network {
            let mut open = self.by_network.lock().unwrap_or_else(PoisonError::into_inner);
            let count = open.entry(network.clone()).or_default();
            if *count >= self.per_address {
                return None;
            }
            *count += 1;
        }
        Some(ConnectionPermit { network, by_network: Arc::clone(&self.by_network), _total: total })
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let Some(network) = &self.network else { return };
        let mut open = self.by_network.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                open.remove(network);
            }
        }
    }
}
