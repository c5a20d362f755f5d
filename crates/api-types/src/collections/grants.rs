//! Authorizing the `trakt` block of a config.yml.

use serde::Serialize;
use utoipa::ToSchema;

use super::configs::CredentialReason;

/// Where the user authorizes an application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaAuthorization {
    /// The address on Trakt where the user gets a PIN.
    pub url: String,
}

/// A code to enter on Trakt's activation page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaDevice {
    /// Identifies the code when checking whether it was entered.
    pub device_code: String,
    /// The code to enter.
    pub user_code: String,
    /// Where to enter it.
    pub verification_url: String,
    /// For how many seconds the code is valid.
    pub expires_in: i64,
    /// How many seconds to wait between two checks.
    pub interval: i64,
}

/// Whether the user has authorized an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KometaGrantState {
    /// Not yet.
    Pending,
    /// Not yet, and checked too often: wait longer.
    SlowDown,
    /// Authorized.
    Granted,
}

/// The result of an authorization.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaGrant {
    /// Whether the user has authorized the application.
    pub state: KometaGrantState,
    /// The finished `trakt:` block to paste into config.yml; absent if it was written into a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// The file into which the token pair was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_to: Option<String>,
    /// Why the file could not be written; the token pair is then stored encrypted in the server's database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code with details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<CredentialReason>,
}
