//! The context of a file's definitions.

use std::sync::Arc;

use super::settings::Settings;
use crate::finding::Finding;
use crate::schedule::Schedule;
use crate::spec::Media;
use crate::template::{Context, Map};

/// The context of a file's definitions. Dynamic definitions keep it until Trakt has responded.
#[derive(Debug)]
pub(super) struct View {
    /// config.yml's variables: the file block's, then the library's.
    pub(super) variables: Map,
    pub(super) context: Context,
    pub(super) media: Media,
    /// The root's settings.
    pub(super) root: Arc<Settings>,
    /// The library's settings.
    pub(super) library: Arc<Settings>,
    /// The library's and the file block's schedules.
    pub(super) outer: Outer,
    /// Attributes that are known besides those of a collection.
    pub(super) also: &'static [&'static str],
}

/// The schedules around definitions.
#[derive(Debug, Clone, Default)]
pub(super) struct Outer {
    /// All of them must be due.
    pub(super) schedules: Vec<Schedule>,
    /// Invalid ones. The definitions then fail, because it is unknown when they run.
    pub(super) wrong: Vec<Finding>,
}

impl Outer {
    /// These, and those inside of them.
    pub(super) fn with(&self, inner: &Self) -> Self {
        let mut all = self.clone();
        all.schedules.extend(inner.schedules.iter().cloned());
        all.wrong.extend(inner.wrong.iter().cloned());
        all
    }
}
