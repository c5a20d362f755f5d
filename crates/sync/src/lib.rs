#![doc = include_str!("../README.md")]

mod account;
mod application;
mod bells;
mod connect;
mod core;
mod engine;
mod error;
mod events;
pub mod outbox;
mod playback;
mod profile;
mod push;
mod schedule;
pub mod scrobble;
pub mod secrets;
mod status;
mod text;

pub use account::{AccountStatus, Passing};
pub use application::{ApplicationCheck, check_application};
pub use connect::{ConnectState, Connecting};
pub use engine::{Config, Engine};
pub use error::{Error, Result};
pub use events::SyncEvent;
pub use playback::{NewPlayback, PlayerEvent};
pub use push::Drained;
pub use status::{DotState, Hint, ScrobbleStatus};
