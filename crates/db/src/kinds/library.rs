//! Libraries, titles, files and plays.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// The media type of a library.
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
        /// Its root is missing, empty or unreadable; nothing in it was changed.
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
        /// Its folder is empty although it contained files before: most likely an unmounted disk.
        Empty = "empty",
    }
}

text_enum! {
    /// Why a file or folder of a library cannot be used completely.
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
        /// Its name has no episode number, although it is in a show library.
        Unrecognised = "unrecognised",
        /// A link leads back to a folder above it.
        SymlinkLoop = "symlink_loop",
        /// A broken link.
        BrokenLink = "broken_link",
        /// Its name is not UTF-8.
        NotUtf8 = "not_utf8",
        /// It has no content.
        Empty = "empty",
        /// It is nested too deeply.
        TooDeep = "too_deep",
        /// It is not a video but, for example, an image, audio or text.
        NotVideo = "not_video",
        /// A DVD folder, which cannot be played.
        DvdFolder = "dvd_folder",
        /// Skipped: a trailer or teaser.
        Trailer = "trailer",
        /// Skipped: a sample of a release.
        Sample = "sample",
        /// Skipped: bonus material.
        Extra = "extra",
        /// Skipped: not the longest title of a Blu-ray folder, but a logo, a menu or an extra.
        DiscExtra = "disc_extra",
        /// Skipped: its name starts with a dot.
        Hidden = "hidden",
        /// Skipped: a recycle bin, snapshot or index of the system.
        System = "system",
        /// Skipped: a download that is being unpacked, or could not be.
        Unpacking = "unpacking",
        /// Skipped: the folder contains `.ignore` or `.nomedia`.
        Marked = "marked",
        /// Skipped: excluded by a line in `.plexignore`.
        Pattern = "pattern",
        /// Skipped: a pipe, socket or device.
        NotAFile = "not_a_file",
        /// Skipped: a link to a folder that is already listed.
        LinkedTwice = "linked_twice",
        /// Skipped: subtitles in a format that cannot be shown.
        UnsupportedSubtitle = "unsupported_subtitle",
    }
}

impl ProblemCode {
    /// Whether it was skipped without a problem: because of its name or type, or at the user's request.
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
    /// The kind of a title.
    TitleKind {
        /// A movie.
        Movie = "movie",
        /// A show.
        Show = "show",
        /// A season of a show; season 0 contains the specials.
        Season = "season",
        /// An episode of a season.
        Episode = "episode",
    }
}

text_enum! {
    /// The source of a title's texts.
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
    /// The matching state of a group.
    MatchState {
        /// Not tried yet.
        Pending = "pending",
        /// Matched unambiguously.
        Matched = "matched",
        /// Nothing found.
        Unmatched = "unmatched",
        /// Several candidates; a user has to choose.
        Ambiguous = "ambiguous",
        /// Hidden by a user.
        Ignored = "ignored",
        /// Chosen by a user.
        Manual = "manual",
    }
}

text_enum! {
    /// Whether a file is on disk.
    FileState {
        /// Seen by the last scan.
        Present = "present",
        /// Missing; it may come back.
        Missing = "missing",
    }
}

text_enum! {
    /// The probing state of a file.
    ProbeState {
        /// Not tried yet.
        Pending = "pending",
        /// Read.
        Probed = "probed",
        /// Nothing on this machine can read the container.
        NotProbed = "not_probed",
        /// Damaged, empty or unreadable.
        Failed = "failed",
    }
}

text_enum! {
    /// The source of a play.
    PlaySource {
        /// Watched in Kinometa's player.
        Kinometa = "kinometa",
        /// Marked as watched.
        Manual = "manual",
        /// Read from Trakt.
        Trakt = "trakt",
    }
}

text_enum! {
    /// The state of a player.
    PlaybackState {
        /// Opened, not started.
        Opened = "opened",
        /// Playing.
        Playing = "playing",
        /// Paused.
        Paused = "paused",
        /// Closed.
        Stopped = "stopped",
    }
}

text_enum! {
    /// A person's role in a title.
    CreditKind {
        /// Actor.
        Cast = "cast",
        /// Guest star of this episode.
        Guest = "guest",
        /// Creator of the show.
        Creator = "creator",
        /// Director.
        Director = "director",
        /// Writer.
        Writer = "writer",
        /// Another crew job.
        Crew = "crew",
    }
}
