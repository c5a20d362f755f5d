//! Status as plain values: codes with their facts. User-facing sentences are created where they are shown.

mod account;
mod connect;
mod failure;
mod scrobble;

pub use account::{AccountStatus, TemporaryProblem};
pub use connect::{ConnectState, Connecting};
pub(crate) use failure::{ACCOUNT_WAITS, is_about_the_title};
pub use failure::{Failure, Limit, RowFailure};
pub use scrobble::{DotMessage, DotState, Hint, ScrobbleStatus};
