//! Sockets: reads requests, passes them to the core, and breaks connections if a fault demands it.
//!
//! Built on hyper rather than on a framework: a service that returns an error closes the connection without a response,
//! which half of the faults need.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::http_date;
use crate::codes;
use crate::control;
use crate::faults::{FaultKind, Line, answer_instead, rewrite};
use crate::http::{apply_due, respond};
use crate::images::Images;
use crate::message::{Host, Reply, Request};
use crate::pages;
use crate::record::Recorder;
use crate::requests::RequestLog;
use crate::state::{Late, Store};

/// What all connections share.
pub(crate) struct Shared {
    store: Mutex<Store>,
    recorder: Mutex<Recorder>,
    log: Mutex<RequestLog>,
    images: Images,
}

impl Shared {
    pub(crate) fn new(store: Store, recorder: Recorder) -> Self {
        Self {
            store: Mutex::new(store),
            recorder: Mutex::new(recorder),
            log: Mutex::default(),
            images: Default::default(),
        }
    }

    /// Locks the store and applies all late writes that are due. If a handler panicked, the store stays as it is: a
    /// wrong response later is better than a dead simulator.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        apply_due(&mut store);
        store
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until `stop` changes; dropping the set of connections closes them. `host` is the host that this
/// port represents.
pub(crate) async fn accept(
    listener: TcpListener,
    shared: Arc<Shared>,
    host: Option<Host>,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream, shared.clone(), host));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Binds a listener to its previous address again.
pub(crate) async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

async fn serve(stream: TcpStream, shared: Arc<Shared>, host: Option<Host>) {
    // Send small responses immediately instead of waiting for more data.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, shared.clone(), host));
    // An error here is a broken connection: intended by us, or caused by the client.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// Closes the connection without a response.
#[derive(Debug, thiserror::Error)]
#[error("the connection was cut by a fault")]
struct Cut;

async fn answer(
    request: hyper::Request<Incoming>,
    shared: Arc<Shared>,
    host: Option<Host>,
) -> Result<Response<Reach>, Cut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let request = Request::new(parts, body, host);
    let head = request.method == Method::HEAD;
    let (reply, line) = dispatch(&request, &shared).await;
    match line {
        Line::Cut => Err(Cut),
        Line::Whole if head => Ok(response(reply, Reach::nothing)),
        Line::Whole => Ok(response(reply, Reach::whole)),
        Line::Half => Ok(response(reply, Reach::half)),
    }
}

/// Dispatches a request to the control API, the pages, the images or Trakt's API.
async fn dispatch(request: &Request, shared: &Shared) -> (Reply, Line) {
    let reply = match request.segments().as_slice() {
        ["_sim", ..] => control::http::answer(&mut shared.store(), &mut shared.log(), request),
        ["images", ..] => {
            let catalogue = shared.store().catalogue.clone();
            shared.images.answer(catalogue, request).await
        }
        [] | ["activate" | "profile" | "favicon.ico", ..] | ["oauth", "authorize", ..] => {
            pages::answer(&mut shared.store(), &request.as_get())
        }
        _ => {
            let (reply, line, wait) = api(shared, request);
            if let Some(wait) = wait {
                tokio::time::sleep(wait).await;
            }
            return (reply, line);
        }
    };
    (reply, Line::Whole)
}

/// Handles an API call: faults, then Trakt, then the record.
fn api(shared: &Shared, request: &Request) -> (Reply, Line, Option<Duration>) {
    let started = Instant::now();
    let mut store = shared.store();
    let store = &mut *store;
    let now = store.now();
    let faults = store.faults.strike(request, &mut store.random);
    let wait = faults.iter().find_map(|fault| match fault {
        FaultKind::Latency { milliseconds } => Some(Duration::from_millis(*milliseconds)),
        FaultKind::ApplyLate { hang_milliseconds, .. } => Some(Duration::from_millis(*hang_milliseconds)),
        _ => None,
    });
    let (reply, line) = if let Some(seconds) = late_by(&faults) {
        postpone(store, request, now + chrono::Duration::seconds(i64::from(seconds)));
        (Reply::empty(0), Line::Cut)
    } else {
        answer_with_faults(&faults, store, request, now)
    };
    let reply = with_request_id(store, reply, started).header("Date", http_date(now));
    shared.log().push(request, &reply, line, now, store);
    if reply.status > 0 {
        let from_fault = faults.iter().any(FaultKind::gives_a_body);
        shared.recorder.lock().unwrap_or_else(PoisonError::into_inner).write(request, &reply, from_fault);
    }
    (reply, line, wait)
}

/// Returns the response with all faults applied, and how much of it reaches the client.
fn answer_with_faults(
    faults: &[FaultKind],
    store: &mut Store,
    request: &Request,
    now: DateTime<Utc>,
) -> (Reply, Line) {
    let strikes = |kind: &FaultKind| faults.contains(kind);
    if strikes(&FaultKind::Refuse) || strikes(&FaultKind::ResetBefore) {
        return (Reply::empty(0), Line::Cut);
    }
    if let Some(reply) = answer_instead(faults, now) {
        return (reply, Line::Whole);
    }
    let line = match () {
        () if strikes(&FaultKind::ResetAfter) => Line::Cut,
        () if strikes(&FaultKind::Truncate) => Line::Half,
        () => Line::Whole,
    };
    (rewrite(faults, respond(store, request, faults)), line)
}

fn late_by(faults: &[FaultKind]) -> Option<u32> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::ApplyLate { seconds, .. } => Some(*seconds),
        _ => None,
    })
}

/// Keeps a request to be applied later, for the user identified by its token now.
fn postpone(store: &mut Store, request: &Request, due: DateTime<Utc>) {
    let token = request.bearer().and_then(|access| store.access.token(access, store.now()));
    let caller = token.map(|token| token.username.clone());
    store.late.push(Late { due, request: request.clone(), caller });
}

/// Adds a request ID and a runtime to Trakt's own responses; those of the edge have none.
fn with_request_id(store: &mut Store, reply: Reply, started: Instant) -> Reply {
    if reply.edge {
        return reply;
    }
    let runtime = started.elapsed().as_secs_f64();
    reply.header("x-request-id", codes::uuid(&mut store.random)).header("x-runtime", format!("{runtime:.6}"))
}

fn response(reply: Reply, reach: impl FnOnce(Bytes) -> Reach) -> Response<Reach> {
    let length = reply.body.len();
    let mut response = Response::new(reach(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value))
        {
            headers.insert(name, value);
        }
    }
    if let Some(kind) = reply.content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if reply.status != 204 && reply.status != 304 {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// A body that arrives completely, or breaks off in the middle.
struct Reach {
    data: Option<Bytes>,
    breaks: bool,
}

impl Reach {
    fn whole(data: Bytes) -> Self {
        Self { data: Some(data).filter(|data| !data.is_empty()), breaks: false }
    }

    /// Returns the response body for HEAD.
    fn nothing(_: Bytes) -> Self {
        Self { data: None, breaks: false }
    }

    fn half(data: Bytes) -> Self {
        Self { data: Some(data.slice(..data.len() / 2)), breaks: true }
    }
}

impl Body for Reach {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.data.take() {
            Some(data) => Poll::Ready(Some(Ok(Frame::data(data)))),
            None if self.breaks => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && !self.breaks
    }
}
