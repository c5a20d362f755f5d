//! Error responses: stable codes, and the exact reason for an error.

use serde::Serialize;
use utoipa::ToSchema;

/// Stable code of an error response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// These collections are already being built.
    AlreadyRunning,
    /// The server is already converting as many videos as it can.
    Busy,
    /// A change made by syncing cannot be undone.
    CannotUndo,
    /// The request conflicts with the current state; `because` has the reason.
    Conflict,
    /// ffmpeg failed to convert the file.
    ConversionFailed,
    /// The request was sent by another website.
    CrossSite,
    /// The database is unavailable or cannot be written to.
    DatabaseUnavailable,
    /// The disk is full.
    DiskFull,
    /// ffmpeg is required but not installed.
    FfmpegMissing,
    /// The file of the title is missing.
    FileMissing,
    /// Only an administrator can do this.
    Forbidden,
    /// An unexpected failure.
    Internal,
    /// The request is invalid; `because` has the reason.
    Invalid,
    /// Trakt does not have the list, or it is private.
    ListNotFound,
    /// The owner does not share the list.
    ListPrivate,
    /// The address does not support the method.
    MethodNotAllowed,
    /// The request does not name a host.
    NoHost,
    /// The requested item does not exist.
    NotFound,
    /// The duration of the file is unknown.
    NotProbed,
    /// The file is not a video.
    NotVideo,
    /// The image cannot be downloaded.
    PictureUnreachable,
    /// Plex did not respond as expected; `because` has the reason.
    PlexUnavailable,
    /// The request took too long to arrive.
    RequestTimeout,
    /// The user is signed out.
    SignedOut,
    /// The list cannot be unfollowed while the account is connected.
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
    /// Trakt failed during a request.
    TraktUnavailable,
    /// Trakt did not respond as expected.
    TraktUnreachable,
    /// The server does not respond to this host name.
    UnknownHost,
    /// Wrong user name or password.
    WrongPassword,
}

/// The exact reason for an error with details, for translated messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum ErrorReason {
    /// The requested item does not exist or was removed.
    Gone {
        /// What it is, in English, such as `library`.
        what: String,
    },
    /// A user can no longer be added to a playback.
    NotTogether,
    /// A request that the web interface never sends.
    Malformed {
        /// What is wrong with it, in English.
        detail: String,
    },
    /// Nothing was entered.
    Empty,
    /// The text is too long.
    TooLong {
        /// The maximum number of characters.
        most: i64,
    },
    /// The text contains control characters.
    ControlCharacters,
    /// The text contains characters that are invisible or change the direction of text.
    InvisibleCharacters,
    /// The text mixes letters of different scripts.
    MixedScripts,
    /// The user name contains characters that are not allowed.
    UsernameCharacters,
    /// The user name is taken.
    UsernameTaken,
    /// The user name looks like another one.
    UsernameAlike {
        /// The existing user name.
        username: String,
    },
    /// The password is too short.
    PasswordTooShort {
        /// The minimum number of characters.
        least: i64,
    },
    /// The password is too long.
    PasswordTooLong {
        /// The maximum number of bytes.
        most: i64,
    },
    /// The preferences are too large.
    PreferencesTooLarge {
        /// The maximum size in KiB.
        most: i64,
    },
    /// An administrator already exists.
    AlreadySetUp,
    /// The only administrator must remain an administrator.
    LastAdministrator,
    /// The path is not absolute.
    NotAbsolute {
        /// An example of an absolute path.
        example: String,
    },
    /// The file is not YAML.
    NotYaml,
    /// The file is already registered.
    FileRegistered,
    /// The file cannot be loaded.
    FileUnreadable {
        /// Why, in English, with the place in the file.
        detail: String,
    },
    /// These collections are not being built.
    NotRunning,
    /// The library has a different media type than the file needs.
    OtherKind,
    /// The value is not a time of day.
    TimeOfDay,
    /// There is no such folder.
    NoFolder {
        /// The folder.
        path: String,
    },
    /// The folder is not readable.
    FolderForbidden,
    /// The folder overlaps with another library.
    LibraryOverlaps {
        /// The other library.
        library: String,
    },
    /// The folder is already a library.
    LibraryExists,
    /// Trakt has no such title.
    NoTraktTitle,
    /// The title on Trakt is already in the library.
    TraktTitleTaken,
    /// The play is already in the timeline.
    PlayExists,
    /// The item already exists.
    Exists,
    /// The time is in the future, or before the first film in history.
    ImplausibleTime,
    /// The rating is out of range.
    RatingRange,
    /// The request contains more items than allowed.
    TooManyAtOnce {
        /// The maximum number.
        most: i64,
    },
    /// There are no statistics for that year.
    YearRange,
    /// The file has no such audio track.
    NoAudioTrack,
    /// The file has no such subtitle track.
    NoSubtitleTrack,
    /// The address of the stream is no longer valid.
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
        /// Its output, in English.
        detail: String,
    },
    /// Too many open streams.
    StreamLimit {
        /// The maximum number of open streams.
        most: i64,
    },
    /// Too many users are signing in at the moment.
    SignInsBusy,
    /// The value is not the address of a Plex server.
    PlexAddress,
    /// The Plex token is missing.
    PlexTokenMissing,
    /// The Plex token contains invalid characters.
    PlexTokenMalformed,
    /// The timeout is not a valid number of seconds.
    PlexTimeout,
    /// Plex does not accept the token.
    PlexTokenRefused,
    /// The token is read-only.
    PlexReadOnly,
    /// Plex is starting or maintaining its database.
    PlexMaintenance,
    /// Plex did not respond in time.
    PlexSlow,
    /// Plex cannot be reached.
    PlexUnreachable,
    /// Plex redirects to a different address.
    PlexRedirects,
    /// The server at that address is not Plex.
    NotPlex,
    /// Plex did not respond as expected.
    PlexUnexpected,
    /// The Client ID is missing.
    ClientIdMissing,
    /// The Client ID is malformed.
    ClientIdMalformed,
    /// Trakt does not accept the application.
    ClientIdRefused,
    /// The Client Secret is missing.
    ClientSecretMissing,
    /// The Client Secret is malformed.
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
    /// The code has already been used.
    GrantUsed,
    /// The threshold is out of range.
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
    /// No address was entered.
    ListAddressEmpty,
    /// The address is not on Trakt.
    ListAddressElsewhere,
    /// The page on Trakt is not a single list.
    ListAddressOther,
    /// The change has already been undone.
    UndoneAlready,
    /// The change was made with a different account.
    UndoOtherAccount,
    /// The previous state is unknown.
    UndoUnknown,
    /// The item that the change added no longer exists.
    UndoGone,
}
