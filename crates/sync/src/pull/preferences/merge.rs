//! Decides from both sides of a preference and their values at the last comparison, without I/O.
//!
//! The side that changed it wins; if both did, the newest by their own times. Something missing on Trakt counts as
//! removed there only with proof.

use chrono::{DateTime, SubsecRound as _, Utc};
use db::ids::TitleId;
use trakt::paging::Absence;

/// The preference here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Here {
    /// `None` if there is none, or it was removed.
    pub(super) value: Option<i32>,
    /// When it was changed, in Trakt's time; `None` if unknown.
    pub(super) at: Option<DateTime<Utc>>,
}

/// What a read from Trakt showed. `P` proves that something is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There<P = Absence<Option<TitleId>>> {
    /// It exists.
    Holds { value: i32, at: DateTime<Utc> },
    /// It definitely does not exist.
    Gone(P),
    /// It was missing from the read, which proves nothing.
    Unseen,
}

/// What both sides contained at the last comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) here: Option<i32>,
    pub(super) there: Option<i32>,
}

/// The state of the message to Trakt about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Message {
    #[default]
    None,
    /// It is waiting, or Trakt rejected it.
    Kept,
    /// It may be changing Trakt right now.
    OnItsWay,
}

/// What to do about a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Keep,
    /// Both sides agree on this value, which is recorded.
    Agree(Option<i32>),
    /// Trakt's value replaces the one here.
    Take(Option<(i32, DateTime<Utc>)>),
    /// The local value is sent to Trakt.
    Push(Here),
    /// A message on its way may explain the difference: it is checked again later.
    Later,
}

/// Decides about a title.
pub(super) fn merge<P>(here: Here, there: There<P>, base: Base, message: Message) -> Verdict {
    let taken = match there {
        There::Holds { value, at } => Some((value, at)),
        There::Gone(_) => None,
        There::Unseen => return unseen(here, base, message),
    };
    let value = taken.map(|(value, _)| value);
    let (moved_here, moved_there) = (here.value != base.here, value != base.there);
    if message == Message::OnItsWay {
        return if moved_there { Verdict::Later } else { Verdict::Keep };
    }
    match (moved_here, moved_there) {
        (false, false) => Verdict::Keep,
        _ if here.value == value => Verdict::Agree(value),
        (true, false) => push(here, message),
        (false, true) => Verdict::Take(taken),
        (true, true) if is_newer(here, taken) => push(here, message),
        (true, true) => Verdict::Take(taken),
    }
}

/// Decides when the read showed nothing new about Trakt's value.
fn unseen(here: Here, base: Base, message: Message) -> Verdict {
    match message {
        Message::OnItsWay => Verdict::Keep,
        _ if here.value == base.here => Verdict::Keep,
        // Neither side is known to have a value, and the change here was undone.
        _ if here.value == base.there => Verdict::Agree(base.there),
        message => push(here, message),
    }
}

fn push(here: Here, message: Message) -> Verdict {
    if message == Message::None { Verdict::Push(here) } else { Verdict::Keep }
}

/// Returns whether the change here is the newer one. A change wins over a removal, whose time is unknown. In the same
/// second, the change here wins: Trakt may show what was sent from here a moment before.
fn is_newer(here: Here, there: Option<(i32, DateTime<Utc>)>) -> bool {
    match (here.at, there) {
        (Some(at), Some((_, there))) => at.trunc_subsecs(0) >= there.trunc_subsecs(0),
        (_, None) => here.value.is_some(),
        (None, Some(_)) => false,
    }
}

/// Returns what is recorded when a user connects without importing: both sides as they are. Changes on Trakt since the
/// decision are excluded, so that they are applied.
pub(super) fn baseline<P>(here: Here, there: There<P>, decided_at: DateTime<Utc>) -> Base {
    let there = match there {
        There::Holds { value, at } if at < decided_at => Some(value),
        There::Holds { .. } | There::Gone(_) | There::Unseen => None,
    };
    Base { here: here.value, there }
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
