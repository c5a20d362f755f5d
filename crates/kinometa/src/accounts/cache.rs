//! Who is behind a session or token, kept in memory so that a signed-in read asks the database nothing.

use db::ids::{ApiTokenId, SessionId, UserId};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub user_id: UserId,
    /// May change the server's settings and people.
    pub is_admin: bool,
    /// How the person proved it.
    pub proof: Proof,
}

/// How a caller proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Cookie of this session.
    Session(SessionId),
    /// This API token.
    ApiToken(ApiTokenId),
}

/// Entries are read afresh after this long: a sign-out on another node, or with the command line, is noticed then.
const FRESH: TimeDelta = TimeDelta::seconds(60);

/// Above this many entries, stale ones are dropped.
const SWEEP_ABOVE: usize = 4096;

#[derive(Debug, Default)]
struct Entries {
    callers: HashMap<String, (Caller, DateTime<Utc>)>,
    generation: u64,
}

/// Callers by the hash of their secret.
#[derive(Debug, Default)]
pub(super) struct CallerCache {
    entries: RwLock<Entries>,
}

/// Changes whenever somebody is forgotten. Taken before the database is read: an entry made from that read is only
/// kept when nothing was forgotten since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation(u64);

impl CallerCache {
    /// The caller, when it was read lately.
    pub(super) fn get(&self, hash: &str, now: DateTime<Utc>) -> Option<Caller> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let (caller, read_at) = entries.callers.get(hash)?;
        (now - *read_at < FRESH).then_some(*caller)
    }

    /// To be taken before the database is read.
    pub(super) fn generation(&self) -> Generation {
        Generation(self.entries.read().unwrap_or_else(PoisonError::into_inner).generation)
    }

    /// Keeps what was read since `generation`.
    pub(super) fn insert(&self, hash: String, caller: Caller, generation: Generation, now: DateTime<Utc>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if entries.generation != generation.0 {
            return;
        }
        if entries.callers.len() >= SWEEP_ABOVE {
            entries.callers.retain(|_, (_, read_at)| now - *read_at < FRESH);
        }
        entries.callers.insert(hash, (caller, now));
    }

    /// Forgets everybody that `gone` names. To be called after the change is committed.
    pub(super) fn forget(&self, gone: impl Fn(&Caller) -> bool) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.generation += 1;
        entries.callers.retain(|_, (caller, _)| !gone(caller));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Caller = Caller { user_id: UserId(1), is_admin: false, proof: Proof::Session(SessionId(7)) };

    fn now() -> DateTime<Utc> {
        "2026-11-01T20:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_entry_lasts_a_minute() {
        let cache = CallerCache::default();
        cache.insert("a".into(), ANNA, cache.generation(), now());
        assert_eq!(cache.get("a", now() + TimeDelta::seconds(59)), Some(ANNA));
        assert_eq!(cache.get("a", now() + TimeDelta::seconds(60)), None);
    }

    #[test]
    fn what_was_read_before_a_sign_out_is_not_kept_after_it() {
        let cache = CallerCache::default();
        let before = cache.generation();
        cache.forget(|caller| caller.user_id == UserId(1));
        cache.insert("a".into(), ANNA, before, now());
        assert_eq!(cache.get("a", now()), None);
    }

    #[test]
    fn only_those_named_are_forgotten() {
        let cache = CallerCache::default();
        cache.insert("a".into(), ANNA, cache.generation(), now());
        cache.insert("b".into(), Caller { user_id: UserId(2), ..ANNA }, cache.generation(), now());
        cache.forget(|caller| caller.user_id == UserId(1));
        assert_eq!(cache.get("a", now()), None);
        assert!(cache.get("b", now()).is_some());
    }
}
