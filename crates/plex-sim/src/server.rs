//! Sockets: reads requests, hands them to the core, and breaks connections when a fault demands it.
//!
//! Built on hyper rather than on a framework: a service that returns an error closes the connection without an answer,
//! which is what half of the faults need.

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
use crate::faults::{FaultKind, Line, answer_instead, line, total_off_by};
use crate::message::{Reply, Request};
use crate::record::Recorder;
use crate::requests::RequestLog;
use crate::state::Store;

/// What all connections share.
pub(crate) struct Shared {
    store: Mutex<Store>,
    recorder: Mutex<Recorder>,
    log: Mutex<RequestLog>,
}

impl Shared {
    pub(crate) fn new(store: Store, recorder: Recorder) -> Self {
        Self { store: Mutex::new(store), recorder: Mutex::new(recorder), log: Mutex::default() }
    }

    /// A handler that panicked leaves the store as it is: better a later wrong answer than a dead simulator.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until `stop` changes; dropping the set of connections closes them.
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
    // Small answers must not wait for more to come.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, shared.clone()));
    // An error here is a broken connection: ours on purpose, or the client's.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection was cut by a fault")]
struct Cut;

async fn answer(request: hyper::Request<Incoming>, shared: Arc<Shared>) -> Result<Response<Reach>, Cut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let request = Request::new(parts, body);
    let head = request.method == Method::HEAD;
    let (reply, line, wait) = dispatch(&request, &shared);
    if let Some(wait) = wait {
        tokio::time::sleep(wait).await;
    }
    match line {
        Line::Cut => Err(Cut),
        Line::Whole if head => Ok(response(reply, Reach::nothing)),
        Line::Whole => Ok(response(reply, Reach::whole)),
        Line::Half => Ok(response(reply, Reach::half)),
    }
}

fn dispatch(request: &Request, shared: &Shared) -> (Reply, Line, Option<Duration>) {
    if request.segments().first() == Some(&"_sim") {
        let reply = control::answer(&mut shared.store(), &mut shared.log(), request);
        return (reply, Line::Whole, None);
    }
    let mut store = shared.store();
    let store = &mut *store;
    let faults = store.faults.strike(request, &mut store.random);
    let wait = faults.iter().find_map(|fault| match fault {
        FaultKind::Latency { milliseconds } => Some(Duration::from_millis(*milliseconds)),
        _ => None,
    });
    let (reply, line) = if faults.contains(&FaultKind::ResetBefore) {
        (Reply::empty(0), Line::Cut)
    } else if let Some(reply) = answer_instead(&faults) {
        (reply, Line::Whole)
    } else {
        let answer = respond(store, request, total_off_by(&faults));
        (Reply::of(answer, request.wants_json()), line(&faults))
    };
    let mut log = shared.log();
    let received = log.push(request, &reply, line);
    shared.recorder.lock().unwrap_or_else(PoisonError::into_inner).write(received);
    (reply, line, wait)
}

fn response(reply: Reply, reach: impl FnOnce(Bytes) -> Reach) -> Response<Reach> {
    let length = reply.body.len();
    let mut response = Response::new(reach(reply.body));
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

/// A body that arrives whole, or breaks off in the middle.
struct Reach {
    data: Option<Bytes>,
    breaks: bool,
}

impl Reach {
    fn whole(data: Bytes) -> Self {
        Self { data: Some(data).filter(|data| !data.is_empty()), breaks: false }
    }

    /// The answer to HEAD.
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
