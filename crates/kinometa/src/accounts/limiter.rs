//! Rate limit for password guessing, per user name and per network. Pure: the time is an argument.
//!
//! An attempt counts as failed when it begins and is taken back when it succeeds, so that parallel attempts cannot
//! bypass the limit.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};

use super::names;

/// Key by which attempts are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The user name, normalised as in the database.
    Username(String),
    /// The client's network: an IPv4 address, or the /64 prefix of an IPv6 address.
    Network(String),
}

/// Limits for one kind of key.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Failures before the first delay.
    free_attempts: u32,
    /// Upper bound of the delay, which doubles with every failure.
    max_delay: TimeDelta,
}

impl Key {
    /// The keys of an attempt with this user name from this address.
    pub(super) fn of(username_key: &str, address: &str) -> [Self; 2] {
        // No user name is longer. Truncating keeps arbitrary input from filling the memory.
        let name = username_key.chars().take(names::MAX_CHARS).collect();
        [Self::Username(name), Self::Network(network(address))]
    }

    /// User names have few free attempts but a short maximum delay, so that someone else's guesses cannot lock the owner
    /// out for long. Networks have more free attempts, for households behind one router, and a long maximum delay.
    fn limits(&self) -> Limits {
        match self {
            Self::Username(_) => Limits { free_attempts: 5, max_delay: TimeDelta::seconds(60) },
            Self::Network(_) => Limits { free_attempts: 20, max_delay: TimeDelta::minutes(15) },
        }
    }
}

/// Groups IPv6 addresses by /64, because whoever has one of them usually has the whole range.
fn network(address: &str) -> String {
    match address.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        // Not an address: all unknown clients share one key.
        Err(_) => address.to_owned(),
    }
}

/// Time after which failures no longer count.
const FORGET_AFTER: TimeDelta = TimeDelta::hours(1);

/// Number of keys from which expired ones are removed.
const SWEEP_ABOVE: usize = 4096;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last_at: DateTime<Utc>,
}

/// Counts failed attempts.
#[derive(Debug, Default)]
pub(super) struct GuessLimiter {
    failures: HashMap<Key, Failures>,
}

impl GuessLimiter {
    /// Registers an attempt, or returns the time to wait before the next one. A rejected attempt is not counted.
    pub(super) fn attempt(&mut self, keys: &[Key], now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let wait = keys.iter().map(|key| self.remaining_delay(key, now)).max().unwrap_or_default();
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        self.sweep(now);
        for key in keys {
            let failures = self.failures.entry(key.clone()).or_insert(Failures { count: 0, last_at: now });
            if now - failures.last_at >= FORGET_AFTER {
                failures.count = 0;
            }
            failures.count = failures.count.saturating_add(1);
            failures.last_at = now;
        }
        Ok(())
    }

    /// Registers success. The user name's failures are cleared, but the network only gets this attempt back: otherwise
    /// someone with an account could guess indefinitely by signing in to it in between.
    pub(super) fn succeeded(&mut self, keys: &[Key]) {
        for key in keys {
            match key {
                Key::Username(_) => {
                    self.failures.remove(key);
                }
                Key::Network(_) => {
                    if let Some(failures) = self.failures.get_mut(key) {
                        failures.count = failures.count.saturating_sub(1);
                    }
                }
            }
        }
    }

    /// Remaining delay for this key; zero when an attempt is allowed.
    fn remaining_delay(&self, key: &Key, now: DateTime<Utc>) -> TimeDelta {
        let Some(failures) = self.failures.get(key) else { return TimeDelta::zero() };
        let limits = key.limits();
        let Some(beyond) = failures.count.checked_sub(limits.free_attempts) else { return TimeDelta::zero() };
        let delay = TimeDelta::seconds(1 << beyond.min(20)).min(limits.max_delay);
        (failures.last_at + delay - now).clamp(TimeDelta::zero(), delay)
    }

    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.failures.len() > SWEEP_ABOVE {
            self.failures.retain(|_, failures| now - failures.last_at < FORGET_AFTER);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-01T20:00:00Z".parse().unwrap()
    }

