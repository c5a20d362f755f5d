use chrono::{DateTime, Utc};

/// How an account's drain goes on, kept between its steps.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Failures in a row that say something about the connection.
    pub(crate) strikes: u32,
    /// Nothing is sent before.
    pub(crate) not_before: Option<DateTime<Utc>>,
    /// So many plays are sent one by one, because a batch with one of them was refused.
    pub(crate) alone: usize,
    /// How often in a row Trakt could not be asked whose account it is.
    pub(crate) anonymous: u32,
    /// It is not asked again before.
    pub(crate) ask_again_at: Option<DateTime<Utc>>,
}

impl Pace {
    /// Tries again at once: a person asked, or something changed.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}
