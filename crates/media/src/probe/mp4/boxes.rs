//! The boxes of ISO base media files (ISO/IEC 14496-12).

use std::io::{Read, Seek};

use crate::probe::reader::{Numbers as _, ReadError, Reader};

/// More boxes than this side by side are damage, or fragments past counting.
const MOST: usize = 200_000;

/// Where a box lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mp4Box {
    pub(crate) kind: [u8; 4],
    pub(crate) start: u64,
    /// First byte behind the header.
    pub(crate) body: u64,
    /// First byte behind the box, never beyond its parent.
    pub(crate) end: u64,
    /// It claimed to end beyond its parent.
    pub(crate) clipped: bool,
}

impl Mp4Box {
    pub(crate) fn size(self) -> u64 {
        self.end - self.body
    }

    /// The body, or its first `most` bytes.
    pub(crate) fn bytes<R: Read + Seek>(
        self,
        reader: &mut Reader<R>,
        most: usize,
    ) -> Result<&[u8], ReadError> {
        let count = usize::try_from(self.size()).unwrap_or(usize::MAX).min(most);
        reader.get(self.body, count)
    }
}

/// The boxes between two offsets. Ends early at what is no box.
pub(crate) fn children<R: Read + Seek>(
    reader: &mut Reader<R>,
    from: u64,
    to: u64,
) -> Result<Vec<Mp4Box>, ReadError> {
    let mut found = Vec::new();
    let mut at = from;
    while to.saturating_sub(at) >= 8 && found.len() < MOST {
        let Some(next) = head(reader, at, to)? else { break };
        at = next.end;
        found.push(next);
    }
    Ok(found)
}

/// The first child of `parent` called `kind`.
pub(crate) fn child<R: Read + Seek>(
    reader: &mut Reader<R>,
    parent: Mp4Box,
    kind: &[u8; 4],
) -> Result<Option<Mp4Box>, ReadError> {
    Ok(children(reader, parent.body, parent.end)?.into_iter().find(|found| &found.kind == kind))
}

/// The box found by going down one name at a time.
pub(crate) fn descend<R: Read + Seek>(
    reader: &mut Reader<R>,
    parent: Mp4Box,
    path: &[&[u8; 4]],
) -> Result<Option<Mp4Box>, ReadError> {
    let mut at = parent;
    for kind in path {
        match child(reader, at, kind)? {
            Some(found) => at = found,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

fn head<R: Read + Seek>(reader: &mut Reader<R>, at: u64, to: u64) -> Result<Option<Mp4Box>, ReadError> {
    let bytes = reader.get(at, 8)?;
    let (Some(size), Some(kind)) = (bytes.u32_at(0), bytes.get(4..8).and_then(|kind| kind.try_into().ok()))
    else {
        return Ok(None);
    };
    let (header, size) = match size {
        0 => (8, to - at),
        1 => match reader.get(at, 16)?.u64_at(8) {
            Some(size) => (16, size),
            None => return Ok(None),
        },
        size => (8, u64::from(size)),
    };
    if size < header {
        return Ok(None);
    }
    let end = at.saturating_add(size);
    Ok(Some(Mp4Box { kind, start: at, body: (at + header).min(to), end: end.min(to), clipped: end > to }))
}

/// The boxes inside a slice: kind and body.
pub(crate) fn in_slice(mut bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut found = Vec::new();
    while let (Some(size), Some(kind)) = (bytes.u32_at(0), bytes.get(4..8)) {
        let size = if size == 0 { bytes.len() } else { size as usize };
        let Some(body) = bytes.get(8..size.min(bytes.len())) else { break };
        found.push(([kind[0], kind[1], kind[2], kind[3]], body));
        bytes = bytes.get(size..).unwrap_or_default();
    }
    found
}
