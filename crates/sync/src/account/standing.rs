//! What successes and failures mean for the whole account.

use chrono::{DateTime, Utc};
use clock::Deadline;
use db::{Millis, kinds::AccountState, trakt_accounts};

use super::{Account, Throttle, backoff, requests};
use crate::{Result, events::SyncEvent, status::TemporaryProblem};

/// This many consecutive failures affect more than single messages.
const STRIKES: u32 = 3;

impl Account {
    /// Trakt responded: temporary problems are over.
    pub(crate) async fn succeeded(&self, throttle: &mut Throttle) -> Result<()> {
        throttle.strikes = 0;
        throttle.not_before = None;
        self.set_temporary_problem(None);
        let now = self.clock.now();
        if self.ok_is_due(now) {
            let tx = self.db.begin().await?;
            trakt_accounts::set_ok(&tx, self.user_id, Millis::from(now)).await?;
            requests::note(&tx, self.user_id, &self.client, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Stops sending for this account until a user acts.
    pub(crate) async fn stop(&self, state: AccountState) -> Result<()> {
        let tx = self.db.begin().await?;
        let now = Millis::from(self.clock.now());
        trakt_accounts::set_state(&tx, self.user_id, state, now).await?;
        tx.commit().await?;
        self.events.send(SyncEvent::Account { user_id: self.user_id });
        Ok(())
    }

    /// Pauses the account; returns until when.
    pub(crate) fn pause(
        &self,
        problem: TemporaryProblem,
        until: Option<DateTime<Utc>>,
        throttle: &mut Throttle,
    ) -> DateTime<Utc> {
        throttle.strikes += 1;
        let now = self.clock.now();
        let until = until.unwrap_or(now + backoff::after(throttle.strikes)).min(now + backoff::LONGEST_WAIT);
        self.pause_until(problem, until, throttle);
        until
    }

    /// A failure that may affect more than one message: several in a row pause the account.
    pub(crate) fn strike(&self, throttle: &mut Throttle) {
        throttle.strikes += 1;
        if throttle.strikes >= STRIKES {
            let until = self.clock.now() + backoff::after(throttle.strikes - STRIKES + 1);
            self.pause_until(TemporaryProblem::Unreachable, until, throttle);
        }
    }

    fn pause_until(&self, problem: TemporaryProblem, until: DateTime<Utc>, throttle: &mut Throttle) {
        let wait = clock::until(self.clock.now(), until);
        throttle.not_before = Some(Deadline::after(&*self.clock, wait));
        self.set_temporary_problem(Some(problem));
    }
}
