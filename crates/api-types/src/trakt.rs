//! The Trakt application, connection and queue.

use chrono::{DateTime, Utc};
use db::ids::OutboxId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use db::kinds::OutboxKind;

use super::title::TitleCard;

/// The application key that this server uses at Trakt. The secret is never shown.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct TraktApplication {
    /// An application key is saved.
    pub configured: bool,
    /// The Client ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// A Client Secret is saved.
    pub has_secret: bool,
    /// When Trakt last accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<DateTime<Utc>>,
    /// What is wrong with it and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// State of a person's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktState {
    /// The server has no application key.
    NotConfigured,
    /// This person has not connected, or has disconnected.
    Disconnected,
    /// All is well.
    Connected,
    /// Trakt no longer accepts the token: connect again.
    Reconnect,
    /// Trakt refuses the application; tokens and queue are kept.
    ApplicationNotAllowed,
    /// Trakt has locked the account.
    Locked,
    /// Trakt has deactivated the account.
    Deactivated,
    /// Trakt does not answer; what is queued will be sent later.
    Unreachable,
}

/// A trouble with a connection that passes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktReason {
    /// Trakt, or the way there, does not answer.
    Unreachable,
    /// Trakt asked to slow down.
    RateLimited,
    /// The edge in front of Trakt blocks this server's address.
    EdgeBlocked,
    /// The connection has expired, and renewing it failed for now.
    NotRenewed,
    /// The database cannot be written, so the connection is not renewed.
    StoreNotWritable,
}

/// A person's connection in full.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktStatus {
    /// State of the connection.
    pub state: TraktState,
    /// Why it does not work at the moment, when that passes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<TraktReason>,
    /// When Trakt is asked again at the earliest, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
    /// The state in a sentence.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Trakt user name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Name shown at Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address of the avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Has Trakt VIP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    /// Connected since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_at: Option<DateTime<Utc>>,
    /// What waits to be sent.
    pub queue: TraktQueueCounts,
}

/// How much waits to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktQueueCounts {
    /// Waiting.
    pub pending: i64,
    /// Refused; somebody has to look.
    pub failed: i64,
}

/// Where connecting with a code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectState {
    /// Nothing was started.
    Idle,
    /// Waiting for the code to be entered.
    Pending,
    /// Connected.
    Approved,
    /// Refused at Trakt.
    Denied,
    /// The code is too old.
    Expired,
    /// The code was used already.
    Used,
    /// The Client Secret is wrong.
    WrongSecret,
    /// Trakt refuses the application.
    ApplicationNotAllowed,
    /// Trakt does not answer.
    Unreachable,
    /// Trakt agreed, but the connection could not be kept here.
    NotSaved,
    /// Given up here.
    Cancelled,
}

/// Connecting with a code.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktConnect {
    /// Where it stands.
    pub state: ConnectState,
    /// The same in a sentence.
    pub message: String,
    /// The code to enter at Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_code: Option<String>,
    /// Where to enter it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_url: Option<String>,
    /// The address with the code as a QR code, an SVG picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr_svg: Option<String>,
    /// When the code ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Trakt asked us to ask less often.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow_down: Option<bool>,
}

/// How far a queued item got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Waiting.
    Pending,
    /// Being sent.
    InFlight,
    /// Sent, but the answer was lost: Trakt's history will tell.
    Unknown,
    /// Refused.
    Failed,
}

/// Why something could not be sent to Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The person has to connect the account again.
    Reconnect,
    /// Trakt refuses the server's application.
    ApplicationNotAllowed,
    /// Trakt's edge blocks this server's address.
    EdgeBlocked,
    /// Trakt asked to slow down.
    RateLimited,
    /// The connection could not be renewed.
    RenewalFailed,
    /// The account is full.
    AccountLimit,
    /// Trakt locked the account.
    Locked,
    /// The account is deactivated.
    Deactivated,
    /// Trakt takes this from VIP members only.
    VipNeeded,
    /// Trakt refused the content.
    Refused,
    /// The account has no access.
    Forbidden,
    /// Trakt does not know the title.
    NotFound,
    /// Trakt has counted it already.
    AlreadyCounted,
    /// Trakt is overloaded or broken.
    Server,
    /// Trakt cannot be reached.
    Unreachable,
    /// The answer was not what the contract promises.
    UnexpectedAnswer,
    /// The answer was lost.
    Unknown,
    /// Trakt did not take it and did not say why.
    NotTaken,
    /// The database cannot be written, so no token can be renewed.
    TokenStore,
    /// The Client Secret is missing.
    NotSetUp,
    /// Anything else.
    Failed,
    /// Nothing identifies the title.
    NotMatched,
    /// A later version wrote the entry.
    Unreadable,
    /// It was meant for the account that was connected before.
    OtherAccount,
    /// Sent again one by one.
    Split,
    /// A later version of Kinometa stored why.
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

/// Something that Trakt is still to hear.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueItem {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: OutboxId,
    /// What it does.
    pub kind: OutboxKind,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// When it happened here.
    pub occurred_at: DateTime<Utc>,
    /// How far it got.
    pub state: QueueState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it will be tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<QueueError>,
}

/// Part of the queue, in the order of sending.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktQueue {
    /// The items.
    pub items: Vec<QueueItem>,
    /// How many there are in all.
    pub total: i64,
}
