//! Paged lists: when a list has been read completely, and what may be concluded from that.
//!
//! Nearly every list is paged, a `limit` that is too large is clamped instead of refused, page counts lag behind, pages
//! come back short in the middle, and lists change while they are read. A client that relies on the page size it
//! requested, or stops at a short page, silently loses the rest. Therefore:
//!
//! - A [`Walk`] treats the announced page count as a floor, reads on while pages beyond it are full, and ends at the
//!   first page that is not.
//! - [`Paged::collect_all`](crate::Paged::collect_all) returns a [`Complete`] list: one read whose item count agrees
//!   with the headers, or two reads that agree with each other. (For some accounts, the announced count is
//!   permanently too high, because hidden items are counted but omitted.)
//! - A complete list shows which items exist. To conclude that an item does *not* exist, two full reads must agree: a
//!   [`Proven`] list, from [`Paged::collect_proven`](crate::Paged::collect_proven) or [`Proven::from_reads`]. Only a
//!   proven list can create an [`Absence`], which code that removes something must require.
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
pub use listing::{Listing, UnreadableItem};
pub use proof::{Absence, Present, Proven, Unproven, UnprovenReason};
pub use walk::{EndsAt, Next, Walk};

pub(crate) use complete::Fingerprint;
pub(crate) use flatten::flatten;
