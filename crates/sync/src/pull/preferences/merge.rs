//! What follows from both sides of a preference and what they held when they were last compared, without I/O.
//!
//! The side that changed it wins; if both did, the newest by their own times. Something missing on Trakt counts as
//! removed there only with proof.

use chrono::{DateTime, SubsecRound as _, Utc};
use db::ids::TitleId;
use trakt::paging::Absence;

/// The preference here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Here {
    /// None: nothing, or it was taken back.
    pub(super) value: Option<i32>,
    /// Since when, in Trakt's time; None when nothing is known.
    pub(super) at: Option<DateTime<Utc>>,
}

/// What a read of Trakt showed. `P` proves that something is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There<P = Absence<Option<TitleId>>> {
    /// It is there.
    Holds { value: i32, at: DateTime<Utc> },
    /// It is surely not there.
    Gone(P),
    /// It was not in the read, which proves nothing.
    Unseen,
}

/// What both sides held when they were last compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) here: Option<i32>,
    pub(super) there: Option<i32>,
}

/// The message to Trakt about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Message {
    #[default]
    None,
    /// It waits, or Trakt refused it.
    Kept,
    /// It may be changing Trakt just now.
    OnItsWay,
}

/// The action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Keep,
    /// Both sides hold this: that is noted.
    Agree(Option<i32>),
    /// What Trakt holds becomes what is here.
    Take(Option<(i32, DateTime<Utc>)>),
    /// The local value is sent to Trakt.
    Push(Here),
    /// A message on its way may be what is seen: it is looked at again later.
    Later,
}

/// Decides about one title.
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

/// Nothing is known of the other side beyond what was known before.
fn unseen(here: Here, base: Base, message: Message) -> Verdict {
    match message {
        Message::OnItsWay => Verdict::Keep,
        _ if here.value == base.here => Verdict::Keep,
        // Neither side is known to hold anything, and the change here is undone.
        _ if here.value == base.there => Verdict::Agree(base.there),
        message => push(here, message),
    }
}

fn push(here: Here, message: Message) -> Verdict {
    if message == Message::None { Verdict::Push(here) } else { Verdict::Keep }
}

/// Whether the change here is the newer one. A change wins over a removal, whose time nobody knows; in the same second the
/// one here does: Trakt may show what was sent from here a moment before.
fn is_newer(here: Here, there: Option<(i32, DateTime<Utc>)>) -> bool {
    match (here.at, there) {
        (Some(at), Some((_, there))) => at.trunc_subsecs(0) >= there.trunc_subsecs(0),
        (_, None) => here.value.is_some(),
        (None, Some(_)) => false,
    }
}

/// What is noted when a person connects without importing: both sides as they are. What was changed on Trakt since they
/// decided is left out, so that it is taken.
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
