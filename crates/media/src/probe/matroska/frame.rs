//! The first frame of a track, for properties that the headers do not contain.

use std::io::{Read, Seek};

use super::ebml::{Element, element};
use crate::reader::{ReadError, Reader};

const SIMPLE_BLOCK: u32 = 0xA3;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
/// Bytes of a block's header: one for the track number, two for the time, one for flags.
const BLOCK_HEADER: usize = 4;
/// Limit on elements that are searched for a block of the track.
const MAX_BLOCKS: usize = 200;
/// Bytes of a frame that are read, enough for [`crate::probe::codec`].
const START: usize = 16;

/// The first bytes of the first frame of a track. `None` when it is not among the first blocks.
pub(super) fn first<R: Read + Seek>(
    reader: &mut Reader<R>,
    cluster: Element,
    track: u64,
) -> Result<Option<Vec<u8>>, ReadError> {
    let mut at = cluster.body;
    for _ in 0..MAX_BLOCKS {
        let Some(child) = element(reader, at, cluster.end)? else { return Ok(None) };
        let block = match child.id {
            SIMPLE_BLOCK => Some(child),
            BLOCK_GROUP => element(reader, child.body, child.end)?.filter(|inner| inner.id == BLOCK),
            _ => None,
        };
        if let Some(block) = block {
            let length =
                usize::try_from(block.end - block.body).unwrap_or(usize::MAX).min(BLOCK_HEADER + START);
            let bytes = reader.get(block.body, length)?;
            // Small track numbers take one byte, with the marker bit set.
            if bytes.first().is_some_and(|byte| u64::from(byte & 0x7f) == track && byte & 0x80 != 0) {
                return Ok(bytes.get(BLOCK_HEADER..).map(<[u8]>::to_vec));
            }
        }
        at = child.end;
    }
    Ok(None)
}
