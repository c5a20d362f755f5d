//! Files on disk.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{FileId, LibraryId, MatchGroupId};
use crate::kinds::{FileState, ProbeState, ProblemCode};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media_file")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: FileId,
    pub library_id: LibraryId,
    pub match_group_id: Option<MatchGroupId>,
    /// Relative to the library and separated by `/`; lossy if `path_bytes` is set.
    pub path: String,
    /// The real path if it is not valid UTF-8.
    pub path_bytes: Option<Vec<u8>>,
    /// Size in bytes.
    pub size: i64,
    pub modified_at: Millis,
    /// Identifies the content: a renamed or moved file keeps its row.
    pub fingerprint: Option<String>,
    pub inode: Option<i64>,
    pub device: Option<i64>,
    pub state: FileState,
    pub missing_since_at: Option<Millis>,
    pub probe_state: ProbeState,
    pub problem_code: Option<ProblemCode>,
    /// The problem, as written by versions before `problem_facts`. Read-only.
    pub problem: Option<String>,
    /// Details that the code does not contain.
    pub problem_facts: Option<Json>,
    /// Milliseconds; `None` until the file is probed, or if its headers do not say.
    pub duration_ms: Option<i64>,
    /// Container and codecs use ffmpeg's names.
    pub container: Option<String>,
    pub video_codec: Option<String>,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    pub hdr: Option<String>,
    /// Bits per sample.
    pub bit_depth: Option<i32>,
    /// Array of tracks.
    pub audio: Json,
    /// Array of tracks and sidecar files.
    pub subtitles: Json,
    /// The result of parsing the name.
    pub parsed: Json,
    pub edition: Option<String>,
    /// One-based, for titles that span several files.
    pub part: Option<i32>,
    /// Changes when a file next to the video is added, removed or modified.
    pub sidecar_stamp: Option<String>,
    pub added_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
