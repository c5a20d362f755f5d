//! Live updates, addressed to everyone or to some users. The latest ones are buffered.
//!
//! Updates are numbered. A client that knows the cursor at which it read its data can request all later updates, so
//! that it misses none between reading and subscribing.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use api_types::events::ServerEvent;
use db::ids::UserId;
use tokio::sync::broadcast;

use crate::accounts::Caller;

/// Number of updates kept for clients that reconnect, and buffered for a slow subscriber. A client that is further
/// behind has to reload.
const BACKLOG: usize = 256;

/// Recipients of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every signed-in user.
    Everyone,
    /// Every administrator.
    Administrators,
    /// One user.
    User(UserId),
}

impl Audience {
    /// Whether the update is meant for this user.
    pub fn includes(self, caller: Caller) -> bool {
        match self {
            Self::Everyone => true,
            Self::Administrators => caller.is_admin,
            Self::User(id) => id == caller.user_id,
        }
    }
}

/// A position in the sequence of updates: the process, and the number of updates it has sent so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    process: u64,
    sent: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.process, self.sent)
    }
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the cursor of a live update")]
pub struct InvalidCursor;

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (process, sent) = text.split_once('-').ok_or(InvalidCursor)?;
        let process = u64::from_str_radix(process, 16).map_err(|_| InvalidCursor)?;
        Ok(Self { process, sent: sent.parse().map_err(|_| InvalidCursor)? })
    }
}

/// An update with its cursor.
#[derive(Debug, Clone)]
pub struct Update {
    /// The position after this update.
    pub cursor: Cursor,
    /// Who receives the update.
    pub audience: Audience,
    /// What happened.
    pub event: ServerEvent,
}

/// The updates that a new subscriber missed since its cursor.
#[derive(Debug)]
pub enum Missed {
    /// The missed updates, oldest first.
    Updates(Vec<Update>),
    /// The cursor is older than the buffer or comes from another process: the client has to read everything again.
    Unknown(Cursor),
}

/// The server's live updates. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Updates {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sender: broadcast::Sender<Update>,
    /// Locked while sending and subscribing, so that a new subscriber finds every update in the buffer or receives
    /// it.
    sent: Mutex<Sent>,
}

#[derive(Debug)]
struct Sent {
    cursor: Cursor,
    remembered: VecDeque<Update>,
}

impl Default for Updates {
    fn default() -> Self {
        let cursor = Cursor { process: rand::random(), sent: 0 };
        let sent = Mutex::new(Sent { cursor, remembered: VecDeque::with_capacity(BACKLOG) });
        Self { inner: Arc::new(Inner { sender: broadcast::Sender::new(BACKLOG), sent }) }
    }
}

impl Updates {
    /// Sends an update to all subscribers.
    pub fn send(&self, audience: Audience, event: ServerEvent) {
        let mut sent = self.sent();
        sent.cursor.sent += 1;
        let update = Update { cursor: sent.cursor, audience, event };
        if sent.remembered.len() == BACKLOG {
            sent.remembered.pop_front();
        }
        sent.remembered.push_back(update.clone());
        // Fails when there is no subscriber, which is normal.
        let _ = self.inner.sender.send(update);
    }

    /// The current position. Data read after this call includes the effects of all updates before it.
    pub fn cursor(&self) -> Cursor {
        self.sent().cursor
    }

    /// Subscribes to the updates after a cursor, or to updates from now on.
    pub fn subscribe(&self, after: Option<Cursor>) -> (Missed, broadcast::Receiver<Update>) {
        let sent = self.sent();
        let receiver = self.inner.sender.subscribe();
        let Some(after) = after else { return (Missed::Updates(Vec::new()), receiver) };
        let behind = sent.cursor.sent.checked_sub(after.sent).and_then(|behind| usize::try_from(behind).ok());
        let missed = match behind {
            Some(behind) if after.process == sent.cursor.process && behind <= sent.remembered.len() => {
                let first = sent.remembered.len() - behind;
                Missed::Updates(sent.remembered.range(first..).cloned().collect())
            }
            _ => Missed::Unknown(sent.cursor),
        };
        (missed, receiver)
    }

    fn sent(&self) -> std::sync::MutexGuard<'_, Sent> {
        self.inner.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use api_types::events::LibraryChanged;

    use super::*;

    fn updates(count: i64) -> Updates {
        let updates = Updates::default();
        send(&updates, 1..=count);
        updates
    }

    fn send(updates: &Updates, revisions: impl Iterator<Item = i64>) {
        for revision in revisions {
            updates.send(Audience::Everyone, ServerEvent::Library(LibraryChanged { revision }));
        }
    }

    fn revisions(missed: Missed) -> Option<Vec<i64>> {
        let Missed::Updates(missed) = missed else { return None };
        let revision = |update: Update| match update.event {
            ServerEvent::Library(LibraryChanged { revision }) => revision,
            other => panic!("{other:?}"),
        };
        Some(missed.into_iter().map(revision).collect())
    }

    #[test]
    fn a_subscriber_gets_what_was_sent_after_its_cursor() {
        let updates = updates(3);
        let cursor: Cursor = updates.cursor().to_string().parse().unwrap();
        send(&updates, 4..=5);
        let (missed, mut receiver) = updates.subscribe(Some(cursor));
        assert_eq!(revisions(missed), Some(vec![4, 5]));
        send(&updates, 6..=6);
        let next = receiver.try_recv().unwrap();
        assert_eq!(next.cursor, updates.cursor());
        assert_eq!(revisions(updates.subscribe(Some(updates.cursor())).0), Some(vec![]));
        assert_eq!(revisions(updates.subscribe(None).0), Some(vec![]));
    }

    #[test]
    fn a_cursor_outside_the_buffer_requires_a_reload() {
        let updates = updates(0);
        let cursor = updates.cursor();
        send(&updates, 1..=256);
        assert_eq!(revisions(updates.subscribe(Some(cursor)).0).unwrap().len(), 256);
        send(&updates, 257..=257);
        assert_eq!(
            revisions(updates.subscribe(Some(cursor)).0),
            None,
            "one update more than the buffer holds"
        );
        let other_process = Updates::default();
        assert_eq!(revisions(other_process.subscribe(Some(cursor)).0), None);
        let future = Cursor { sent: 1_000, ..updates.cursor() };
        assert_eq!(revisions(updates.subscribe(Some(future)).0), None);
    }

    #[rstest::rstest]
    #[case("")]
    #[case("-")]
    #[case("xyz-1")]
    #[case("1-")]
    #[case("1--1")]
    #[case("1-99999999999999999999")]
    fn invalid_cursors_are_rejected(#[case] text: &str) {
        assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor));
    }
}
