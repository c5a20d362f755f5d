use chrono::{DateTime, Utc};

/// When an account may call Trakt again; kept between the steps of its work.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// Failures in a row that say something about the connection.
    pub(crate) strikes: u32,
    /// Nothing is sent before.
    pub(crate) not_before: Option<DateTime<Utc>>,
    /// So many plays are sent one by one, because a batch with one of them was refused.
    pub(crate) single_sends: usize,
    /// How often in a row the profile could not be read.
    pub(super) profile_failures: u32,
    /// The profile is not read again before.
    pub(super) profile_not_before: Option<DateTime<Utc>>,
}

impl Throttle {
    /// Tries again at once: a person asked, or something changed.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}
