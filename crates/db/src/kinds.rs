//! The closed vocabularies of the tables, stored as text. The API sends them as they are, so they describe themselves
//! for its document as well.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! text_enum {
    // A token tree, not a literal: utoipa does not see through the group that the compiler puts around a literal, and
    // would describe the names of the variants instead of the texts.
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$doc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The text in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(crate::Error::Other(format!(concat!("{:?} is no ", stringify!($name)), text))),
                }
            }
        }
    };
}

text_enum! {
    /// What a library holds.
    LibraryKind {
        /// Movies only.
        Movies = "movies",
        /// Shows with seasons and episodes.
        Shows = "shows",
    }
}

text_enum! {
    /// Whether a library can be read now.
    LibraryState {
        /// Readable.
        Ok = "ok",
        /// Its root is gone, empty or unreadable; nothing in it was touched.
        Unavailable = "unavailable",
        /// A scan is running.
        Scanning = "scanning",
    }
}

text_enum! {
    /// Why a library is unavailable.
    UnavailableReason {
        /// Its folder is missing or cannot be read.
        Unreadable = "unreadable",
        /// Its folder is empty although it held files before: an unmounted disk, most likely.
        Empty = "empty",
    }
}

text_enum! {
    /// Why a file or folder of a library cannot be used in full.
    ProblemCode {
        /// It cannot be read: permissions, or a failing disk.
        Unreadable = "unreadable",
        /// Its container needs ffprobe, which is not installed.
        NotProbed = "not_probed",
        /// Its headers are invalid.
        Damaged = "damaged",
        /// It is shorter than its headers say and still changing.
        HalfCopied = "half_copied",
        /// It is shorter than its headers say.
        Truncated = "truncated",
        /// Its name has no episode number, although it lies in a library of shows.
        Unrecognised = "unrecognised",
        /// A link leads back to a folder above it.
        SymlinkLoop = "symlink_loop",
        /// A link leads nowhere.
        BrokenLink = "broken_link",
        /// Its name is not UTF-8.
        NotUtf8 = "not_utf8",
        /// It has no content.
        Empty = "empty",
        /// It lies in too many nested folders.
        TooDeep = "too_deep",
        /// It holds something else than a film: a picture, sound, text.
        NotVideo = "not_video",
        /// A DVD's folder, whose titles cannot be played.
        DvdFolder = "dvd_folder",
        /// Left out: a trailer or teaser.
        Trailer = "trailer",
        /// Left out: a sample of a release.
        Sample = "sample",
        /// Left out: bonus material.
        Extra = "extra",
        /// Left out: not the longest title of a Blu-ray folder, but a logo, a menu or an extra.
        DiscExtra = "disc_extra",
        /// Left out: its name begins with a dot.
        Hidden = "hidden",
        /// Left out: a recycle bin, snapshot or index of the system.
        System = "system",
        /// Left out: a download that is being unpacked, or could not be.
        Unpacking = "unpacking",
        /// Left out: the folder holds `.ignore` or `.nomedia`.
        Marked = "marked",
        /// Left out: a line of `.plexignore` names it.
        Pattern = "pattern",
        /// Left out: a pipe, socket or device.
        NotAFile = "not_a_file",
        /// Left out: a link to a folder that is listed already.
        LinkedTwice = "linked_twice",
        /// Left out: subtitles in a format that cannot be shown.
        UnsupportedSubtitle = "unsupported_subtitle",
    }
}

impl ProblemCode {
    /// Whether nothing is wrong: by its name, its kind or a person's wish it is not part of the library.
    pub const fn is_left_out(self) -> bool {
        match self {
            Self::Unreadable
            | Self::NotProbed
            | Self::Damaged
            | Self::HalfCopied
            | Self::Truncated
            | Self::Unrecognised
            | Self::SymlinkLoop
            | Self::BrokenLink
            | Self::NotUtf8
            | Self::Empty
            | Self::TooDeep
            | Self::NotVideo
            | Self::DvdFolder => false,
            Self::Trailer
            | Self::Sample
            | Self::Extra
            | Self::DiscExtra
            | Self::Hidden
            | Self::System
            | Self::Unpacking
            | Self::Marked
            | Self::Pattern
            | Self::NotAFile
            | Self::LinkedTwice
            | Self::UnsupportedSubtitle => true,
        }
    }
}

text_enum! {
    /// What a title is.
    TitleKind {
        /// A movie.
        Movie = "movie",
        /// A show.
        Show = "show",
        /// A season of a show; 0 holds the specials.
        Season = "season",
        /// An episode of a season.
        Episode = "episode",
    }
}

text_enum! {
    /// Where the texts of a title come from.
    TitleSource {
        /// File and folder names.
        Names = "names",
        /// An NFO file.
        Nfo = "nfo",
        /// Trakt.
        Trakt = "trakt",
    }
}

text_enum! {
    /// What a group of files can be matched with.
    GroupKind {
        /// A movie.
        Movie = "movie",
        /// A show.
        Show = "show",
    }
}

