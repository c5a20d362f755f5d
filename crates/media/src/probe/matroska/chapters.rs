//! The chapters of the default edition.

use std::io::{Read, Seek};

use super::ebml::{Element, children};
use crate::probe::mark::{MAX_CHAPTERS, Mark};
use crate::reader::{ReadError, Reader};

const EDITION: u32 = 0x45B9;
const EDITION_HIDDEN: u32 = 0x45BD;
const EDITION_DEFAULT: u32 = 0x45DB;
const ATOM: u32 = 0xB6;
const START: u32 = 0x91;
const END: u32 = 0x92;
const HIDDEN: u32 = 0x98;
const ENABLED: u32 = 0x4598;
/// The chapter is in another file.
const SEGMENT: u32 = 0x6E67;
const DISPLAY: u32 = 0x80;
const STRING: u32 = 0x85;

/// Chapter times are in nanoseconds, whatever the file's timestamp scale is.
const NANOSECONDS_PER_MS: u64 = 1_000_000;

/// Limit on editions; a file with more is damaged.
const MAX_EDITIONS: usize = 64;

/// The chapters of the default edition, else of the first edition that is not hidden.
pub(super) fn marks<R: Read + Seek>(
    reader: &mut Reader<R>,
    chapters: Element,
) -> Result<Vec<Mark>, ReadError> {
    let editions = children(reader, chapters)?.into_iter().filter(|child| child.id == EDITION);
    let mut chosen = None;
    for edition in editions.take(MAX_EDITIONS) {
        let inside = children(reader, edition)?;
        if flag(reader, &inside, EDITION_HIDDEN, false)? {
            continue;
        }
        if flag(reader, &inside, EDITION_DEFAULT, false)? {
            chosen = Some(inside);
            break;
        }
        chosen.get_or_insert(inside);
    }
    let atoms = chosen.unwrap_or_default().into_iter().filter(|child| child.id == ATOM);
    let mut marks = Vec::new();
    for atom in atoms.take(MAX_CHAPTERS) {
        marks.extend(mark(reader, atom)?);
    }
    Ok(marks)
}

fn mark<R: Read + Seek>(reader: &mut Reader<R>, atom: Element) -> Result<Option<Mark>, ReadError> {
    let inside = children(reader, atom)?;
    let elsewhere = inside.iter().any(|child| child.id == SEGMENT);
    if elsewhere || flag(reader, &inside, HIDDEN, false)? || !flag(reader, &inside, ENABLED, true)? {
        return Ok(None);
    }
    let (mut start, mut end, mut name) = (0, None, String::new());
    for child in inside {
        match child.id {
            START => start = child.unsigned(reader)?,
            END => end = Some(child.unsigned(reader)?),
            // Names in other languages follow the first one and are ignored.
            DISPLAY if name.is_empty() => {
                for child in children(reader, child)?.into_iter().filter(|child| child.id == STRING) {
                    name = child.text(reader)?;
                }
            }
            _ => {}
        }
    }
    Ok(Some(Mark {
        start_ms: start / NANOSECONDS_PER_MS,
        end_ms: end.map(|end| end / NANOSECONDS_PER_MS),
        name,
    }))
}

fn flag<R: Read + Seek>(
    reader: &mut Reader<R>,
    inside: &[Element],
    id: u32,
    default: bool,
) -> Result<bool, ReadError> {
    match inside.iter().find(|child| child.id == id) {
        Some(found) => Ok(found.unsigned(reader)? != 0),
        None => Ok(default),
    }
}
