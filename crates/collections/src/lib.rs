//! What a collection should contain, regardless of where it is built.
//!
//! [`fetch`] reads each Trakt list and chart once. [`plan::plan`] is pure: from a definition, what was fetched, the
//! library and the collection's current contents, it decides what the collection should contain and whether a user
//! has to confirm first. A [`target::Target`] is where collections are built: Kinometa's own library, or another
//! server. [`run`] brings them together.
//!
//! Collections are never emptied by accident: a source that failed, was incomplete or is not supported never causes
//! removals, and a large removal waits for confirmation.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a panic is how a test fails"))]

pub mod confirmation;
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
