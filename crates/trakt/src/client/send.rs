//! The way of a call: token, turn, exchange, judgement, and again when that is safe.

use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Client;
use super::call::{Auth, Call};
use super::classify::{LenientBody, classify, is_from_trakt, looks_like_html, rate_header};
use super::retry::doubt;
use super::tokens::Redeem;
use super::transport::{Reply, join};
use crate::error::{Error, LostBecause, Result};
use crate::limits::{Lane, Priority};
use crate::paging::PageInfo;
use crate::token::Token;

/// A success, read.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    pub(crate) body: T,
    pub(crate) page: PageInfo,
}

/// What a call has been through.
#[derive(Default)]
struct Tries {
    failures: u32,
    renewals: u32,
    /// Goes on without the token.
    anonymous: bool,
}

/// Whether `error`, met on the way to a token, ends `call`. Without an application nothing works, token or not.
fn must_have_token(call: &Call, error: &Error) -> bool {
    call.auth == Auth::Required || matches!(error, Error::ApplicationNotAllowed { .. })
}

impl Redeem for Client {
    async fn redeem(&self, token: &Token) -> Result<Token> {
        // Through the gate, so that a pause holds renewals back too.
        self.inner.gate.enter(Lane::Write, Priority::Urgent).await?;
        self.redeem_refresh(token).await
    }
}

impl Client {
    /// Sends `call` and reads the answer.
    pub(crate) async fn send<T: DeserializeOwned>(&self, call: &Call) -> Result<Answer<T>> {
        let reply = self.deliver(call).await?;
        let page = PageInfo::from_headers(&reply.headers);
        let body = LenientBody::read(reply.status, &reply.body).map_err(|error| doubt(error, call))?;
        Ok(Answer { body, page })
    }

    /// Sends `call` and looks at nothing but its success.
    pub(crate) async fn run(&self, call: &Call) -> Result<()> {
        self.deliver(call).await.map(|_| ())
    }

    /// Repeats `call` until it succeeds, fails for good, or may have been applied.
    async fn deliver(&self, call: &Call) -> Result<Reply> {
        let priority = call.priority.unwrap_or(self.priority);
        let mut tries = Tries::default();
        loop {
            let token = if tries.anonymous { None } else { self.token_for(call).await? };
            self.inner.gate.enter(call.lane(), priority).await?;
            let error = match self.attempt(call, token.as_ref()).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            self.inner.gate.pause_for(call.lane(), &error);
            match (error, token) {
                (Error::Reconnect(because), Some(token)) => {
                    self.after_401(call, &token, because, &mut tries).await?;
                }
                (Error::Reconnect(_), None) => return Err(Error::NotConnected),
                (error @ (Error::Forbidden | Error::VipNeeded { .. }), _) => {
                    return Err(self.tell_from_disallowed(error).await);
                }
                (error, _) => {
                    tries.failures += 1;
                    self.pause_before_retry(error, call, tries.failures, priority).await?;
                }
            }
        }
    }

    /// One exchange and its judgement. What the answer says about the budget is believed before anything else.
    async fn attempt(&self, call: &Call, token: Option<&Token>) -> Result<Reply> {
        let url = join(&self.inner.endpoints.api, &call.segments, &call.query)?;
        let bearer = token.map(|token| &token.access_token);
        let outcome =
            self.inner.transport.exchange(call.method.clone(), url, call.body.as_ref(), bearer).await;
        match &outcome {
            Ok(reply) => {
                tracing::debug!(method = %call.method, path = call.path(), status = reply.status.as_u16(), "trakt");
            }
            Err(error) => tracing::debug!(method = %call.method, path = call.path(), %error, "trakt"),
        }
        let reply = outcome?;
        if let Some(header) = rate_header(&reply.headers) {
            self.inner.gate.observe(call.lane(), &header);
        }
        self.judge(reply, &call.segments)
    }

    pub(crate) fn judge(&self, reply: Reply, segments: &[String]) -> Result<Reply> {
        classify(reply, segments, self.inner.clock.now())
    }

    /// Waits as the retry policy says, or hands the error back.
    async fn pause_before_retry(
        &self,
        error: Error,
        call: &Call,
        failures: u32,
        priority: Priority,
    ) -> Result<()> {
        let now = self.inner.clock.now();
        let pause = self.inner.retries.next(&error, call.is_read(), failures, now, rand::random());
        match pause {
            Some(pause) if priority == Priority::Bulk || !self.inner.gate.exceeds_patience(pause) => {
                tracing::debug!(%error, ?pause, "trakt: trying again");
                self.inner.clock.sleep(pause).await;
                Ok(())
            }
            _ => Err(doubt(error, call)),
        }
    }

    /// The token for `call`. A public read goes out without one rather than not at all.
    async fn token_for(&self, call: &Call) -> Result<Option<Token>> {
        match self.inner.tokens.access(self.inner.clock.now(), self).await {
            Ok(token) => Ok(Some(token)),
            Err(error) if must_have_token(call, &error) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// A 401 means a renewal. The first may find a pair that another process put there and that is dead too, so there
    /// is a second; after that the connection is lost. What may be read without a token is read without one then.
    async fn after_401(
        &self,
        call: &Call,
        token: &Token,
        because: LostBecause,
        tries: &mut Tries,
    ) -> Result<()> {
        let renewed = if tries.renewals == 2 {
            self.inner.tokens.lose(token, because).await;
            Err(Error::Reconnect(because))
        } else {
            tries.renewals += 1;
            self.inner.tokens.renew(token, self.inner.clock.now(), self).await
        };
        match renewed {
            Err(error) if must_have_token(call, &error) => Err(error),
            Err(_) => {
                tries.anonymous = true;
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// A disallowed application is refused on every path. Asking for something that every application may read tells
    /// that from a private list or a VIP feature.
    async fn tell_from_disallowed(&self, error: Error) -> Error {
        let status = if matches!(error, Error::Forbidden) { 403 } else { 426 };
        let probe = Call::get(Auth::Optional, ["certifications", "movies"]);
        if let Err(wait) = self.inner.gate.enter(Lane::Read, Priority::Urgent).await {
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

    /// Posts to the OAuth host: outside the account's budgets, never repeated by itself.
    pub(crate) async fn oauth_exchange(&self, segments: &[&str], body: &Value) -> Result<Reply> {
        let url = self.oauth_url(segments);
        let reply = self.inner.transport.exchange(Method::POST, url, Some(body), None).await?;
        let refused = matches!(reply.status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS);
        if refused && !is_from_trakt(&reply.headers) && looks_like_html(&reply.body) {
            // The edge: 429 from Trakt itself would mean "poll more slowly".
            return self.judge(reply, &[]).inspect_err(|block| self.inner.gate.pause_for(Lane::Write, block));
        }
        Ok(reply)
    }

    pub(crate) async fn forget_token(&self) -> Result<()> {
        self.inner.tokens.disconnect().await
    }
}
