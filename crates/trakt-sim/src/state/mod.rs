//! The state of the simulated Trakt.

mod access;
mod activities;
mod history;
mod listing;
mod snapshot;
mod social;
mod store;
mod user;

pub use access::{Application, ApplicationStatus};
pub(crate) use access::{AuthorizationCode, Consent, DeviceCode, Token};
pub(crate) use activities::Activity;
pub(crate) use history::{Action, History, Play, Watched};
pub(crate) use listing::{List, Listed, Listing, Privacy, SmartList};
pub(crate) use snapshot::Snapshot;
pub(crate) use social::{Comment, Follow};
pub(crate) use store::{Late, Store};
pub use user::AccountStatus;
pub(crate) use user::{Collected, LastScrobble, Rated, Resume, User, Watching, WatchingBy};
