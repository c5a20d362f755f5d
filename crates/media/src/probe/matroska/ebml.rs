//! EBML elements (RFC 8794).

use std::io::{Read, Seek};

use crate::reader::{ReadError, Reader};

/// Limit on sibling elements; a file with more is damaged.
const MAX_ELEMENTS: usize = 200_000;

/// The position of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Element {
    /// With its marker bits, as the specification lists them.
    pub(crate) id: u32,
    pub(crate) start: u64,
    pub(crate) body: u64,
    /// Offset of the first byte after the element, never beyond its parent.
    pub(crate) end: u64,
    /// Whether its size field reached beyond its parent.
    pub(crate) clipped: bool,
    /// Whether its size is unknown, as in live recordings.
    pub(crate) unsized_: bool,
}

/// The element at `at`, or `None` if there is no valid element.
pub(crate) fn element<R: Read + Seek>(
    reader: &mut Reader<R>,
    at: u64,
    to: u64,
) -> Result<Option<Element>, ReadError> {
    let available = usize::try_from(to.saturating_sub(at)).unwrap_or(12).min(12);
    if available < 2 {
        return Ok(None);
    }
    let bytes = reader.get(at, available)?;
    let Some((id, id_len)) = id(bytes) else { return Ok(None) };
    let Some((size, size_len)) = size(&bytes[id_len..]) else { return Ok(None) };
    let body = at + (id_len + size_len) as u64;
    let end = size.map_or(to, |size| body.saturating_add(size));
    Ok(Some(Element { id, start: at, body, end: end.min(to), clipped: end > to, unsized_: size.is_none() }))
}

/// The children of an element. Stops early at invalid data.
pub(crate) fn children<R: Read + Seek>(
    reader: &mut Reader<R>,
    parent: Element,
) -> Result<Vec<Element>, ReadError> {
    let mut found = Vec::new();
    let mut at = parent.body;
    while at < parent.end && found.len() < MAX_ELEMENTS {
        let Some(next) = element(reader, at, parent.end)? else { break };
        at = next.end;
        found.push(next);
    }
    Ok(found)
}

impl Element {
    fn bytes<R: Read + Seek>(self, reader: &mut Reader<R>, most: usize) -> Result<&[u8], ReadError> {
        let count = usize::try_from(self.end - self.body).unwrap_or(usize::MAX).min(most);
        reader.get(self.body, count)
    }

    /// The raw body, at most 1 MiB.
    pub(crate) fn binary<R: Read + Seek>(self, reader: &mut Reader<R>) -> Result<Vec<u8>, ReadError> {
        Ok(self.bytes(reader, 1024 * 1024)?.to_vec())
    }

    /// An unsigned number of up to eight bytes.
    pub(crate) fn unsigned<R: Read + Seek>(self, reader: &mut Reader<R>) -> Result<u64, ReadError> {
        Ok(self.bytes(reader, 8)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// A float of four or eight bytes.
    pub(crate) fn float<R: Read + Seek>(self, reader: &mut Reader<R>) -> Result<f64, ReadError> {
        let bytes = self.bytes(reader, 8)?;
        Ok(match bytes.len() {
            4 => f64::from(f32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])),
            8 => f64::from_be_bytes(bytes.try_into().unwrap_or_default()),
            _ => 0.0,
        })
    }

    /// Text, up to its padding.
    pub(crate) fn text<R: Read + Seek>(self, reader: &mut Reader<R>) -> Result<String, ReadError> {
        let bytes = self.bytes(reader, 4096)?;
        let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(String::from_utf8_lossy(bytes).trim().to_owned())
    }
}

/// Reads an id and its length of one to four bytes. The number of leading zero bits is the number of further
/// bytes.
fn id(bytes: &[u8]) -> Option<(u32, usize)> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let value = bytes.get(..length)?.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
    Some((value, length))
}

/// Reads a size and its length of one to eight bytes. All value bits set means that the size is unknown
/// (`None`).
fn size(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let marker = 0x80_u8 >> (length - 1);
    let start = u64::from(first & (marker - 1));
    let value = bytes.get(1..length)?.iter().fold(start, |value, byte| value << 8 | u64::from(*byte));
    let unknown = (1_u64 << (7 * length)) - 1;
    Some(((value != unknown).then_some(value), length))
}
