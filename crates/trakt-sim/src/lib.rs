#![doc = include_str!("../README.md")]

#[cfg(feature = "art")]
pub mod art;
pub mod catalogue;
mod clock;
mod codes;
mod config;
mod control;
mod demo;
mod faults;
mod handle;
mod http;
mod images;
mod item;
mod limits;
mod message;
mod pages;
mod record;
mod redirect;
mod requests;
mod seed;
mod server;
mod sim;
mod state;
mod views;
mod words;

pub use clock::Clock;
pub use config::{AccountLimits, Config, SecondApplication};
pub use demo::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, GUEST_USER};
pub use faults::{Fault, FaultKind};
pub use handle::{Acted, SimHandle, TokenPair};
pub use message::Host;
pub use record::RECORD_DIR_VARIABLE;
pub use requests::Received;
pub use seed::Person;
pub use sim::{Sim, SimBuilder};
pub use state::{AccountStatus, Application, ApplicationStatus};
