//! Libraries, titles, files and plays.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
