//! Collections in Kinometa's own library: a target for the plans of crate `collections`, and the service that runs
//! Kometa's config files in the background.

mod cache;
mod check;
pub(crate) mod files;
mod images;
mod jobs;
mod missing;
mod own;
mod record;
mod renewal;
pub(crate) mod reports;
mod runner;
mod schedule;
mod service;
mod targets;
mod titles;
mod waiting;
mod work;

pub use cache::BuilderCache;
pub use check::{Check, CheckFinding, CheckedLibrary};
pub use files::LoadError;
pub use jobs::{RunProgress, RunStep, Scope};
pub use own::{NoLibrary, OwnLibrary};
pub(crate) use record::entries;
pub use renewal::{CredentialState, Credentials};
pub use service::{CollectionError, CollectionEvent, Collections, Parts};
pub use targets::{NoPlex, RunTargets, TargetChoice, merge_runs};
