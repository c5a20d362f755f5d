//! What a collection should hold, apart from where it is built.
//!
//! [`fetch`] reads each list and chart of Trakt once. [`plan::plan`] is pure: a definition, what was fetched, the library
//! and what the collection holds now give what it should hold, and whether a person has to agree first. A
//! [`target::Target`] is where collections are: Kinometa's own library, or another server. [`run`] brings them together.
//!
//! Nothing is emptied by accident: a source that failed, was cut or is not supported never removes anything, and a large
//! removal waits for a person.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a panic is how a test fails"))]

pub mod entry;
pub mod failure;
pub mod fetch;
pub mod filter;
pub mod library;
pub mod list_sync;
pub mod options;
pub mod order;
pub mod plan;
pub mod report;
pub mod run;
pub mod source;
pub mod target;
pub mod wait;
