//! What a play says when it is sent. It is kept with the row: after a lost answer Trakt's history is compared with what
//! was sent, not with what would be sent now.

use chrono::{DateTime, Utc};
use db::{Json, ids::TitleId, outbox::Claim, rows::OutboxRow};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use trakt::models::{Items, Watched};

use super::item::Item;

/// How a play is named and dated in a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Claimed {
    /// Which title this was here.
    pub(super) title_id: Option<TitleId>,
    /// How it is named.
    pub(super) item: Item,
    /// When it was watched, in Trakt's time; None: Trakt dates it.
    pub(super) at: Option<DateTime<Utc>>,
}

impl Claimed {
    /// What the row said when it was sent last; None when it was not, or by a version that kept nothing.
    pub(super) fn of(row: &OutboxRow) -> Option<Self> {
        Self::deserialize(row.claimed.as_ref()?).ok()
    }

    /// As stored in the row.
    pub(super) fn to_claim(&self, row: &OutboxRow) -> Claim {
        let claimed: Json = serde_json::to_value(self).expect("plain data is always JSON");
        Claim { id: row.id, claimed }
    }
}

/// Names a request: a hash of its body.
pub(super) fn hash(items: &Items<Watched>) -> String {
    let body = serde_json::to_vec(items).expect("plain data is always JSON");
    Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect()
}
