//! Rate limit for password guessing. Pure: the time is an argument.
//!
//! Attempts from unknown browsers count against the network they come from, and never against the account alone, so
//! guessing only slows down the network it comes from. A browser that signed in before has a limit of its own.
//!
//! An attempt counts as failed when it begins and is uncounted when it succeeds, so that parallel attempts cannot
//! bypass the limit.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::UserId;

use super::names;

/// Key by which attempts are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The client's network: see [`network`](crate::net::network).
    Network(String),
    /// A user name, normalised as in the database, tried from a network.
    NameFrom(String, String),
    /// A browser that signed in before, by the hash of its device cookie.
    Device(String),
    /// The account of a signed-in user who enters the current password again.
    Account(UserId),
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
    /// The keys of an attempt by an unknown browser, with this user name from this network.
    pub(super) fn of_unknown_browser(username_key: &str, network: &str) -> Vec<Self> {
        // No user name is longer than this. Truncating prevents arbitrary input from filling the memory.
        let name = username_key.chars().take(names::MAX_CHARS).collect();
        vec![Self::NameFrom(name, network.to_owned()), Self::Network(network.to_owned())]
    }

    /// A name tried from a network, a device and an account have few free attempts and a short maximum delay,
    /// because the user may own the account. Networks have more free attempts, for households behind one router,
    /// and a long maximum delay.
    fn limits(&self) -> Limits {
        match self {
            Self::NameFrom(..) | Self::Device(_) | Self::Account(_) => {
                Limits { free_attempts: 5, max_delay: TimeDelta::seconds(60) }
            }
            Self::Network(_) => Limits { free_attempts: 20, max_delay: TimeDelta::minutes(15) },
        }
    }
}

/// Time after which failures no longer count.
const FORGET_AFTER: TimeDelta = TimeDelta::hours(1);

/// Maximum number of keys. When it is reached, expired keys and then the older half are removed.
const MAX_KEYS: usize = 8192;

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
        // Setting the clock back must not prolong a delay.
        for key in keys {
            if let Some(failures) = self.failures.get_mut(key) {
                failures.last_at = failures.last_at.min(now);
            }
        }
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

    /// Registers success. The failures of the name, device or account are cleared, but for the network only this
    /// attempt is uncounted: otherwise somebody with an account could guess other passwords indefinitely by
    /// signing in between the guesses.
    pub(super) fn succeeded(&mut self, keys: &[Key]) {
        for key in keys {
            match key {
                Key::NameFrom(..) | Key::Device(_) | Key::Account(_) => {
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
        if self.failures.len() < MAX_KEYS {
            return;
        }
        self.failures.retain(|_, failures| now - failures.last_at < FORGET_AFTER);
        if self.failures.len() >= MAX_KEYS {
            let mut ages: Vec<DateTime<Utc>> =
                self.failures.values().map(|failures| failures.last_at).collect();
            let middle = ages.len() / 2;
            let (_, newest_half, _) = ages.select_nth_unstable(middle);
            let newest_half = *newest_half;
            self.failures.retain(|_, failures| failures.last_at > newest_half);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use proptest::prelude::*;

    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-11-01T20:00:00Z".parse().unwrap()
    }

    fn anna() -> Vec<Key> {
        Key::of_unknown_browser("anna", "10.0.0.1")
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
    fn setting_the_clock_back_does_not_prolong_a_delay() {
        let mut limiter = GuessLimiter::default();
        for _ in 0..5 {
            assert_eq!(limiter.attempt(&anna(), start()), Ok(()));
        }
        let earlier = start() - TimeDelta::hours(1);
        assert_eq!(limiter.attempt(&anna(), earlier), Err(TimeDelta::seconds(1)));
        assert_eq!(limiter.attempt(&anna(), earlier + TimeDelta::seconds(1)), Ok(()));
    }

    #[test]
    fn signing_in_between_guesses_does_not_reset_the_network() {
        let mut limiter = GuessLimiter::default();
        let mut guesses = 0;
        for round in 0..100 {
            let own = Key::of_unknown_browser("mallory", "10.0.0.1");
            let guess = Key::of_unknown_browser(&format!("user{round}"), "10.0.0.1");
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
            limiter.attempt(&Key::of_unknown_browser(&format!("user{n}"), "10.0.0.1"), start()).is_ok()
        });
        assert_eq!(attempts.count(), 20);
    }

    #[test]
    fn long_names_are_truncated() {
        let keys = Key::of_unknown_browser(&"x".repeat(100_000), "10.0.0.1");
        let Key::NameFrom(name, _) = &keys[0] else { panic!("no name") };
        assert_eq!(name.chars().count(), names::MAX_CHARS);
    }

    #[test]
    fn guessing_does_not_slow_down_another_address_or_a_known_device() {
        let mut limiter = GuessLimiter::default();
        let mut now = start();
        for _ in 0..50_000 {
            now += TimeDelta::milliseconds(6);
            let _ = limiter.attempt(&anna(), now);
            assert_eq!(limiter.attempt(&[Key::Device("laptop".into())], now), Ok(()));
            limiter.succeeded(&[Key::Device("laptop".into())]);
            let elsewhere = Key::of_unknown_browser("anna", "10.0.0.2");
            assert_eq!(limiter.attempt(&elsewhere, now), Ok(()));
            limiter.succeeded(&elsewhere);
        }
    }

    #[test]
    fn the_number_of_keys_is_bounded_and_the_newest_are_kept() {
        let mut limiter = GuessLimiter::default();
        for number in 0..100_000_u32 {
            let network = Ipv6Addr::from_bits(u128::from(number) << 64).to_string();
            let now = start() + TimeDelta::milliseconds(number.into());
            limiter.attempt(&Key::of_unknown_browser("anna", &network), now).unwrap();
            assert!(limiter.failures.len() <= MAX_KEYS + 2);
        }
        let newest = Key::Network(Ipv6Addr::from_bits(99_999 << 64).to_string());
        assert!(limiter.failures.contains_key(&newest));
    }

    proptest! {
        /// The number of guesses at one name within an hour is bounded, whatever their timing.
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
