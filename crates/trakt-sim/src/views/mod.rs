//! How items look in responses. Views borrow from the catalogue and serialise directly.

mod entries;
mod episodes;
mod item;
mod people;
mod titles;
mod values;
mod view;

pub(crate) use entries::*;
pub(crate) use episodes::{EpisodeView, SeasonView};
pub(crate) use item::ItemView;
pub(crate) use people::{ListView, SmartListView, UserView, merge, settings};
pub(crate) use values::{Stamp, rounded};
pub(crate) use view::{Extended, View};
