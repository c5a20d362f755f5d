//! The scope in which the definitions of a file are read.

use std::sync::Arc;

use super::settings::Settings;
use crate::finding::Finding;
use crate::schedule::Schedule;
use crate::spec::Media;
use crate::template::{Context, Map};

/// The scope in which the definitions of a file are read. Dynamic definitions keep it until Trakt has responded.
#[derive(Debug)]
pub(super) struct Scope {
    /// The variables from config.yml: those of the file block, then those of the library.
    pub(super) variables: Map,
    pub(super) context: Context,
    pub(super) media: Media,
    /// The settings of the root.
    pub(super) root: Arc<Settings>,
    /// The settings of the library.
    pub(super) library: Arc<Settings>,
    /// The schedules of the library and of the file block.
    pub(super) outer: Outer,
    /// Attributes that are allowed besides those of a collection.
    pub(super) extra_attributes: &'static [&'static str],
}

/// The schedules that apply to definitions in addition to their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Outer {
    /// All of them must be due.
    pub(super) schedules: Vec<Schedule>,
    /// Findings about invalid schedules. They make the definitions fail, because it is unknown when to run them.
    pub(super) invalid: Vec<Finding>,
}

impl Outer {
    /// Returns these schedules combined with those of an inner level.
    pub(super) fn with(&self, inner: &Self) -> Self {
        let mut all = self.clone();
        all.schedules.extend(inner.schedules.iter().cloned());
        all.invalid.extend(inner.invalid.iter().cloned());
        all
    }
}
