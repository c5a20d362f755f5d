//! What is sent for a play. It is stored with the row: after a lost response, Trakt's history is compared with what was
//! sent, not with what would be sent now.

use chrono::{DateTime, Utc};
use db::{Json, ids::TitleId, outbox::Claim, rows::OutboxRow};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use trakt::models::{Items, Watched};

use super::item::Item;

/// How a play is identified and dated in a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Claimed {
    /// The title here at that time.
    pub(super) title_id: Option<TitleId>,
    /// How it was identified.
    pub(super) item: Item,
    /// When it was watched, in Trakt's time; `None` if Trakt dates it.
    pub(super) at: Option<DateTime<Utc>>,
}

impl Claimed {
    /// Returns what was last sent for the row; `None` if it was not sent, or by a version that stored nothing.
    pub(super) fn of(row: &OutboxRow) -> Option<Self> {
        Self::deserialize(row.claimed.as_ref()?).ok()
    }

    /// Returns the form stored in the row.
    pub(super) fn to_claim(&self, row: &OutboxRow) -> Claim {
        let claimed: Json = serde_json::to_value(self).expect("plain data is always JSON");
        Claim { id: row.id, claimed }
    }
}

/// Identifies a request by a hash of its body.
pub(super) fn hash(items: &Items<Watched>) -> String {
    let body = serde_json::to_vec(items).expect("plain data is always JSON");
    Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect()
}
