//! Lists from Trakt: the watchlist of the connected account, which is a view of the preferences, and lists that a user
//! follows by their address.
//!
//! A followed list is checked every hour (`worker`). One request (`description`) shows whether its owner has changed
//! it; if so, or if Trakt does not report it, all of it is read (`contents`) and stored (`refresh`). A title is removed
//! only if two full reads agree, and a list that Trakt no longer shows stays readable.

mod actions;
mod address;
mod contents;
mod description;
mod place;
mod refresh;
mod worker;

pub use actions::{ListChoice, ListPreview, ListProblem, PreviewTitle, page_of_list, why_not_current};
pub use address::NoAddress;
pub(crate) use worker::run;
