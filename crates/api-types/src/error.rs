//! Error responses: stable codes, and what exactly is wrong with a request.

use serde::Serialize;
use utoipa::ToSchema;

/// Stable code of an error response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// These collections are being built already.
    AlreadyRunning,
    /// As many videos are being converted as the server can.
    Busy,
    /// A change that the sync made cannot be taken back.
    CannotUndo,
    /// The request conflicts with the current state; `because` says how.
    Conflict,
    /// ffmpeg failed to convert the file.
    ConversionFailed,
    /// Another website sent the request.
    CrossSite,
    /// The database is unavailable or cannot be written to.
    DatabaseUnavailable,
    /// The disk is full.
    DiskFull,
    /// ffmpeg is needed and not installed.
    FfmpegMissing,
    /// The file of the title is missing.
    FileMissing,
    /// Only an administrator can do this.
    Forbidden,
    /// An unexpected failure.
    Internal,
    /// The request is invalid; `because` says how.
    Invalid,
    /// Trakt does not have the list, or it is private.
    ListNotFound,
    /// The owner does not share the list.
    ListPrivate,
    /// The address does not support the method.
    MethodNotAllowed,
    /// The request names no host.
    NoHost,
    /// What is asked for does not exist.
    NotFound,
    /// The duration of the file is unknown.
    NotProbed,
    /// The file is no video.
    NotVideo,
    /// The image cannot be downloaded.
    PictureUnreachable,
    /// Plex did not answer as expected; `because` says how.
    PlexUnavailable,
    /// The request took too long to arrive.
    RequestTimeout,
    /// The person is signed out.
    SignedOut,
    /// A list that stays for as long as the account is connected.
    SystemList,
    /// The request is too large.
    TooLarge,
    /// Too many attempts.
    TooMany,
    /// Too many open streams.
    TooManyStreams,
    /// The server has no Trakt API application.
    TraktNotConfigured,
    /// No account is connected.
    TraktNotConnected,
    /// Trakt failed while it was asked.
    TraktUnavailable,
    /// Trakt did not answer as expected.
    TraktUnreachable,
    /// The server does not answer to this name.
    UnknownHost,
    /// Wrong user name or password.
    WrongPassword,
}

