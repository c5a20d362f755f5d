//! Checks that Trakt can be reached and that the system clock agrees with Trakt's.

use std::error::Error;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, SystemClock};
use reqwest::header::{DATE, USER_AGENT};
use url::Url;

use super::CheckResult;
use crate::config::Config;

/// Timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Largest acceptable clock difference. Plays are compared by the minute, so a larger one causes duplicates.
const MAX_SKEW: TimeDelta = TimeDelta::seconds(30);

/// Checks both Trakt hosts, then compares the clock with the `Date` header of the first response.
pub(super) async fn checks(config: &Config) -> Vec<CheckResult> {
    trakt::ensure_tls_provider();
    let mut results = Vec::new();
    let mut date = None;
    for (name, url) in [("Trakt API", &config.trakt_api_url), ("Trakt sign-in", &config.trakt_auth_url)] {
        match probe(url).await {
            Ok((status, sent_at)) => {
                results.push(CheckResult::Passed(format!("{name}: {url} is reachable (status {status})")));
                date = date.or(sent_at);
            }
            Err(error) => results.push(CheckResult::warning(
                format!("{name}: cannot reach {url} ({error})"),
                "Kinometa keeps working and queues plays. Check the network, DNS and firewall.",
            )),
        }
    }
    results.extend(date.map(|date| clock(SystemClock.now() - date)));
    results
}

/// Sends a request and returns the status and date. Any status will do, because it shows that the host is
/// reachable.
async fn probe(url: &Url) -> Result<(u16, Option<DateTime<Utc>>), String> {
    let client = reqwest::Client::builder().timeout(TIMEOUT).build().map_err(|error| error.to_string())?;
    let agent = concat!("Kinometa/", env!("CARGO_PKG_VERSION"));
    let response = client.get(url.clone()).header(USER_AGENT, agent).send().await;
    let response = response.map_err(|error| reason(&error))?;
    let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    Ok((response.status().as_u16(), date))
}

/// The innermost cause: "connection refused" is more useful than "error sending request".
fn reason(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.last().map_or_else(|| "no response".to_owned(), ToString::to_string)
}

fn clock(skew: TimeDelta) -> CheckResult {
    if skew.abs() <= MAX_SKEW {
        return CheckResult::Passed("clock: in sync with Trakt".to_owned());
    }
    let direction = if skew > TimeDelta::zero() { "ahead of" } else { "behind" };
    CheckResult::warning(
        format!("clock: {} s {direction} Trakt's clock", skew.num_seconds().abs()),
        "Plays will have wrong times and may be counted twice. Enable time synchronisation (timedatectl set-ntp true).",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_large_clock_difference_is_a_warning() {
        assert!(matches!(clock(TimeDelta::seconds(-30)), CheckResult::Passed(_)));
        let CheckResult::Warning { what, .. } = clock(TimeDelta::seconds(-95)) else { panic!("no warning") };
        assert_eq!(what, "clock: 95 s behind Trakt's clock");
    }
}
