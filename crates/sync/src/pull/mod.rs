//! The pull: reads what was watched and changed elsewhere, so that both sides match. Nothing is read before the user
//! has decided about the import.
//!
//! Every five minutes, one request (`round`) shows which categories have changed, and each of those is read in turn.
//!
//! Every step reads, decides without I/O (`plan`), and writes in one transaction (`apply`).
//!
//! - A **first import** reads `/sync/history` page by page; the rows of a page and the cursor are written in one
//!   transaction, so a restart continues with the next page.
//! - A **comparison** reads all times of all plays in the compact form and compares them, as a multiset of (title,
//!   minute), with what was seen before; only the histories of titles that differ are read. It verifies the import, and
//!   is also what a **sweep** does when `/sync/last_activities` reports a change.
//! - **Connecting without importing** records the compact form as seen. Plays that exist at that time never become
//!   plays here.
//!
//! What was seen is stored in `trakt_play`, with the corresponding play here. A play that was deleted here leaves its
//! entry behind, seen and without a play, so it never comes back.

mod ahead;
mod apply;
mod compact;
mod control;
mod cursor;
mod import;
mod plan;
mod playback;
mod preferences;
mod preview;
mod progress;
mod recommendations;
mod remote;
mod resets;
mod round;
mod sent;
mod sweep;
mod titles;
mod unsent;
mod work;
mod worker;

use db::kinds::SyncCategory;

pub use control::{CategoryStatus, PullState};
pub use preferences::Forecast;
pub use preview::{OverLimit, Preview};
pub use progress::Pulled;
pub(crate) use remote::{RemoteItem, TitleKey};
pub(crate) use titles::{ensure as ensure_titles, known as known_titles};
pub(crate) use work::{Pulls, run};

/// The categories that are read from Trakt.
const FOLLOWED: [SyncCategory; 6] = [
    SyncCategory::History,
    SyncCategory::Ratings,
    SyncCategory::Watchlist,
    SyncCategory::Dropped,
    SyncCategory::Playback,
    SyncCategory::Recommendations,
];

/// Returns a Trakt ID as stored in the database; `None` if it is out of range.
fn signed(id: u64) -> Option<i64> {
    i64::try_from(id).ok()
}
