//! How far connecting an account is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A code that waits for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connecting {
    /// What the person enters.
    pub user_code: String,
    /// Where.
    pub verification_url: String,
    /// The page with the code filled in, for a link or a QR code.
    pub direct_url: Option<String>,
    /// When the code ends.
    pub expires_at: DateTime<Utc>,
    /// Trakt asked to poll more slowly: it may take a moment longer to notice.
    pub slow_down: bool,
}

/// How far connecting is. Every ending is distinct, because each asks for something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectState {
    /// Nothing is under way.
    Idle,
    /// The code waits for the person.
    Pending(Connecting),
    /// Connected.
    Approved,
    /// The person said no.
    Denied,
    /// The code was not entered in time.
    Expired,
    /// The code was used already, or Trakt does not know it.
    Used,
    /// The application's secret is wrong.
    WrongSecret,
    /// Trakt refuses the application.
    ApplicationNotAllowed,
    /// Trakt could not be asked for a code.
    Unreachable,
    /// The approval came but could not be kept.
    NotSaved,
    /// Cancelled here.
    Cancelled,
}
