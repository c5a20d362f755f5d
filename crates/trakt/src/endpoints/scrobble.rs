//! `/scrobble` and `/checkin`.

use reqwest::Method;

use super::group;
use crate::client::Call;
use crate::error::{Error, Result};
use crate::models::{
    CheckedIn, Checkin, HistoryId, Paused, PlaybackId, Scrobble, ScrobbleAction, Scrobbled, Stopped,
};

group! {
    /// Scrobbling: reports what is being watched. These calls have priority over all others and wait no longer than
    /// [`max_urgent_wait`](crate::ClientBuilder::max_urgent_wait).
    ScrobbleApi,
    /// Scrobbling: reports what is being watched.
    scrobble
}

impl ScrobbleApi {
    /// Reports that watching starts or continues. Removes the resume point and shows "watching now", which ends
    /// automatically when the remaining runtime is over: it is not a heartbeat and does not need repeating.
    pub async fn start(&self, scrobble: &Scrobble) -> Result<Scrobbled> {
        self.call("start", scrobble).await
    }

    /// Reports that watching is paused: Trakt saves a resume point. Rejections are returned as [`Paused::Refused`] and not
    /// as errors, because this endpoint has been switched off and on during 2026, and that must not disturb the session.
    pub async fn pause(&self, scrobble: &Scrobble) -> Result<Paused> {
        match self.call("pause", scrobble).await {
            Ok(answer) => Ok(Paused::Saved(answer)),
            Err(Error::Validation { status: status @ (400 | 405 | 422), .. }) => {
                Ok(Paused::Refused { status })
            }
            Err(Error::NotFound) => Ok(Paused::Refused { status: 404 }),
            Err(Error::Conflict(_)) => Ok(Paused::Refused { status: 409 }),
            Err(error) => Err(error),
        }
    }

    /// Reports that watching has ended. Trakt decides whether it counts as a play; see [`Stopped`].
    ///
    /// A stop must not be sent late: after an outage, use [`Sync::add_history`](super::Sync::add_history) with the true
    /// time instead.
    pub async fn stop(&self, scrobble: &Scrobble) -> Result<Stopped> {
        let answer = match self.call("stop", scrobble).await {
            Ok(answer) => answer,
            Err(Error::Conflict(conflict)) => return Ok(Stopped::AlreadyCounted(conflict)),
            Err(Error::Validation { status: 422, .. }) if scrobble.progress() < 1.0 => {
                return Ok(Stopped::Ignored);
            }
            Err(error) => return Err(error),
        };
        let id = answer.id.filter(|id| *id != 0);
        Ok(match answer.action {
            ScrobbleAction::Scrobble => Stopped::Counted { id: id.map(HistoryId), answer },
            _ => Stopped::Paused { id: id.map(PlaybackId), answer },
        })
    }

    /// Reports that something is being watched elsewhere; it counts when its runtime is over. If another check-in is
    /// still running, this is [`Error::Conflict`] with the time it ends.
    pub async fn check_in(&self, checkin: &Checkin) -> Result<CheckedIn> {
        let call = Call::post(["checkin"]).json(checkin)?.duplicates().urgent();
        Ok(self.client.send(&call).await?.body)
    }

    /// Ends the running check-in or scrobble without counting it.
    pub async fn cancel_check_in(&self) -> Result<()> {
        self.client.run(&Call::write(Method::DELETE, ["checkin"]).urgent()).await
    }

    async fn call(&self, action: &str, scrobble: &Scrobble) -> Result<Scrobbled> {
        let mut call = Call::post(["scrobble", action]).json(scrobble)?.urgent();
        if action == "stop" {
            call = call.duplicates();
        }
        Ok(self.client.send(&call).await?.body)
    }
}
