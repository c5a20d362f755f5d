//! Bounds how many video streams one person has open at once.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use db::ids::UserId;
use http_body::{Frame, SizeHint};

/// A person has as many streams open as they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{most} video streams of one person are open")]
pub struct TooManyStreams {
    /// How many one person may have.
    pub most: usize,
}

/// Counts the open streams of each person. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Streams {
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    per_person: usize,
}

/// An open stream. It counts until it is dropped.
#[derive(Debug)]
pub struct Stream {
    user_id: UserId,
    streams: Streams,
}

impl Streams {
    /// At most this many streams for each person.
    pub fn new(per_person: usize) -> Self {
        Self { open: Arc::default(), per_person }
    }

    /// Counts another stream of this person.
    pub fn open(&self, user_id: UserId) -> Result<Stream, TooManyStreams> {
        let mut open = self.lock();
        let count = open.entry(user_id).or_default();
        if *count >= self.per_person {
            return Err(TooManyStreams { most: self.per_person });
        }
        *count += 1;
        Ok(Stream { user_id, streams: self.clone() })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream {
    /// Counts until the response is sent or its reader leaves.
    pub fn until_sent(self, response: Response) -> Response {
        response.map(|body| Body::new(CountedBody { body, _stream: self }))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        if let Some(count) = open.get_mut(&self.user_id) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.user_id);
            }
        }
    }
}

struct CountedBody {
    body: Body,
    _stream: Stream,
}

impl http_body::Body for CountedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_counted_per_person_until_they_end() {
        let streams = Streams::new(2);
        let (first, second) = (streams.open(UserId(1)).unwrap(), streams.open(UserId(1)).unwrap());
        assert_eq!(streams.open(UserId(1)).unwrap_err(), TooManyStreams { most: 2 });
        let other = streams.open(UserId(2)).unwrap();
        drop(first);
        let third = streams.open(UserId(1)).unwrap();
        let response = third.until_sent(Response::new(Body::from("film")));
        assert!(streams.open(UserId(1)).is_err());
        drop((response, second, other));
        assert!(streams.lock().is_empty());
    }
}