text_enum! {
    /// How far the matching of a group is.
    MatchState {
        /// Not tried yet.
        Pending = "pending",
        /// Found without doubt.
        Matched = "matched",
        /// Nothing found.
        Unmatched = "unmatched",
        /// Several candidates; a person has to choose.
        Ambiguous = "ambiguous",
        /// A person said to leave it alone.
        Ignored = "ignored",
        /// A person chose.
        Manual = "manual",
    }
}

text_enum! {
    /// Whether a file is on disk.
    FileState {
        /// Seen by the last scan.
        Present = "present",
        /// Gone; it comes back when the disk does.
        Missing = "missing",
    }
}

text_enum! {
    /// How far the probing of a file is.
    ProbeState {
        /// Not tried yet.
        Pending = "pending",
        /// Read.
        Probed = "probed",
        /// Nothing on this machine reads the container.
        NotProbed = "not_probed",
        /// Damaged, empty or unreadable.
        Failed = "failed",
    }
}

text_enum! {
    /// Where a play comes from.
    PlaySource {
        /// Watched in Kinometa's player.
        Kinometa = "kinometa",
        /// Marked by hand.
        Manual = "manual",
        /// Read from Trakt.
        Trakt = "trakt",
    }
}

text_enum! {
    /// What a player does.
    PlaybackState {
        /// Opened, not started.
        Opened = "opened",
        /// Playing.
        Playing = "playing",
        /// Paused.
        Paused = "paused",
        /// Closed; nothing follows.
        Stopped = "stopped",
    }
}

text_enum! {
    /// What stands between an account and Trakt, as far as it is lasting. Passing troubles (limits, an unreachable
    /// Trakt) are not stored.
    AccountState {
        /// Works.
        Connected = "connected",
        /// Trakt refused the token; the person has to connect again.
        Reconnect = "reconnect",
        /// Trakt refuses the server's application; the tokens may still be good.
        ApplicationNotAllowed = "application_not_allowed",
        /// Trakt locked the account.
        Locked = "locked",
        /// The person deactivated the account on Trakt.
        Deactivated = "deactivated",
        /// The person disconnected here.
        Disconnected = "disconnected",
    }
}

text_enum! {
    /// What is kept in step with Trakt.
    SyncCategory {
        /// The plays.
        History = "history",
        /// Ratings, 1 to 10.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// The titles that there are files for.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// What Trakt recommends.
        Recommendations = "recommendations",
        /// Shows that were dropped.
        Dropped = "dropped",
    }
}

text_enum! {
    /// What a person can switch off between here and Trakt: one for each category, and one for what is watched now.
    SyncSwitch {
        /// Start, pause and stop while something is watched.
        Scrobbling = "scrobbling",
        /// The plays.
        History = "history",
        /// Ratings.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// The titles that there are files for.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// What Trakt recommends.
        Recommendations = "recommendations",
        /// Shows that were dropped.
        Dropped = "dropped",
    }
}

impl From<SyncCategory> for SyncSwitch {
    fn from(category: SyncCategory) -> Self {
        match category {
            SyncCategory::History => Self::History,
            SyncCategory::Ratings => Self::Ratings,
            SyncCategory::Watchlist => Self::Watchlist,
            SyncCategory::Collection => Self::Collection,
            SyncCategory::Playback => Self::Playback,
            SyncCategory::Recommendations => Self::Recommendations,
            SyncCategory::Dropped => Self::Dropped,
        }
    }
}

