//! Lists from Trakt: the watchlist of the connected account, which is a view of what the preferences hold, and lists that a
//! person follows by their address.
//!
//! A followed list is asked for every hour (`worker`). One request (`description`) says whether its owner has changed it;
//! if so, or where Trakt does not say, all of it is read (`contents`) and kept (`refresh`). A title is taken off only when
//! two full reads agree, and what Trakt does not show any more stays readable.

mod address;
mod contents;
mod description;
mod doors;
mod place;
mod refresh;
mod worker;

pub use address::NoAddress;
pub use doors::{ListChoice, ListPreview, ListProblem, PreviewTitle, page_of_list, why_not_current};
pub(crate) use worker::run;
