//! Sending a call: get a token, wait for a turn, exchange, classify the response, and retry when that is safe.

use std::sync::PoisonError;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use super::Client;
use super::call::{Auth, Call};
use super::classify::{LenientBody, classify, is_from_trakt, rate_header};
use super::offset::{ClockOffset, Measurement};
use super::retry::mark_unknown;
use super::tokens::Redeem;
use super::transport::{Reply, join};
use crate::error::{Error, LostBecause, Result};
use crate::limits::{Lane, Priority};
use crate::paging::{ChosenOrder, PageInfo};
use crate::token::Token;

/// A successful response that has been read.
#[derive(Debug)]
pub(crate) struct Response<T> {
    pub(crate) body: T,
    pub(crate) page: PageInfo,
    pub(crate) chosen_order: Option<ChosenOrder>,
}

/// What has happened to a call so far.
#[derive(Default)]
struct Attempts {
    failures: u32,
    renewals: u32,
    /// How long the call has waited.
    waited: Duration,
    /// Why the call continues without a token, if it does.
    anonymous: Option<Error>,
}

/// Whether `error`, which occurred while getting a token, ends `call`. Without an allowed application, nothing works,
/// with or without a token.
fn fails_without_token(call: &Call, error: &Error) -> bool {
    call.auth == Auth::Required || matches!(error, Error::ApplicationNotAllowed { .. })
}

impl Redeem for Client {
    async fn redeem(&self, token: &Token) -> Result<Token> {
        // Through the gate, so that a pause also delays renewals.
        self.inner.gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await?;
        self.redeem_refresh(token).await
    }
}

/// Reads the response to `call`.
pub(crate) fn decode<T: DeserializeOwned>(reply: &Reply, call: &Call) -> Result<T> {
    LenientBody::read(reply.status, &reply.body).map_err(|error| mark_unknown(error, call))
}

impl Client {
    /// Sends `call` and reads the response.
    pub(crate) async fn send<T: DeserializeOwned>(&self, call: &Call) -> Result<Response<T>> {
        let reply = self.deliver(call).await?;
        Ok(Response {
            body: decode(&reply, call)?,
            page: PageInfo::from_headers(&reply.headers),
            chosen_order: ChosenOrder::from_headers(&reply.headers),
        })
    }

    /// Sends `call` and checks only whether it succeeded.
    pub(crate) async fn run(&self, call: &Call) -> Result<()> {
        self.deliver(call).await.map(|_| ())
    }

    /// Repeats `call` until it succeeds, fails for good, or may have been applied.
    ///
    /// Boxed, so that the sending code is compiled in this crate and not in every crate that makes calls.
    pub(crate) fn deliver<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Reply>> {
        self.repeat(call).boxed()
    }

    async fn repeat(&self, call: &Call) -> Result<Reply> {
        let priority = call.priority.unwrap_or(self.priority);
        let mut attempts = Attempts::default();
        loop {
            let token = self.token_for(call, &mut attempts).await?;
            attempts.waited = self.inner.gate.enter(call.lane(), priority, attempts.waited).await?;
            let error = match self.attempt(call, token.as_ref()).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            self.inner.gate.pause_for(call.lane(), &error);
            match (error, token) {
                (Error::Reconnect(because), Some(token)) => {
                    self.after_401(call, &token, because, &mut attempts).await?;
                }
                // The resource is not public after all: report why the call was sent without a token.
                (Error::Reconnect(_), None) => {
                    return Err(attempts.anonymous.unwrap_or(Error::NotConnected));
                }
                (error @ (Error::Forbidden | Error::VipNeeded { .. }), _) => {
                    return Err(self.check_application_allowed(error).await);
                }
                (error, _) => {
                    attempts.failures += 1;
                    self.pause_before_retry(error, call, &mut attempts, priority).await?;
                }
            }
        }
    }

