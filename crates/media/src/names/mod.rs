//! Parses paths into films and episodes, by the conventions of Plex, Jellyfin, Kodi and release groups.
//!
//! Pure functions; nothing is read from disk. The tables in `tests/it/tables` show which names are understood.

mod episode;
mod folders;
mod left_out;
mod movie;
mod noise;
mod numbering;
mod parsed;
mod release;
mod season;
mod tags;
mod title;
mod words;

pub use folders::show_folder;
pub use numbering::Numbering;
pub use parsed::{EpisodeName, LeftOut, LibraryKind, MovieName, ParsedName, Work};
pub use season::season_folder;
pub use title::normalise;

/// Reads `path`, relative to the library's root and separated by `/`.
///
/// Bytes that are not UTF-8 should be passed as replacement characters, which become part of the title.
pub fn parse(path: &str, kind: LibraryKind) -> ParsedName {
    let path = title::composed(path);
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let file = folders.pop().unwrap_or_default();
    let stem = strip_extension(file);
    if let Some(reason) = left_out::reason(&folders, stem, kind) {
        return ParsedName::LeftOut { reason };
    }
    match kind {
        LibraryKind::Movies => ParsedName::Movie(movie::parse(&folders, stem)),
        LibraryKind::Shows => episode::parse(&folders, stem),
    }
}

/// Only the extension of a video file is removed, so `Mr. Robot` and `R.I.P.D.` are kept whole.
fn strip_extension(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && crate::walk::is_video_extension(extension) => stem,
        _ => file,
    }
}