text_enum! {
    /// How far a category of an account has been read.
    SyncState {
        /// Its pages are being read for the first time.
        Importing = "importing",
        /// What was imported is compared with Trakt.
        Proving = "proving",
        /// What is there is being noted, so that it is never imported.
        Skipping = "skipping",
        /// Changes are followed.
        Following = "following",
        /// The person has given the import up; nothing is read.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What a message asks of Trakt.
    OutboxKind {
        /// `POST /scrobble/start`
        ScrobbleStart = "scrobble_start",
        /// `POST /scrobble/pause`
        ScrobblePause = "scrobble_pause",
        /// `POST /scrobble/stop`
        ScrobbleStop = "scrobble_stop",
        /// `POST /sync/history`
        HistoryAdd = "history_add",
        /// `POST /sync/history/remove`, by history id
        HistoryRemove = "history_remove",
        /// `POST /sync/ratings`
        RatingAdd = "rating_add",
        /// `POST /sync/ratings/remove`
        RatingRemove = "rating_remove",
        /// `POST /sync/watchlist`
        WatchlistAdd = "watchlist_add",
        /// `POST /sync/watchlist/remove`
        WatchlistRemove = "watchlist_remove",
        /// `POST /users/hidden/dropped`
        DroppedAdd = "dropped_add",
        /// `POST /users/hidden/dropped/remove`
        DroppedRemove = "dropped_remove",
        /// `POST /users/hidden/recommendations`
        RecommendationHide = "recommendation_hide",
        /// `POST /users/hidden/recommendations/remove`
        RecommendationUnhide = "recommendation_unhide",
    }
}

impl OutboxKind {
    /// Whether it says what is being watched now. The others can wait.
    pub const fn is_scrobble(self) -> bool {
        match self {
            Self::ScrobbleStart | Self::ScrobblePause | Self::ScrobbleStop => true,
            Self::HistoryAdd
            | Self::HistoryRemove
            | Self::RatingAdd
            | Self::RatingRemove
            | Self::WatchlistAdd
            | Self::WatchlistRemove
            | Self::DroppedAdd
            | Self::DroppedRemove
            | Self::RecommendationHide
            | Self::RecommendationUnhide => false,
        }
    }
}

impl OutboxKind {
    /// Whether Trakt has a play more once it was taken.
    pub const fn adds_play(self) -> bool {
        match self {
            Self::ScrobbleStop | Self::HistoryAdd => true,
            Self::ScrobbleStart
            | Self::ScrobblePause
            | Self::HistoryRemove
            | Self::RatingAdd
            | Self::RatingRemove
            | Self::WatchlistAdd
            | Self::WatchlistRemove
            | Self::DroppedAdd
            | Self::DroppedRemove
            | Self::RecommendationHide
            | Self::RecommendationUnhide => false,
        }
    }
}

impl OutboxKind {
    /// The preferences that it is about. Sending one of these twice does no harm.
    pub const fn preference(self) -> Option<SyncCategory> {
        match self {
            Self::RatingAdd | Self::RatingRemove => Some(SyncCategory::Ratings),
            Self::WatchlistAdd | Self::WatchlistRemove => Some(SyncCategory::Watchlist),
            Self::DroppedAdd | Self::DroppedRemove => Some(SyncCategory::Dropped),
            Self::RecommendationHide | Self::RecommendationUnhide => Some(SyncCategory::Recommendations),
            Self::ScrobbleStart
            | Self::ScrobblePause
            | Self::ScrobbleStop
            | Self::HistoryAdd
            | Self::HistoryRemove => None,
        }
    }
}

text_enum! {
    /// What somebody did in a title.
    CreditKind {
        /// Plays in it.
        Cast = "cast",
        /// Plays in this episode only.
        Guest = "guest",
        /// Created the show.
        Creator = "creator",
        /// Directed it.
        Director = "director",
        /// Wrote it.
        Writer = "writer",
        /// Something else behind the camera.
        Crew = "crew",
    }
}

text_enum! {
    /// What a list is on Trakt.
    ListKind {
        /// The watchlist of the person's own account, which is here for as long as the account is connected.
        Watchlist = "watchlist",
        /// A list that a member made.
        Personal = "personal",
        /// One of Trakt's own.
        Official = "official",
        /// A saved filter that Trakt keeps filled.
        Smart = "smart",
        /// Another member's watchlist.
        MemberWatchlist = "member_watchlist",
        /// A member's favorites.
        MemberFavorites = "member_favorites",
        /// A member's collection.
        MemberCollection = "member_collection",
    }
}

text_enum! {
    /// Whether a list can still be read.
    ListState {
        /// It could, when it was last asked for.
        Current = "current",
        /// It does not exist any more, or its owner shows it to nobody.
        Gone = "gone",
        /// Its owner does not show it to this account any more.
        Private = "private",
    }
}

text_enum! {
    /// Which way a change went.
    SyncDirection {
        /// From Trakt: something here changed.
        FromTrakt = "from_trakt",
        /// To Trakt: something there changed.
        ToTrakt = "to_trakt",
    }
}

text_enum! {
    /// What the sync has done with an item.
    SyncWhat {
        /// It is new on the side that changed.
        Added = "added",
        /// It is another.
        Changed = "changed",
        /// It is gone.
        Removed = "removed",
    }
}

text_enum! {
    /// Why the sync has changed something.
    SyncReason {
        /// A person imported what is on Trakt.
        Import = "import",
        /// Trakt was read, and was found to differ.
        Sweep = "sweep",
        /// A person did it here.
        Here = "here",
    }
}

text_enum! {
    /// How far removals are that wait for a person.
    SyncPlanState {
        /// For the person.
        Waiting = "waiting",
        /// The person agreed; they are being applied.
        Confirmed = "confirmed",
        /// They were applied.
        Applied = "applied",
        /// The person kept the items.
        Kept = "kept",
    }
}

text_enum! {
    /// What was removed.
    TombstoneCategory {
        /// A play.
        History = "history",
    }
}

text_enum! {
    /// Where something was removed.
    TombstoneOrigin {
        /// Here.
        Kinometa = "kinometa",
        /// At Trakt.
        Trakt = "trakt",
    }
}

text_enum! {
    /// Where an outbox row is.
    OutboxState {
        /// Waits to be sent.
        Pending = "pending",
        /// Being sent; found after a crash, it counts as unknown.
        InFlight = "in_flight",
        /// Sent without an answer: Trakt is asked before it is sent again.
        Unknown = "unknown",
        /// Trakt took it.
        Done = "done",
        /// Trakt will not take it; a person can try again.
        Failed = "failed",
        /// Overtaken by later events, never sent.
        Superseded = "superseded",
    }
}

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