    /// One exchange and its classification. The budget is updated from the response first.
    async fn attempt(&self, call: &Call, token: Option<&Token>) -> Result<Reply> {
        let url = join(&self.inner.endpoints.api, &call.segments, &call.query)?;
        let bearer = token.map(|token| &token.access_token);
        let sent = self.inner.clock.now();
        let outcome =
            self.inner.transport.exchange(call.method.clone(), url, call.body.as_ref(), bearer).await;
        match &outcome {
            Ok(reply) => {
                tracing::debug!(method = %call.method, path = call.path(), status = reply.status.as_u16(), "trakt");
            }
            Err(error) => tracing::debug!(method = %call.method, path = call.path(), %error, "trakt"),
        }
        let reply = outcome?;
        self.note_offset(&reply, sent);
        if let Some(header) = rate_header(&reply.headers) {
            self.inner.gate.observe(call.lane(), &header);
        }
        self.classify(reply, &call.segments)
    }

    fn note_offset(&self, reply: &Reply, sent: DateTime<Utc>) {
        if !is_from_trakt(&reply.headers) {
            return;
        }
        if let Some(offset) = ClockOffset::measure(&reply.headers, sent, self.inner.clock.now()) {
            let measured = Measurement::new(offset, &*self.inner.clock);
            *self.inner.offset.lock().unwrap_or_else(PoisonError::into_inner) = Some(measured);
        }
    }

    pub(crate) fn classify(&self, reply: Reply, segments: &[String]) -> Result<Reply> {
        classify(reply, segments, self.inner.clock.now())
    }

    /// Waits according to the retry policy, or returns the error.
    async fn pause_before_retry(
        &self,
        error: Error,
        call: &Call,
        attempts: &mut Attempts,
        priority: Priority,
    ) -> Result<()> {
        let now = self.inner.clock.now();
        let pause = self.inner.retries.next(&error, call.is_read(), attempts.failures, now, rand::random());
        let waited = if priority == Priority::Urgent { attempts.waited } else { Duration::ZERO };
        let max_total_wait = self.inner.gate.max_total_wait(priority);
        match pause {
            Some(pause) if priority == Priority::Bulk || waited + pause <= max_total_wait => {
                tracing::debug!(%error, ?pause, "trakt: trying again");
                self.inner.clock.sleep(pause).await;
                attempts.waited += pause;
                Ok(())
            }
            _ => Err(mark_unknown(error, call)),
        }
    }

    /// The token for `call`. A public read is sent without one rather than not at all.
    async fn token_for(&self, call: &Call, attempts: &mut Attempts) -> Result<Option<Token>> {
        if attempts.anonymous.is_some() {
            return Ok(None);
        }
        match self.inner.tokens.access(self.inner.clock.now(), self).await {
            Ok(token) => Ok(Some(token)),
            Err(error) if fails_without_token(call, &error) => Err(error),
            Err(error) => {
                attempts.anonymous = Some(error);
                Ok(None)
            }
        }
    }

    /// A 401 requires a renewal. The first may find a pair that another process stored and that is invalid too, so
    /// there is a second; after that, the connection is lost. A public read then continues without a token.
    async fn after_401(
        &self,
        call: &Call,
        token: &Token,
        because: LostBecause,
        attempts: &mut Attempts,
    ) -> Result<()> {
        let renewed = if attempts.renewals == 2 {
            self.inner.tokens.mark_rejected(token, because).await;
            Err(Error::Reconnect(because))
        } else {
            attempts.renewals += 1;
            self.inner.tokens.renew_refused(token, self.inner.clock.now(), self).await
        };
        match renewed {
            Err(error) if fails_without_token(call, &error) => Err(error),
            Err(error) => {
                attempts.anonymous = Some(error);
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// A disallowed application is rejected on every path. A request for something that every application may read
    /// distinguishes this from a private list or a VIP feature.
    async fn check_application_allowed(&self, error: Error) -> Error {
        let status = if matches!(error, Error::Forbidden) { 403 } else { 426 };
        let probe = Call::get(Auth::Optional, ["certifications", "movies"]);
        if let Err(wait) = self.inner.gate.enter(Lane::Read, Priority::Urgent, Duration::ZERO).await {
            return wait;
        }
        match self.attempt(&probe, None).await {
            Err(Error::Forbidden | Error::VipNeeded { .. }) => Error::ApplicationNotAllowed { status },
            Err(block @ Error::EdgeBlock { .. }) => {
                self.inner.gate.pause_for(Lane::Read, &block);
                block
            }
            _ => error,
        }
    }

    pub(crate) async fn forget_token(&self) -> Result<()> {
        self.inner.tokens.disconnect().await
    }
}
