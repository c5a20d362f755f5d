//! Runs of collection files.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// Why collections were built.
    CollectionRunReason {
        /// The daily run.
        Daily = "daily",
        /// After a scan.
        Scan = "scan",
        /// Started by a user.
        Manual = "manual",
        /// After confirming removals.
        Confirmed = "confirmed",
    }
}

text_enum! {
    /// The state of a collection run.
    CollectionRunState {
        /// Running.
        Running = "running",
        /// Succeeded.
        Done = "done",
        /// Some collections failed.
        Failed = "failed",
        /// Nothing could be run.
        NotRun = "not_run",
        /// A user cancelled it; collections that were already built are kept.
        Cancelled = "cancelled",
        /// The server stopped during the run; collections that were already built are kept.
        Interrupted = "interrupted",
    }
}

text_enum! {
    /// The purpose of a collection's image.
    CollectionImageKind {
        /// Poster, 2:3.
        Poster = "poster",
        /// Background of its page.
        Background = "background",
    }
}

text_enum! {
    /// The user's decision about removals from a collection.
    CollectionPlanState {
        /// None yet.
        Waiting = "waiting",
        /// The user keeps the titles.
        Kept = "kept",
    }
}
