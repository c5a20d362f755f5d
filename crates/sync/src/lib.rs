#![doc = include_str!("../README.md")]

mod account;
mod application;
mod changes;
mod companions;
mod connect;
mod core;
mod dot;
mod engine;
mod error;
mod events;
mod guard;
mod lists;
mod order;
pub mod outbox;
mod peers;
mod playback;
mod policy;
mod position;
mod preference;
mod preferences;
mod pull;
mod push;
mod recommendations;
mod schedule;
pub mod scrobble;
pub mod secrets;
mod settings;
mod status;
mod undo;
mod wakeups;
mod watermark;
mod why;

pub use application::{ApplicationCheck, check_application};
pub use changes::SyncLog;
pub use companions::Companion;
pub use engine::{Config, Engine};
pub use error::{Error, Result};
pub use events::SyncEvent;
pub use guard::{Decision, Plan, PlanItems};
pub use lists::{
    ListChoice, ListPreview, ListProblem, NoAddress, PreviewTitle, page_of_list, why_not_current,
};
pub use order::{ListOrder, order_of_list};
pub use playback::{NewPlayback, PlayerEvent};
pub use policy::Withheld;
pub use preference::Preference;
pub use preferences::NewPreference;
pub use pull::{CategoryStatus, Forecast, OverLimit, Preview, PullState, Pulled};
pub use push::{Drained, SyncProblem};
pub use settings::SettingsChange;
pub use status::{
    AccountStatus, ConnectState, Connecting, DotMessage, DotState, Failure, Hint, Limit, RowFailure,
    ScrobbleStatus, TemporaryProblem,
};
pub use undo::{CannotUndo, UndoneRun, can_be_undone};
pub use why::WhyNot;