/// What exactly is wrong, with its facts, so that it can be said in other languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum ErrorReason {
    /// A request that no page of ours sends.
    Malformed {
        /// What is wrong with it, in English.
        detail: String,
    },
    /// Nothing was entered.
    Empty,
    /// The text is too long.
    TooLong {
        /// The most characters.
        most: i64,
    },
    /// Control characters.
    ControlCharacters,
    /// Characters that cannot be seen or change the direction of text.
    InvisibleCharacters,
    /// Letters of different scripts.
    MixedScripts,
    /// Characters that a user name may not have.
    UsernameCharacters,
    /// The user name is taken.
    UsernameTaken,
    /// The user name looks like another one.
    UsernameAlike {
        /// The other one.
        username: String,
    },
    /// The password is too short.
    PasswordTooShort {
        /// The fewest characters.
        least: i64,
    },
    /// The password is too long.
    PasswordTooLong {
        /// The most bytes.
        most: i64,
    },
    /// The preferences take too much room.
    PreferencesTooLarge {
        /// The most KiB.
        most: i64,
    },
    /// There is an administrator already.
    AlreadySetUp,
    /// The only administrator.
    LastAdministrator,
    /// A path that is not absolute.
    NotAbsolute {
        /// What one looks like.
        example: String,
    },
    /// A file that is no YAML file.
    NotYaml,
    /// The file is registered already.
    FileRegistered,
    /// The file cannot be loaded.
    FileUnreadable {
        /// Why, in English, with the place in the file.
        detail: String,
    },
    /// These collections are not being built.
    NotRunning,
    /// The library holds something else than the file needs.
    OtherKind,
    /// No time of the day.
    TimeOfDay,
    /// There is no such folder.
    NoFolder {
        /// The folder.
        path: String,
    },
    /// The folder may not be read.
    FolderForbidden,
    /// The folder is inside of another library or around it.
    LibraryOverlaps {
        /// The other library.
        library: String,
    },
    /// The folder is a library already.
    LibraryExists,
    /// Trakt has no such title.
    NoTraktTitle,
    /// The title on Trakt is in the library already.
    TraktTitleTaken,
    /// The play is in the timeline already.
    PlayExists,
    /// It exists already.
    Exists,
    /// A time in the future, or before the first film.
    ImplausibleTime,
    /// A rating that is none.
    RatingRange,
    /// More at once than can be done.
    TooManyAtOnce {
        /// The most.
        most: i64,
    },
    /// A year without statistics.
    YearRange,
    /// The file has no such audio track.
    NoAudioTrack,
    /// The file has no such subtitle track.
    NoSubtitleTrack,
    /// A stream address that is not valid any more.
    StreamExpired,
    /// The subtitle file is too large.
    SubtitleTooLarge,
    /// The library has no file for the title.
    NoFile,
    /// The file cannot be opened now.
    FileUnavailable {
        /// The file.
        path: String,
    },
    /// The file's duration is unknown.
    LengthUnknown {
        /// The file.
        path: String,
        /// Whether ffprobe is missing, which would read it.
        needs_ffprobe: bool,
    },
    /// The file is not a video.
    NoVideo {
        /// The file.
        path: String,
    },
    /// The installed ffmpeg has no H.264 encoder.
    NoEncoder {
        /// Its container, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        container: Option<String>,
        /// Its video codec, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        video: Option<String>,
        /// Its audio codec, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        audio: Option<String>,
    },
    /// ffmpeg is needed to play the file.
    FfmpegToPlay {
        /// Its container, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        container: Option<String>,
        /// Its video codec, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        video: Option<String>,
        /// Its audio codec, by its common name.
        #[serde(skip_serializing_if = "Option::is_none")]
        audio: Option<String>,
    },
    /// ffmpeg is needed to continue the stream.
    FfmpegToStream,
    /// ffmpeg is needed to extract subtitles.
    FfmpegForSubtitles,
    /// ffmpeg failed.
    FfmpegFailed {
        /// What it printed, in English.
        detail: String,
    },
    /// Too many open streams.
    StreamLimit {
        /// The most at once.
        most: i64,
    },
    /// Too many people are signing in at this moment.
    SignInsBusy,
    /// No address of a Plex server.
    PlexAddress,
    /// The Plex token is missing.
    PlexTokenMissing,
    /// The Plex token has characters that no token has.
    PlexTokenMalformed,
    /// No usable number of seconds.
    PlexTimeout,
    /// Plex does not accept the token.
    PlexTokenRefused,
    /// The token may not change anything.
    PlexReadOnly,
    /// Plex is starting or maintaining its database.
    PlexMaintenance,
    /// Plex did not respond in time.
    PlexSlow,
    /// Plex cannot be reached.
    PlexUnreachable,
    /// Plex redirects to a different address.
    PlexRedirects,
    /// Something else than Plex answered.
    NotPlex,
    /// Plex did not respond as expected.
    PlexUnexpected,
    /// The Client ID is missing.
    ClientIdMissing,
    /// The Client ID is none.
    ClientIdMalformed,
    /// Trakt does not accept the application.
    ClientIdRefused,
    /// The Client Secret is missing.
    ClientSecretMissing,
    /// The Client Secret is none.
    ClientSecretMalformed,
    /// The Client Secret belongs to another application.
    ClientSecretRefused,
    /// The config file cannot be used for authorizing.
    ConfigUnusable {
        /// Why, in English.
        detail: String,
    },
    /// The authorization was declined on Trakt.
    GrantDeclined,
    /// The code has expired.
    GrantExpired,
    /// The code was used.
    GrantUsed,
    /// A mark that Trakt does not know.
    WatchedPercent {
        /// The lowest.
        low: i64,
        /// The highest.
        high: i64,
    },
    /// There is no such library.
    NoLibrary,
    /// There is no such title.
    NoTitle,
    /// No address of a list was entered.
    ListAddressEmpty,
    /// The address is not on Trakt.
    ListAddressElsewhere,
    /// The page on Trakt is no list.
    ListAddressOther,
    /// The change was undone before.
    UndoneAlready,
    /// The change was made with another account.
    UndoOtherAccount,
    /// How it was before is not known.
    UndoUnknown,
    /// What the change added is gone.
    UndoGone,
}
