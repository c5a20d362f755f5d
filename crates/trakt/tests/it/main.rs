//! The client against the simulator, through its public door.

mod applications;
mod calls;
mod connecting;
mod limits;
mod paging;
mod refreshing;
mod scrobbling;
mod secrets;
mod support;
mod wire;
mod writing;
