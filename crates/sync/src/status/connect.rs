//! The state of connecting an account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A code to be entered by the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connecting {
    /// The code to enter.
    pub user_code: String,
    /// The page to enter it on.
    pub verification_url: String,
    /// The page with the code filled in, for a link or a QR code.
    pub direct_url: Option<String>,
    /// When the code expires.
    pub expires_at: DateTime<Utc>,
    /// Trakt asked to poll more slowly: it may take a moment longer to notice.
    pub slow_down: bool,
}

/// The state of connecting. Every outcome is distinct, because each requires a different action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectState {
    /// Nothing is under way.
    Idle,
    /// Waiting for the user to enter the code.
    Pending(Connecting),
    /// Connected.
    Approved,
    /// The user denied access.
    Denied,
    /// The code was not entered in time.
    Expired,
    /// The code has already been used, or Trakt does not know it.
    Used,
    /// The application's secret is wrong.
    WrongSecret,
    /// Trakt rejects the application.
    ApplicationNotAllowed,
    /// Trakt could not be reached for a code.
    Unreachable,
    /// Approved, but it could not be stored.
    NotSaved,
    /// Cancelled here.
    Cancelled,
}
