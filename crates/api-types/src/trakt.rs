//! The Trakt application, connection and queue.

use chrono::{DateTime, Utc};
use db::ids::OutboxId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use db::kinds::OutboxKind;

use super::title::TitleCard;

/// This server's Trakt API application. The secret is never shown.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct TraktApplication {
    /// Whether an application is saved.
    pub configured: bool,
    /// The Client ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Whether a Client Secret is saved.
    pub has_secret: bool,
    /// When Trakt last accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<DateTime<Utc>>,
    /// What is wrong with it and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// State of a user's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktState {
    /// The server has no application.
    NotConfigured,
    /// The user has not connected, or has disconnected.
    Disconnected,
    /// Everything works.
    Connected,
    /// Trakt no longer accepts the token: connect again.
    Reconnect,
    /// Trakt rejects the application; tokens and queue are kept.
    ApplicationNotAllowed,
    /// Trakt has locked the account.
    Locked,
    /// Trakt has deactivated the account.
    Deactivated,
    /// Trakt does not respond; queued changes will be sent later.
    Unreachable,
}

/// A temporary problem with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktReason {
    /// Trakt or the network does not respond.
    Unreachable,
    /// Trakt asked to slow down.
    RateLimited,
    /// Trakt's network edge blocks this server's address.
    EdgeBlocked,
    /// The connection has expired, and renewing it failed for now.
    NotRenewed,
    /// The database cannot be written, so the connection is not renewed.
    StoreNotWritable,
}

/// A user's connection with all details.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktStatus {
    /// State of the connection.
    pub state: TraktState,
    /// Why it temporarily does not work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TraktReason>,
    /// The earliest time of the next attempt, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
    /// The state in a sentence.
    pub message: String,
    /// What the user can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Trakt user name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Display name on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address of the avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Whether the account has Trakt VIP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    /// When it was connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_at: Option<DateTime<Utc>>,
    /// The queue.
    pub queue: TraktQueueCounts,
}

/// The size of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktQueueCounts {
    /// The number of items waiting to be sent.
    pub pending: i64,
    /// The number of items that were rejected; the user has to act.
    pub failed: i64,
}

/// The state of connecting with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectState {
    /// Nothing was started.
    Idle,
    /// Waiting for the code to be entered.
    Pending,
    /// Connected.
    Approved,
    /// Denied on Trakt.
    Denied,
    /// The code has expired.
    Expired,
    /// The code has already been used.
    Used,
    /// The Client Secret is wrong.
    WrongSecret,
    /// Trakt rejects the application.
    ApplicationNotAllowed,
    /// Trakt does not respond.
    Unreachable,
    /// Trakt approved the connection, but it could not be saved here.
    NotSaved,
    /// Cancelled here.
    Cancelled,
}

/// Connecting with a code.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktConnect {
    /// Its state.
    pub state: ConnectState,
    /// The same in a sentence.
    pub message: String,
    /// The code to enter on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_code: Option<String>,
    /// Where to enter it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_url: Option<String>,
    /// The address with the code as a QR code, an SVG image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr_svg: Option<String>,
    /// When the code expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether Trakt asked to check less often.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow_down: Option<bool>,
}

/// The state of a queued item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Waiting.
    Pending,
    /// Being sent.
    InFlight,
    /// Sent, but the response was lost: Trakt's history is being checked.
    Unknown,
    /// Rejected.
    Failed,
}

/// Why something could not be sent to Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The user has to connect the account again.
    Reconnect,
    /// Trakt rejects the server's application.
    ApplicationNotAllowed,
    /// Trakt's network edge blocks this server's address.
    EdgeBlocked,
    /// Trakt asked to slow down.
    RateLimited,
    /// The connection could not be renewed.
    RenewalFailed,
    /// A limit of the account is reached.
    AccountLimit,
    /// Trakt locked the account.
    Locked,
    /// The account is deactivated.
    Deactivated,
    /// Trakt accepts this only from VIP members.
    VipNeeded,
    /// Trakt rejected the content.
    Refused,
    /// The account has no access.
    Forbidden,
    /// Trakt does not know the title.
    NotFound,
    /// Trakt has already counted it.
    AlreadyCounted,
    /// Trakt is overloaded or broken.
    Server,
    /// Trakt cannot be reached.
    Unreachable,
    /// The response did not match Trakt's API contract.
    UnexpectedAnswer,
    /// The response was lost, so the outcome is unknown.
    Unknown,
    /// Trakt did not accept it and gave no reason.
    NotTaken,
    /// The database cannot be written, so no token can be renewed.
    TokenStore,
    /// The Client Secret is missing.
    NotSetUp,
    /// Anything else.
    Failed,
    /// Nothing identifies the title.
    NotMatched,
    /// A newer version of Kinometa created the entry.
    Unreadable,
    /// It was meant for the account that was connected before.
    OtherAccount,
    /// Its batch is being sent again one entry at a time, to find the one that Trakt rejects.
    Split,
    /// A reason stored by a newer version of Kinometa.
    Other,
}

/// What went wrong with a queued item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueError {
    /// Stable code.
    pub code: FailureCode,
    /// What happened.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// A queued change.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueItem {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: OutboxId,
    /// Its kind.
    pub kind: OutboxKind,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// When it happened here.
    pub occurred_at: DateTime<Utc>,
    /// Its state.
    pub state: QueueState,
    /// The number of attempts.
    pub attempts: i64,
    /// The time of the next attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// The last failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<QueueError>,
}

/// Part of the queue, in the order of sending.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktQueue {
    /// The items.
    pub items: Vec<QueueItem>,
    /// The total number.
    pub total: i64,
}
