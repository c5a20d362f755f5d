//! In-memory cache of authenticated callers, so that reads by a signed-in user need no database query to
//! authenticate.

use db::ids::{ApiTokenId, SessionId, UserId};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

/// The authenticated sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Id of the user.
    pub user_id: UserId,
    /// Whether the user is an administrator.
    pub is_admin: bool,
    /// Session or API token that authenticated the request.
    pub credential: Credential,
}

/// What authenticated a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A session cookie.
    Session(SessionId),
    /// An API token.
    ApiToken(ApiTokenId),
}

/// Lifetime of an entry. Sign-outs on another node or from the command line take effect after at most this long.
const TTL: TimeDelta = TimeDelta::seconds(60);

/// When the cache has this many entries, expired ones are removed.
const SWEEP_ABOVE: usize = 4096;

#[derive(Debug, Default)]
struct Entries {
    callers: HashMap<String, (Caller, DateTime<Utc>)>,
    generation: u64,
}

/// Callers by the hash of their session or API token.
#[derive(Debug, Default)]
pub(super) struct CallerCache {
    entries: RwLock<Entries>,
}

/// Version of the cache, incremented by every invalidation.
///
/// Take it before reading the database: the cache rejects entries based on a read that began before an
/// invalidation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation(u64);

impl CallerCache {
    /// The cached caller, unless the entry has expired.
    pub(super) fn get(&self, hash: &str, now: DateTime<Utc>) -> Option<Caller> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let (caller, read_at) = entries.callers.get(hash)?;
        (now - *read_at < TTL).then_some(*caller)
    }

    /// The current generation.
    pub(super) fn generation(&self) -> Generation {
        Generation(self.entries.read().unwrap_or_else(PoisonError::into_inner).generation)
    }

    /// Caches a caller, unless the cache was invalidated since `generation`.
    pub(super) fn insert(&self, hash: String, caller: Caller, generation: Generation, now: DateTime<Utc>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if entries.generation != generation.0 {
            return;
        }
        if entries.callers.len() >= SWEEP_ABOVE {
            entries.callers.retain(|_, (_, read_at)| now - *read_at < TTL);
        }
        entries.callers.insert(hash, (caller, now));
    }

    /// Removes the callers that match `affected`. Call this after the change is committed.
    pub(super) fn invalidate(&self, affected: impl Fn(&Caller) -> bool) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.generation += 1;
        entries.callers.retain(|_, (caller, _)| !affected(caller));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Caller =
        Caller { user_id: UserId(1), is_admin: false, credential: Credential::Session(SessionId(7)) };

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
    fn a_caller_read_before_a_sign_out_is_not_cached() {
        let cache = CallerCache::default();
        let before = cache.generation();
        cache.invalidate(|caller| caller.user_id == UserId(1));
        cache.insert("a".into(), ANNA, before, now());
        assert_eq!(cache.get("a", now()), None);
    }

    #[test]
    fn only_matching_callers_are_removed() {
        let cache = CallerCache::default();
        cache.insert("a".into(), ANNA, cache.generation(), now());
        cache.insert("b".into(), Caller { user_id: UserId(2), ..ANNA }, cache.generation(), now());
        cache.invalidate(|caller| caller.user_id == UserId(1));
        assert_eq!(cache.get("a", now()), None);
        assert!(cache.get("b", now()).is_some());
    }
}
