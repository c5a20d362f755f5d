//! Models of Trakt's responses and of writes.
//!
//! Reading is lenient: new fields are ignored, vocabularies keep unknown values as `Other`, ids and dates of an
//! unexpected form read as absent. Only what identifies an item is required: without it, the item is reported as
//! [unreadable](crate::paging::UnreadableItem).

#[macro_use]
mod open_enum;

mod activities;
mod cast;
mod chart;
mod collection;
mod compact;
mod credits;
mod ids;
mod images;
mod lenient;
mod list;
mod media;
mod progress;
mod scrobble;
mod search;
mod settings;
mod smart_list;
mod sync_read;
mod sync_write;
mod title;
mod user;
mod vocabulary;
mod write_responses;

pub use activities::*;
pub use cast::*;
pub use chart::*;
pub use collection::*;
pub use compact::{EpisodePlay, MoviePlay, PlayCounts, SeasonKey, UnexpectedKeys};
pub use credits::*;
pub use ids::*;
pub use images::*;
pub use list::*;
pub use media::*;
pub use progress::*;
pub use scrobble::*;
pub use search::*;
pub use settings::*;
pub use smart_list::*;
pub use sync_read::*;
pub use sync_write::*;
pub use title::*;
pub use user::*;
pub use vocabulary::*;
pub use write_responses::*;
