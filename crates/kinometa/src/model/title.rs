//! Movies, shows, seasons and episodes, and their files.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::play::Play;

/// What a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TitleKind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season of a show; season 0 holds the specials.
    Season,
    /// An episode of a season.
    Episode,
}

/// Kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// Upright cover, 2:3.
    Poster,
    /// Wide picture behind a page, 16:9.
    Backdrop,
    /// Frame of an episode, 16:9.
    Still,
    /// Title lettering on a clear ground.
    Logo,
    /// Small wide picture, 16:9.
    Thumb,
}

/// A picture, served by us in any width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Image {
    /// Address on this server; add `&width=` to get it smaller.
    pub url: String,
    /// Dominant colour as `#rrggbb`, for the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Width of the original in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// Height of the original in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
}

/// A title as grids and rows show it, seen by the person asking.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleCard {
    /// Identity.
    pub id: i64,
    /// What it is.
    pub kind: TitleKind,
    /// Its title.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i32>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i32>,
    /// The show's title (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_name: Option<String>,
    /// The show (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_id: Option<i64>,
    /// Upright picture; an episode has its season's or show's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Wide picture; an episode has its show's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Image>,
    /// Frame of an episode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub still: Option<Image>,
    /// Running time in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_minutes: Option<i32>,
    /// Trakt's rating, 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    /// Best resolution of its files, such as `1080p`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// HDR kind of its files, such as `HDR10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hdr: Option<String>,
    /// How many versions there are.
    pub versions: i64,
    /// Whether this person has watched it (a show: every aired episode).
    pub watched: bool,
    /// How often this person has played it.
    pub plays: i64,
    /// How far this person is, 0 to 100, when there is a resume point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_percent: Option<f64>,
    /// Episodes left to watch (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unwatched_episodes: Option<i64>,
    /// Episodes in the library (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_count: Option<i64>,
    /// When its newest file came.
    pub added_at: DateTime<Utc>,
    /// All its files have vanished.
    pub missing: bool,
    /// Known at Trakt.
    pub matched: bool,
}

/// Part of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Titles {
    /// The titles.
    pub items: Vec<TitleCard>,
    /// How many there are in all.
    pub total: i64,
    /// Where this part begins.
    pub offset: i64,
}

/// Ids of a title elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TitleIds {
    /// Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt: Option<i64>,
    /// Trakt's name for it in addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// IMDb, with its `tt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imdb: Option<String>,
    /// The Movie Database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tmdb: Option<i64>,
    /// TheTVDB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tvdb: Option<i64>,
}

/// A title's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleDetail {
    /// What grids show of it.
    #[serde(flatten)]
    pub card: TitleCard,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// Its slogan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagline: Option<String>,
    /// Genres in Trakt's words.
    pub genres: Vec<String>,
    /// Age rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certification: Option<String>,
    /// Release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<DateTime<Utc>>,
    /// Broadcaster (shows).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Status in Trakt's words, such as `returning series`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Address of a trailer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trailer: Option<String>,
    /// Votes behind the rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<i64>,
    /// Title lettering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Image>,
    /// Ids elsewhere.
    pub ids: TitleIds,
    /// Its page at Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
    /// Its match, to correct it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_id: Option<i64>,
    /// Where to resume, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_ms: Option<i64>,
    /// Seasons (shows).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seasons: Option<Vec<SeasonCard>>,
    /// Episodes (seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episodes: Option<Vec<EpisodeCard>>,
    /// Its files, every version.
    pub files: Vec<MediaFile>,
    /// A show: the next episode to watch. An episode: the following one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<TitleCard>,
    /// The episode before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<TitleCard>,
    /// The last plays by this person.
    pub recent_plays: Vec<Play>,
}

/// A season on its show's page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SeasonCard {
    /// What grids show of it.
    #[serde(flatten)]
    pub card: TitleCard,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
}

/// An episode on its season's page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EpisodeCard {
    /// What grids show of it.
    #[serde(flatten)]
    pub card: TitleCard,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// First broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<DateTime<Utc>>,
    /// Whether there is a file to play.
    pub available: bool,
}

/// Whether a file is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is there.
    Present,
    /// It has vanished and may come back.
    Missing,
}

/// Whether a file's content is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    /// Known.
    Probed,
    /// Its container needs ffprobe, which is not installed.
    NotProbed,
    /// It could not be read; see `problem`.
    Failed,
}

/// A file of a title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MediaFile {
    /// Identity.
    pub id: i64,
    /// Path below its library's folder.
    pub path: String,
    /// Size in bytes.
    pub size: i64,
    /// Container, such as `mp4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Length in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    /// The picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoTrack>,
    /// Sound tracks in order.
    pub audio: Vec<AudioTrack>,
    /// Subtitle tracks: those inside first, then files beside it.
    pub subtitles: Vec<SubtitleTrack>,
    /// Edition, such as `Director's Cut`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Whether it is there.
    pub state: FileState,
    /// Whether its content is known.
    pub probe_state: ProbeState,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// When it came.
    pub added_at: DateTime<Utc>,
}

/// The picture in a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VideoTrack {
    /// Codec, such as `h264`.
    pub codec: String,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// HDR kind, such as `HDR10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hdr: Option<String>,
    /// Bits per channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_depth: Option<i32>,
}

/// A sound track in a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AudioTrack {
    /// Place among the sound tracks, from 0.
    pub index: i32,
    /// Codec, such as `aac`.
    pub codec: String,
    /// Channels.
    pub channels: i32,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its own title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Marked as the one to play.
    pub default: bool,
}

/// A subtitle track in or beside a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubtitleTrack {
    /// Place among the subtitles, from 0.
    pub index: i32,
    /// Format, such as `srt`.
    pub codec: String,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its own title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Only for the foreign parts.
    pub forced: bool,
    /// A file beside the video.
    pub external: bool,
}

/// One value to filter by, with how many titles have it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facet {
    /// The value to send back.
    pub value: String,
    /// What to show, when it differs from the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many titles have it.
    pub count: i64,
}

/// Everything to filter by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleFacets {
    /// Genres.
    pub genres: Vec<Facet>,
    /// Decades, such as `1990`.
    pub decades: Vec<Facet>,
    /// Resolutions.
    pub resolutions: Vec<Facet>,
    /// Libraries by id.
    pub libraries: Vec<Facet>,
}

/// What a search found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResults {
    /// Movies, best first.
    pub movies: Vec<TitleCard>,
    /// Shows, best first.
    pub shows: Vec<TitleCard>,
    /// Episodes, best first.
    pub episodes: Vec<TitleCard>,
}

/// The first page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Home {
    /// Begun and not finished, latest first.
    pub continue_watching: Vec<TitleCard>,
    /// The next episode of each show under way.
    pub up_next: Vec<TitleCard>,
    /// Newest first.
    pub recently_added: Vec<TitleCard>,
    /// The size of the library.
    pub counts: LibraryCounts,
}

/// The size of the library.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LibraryCounts {
    /// Movies.
    pub movies: i64,
    /// Shows.
    pub shows: i64,
    /// Episodes.
    pub episodes: i64,
}
