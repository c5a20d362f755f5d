//! The rows under descriptive names.

pub use crate::entities::{
    api_token::Model as ApiToken, collection::Model as Collection,
    collection_config::Model as CollectionConfig, collection_image::Model as CollectionImage,
    collection_item::Model as CollectionItem, collection_missing::Model as CollectionMissing,
    collection_plan::Model as CollectionPlan, collection_plan_item::Model as CollectionPlanItem,
    collection_result::Model as CollectionResult, collection_run::Model as CollectionRun,
    credit::Model as Credit, file_title::Model as FileTitle, library::Model as Library, list::Model as List,
    list_item::Model as ListItem, match_group::Model as MatchGroup, media_file::Model as MediaFile,
    outbox::Model as OutboxRow, person::Model as Person, play::Model as Play,
    playback_session::Model as PlaybackSession, preference::Model as Preference, progress::Model as Progress,
    recommendation::Model as Recommendation, scan_problem::Model as ScanProblem, session::Model as Session,
    show_reset::Model as ShowReset, sync_change::Model as SyncChange, sync_cursor::Model as SyncCursor,
    sync_plan::Model as SyncPlan, sync_plan_item::Model as SyncPlanItem, sync_shadow::Model as SyncShadow,
    title::Model as Title, title_about::Model as TitleAbout, tombstone::Model as Tombstone,
    trakt_account::Model as TraktAccount, trakt_collection_item::Model as TraktCollectionItem,
    trakt_play::Model as TraktPlay, trakt_playback::Model as TraktPlayback, user::Model as User,
    viewing::Model as Viewing,
};
