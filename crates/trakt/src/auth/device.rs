//! The two calls of the device flow.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::Auth;
use super::flow::{DeviceFailure, DeviceFlow, DeviceStep};
use crate::client::oauth;
use crate::error::{Remedy, Result};
use crate::token::Token;
use clock::until;

/// A code for the user to enter.
#[derive(Clone)]
pub struct DeviceCode {
    /// The secret half, with which the program polls.
    pub device_code: SecretString,
    /// What the user enters (currently 8 characters).
    pub user_code: String,
    /// The page to enter it on.
    pub verification_url: String,
    /// How long the code is valid.
    pub expires_in: Duration,
    /// The minimum time between two polls.
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
    /// The user approved (200).
    Approved(Token),
    /// Not yet (400).
    Pending,
    /// Polled too often (429): the interval grows.
    SlowDown,
    /// The user denied the request (418).
    Denied,
    /// The code has expired (410).
    Expired,
    /// The code has already been used (409).
    AlreadyUsed,
    /// Trakt does not know the code (404).
    Unknown,
}

#[derive(Deserialize)]
struct CodeResponse {
    device_code: String,
    user_code: String,
    verification_url: String,
    expires_in: u64,
    interval: u64,
}

impl Auth {
    /// Asks Trakt for a code and starts the device flow.
    pub async fn device(&self) -> Result<DeviceFlow> {
        let body = json!({ "client_id": self.client.application().client_id });
        let reply = self.client.oauth_post(&["oauth", "device", "code"], &body).await?;
        let response: CodeResponse = oauth::read(&reply)?;
        let code = DeviceCode {
            device_code: response.device_code.into(),
            user_code: response.user_code,
            verification_url: response.verification_url,
            expires_in: Duration::from_secs(response.expires_in),
            interval: Duration::from_secs(response.interval),
        };
        Ok(DeviceFlow::new(code, self.client.clock().now()))
    }

    /// Polls once. Feed the outcome to [`DeviceFlow::on`].
    pub async fn poll_device(&self, device: &DeviceCode) -> Result<DevicePoll> {
        let body = self.client.oauth_body(json!({ "code": device.device_code.expose_secret() }));
        let reply = self.client.oauth_exchange(&["oauth", "device", "token"], &body).await?;
        let code = oauth::code(&reply);
        Ok(match (reply.status.as_u16(), code.as_deref()) {
            (200, _) => DevicePoll::Approved(oauth::read_token(&reply)?),
            // These are about the application or the service, not about the code, whatever the status.
            (
                _,
                Some("invalid_client" | "unauthorized_client" | "temporarily_unavailable" | "server_error"),
            ) => {
                return Err(self.client.oauth_failure(reply));
            }
            (400, Some("expired_token")) | (410, _) => DevicePoll::Expired,
            (400, Some("access_denied")) | (418, _) => DevicePoll::Denied,
            (400, Some("slow_down")) | (429, _) => DevicePoll::SlowDown,
            (400, Some("invalid_grant")) | (404, _) => DevicePoll::Unknown,
            (400, _) => DevicePoll::Pending,
            (409, _) => DevicePoll::AlreadyUsed,
            _ => return Err(self.client.oauth_failure(reply)),
        })
    }

    /// Polls until the user has decided or the code has expired. Waits out temporary failures.
    pub async fn wait_for_device(&self, mut flow: DeviceFlow) -> Result<Result<Token, DeviceFailure>> {
        let clock = self.client.clock();
        loop {
            clock.sleep(until(clock.now(), flow.next_poll())).await;
            let outcome = match self.poll_device(flow.code()).await {
                Ok(outcome) => outcome,
                Err(error) => match error.remedy() {
                    Remedy::Wait { .. } | Remedy::RetryLater(_) => DevicePoll::Pending,
                    _ => return Err(error),
                },
            };
            match flow.on(outcome, clock.now()) {
                DeviceStep::Wait(_) => {}
                DeviceStep::Connected(token) => return Ok(Ok(token)),
                DeviceStep::Failed(failure) => return Ok(Err(failure)),
            }
        }
    }
}
