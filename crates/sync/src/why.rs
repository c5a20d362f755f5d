//! Why a play here is not on Trakt.

use db::{
    Conn,
    ids::{TitleId, UserId},
    kept_plays,
    kinds::{OutboxKind, OutboxState},
    plays,
    rows::Play,
    timeline,
};

use crate::{
    Engine, Result,
    outbox::{Link, can_be_identified},
    policy::{Policy, Way, Withheld},
    status::RowFailure,
};

/// Why the last play of a title is not on Trakt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It was watched privately.
    Private,
    /// The user's settings keep it here.
    Withheld(Withheld),
    /// Nothing identifies the title on Trakt.
    NotMatched,
    /// It waits to be sent; with the last failure.
    Queued(Option<RowFailure>),
    /// Trakt rejects it.
    Refused(Option<RowFailure>),
    /// No account is connected.
    NotConnected,
    /// It was watched before the account was connected, and not imported.
    NotSent,
    /// It was removed on Trakt, and the user kept it here.
    Kept,
}

impl Engine {
    /// Why the last play of a movie or episode is not on Trakt; `None` if it is, or was never watched.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn why_not_on_trakt(&self, user_id: UserId, title_id: TitleId) -> Result<Option<WhyNot>> {
        let db = &self.core.db;
        let plays = plays::of_titles(db, user_id, &[title_id]).await?;
        let Some(last) = plays.iter().max_by_key(|play| (play.watched_at.map(|at| at.0), play.id)) else {
            return Ok(None);
        };
        if last.is_private {
            return Ok(Some(WhyNot::Private));
        }
        if last.trakt_history_id.is_some() {
            return Ok(None);
        }
        if kept_plays::contains(db, last.id).await? && self.link(user_id).await? != Link::None {
            return Ok(Some(WhyNot::Kept));
        }
        match by_message(db, last).await? {
            Outcome::OnTrakt => Ok(None),
            Outcome::NotOnTrakt(why) => Ok(Some(why)),
            Outcome::NoMessage if self.link(user_id).await? == Link::None => Ok(Some(WhyNot::NotConnected)),
            Outcome::NoMessage => Ok(Some(unsent(db, last).await?)),
        }
    }
}

/// The outcome of the last message about a play.
enum Outcome {
    /// Trakt accepted the message.
    OnTrakt,
    /// Trakt has not accepted the message (yet).
    NotOnTrakt(WhyNot),
    /// There is no message.
    NoMessage,
}

async fn by_message(conn: &dyn Conn, play: &Play) -> Result<Outcome> {
    let about = timeline::messages_about(conn, &[play.id]).await?;
    let adds = |kind| matches!(kind, OutboxKind::HistoryAdd | OutboxKind::ScrobbleStop);
    let Some(last) = about.iter().rev().find(|message| adds(message.kind)) else {
        return Ok(Outcome::NoMessage);
    };
    Ok(match last.state {
        OutboxState::Done => Outcome::OnTrakt,
        OutboxState::Failed => Outcome::NotOnTrakt(WhyNot::Refused(RowFailure::of_play(last))),
        OutboxState::Pending | OutboxState::InFlight | OutboxState::Unknown => {
            Outcome::NotOnTrakt(WhyNot::Queued(RowFailure::of_play(last)))
        }
        OutboxState::Superseded => Outcome::NoMessage,
    })
}

async fn unsent(conn: &dyn Conn, play: &Play) -> Result<WhyNot> {
    let policy = Policy::of(conn, play.user_id).await?;
    if let Way::Withheld(why) = policy.way_of(conn, OutboxKind::HistoryAdd, true, play.title_id).await? {
        return Ok(WhyNot::Withheld(why));
    }
    Ok(if can_be_identified(conn, &[play.title_id]).await? { WhyNot::NotSent } else { WhyNot::NotMatched })
}
