//! The device flow's two calls.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::state::{DeviceFailure, DeviceFlow, DeviceStep};
use super::{Auth, oauth};
use crate::error::{Error, Result};
use crate::token::Token;
use clock::until;

/// A code for a person to enter.
#[derive(Clone)]
pub struct DeviceCode {
    /// The secret half, with which the program polls.
    pub device_code: SecretString,
    /// What the person enters (8 characters today).
    pub user_code: String,
    /// The page to enter it on.
    pub verification_url: String,
    /// How long the code is good.
    pub expires_in: Duration,
    /// How far apart polls must be.
    pub interval: Duration,
}

impl DeviceCode {
    /// The page with the code filled in (`<verification_url>/<user_code>`), for a link or a QR code.
    pub fn direct_url(&self) -> Option<Url> {
        let mut url = Url::parse(&self.verification_url).ok()?;
        url.path_segments_mut().ok()?.pop_if_empty().push(&self.user_code);
        Some(url)
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("device_code", &"[redacted]")
            .field("user_code", &"[redacted]")
            .field("verification_url", &self.verification_url)
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish()
    }
}

/// The outcome of one poll.
#[derive(Debug)]
pub enum DevicePoll {
    /// The person approved (200).
    Approved(Token),
    /// Not yet (400).
    Pending,
    /// Polled too often (429): wait longer from now on.
    SlowDown,
    /// The person said no (418).
    Denied,
    /// The code is too old (410).
    Expired,
    /// The code was used already (409).
    AlreadyUsed,
    /// There is no such code (404).
    Unknown,
}

#[derive(Deserialize)]
struct CodeAnswer {
    device_code: String,
    user_code: String,
    verification_url: String,
    expires_in: u64,
    interval: u64,
}

impl Auth {
    /// Asks Trakt for a code and begins the device flow.
    pub async fn device(&self) -> Result<DeviceFlow> {
        let body = json!({ "client_id": self.client.application().client_id });
        let reply = self.client.oauth_post(&["oauth", "device", "code"], &body).await?;
        let answer: CodeAnswer = oauth::read(&reply)?;
        let code = DeviceCode {
            device_code: answer.device_code.into(),
            user_code: answer.user_code,
            verification_url: answer.verification_url,
            expires_in: Duration::from_secs(answer.expires_in),
            interval: Duration::from_secs(answer.interval),
        };
        Ok(DeviceFlow::new(code, self.client.clock().now()))
    }

    /// Polls once. Feed the outcome to [`DeviceFlow::on`].
    pub async fn poll_device(&self, code: &DeviceCode) -> Result<DevicePoll> {
        let body = json!({
            "code": code.device_code.expose_secret(),
            "client_id": self.client.application().client_id,
            "client_secret": self.client.client_secret()?,
        });
        let reply = self.client.oauth_exchange(&["oauth", "device", "token"], &body).await?;
        Ok(match reply.status.as_u16() {
            200 => DevicePoll::Approved(oauth::read_token(&reply)?),
            // Before 400 is taken for "not yet": a deleted application answers 400 invalid_client.
            400 if !oauth::says(&reply, "invalid_client") => DevicePoll::Pending,
            404 => DevicePoll::Unknown,
            409 => DevicePoll::AlreadyUsed,
            410 => DevicePoll::Expired,
            418 => DevicePoll::Denied,
            429 => DevicePoll::SlowDown,
            _ => return Err(self.client.oauth_failure(reply)),
        })
    }

    /// Polls until the person has decided or the code has expired. Passing failures of the network or of Trakt are
    /// waited out.
    pub async fn wait_for_device(&self, mut flow: DeviceFlow) -> Result<Result<Token, DeviceFailure>> {
        let clock = self.client.clock();
        loop {
            clock.sleep(until(clock.now(), flow.next_poll())).await;
            let outcome = match self.poll_device(flow.code()).await {
                Ok(outcome) => outcome,
                Err(Error::Transport { .. } | Error::Server { .. } | Error::EdgeBlock { .. }) => {
                    DevicePoll::Pending
                }
                Err(error) => return Err(error),
            };
            match flow.on(outcome, clock.now()) {
                DeviceStep::Wait(_) => {}
                DeviceStep::Connected(token) => return Ok(Ok(token)),
                DeviceStep::Failed(failure) => return Ok(Err(failure)),
            }
        }
    }
}
