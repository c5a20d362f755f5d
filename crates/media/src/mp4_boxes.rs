//! The boxes of ISO base media files (ISO/IEC 14496-12).

use std::io::{Read, Seek};

use crate::reader::{Numbers as _, ReadError, Reader};

/// Limit on sibling boxes. A file with more is damaged, or has too many fragments to be worth reading.
const MAX_BOXES: usize = 200_000;

/// The position of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mp4Box {
    pub(crate) kind: [u8; 4],
    pub(crate) start: u64,
    /// Offset of the first byte after the header.
    pub(crate) body: u64,
    /// Offset of the first byte after the box, never beyond its parent.
    pub(crate) end: u64,
    /// Whether its size field reached beyond its parent.
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

/// The boxes between two offsets. Stops early at invalid data.
pub(crate) fn children<R: Read + Seek>(
    reader: &mut Reader<R>,
    from: u64,
    to: u64,
) -> Result<Vec<Mp4Box>, ReadError> {
    let mut found = Vec::new();
    let mut at = from;
    while to.saturating_sub(at) >= 8 && found.len() < MAX_BOXES {
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

/// The box at `path` below `parent`.
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
    let wide = reader.get(at, 8)?.u32_at(0) == Some(1);
    let Some(header) = header(reader.get(at, if wide { 16 } else { 8 })?, to - at) else { return Ok(None) };
    let end = at.saturating_add(header.size);
    let body = (at + header.length).min(to);
    Ok(Some(Mp4Box { kind: header.kind, start: at, body, end: end.min(to), clipped: end > to }))
}

/// The boxes inside a slice, as kind and body. Stops early at invalid data; a box whose size exceeds the
/// slice ends with the slice.
pub fn in_slice(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let header = header(bytes, bytes.len() as u64)?;
        let end = usize::try_from(header.size).unwrap_or(usize::MAX).min(bytes.len());
        let body = bytes.get(usize::try_from(header.length).ok()?..end)?;
        bytes = &bytes[end..];
        Some((header.kind, body))
    })
}

/// The header of a box: its kind, and a size of four or eight bytes. A size of 0 means "to the end".
struct Header {
    kind: [u8; 4],
    /// Bytes of the header itself.
    length: u64,
    /// Bytes of the whole box according to its size field.
    size: u64,
}

fn header(bytes: &[u8], available: u64) -> Option<Header> {
    let kind = bytes.get(4..8)?.try_into().ok()?;
    let (length, size) = match bytes.u32_at(0)? {
        0 => (8, available),
        1 => (16, bytes.u64_at(8)?),
        size => (8, u64::from(size)),
    };
    (size >= length).then_some(Header { kind, length, size })
}
