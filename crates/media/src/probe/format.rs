//! Detects containers.

use std::io::{Read, Seek};

use crate::reader::{ReadError, Reader};

/// The containers that are read in process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// MP4, M4V, MOV.
    Mp4,
    /// MKV, WebM.
    Matroska,
}

/// Detects the container by its first bytes.
pub(crate) fn format<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Option<Format>, ReadError> {
    if reader.is_empty() {
        return Err(ReadError::Malformed("the file is empty"));
    }
    let Ok(head) = reader.get(0, 8) else { return Ok(None) };
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Ok(Some(Format::Matroska));
    }
    let boxes: [&[u8]; 8] = [b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"];
    Ok(boxes.contains(&&head[4..8]).then_some(Format::Mp4))
}