    fn anna() -> [Key; 2] {
        [Key::Username("anna".into()), Key::Network("10.0.0.1".into())]
    }

    #[test]
    fn delays_start_at_the_sixth_attempt_and_double() {
        let mut limiter = GuessLimiter::default();
        for _ in 0..5 {
            assert_eq!(limiter.attempt(&anna(), start()), Ok(()));
        }
        assert_eq!(limiter.attempt(&anna(), start()), Err(TimeDelta::seconds(1)));
        let later = start() + TimeDelta::seconds(1);
        assert_eq!(limiter.attempt(&anna(), later), Ok(()));
        assert_eq!(limiter.attempt(&anna(), later), Err(TimeDelta::seconds(2)));
    }

    #[test]
    fn signing_in_between_guesses_does_not_reset_the_network() {
        let mut limiter = GuessLimiter::default();
        let mut guesses = 0;
        for round in 0..100 {
            let own = [Key::Username("mallory".into()), Key::Network("10.0.0.1".into())];
            let guess = [Key::Username(format!("user{round}")), Key::Network("10.0.0.1".into())];
            if limiter.attempt(&own, start()).is_ok() {
                limiter.succeeded(&own);
            }
            guesses += u32::from(limiter.attempt(&guess, start()).is_ok());
        }
        assert_eq!(guesses, 20);
    }

    #[test]
    fn one_network_cannot_try_many_names() {
        let mut limiter = GuessLimiter::default();
        let attempts = (0..100).filter(|n| {
            let keys = [Key::Username(format!("user{n}")), Key::Network("10.0.0.1".into())];
            limiter.attempt(&keys, start()).is_ok()
        });
        assert_eq!(attempts.count(), 20);
    }

    #[rstest::rstest]
    #[case("10.0.0.1", "10.0.0.2", false)]
    #[case("::ffff:10.0.0.1", "10.0.0.1", true)]
    #[case("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    #[case("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    fn ipv6_addresses_are_grouped_by_network(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
        assert_eq!(Key::of("anna", one) == Key::of("anna", other), same);
    }

    #[test]
    fn long_names_are_truncated() {
        let [Key::Username(name), _] = Key::of(&"x".repeat(100_000), "10.0.0.1") else { panic!("no name") };
        assert_eq!(name.chars().count(), names::MAX_CHARS);
    }

    proptest! {
        /// Whatever the timing, the number of guesses at one name within an hour is bounded.
        #[test]
        fn an_hour_allows_few_guesses(gaps in proptest::collection::vec(0_i64..200, 1..400)) {
            let mut limiter = GuessLimiter::default();
            let mut now = start();
            let mut allowed = 0;
            for gap in gaps {
                now += TimeDelta::seconds(gap);
                if now - start() > TimeDelta::hours(1) {
                    break;
                }
                if limiter.attempt(&anna()[..1], now).is_ok() {
                    allowed += 1;
                }
            }
            prop_assert!(allowed <= 5 + 7 + 60, "{allowed} guesses");
        }

        /// After the announced delay an attempt is allowed: nobody is locked out permanently.
        #[test]
        fn waiting_as_long_as_announced_is_enough(failures in 0_u32..200) {
            let mut limiter = GuessLimiter::default();
            let mut now = start();
            for _ in 0..failures {
                if let Err(wait) = limiter.attempt(&anna(), now) {
                    prop_assert!(wait <= TimeDelta::minutes(15));
                    now += wait;
                    prop_assert_eq!(limiter.attempt(&anna(), now), Ok(()));
                }
            }
        }

        /// Successful attempts are never delayed.
        #[test]
        fn successful_attempts_are_not_delayed(times in 1_usize..200) {
            let mut limiter = GuessLimiter::default();
            for _ in 0..times {
                prop_assert_eq!(limiter.attempt(&anna(), start()), Ok(()));
                limiter.succeeded(&anna());
            }
        }
    }
}
