//! Limits the number of video streams that one user can have open at the same time.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use db::ids::UserId;
use http_body::{Frame, SizeHint};

/// The user already has the maximum number of streams open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{most} video streams of one user are open")]
pub struct TooManyStreams {
    /// Maximum number of open streams per user.
    pub most: usize,
}

/// Counts the open streams of each user. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Streams {
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    per_user: usize,
}

/// An open stream. It counts towards the limit until it is dropped.
#[derive(Debug)]
pub struct Stream {
    user_id: UserId,
    streams: Streams,
}

impl Streams {
    /// Allows at most this many open streams per user.
    pub fn new(per_user: usize) -> Self {
        Self { open: Arc::default(), per_user }
    }

    /// Registers another stream of this user.
    ///
    /// # Errors
    /// When the user's limit is reached.
    pub fn open(&self, user_id: UserId) -> Result<Stream, TooManyStreams> {
        let mut open = self.lock();
        let count = open.entry(user_id).or_default();
        if *count >= self.per_user {
            return Err(TooManyStreams { most: self.per_user });
        }
        *count += 1;
        Ok(Stream { user_id, streams: self.clone() })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream {
    /// Keeps the stream counted until the response is sent or the client disconnects.
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
    fn streams_are_counted_per_user_until_they_end() {
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
