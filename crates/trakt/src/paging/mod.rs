//! Paged lists: when a list has been read completely, and what may be concluded from that.
//!
//! Nearly every list is paged, a `limit` that is too large is clamped instead of refused, page counts lag behind, pages
//! come back short in the middle, and lists change while they are read. A client that believes the page size it asked
//! for, or stops at a short page, silently loses the rest. So:
//!
//! - A [`Walk`] treats the announced page count as a floor, reads on while pages beyond it are full, and ends at the
//!   first page that is not.
//! - [`Paged::collect_all`](crate::Paged::collect_all) returns a [`Complete`] list: one read whose item count agrees
//!   with the headers, or two reads that agree with each other. (For some accounts the announced count is too high for
//!   ever, because hidden items are counted and left out.)
//! - A complete list says what is there. What is *not* there takes two full reads that agree: a [`Proven`] list, from
//!   [`Paged::collect_proven`](crate::Paged::collect_proven) or [`Proven::from_reads`]. Only it can make an
//!   [`Absence`], which is what code that removes something has to hold.
//!
//! Nothing in this module does I/O.

mod complete;
mod flatten;
mod identity;
mod info;
mod listing;
mod proof;
mod walk;

pub use complete::{Complete, Completeness, Page};
pub use identity::identity;
pub use info::{ChosenOrder, PageInfo};
pub use listing::{Listing, OddItem};
pub use proof::{Absence, Present, Proven, Unproven, Why};
pub use walk::{EndsAt, Next, Walk};

pub(crate) use complete::Fingerprint;
pub(crate) use flatten::flatten;
