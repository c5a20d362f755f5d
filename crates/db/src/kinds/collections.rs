//! Runs of collection files.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// Why collections were built.
    CollectionRunReason {
        /// Its time of the day had come.
        Daily = "daily",
        /// A scan was over.
        Scan = "scan",
        /// A person asked for it.
        Manual = "manual",
        /// A person agreed to removals.
        Confirmed = "confirmed",
    }
}

text_enum! {
    /// How far a run of collections is.
    CollectionRunState {
        /// It runs.
        Running = "running",
        /// All went well.
        Done = "done",
        /// Some collections failed.
        Failed = "failed",
        /// Nothing could be run.
        NotRun = "not_run",
        /// A person stopped it; what was built stays.
        Cancelled = "cancelled",
        /// The server went away meanwhile; what was built stays.
        Interrupted = "interrupted",
    }
}

text_enum! {
    /// What a picture of a collection is for.
    CollectionImageKind {
        /// Upright cover, 2:3.
        Poster = "poster",
        /// Wide picture behind its page.
        Background = "background",
    }
}

text_enum! {
    /// What a person thinks of removals from a collection.
    CollectionPlanState {
        /// Nothing yet.
        Waiting = "waiting",
        /// The titles stay.
        Kept = "kept",
    }
}
