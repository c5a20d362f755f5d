//! Checks of Trakt: does it answer, and do the clocks agree.

use std::error::Error;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, SystemClock};
use reqwest::header::{DATE, USER_AGENT};
use url::Url;

use super::Outcome;
use crate::config::Config;

/// A check must not keep a person waiting.
const PATIENCE: Duration = Duration::from_secs(10);

/// Plays are compared by the minute, so a clock that is off by more than this makes wrong ones.
const LARGEST_SKEW: TimeDelta = TimeDelta::seconds(30);

/// Both hosts, and the clock.
pub(super) async fn checks(config: &Config) -> Vec<Outcome> {
    trakt::ensure_tls_provider();
    let mut outcomes = Vec::new();
    let mut date = None;
    for (name, url) in [("Trakt's API", &config.trakt_api_url), ("Trakt's sign-in", &config.trakt_auth_url)] {
        match answer(url).await {
            Ok((status, sent_at)) => {
                outcomes.push(Outcome::Fine(format!("{name}: {url} answers ({status})")));
                date = date.or(sent_at);
            }
            Err(error) => outcomes.push(Outcome::warning(
                format!("{name}: {url} does not answer ({error})"),
                "Everything local works without it; plays are queued. Look at the network, DNS and firewall.",
            )),
        }
    }
    outcomes.extend(date.map(|date| clock(SystemClock.now() - date)));
    outcomes
}

/// Any answer will do, a refusal too: it shows that the host is reached.
async fn answer(url: &Url) -> Result<(u16, Option<DateTime<Utc>>), String> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(|error| error.to_string())?;
    let agent = concat!("Kinometa/", env!("CARGO_PKG_VERSION"));
    let response = client.get(url.clone()).header(USER_AGENT, agent).send().await;
    let response = response.map_err(|error| reason(&error))?;
    let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    Ok((response.status().as_u16(), date))
}

/// What lies at the bottom of it: "connection refused" says more than "error sending request".
fn reason(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.last().map_or_else(|| "no answer".to_owned(), ToString::to_string)
}

fn clock(skew: TimeDelta) -> Outcome {
    if skew.abs() <= LARGEST_SKEW {
        return Outcome::Fine("clock: agrees with Trakt's".to_owned());
    }
    let direction = if skew > TimeDelta::zero() { "ahead of" } else { "behind" };
    Outcome::warning(
        format!("clock: {} s {direction} Trakt's", skew.num_seconds().abs()),
        "Plays get wrong times and may count twice. Turn on NTP (timedatectl set-ntp true).",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_difference_of_clocks_is_fine_and_a_large_one_is_named() {
        assert!(matches!(clock(TimeDelta::seconds(-30)), Outcome::Fine(_)));
        let Outcome::Warning { what, .. } = clock(TimeDelta::seconds(-95)) else { panic!("no warning") };
        assert_eq!(what, "clock: 95 s behind Trakt's");
    }
}
