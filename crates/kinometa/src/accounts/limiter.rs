//! Slows guessing down, per user name and per address. Pure: the time is an argument.
//!
//! An attempt counts as failed the moment it begins and is forgiven when it succeeds, so that many attempts at
//! once gain nothing.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};

use super::names;

/// What guesses are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The user name tried, as the database compares names.
    Username(String),
    /// The client's network: its address, or with IPv6 the 64 bits that belong to one household.
    Network(String),
}

/// How many failures are free, and how long the wait gets.
#[derive(Debug, Clone, Copy)]
struct Rule {
    free: u32,
    longest: TimeDelta,
}

impl Key {
    /// What an attempt with this name from this address counts for.
    pub(super) fn of(username_key: &str, address: &str) -> [Self; 2] {
        // Nobody's name is longer, and what strangers send must not fill the memory.
        let name = username_key.chars().take(names::LONGEST).collect();
        [Self::Username(name), Self::Network(network(address))]
    }

    /// A name gets few free tries but a short longest wait: a stranger who guesses must not lock its owner out for
    /// long. An address gets more free tries, for a household behind one router, and a long wait.
    fn rule(&self) -> Rule {
        match self {
            Self::Username(_) => Rule { free: 5, longest: TimeDelta::seconds(60) },
            Self::Network(_) => Rule { free: 20, longest: TimeDelta::minutes(15) },
        }
    }
}

/// Whoever has one address of IPv6 has all of its /64.
fn network(address: &str) -> String {
    match address.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        // What a proxy of one's own sends is checked before; an empty address is one network.
        Err(_) => address.to_owned(),
    }
}

/// Failures older than this are forgotten.
const MEMORY: TimeDelta = TimeDelta::hours(1);

/// Above this many keys, forgotten ones are swept out.
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
    /// Begins an attempt, or says how long to wait before the next. A refused attempt is not counted.
    pub(super) fn attempt(&mut self, keys: &[Key], now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let wait = keys.iter().map(|key| self.wait(key, now)).max().unwrap_or_default();
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        self.sweep(now);
        for key in keys {
            let failures = self.failures.entry(key.clone()).or_insert(Failures { count: 0, last_at: now });
            if now - failures.last_at >= MEMORY {
                failures.count = 0;
            }
            failures.count = failures.count.saturating_add(1);
            failures.last_at = now;
        }
        Ok(())
    }

    /// The attempt succeeded: the name starts afresh, the address only gets this attempt back. Otherwise somebody
    /// with an account could guess without end by signing in between.
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

    /// How long this key has to wait; zero when it need not.
    fn wait(&self, key: &Key, now: DateTime<Utc>) -> TimeDelta {
        let Some(failures) = self.failures.get(key) else { return TimeDelta::zero() };
        let rule = key.rule();
        let Some(beyond) = failures.count.checked_sub(rule.free) else { return TimeDelta::zero() };
        let delay = TimeDelta::seconds(1 << beyond.min(20)).min(rule.longest);
        (failures.last_at + delay - now).clamp(TimeDelta::zero(), delay)
    }

    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.failures.len() > SWEEP_ABOVE {
            self.failures.retain(|_, failures| now - failures.last_at < MEMORY);
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
    fn the_sixth_attempt_in_a_row_has_to_wait_and_waits_double() {
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
    fn signing_in_between_guesses_does_not_help_an_address() {
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
    fn one_address_cannot_try_many_names() {
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
    fn an_address_of_ipv6_counts_as_its_whole_network(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(Key::of("anna", one) == Key::of("anna", other), same);
    }

    #[test]
    fn a_name_without_end_is_not_remembered_whole() {
        let [Key::Username(name), _] = Key::of(&"x".repeat(100_000), "10.0.0.1") else { panic!("no name") };
        assert_eq!(name.chars().count(), names::LONGEST);
    }

    proptest! {
        /// Whatever the rhythm, an hour allows few guesses at one name.
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

        /// After the wait that it names, an attempt is let through: nobody is locked out for good.
        #[test]
        fn the_wait_named_is_enough(failures in 0_u32..200) {
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

        /// Right passwords are never slowed down.
        #[test]
        fn success_is_free(times in 1_usize..200) {
            let mut limiter = GuessLimiter::default();
            for _ in 0..times {
                prop_assert_eq!(limiter.attempt(&anna(), start()), Ok(()));
                limiter.succeeded(&anna());
            }
        }
    }
}
