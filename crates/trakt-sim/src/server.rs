//! Sockets: reads requests, hands them to the core, and breaks connections when a fault says so.
//!
//! Built on hyper rather than on a framework: a service that returns an error closes the connection without an answer,
//! which is what half of the faults need.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::codes;
use crate::control;
use crate::faults::{FaultKind, Line, answer_instead, rewrite};
use crate::http::respond;
use crate::images::Images;
use crate::message::{Reply, Request};
use crate::pages;
use crate::record::Recorder;
use crate::requests::RequestLog;
use crate::state::World;

/// What all connections share.
pub(crate) struct Shared {
    world: Mutex<World>,
    recorder: Mutex<Recorder>,
    log: Mutex<RequestLog>,
    images: Images,
}

impl Shared {
    pub(crate) fn new(world: World, recorder: Recorder) -> Self {
        Self {
            world: Mutex::new(world),
            recorder: Mutex::new(recorder),
            log: Mutex::default(),
            images: Images::default(),
        }
    }

    /// The world. A handler that panicked leaves it as it is: better a later wrong answer than a dead simulator.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until told to stop; dropping the set of connections closes them.
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

/// Binds a listener again to the address that it had.
pub(crate) async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
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
    let segments = request.segments();
    let (reply, line) = match segments.first().copied() {
        Some("_sim") => {
            (control::http::answer(&mut shared.world(), &mut shared.log(), &request), Line::Whole)
        }
        Some("images") => {
            let catalogue = shared.world().catalogue.clone();
            (shared.images.answer(catalogue, &request).await, Line::Whole)
        }
        None | Some("activate" | "profile" | "favicon.ico") => {
            (pages::answer(&mut shared.world(), &request), Line::Whole)
        }
        Some("oauth") if segments.get(1) == Some(&"authorize") => {
            (pages::answer(&mut shared.world(), &request), Line::Whole)
        }
        Some(_) => {
            let (reply, line, wait) = api(&shared, &request);
            if let Some(wait) = wait {
                tokio::time::sleep(wait).await;
            }
            (reply, line)
        }
    };
    match line {
        Line::Cut => Err(Cut),
        Line::Whole => Ok(response(reply, false)),
        Line::Half => Ok(response(reply, true)),
    }
}

/// An API call: faults, then Trakt, then the record.
fn api(shared: &Shared, request: &Request) -> (Reply, Line, Option<Duration>) {
    let started = Instant::now();
    let mut world = shared.world();
    let world = &mut *world;
    let faults = world.faults.strike(request, &mut world.random);
    let wait = faults.iter().find_map(|fault| match fault {
        FaultKind::Latency { milliseconds } => Some(Duration::from_millis(*milliseconds)),
        _ => None,
    });
    let strikes = |kind: &FaultKind| faults.contains(kind);
    let (reply, line) = if strikes(&FaultKind::Refuse) || strikes(&FaultKind::ResetBefore) {
        (Reply::empty(0), Line::Cut)
    } else if let Some(reply) = answer_instead(&faults) {
        (reply, Line::Whole)
    } else {
        let line = match () {
            () if strikes(&FaultKind::ResetAfter) => Line::Cut,
            () if strikes(&FaultKind::Truncate) => Line::Half,
            () => Line::Whole,
        };
        (rewrite(&faults, respond(world, request, &faults)), line)
    };
    let reply = signed(world, reply, started);
    let now = world.now();
    shared.log().push(request, &reply, line, now, world);
    if reply.status > 0 {
        shared.recorder.lock().unwrap_or_else(PoisonError::into_inner).write(request, &reply);
    }
    (reply, line, wait)
}

/// Trakt's own answers say which request they belong to and how long they took; those of the edge do not.
fn signed(world: &mut World, reply: Reply, started: Instant) -> Reply {
    if reply.edge {
        return reply;
    }
    let runtime = started.elapsed().as_secs_f64();
    reply.header("x-request-id", codes::uuid(&mut world.random)).header("x-runtime", format!("{runtime:.6}"))
}

fn response(reply: Reply, cut_in_half: bool) -> Response<Reach> {
    let length = reply.body.len();
    let body = if cut_in_half { Reach::half(reply.body) } else { Reach::whole(reply.body) };
    let mut response = Response::new(body);
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
