//! The row of a scanned file.

use chrono::{DateTime, Utc};
use db::ids::{FileId, LibraryId, MatchGroupId};
use db::kinds::{FileState, ProbeState, ProblemCode};
use db::rows::MediaFile;
use media::names::{EpisodeName, MovieName, ParsedName};
use media::probe::MediaInfo;

use super::content_problem::ContentProblem;
use super::listing::Listing;
use super::scanned_file::{Content, ScannedFile};
use catalogue::paths::to_columns;
use catalogue::tracks::{self, Parsed, Subtitle, Tracks};

/// The row of a new file.
pub(super) fn new(
    library_id: LibraryId,
    listing: &Listing,
    scanned: &ScannedFile,
    group_id: Option<MatchGroupId>,
    first_scan: bool,
    now: DateTime<Utc>,
) -> MediaFile {
    let modified_at = listing.file(scanned.file).modified_at;
    let mut row = MediaFile {
        id: FileId::NEW,
        library_id,
        match_group_id: None,
        path: String::new(),
        path_bytes: None,
        size: 0,
        modified_at: now.into(),
        fingerprint: None,
        inode: None,
        device: None,
        state: FileState::Present,
        missing_since_at: None,
        probe_state: ProbeState::Pending,
        problem_code: None,
        problem: None,
        problem_facts: None,
        duration_ms: None,
        container: None,
        video_codec: None,
        width: None,
        height: None,
        hdr: None,
        bit_depth: None,
        audio: db::Json::Array(Vec::new()),
        subtitles: db::Json::Array(Vec::new()),
        parsed: db::Json::Null,
        edition: None,
        part: None,
        sidecar_stamp: None,
        added_at: if first_scan { modified_at.min(now) } else { now }.into(),
        updated_at: now.into(),
    };
    update(&mut row, listing, scanned, group_id, now);
    row
}

/// Updates a row from a scanned file.
pub(super) fn update(
    row: &mut MediaFile,
    listing: &Listing,
    scanned: &ScannedFile,
    group_id: Option<MatchGroupId>,
    now: DateTime<Utc>,
) {
    let file = listing.file(scanned.file);
    let path = to_columns(&file.path);
    row.path = path.text;
    row.path_bytes = path.bytes;
    row.size = i64::try_from(file.size).unwrap_or(i64::MAX);
    row.modified_at = file.modified_at.into();
    row.inode = file.file_id.map(|id| id.inode.cast_signed());
    row.device = file.file_id.map(|id| id.device.cast_signed());
    row.state = FileState::Present;
    row.missing_since_at = None;
    row.match_group_id = group_id;
    row.sidecar_stamp = Some(scanned.stamp.clone());
    row.updated_at = now.into();
    set_name(row, &scanned.name);
    match &scanned.content {
        Some(content) => set_content(row, scanned, content),
        None => {
            let inside = Tracks::of(row).subtitles.into_iter().filter_map(|subtitle| match subtitle {
                Subtitle::Inside(track) => Some(track),
                Subtitle::Beside(_) => None,
            });
            let info = MediaInfo { subtitles: inside.collect(), ..MediaInfo::default() };
            row.subtitles = tracks::subtitles(Some(&info), &scanned.subtitles);
        }
    }
    set_unrecognised(row, scanned);
}

fn set_name(row: &mut MediaFile, name: &ParsedName) {
    let parsed = Parsed { name: Some(name.clone()), ..Parsed::of(row) };
    row.parsed = serde_json::to_value(parsed).unwrap_or_default();
    let (edition, part) = match name {
        ParsedName::Movie(MovieName { edition, part, version, .. }) => {
            (edition.clone().or(version.clone()), *part)
        }
        ParsedName::Episode(EpisodeName { version, part, .. }) => (version.clone(), *part),
        ParsedName::LeftOut { .. } | ParsedName::Unrecognised { .. } => (None, None),
    };
    row.edition = edition;
    row.part = part.map(i32::from);
}

fn set_content(row: &mut MediaFile, scanned: &ScannedFile, content: &Content) {
    row.fingerprint.clone_from(&content.fingerprint);
    row.probe_state = match (&content.info, &content.problem) {
        (Some(_), _) => ProbeState::Probed,
        (None, Some(ContentProblem::NeedsFfprobe)) => ProbeState::NotProbed,
        (None, _) => ProbeState::Failed,
    };
    row.problem_code = content.problem.map(ContentProblem::code);
    row.problem_facts = content.problem.and_then(|problem| problem.facts().to_json());
    row.problem = None;
    tracks::fill(row, &content.info.clone().unwrap_or_default());
    row.container = content.info.as_ref().map(|info| info.container.clone());
    let info = content.info.clone().unwrap_or_default();
    let parsed = Parsed { name: Some(scanned.name.clone()), video: info.video, start_ms: info.start_ms };
    row.parsed = serde_json::to_value(parsed).unwrap_or_default();
    row.subtitles = tracks::subtitles(content.info.as_ref(), &scanned.subtitles);
}

/// A name without an episode number is a problem as well, but any other problem of the file takes precedence.
fn set_unrecognised(row: &mut MediaFile, scanned: &ScannedFile) {
    let unrecognised = matches!(scanned.name, ParsedName::Unrecognised { .. });
    if unrecognised && row.problem_code.is_none() {
        row.problem_code = Some(ProblemCode::Unrecognised);
    } else if !unrecognised && row.problem_code == Some(ProblemCode::Unrecognised) {
        row.problem_code = None;
        row.problem = None;
    }
}
