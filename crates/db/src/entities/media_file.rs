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
    /// Relative to the library, `/` between parts; lossy when `path_bytes` is set.
    pub path: String,
    /// The true path when it is not UTF-8.
    pub path_bytes: Option<Vec<u8>>,
    /// Bytes.
    pub size: i64,
    pub modified_at: Millis,
    /// Identity of the content: a renamed or moved file keeps its row.
    pub fingerprint: Option<String>,
    pub inode: Option<i64>,
    pub device: Option<i64>,
    pub state: FileState,
    pub missing_since_at: Option<Millis>,
    pub probe_state: ProbeState,
    pub problem_code: Option<ProblemCode>,
    /// What is wrong, as versions before `problem_facts` wrote it: only read.
    pub problem: Option<String>,
    /// What the code alone does not say.
    pub problem_facts: Option<Json>,
    /// Milliseconds; None until the file was probed, or when its headers do not say.
    pub duration_ms: Option<i64>,
    /// Container and codecs by the names that ffmpeg gives them.
    pub container: Option<String>,
    pub video_codec: Option<String>,
    /// Pixels.
    pub width: Option<i32>,
    /// Pixels.
    pub height: Option<i32>,
    pub hdr: Option<String>,
    /// Bits a sample.
    pub bit_depth: Option<i32>,
    /// Array of tracks.
    pub audio: Json,
    /// Array of tracks and sidecars.
    pub subtitles: Json,
    /// What the name said.
    pub parsed: Json,
    pub edition: Option<String>,
    /// From 1, when one title is spread over several files.
    pub part: Option<i32>,
    /// Changes when a file beside the video comes, goes or changes.
    pub sidecar_stamp: Option<String>,
    pub added_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
