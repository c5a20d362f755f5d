#![doc = include_str!("../README.md")]

mod answer;
mod control;
mod element;
mod faults;
mod handle;
mod message;
mod random;
mod record;
mod requests;
mod seed;
mod server;
mod sim;
mod state;

pub use faults::{Fault, FaultKind};
pub use handle::SimHandle;
pub use requests::{Counts, Received};
pub use seed::{OWNER_TOKEN, READ_ONLY_TOKEN};
pub use sim::{Sim, SimBuilder};
pub use state::{Agent, Collection, Hub, Images, Item, Kind, Members, Playlist, Section};
