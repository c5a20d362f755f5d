//! The times of the first and last frames, read from the frames because the headers may not contain them.

use std::io::{Read, Seek};

use super::ebml::{Element, element};
use super::layout::CLUSTER;
use crate::reader::{ReadError, Reader};

const TIMESTAMP: u32 = 0xE7;
const SIMPLE_BLOCK: u32 = 0xA3;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
/// Limit on elements that are read in one cluster. Clusters hold a few seconds.
const MAX_ELEMENTS: usize = 20_000;
/// How many bytes before the end of the file the last cluster is searched for. Larger clusters mean damage.
const MAX_DISTANCE: u64 = 64 * 1024 * 1024;
/// Bytes that are searched at a time for the beginning of a cluster, going backwards from the end of the file.
const STEP: u64 = 256 * 1024;

/// Ticks to milliseconds.
pub(super) fn milliseconds(ticks: u64, scale: u64) -> u64 {
    u64::try_from(u128::from(ticks) * u128::from(scale) / 1_000_000).unwrap_or(u64::MAX)
}

/// The time of the first block of the first cluster, in ticks.
pub(super) fn start<R: Read + Seek>(
    reader: &mut Reader<R>,
    cluster: Element,
) -> Result<Option<u64>, ReadError> {
    let mut first = None;
    times(reader, cluster, |time| {
        first = Some(time);
        false
    })?;
    Ok(first)
}

/// The time of the latest block in the last cluster, in ticks. `first` is the offset of the first cluster.
pub(super) fn end<R: Read + Seek>(reader: &mut Reader<R>, first: u64) -> Result<Option<u64>, ReadError> {
    let len = reader.len();
    let id = CLUSTER.to_be_bytes();
    let mut to = len;
    while to > first && len - to <= MAX_DISTANCE {
        let from = to.saturating_sub(STEP).max(first);
        // The steps overlap, so that an id across two of them is found with the earlier one.
        let until = (to + id.len() as u64 - 1).min(len);
        let bytes = reader.get(from, usize::try_from(until - from).unwrap_or_default())?.to_vec();
        let found = bytes.windows(id.len()).enumerate().rev().filter(|(_, window)| *window == id);
        for (at, _) in found.take(16) {
            let Ok(Some(cluster)) = element(reader, from + at as u64, len) else { continue };
            let mut latest = None;
            // If a truncated file ends in the middle of a block, the blocks before it count.
            let _ = times(reader, cluster, |time| {
                latest = latest.max(Some(time));
                true
            });
            if latest.is_some() {
                return Ok(latest);
            }
        }
        if from <= first {
            break;
        }
        to = from;
    }
    Ok(None)
}

/// Calls `each` with the time of every block of a cluster, until it returns false.
fn times<R: Read + Seek>(
    reader: &mut Reader<R>,
    cluster: Element,
    mut each: impl FnMut(u64) -> bool,
) -> Result<(), ReadError> {
    let mut base = None;
    let mut at = cluster.body;
    for _ in 0..MAX_ELEMENTS {
        let Some(child) = element(reader, at, cluster.end)? else { break };
        let block = match child.id {
            TIMESTAMP => {
                base = Some(child.unsigned(reader)?);
                None
            }
            SIMPLE_BLOCK => Some(child),
            BLOCK_GROUP => element(reader, child.body, child.end)?.filter(|inner| inner.id == BLOCK),
            // A cluster of unknown size ends where the next one begins.
            CLUSTER => break,
            _ => None,
        };
        if let (Some(block), Some(base)) = (block, base)
            && let Some(time) = time(reader, block, base)?
            && !each(time)
        {
            break;
        }
        at = child.end;
    }
    Ok(())
}

/// The time of a block. It is stored after the track number, relative to the time of the cluster (`base`).
fn time<R: Read + Seek>(reader: &mut Reader<R>, block: Element, base: u64) -> Result<Option<u64>, ReadError> {
    let length = usize::try_from(block.end - block.body).unwrap_or(usize::MAX).min(12);
    let bytes = reader.get(block.body, length)?;
    let number = bytes.first().map_or(1, |byte| byte.leading_zeros() as usize + 1);
    let relative = bytes.get(number..number + 2).map(|two| i16::from_be_bytes([two[0], two[1]]));
    Ok(relative.and_then(|relative| base.checked_add_signed(i64::from(relative))))
}
