//! The HTTP server: reads requests, passes them to the core, and closes connections if a fault requires it.
//!
//! It uses hyper directly instead of a framework: a hyper service that returns an error closes the connection without
//! a response, which several faults need.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::answer::respond;
use crate::control;
use crate::faults::{Delivery, FaultKind, delivery, replacement, total_offset};
use crate::message::{Reply, Request};
use crate::record::Recorder;
use crate::requests::RequestLog;
use crate::state::Store;

/// The state that all connections share.
pub(crate) struct Shared {
    store: Mutex<Store>,
    recorder: Mutex<Recorder>,
    log: Mutex<RequestLog>,
}

impl Shared {
    pub(crate) fn new(store: Store, recorder: Recorder) -> Self {
        Self { store: Mutex::new(store), recorder: Mutex::new(recorder), log: Mutex::default() }
    }

    /// The store, even if a handler panicked while it held the lock: a wrong response later is better than a
    /// simulator that no longer responds.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until `stop` changes. Dropping the set of connections then closes them.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream, shared.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // Small responses must be sent immediately.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, shared.clone()));
    // An error is a closed connection, either by a fault or by the client.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// Closes the connection without a response.
#[derive(Debug, thiserror::Error)]
#[error("the connection was cut by a fault")]
struct ConnectionCut;

async fn answer(
    request: hyper::Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<ResponseBody>, ConnectionCut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| ConnectionCut)?.to_bytes();
    let request = Request::new(parts, body);
    let head = request.method == Method::HEAD;
    let (reply, delivery, delay) = dispatch(&request, &shared);
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    match delivery {
        Delivery::Nothing => Err(ConnectionCut),
        Delivery::Complete if head => Ok(response(reply, ResponseBody::empty)),
        Delivery::Complete => Ok(response(reply, ResponseBody::complete)),
        Delivery::Truncated => Ok(response(reply, ResponseBody::truncated)),
    }
}

fn dispatch(request: &Request, shared: &Shared) -> (Reply, Delivery, Option<Duration>) {
    if request.segments().first() == Some(&"_sim") {
        let reply = control::answer(&mut shared.store(), &mut shared.log(), request);
        return (reply, Delivery::Complete, None);
    }
    let mut store = shared.store();
    let store = &mut *store;
    let faults = store.faults.take_matching(request, &mut store.random);
    let delay = faults.iter().find_map(|fault| match fault {
        FaultKind::Latency { milliseconds } => Some(Duration::from_millis(*milliseconds)),
        _ => None,
    });
    let (reply, delivery) = if faults.contains(&FaultKind::ResetBefore) {
        (Reply::empty(0), Delivery::Nothing)
    } else if let Some(reply) = replacement(&faults) {
        (reply, Delivery::Complete)
    } else {
        let answer = respond(store, request, total_offset(&faults));
        (Reply::of(answer, request.wants_json()), delivery(&faults))
    };
    let mut log = shared.log();
    let received = log.push(request, &reply, delivery);
    shared.recorder.lock().unwrap_or_else(PoisonError::into_inner).write(received);
    (reply, delivery, delay)
}

fn response(reply: Reply, body: impl FnOnce(Bytes) -> ResponseBody) -> Response<ResponseBody> {
    let length = reply.body.len();
    let mut response = Response::new(body(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Some(kind) = reply.content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if reply.status != 204 {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// A response body that is sent completely, or breaks off in the middle.
struct ResponseBody {
    data: Option<Bytes>,
    breaks: bool,
}

impl ResponseBody {
    fn complete(data: Bytes) -> Self {
        Self { data: Some(data).filter(|data| !data.is_empty()), breaks: false }
    }

    /// The body of a response to HEAD.
    fn empty(_: Bytes) -> Self {
        Self { data: None, breaks: false }
    }

    fn truncated(data: Bytes) -> Self {
        Self { data: Some(data.slice(..data.len() / 2)), breaks: true }
    }
}

impl Body for ResponseBody {
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
