//! Chapters: those of the edition that plays by default.

use std::io::{Read, Seek};

use super::ebml::{Element, children};
use crate::probe::mark::{MOST_CHAPTERS, Mark};
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

/// Chapters are given in nanoseconds, whatever the file's time scale is.
const NANOSECONDS: u64 = 1_000_000;

/// More editions than this are damage.
const MOST_EDITIONS: usize = 64;

/// The chapters of the default edition, else of the first that is not hidden.
pub(super) fn marks<R: Read + Seek>(
    reader: &mut Reader<R>,
    chapters: Element,
) -> Result<Vec<Mark>, ReadError> {
    let editions = children(reader, chapters)?.into_iter().filter(|child| child.id == EDITION);
    let mut chosen = None;
    for edition in editions.take(MOST_EDITIONS) {
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
    for atom in atoms.take(MOST_CHAPTERS) {
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
            // Names in further languages follow the first.
            DISPLAY if name.is_empty() => {
                for child in children(reader, child)?.into_iter().filter(|child| child.id == STRING) {
                    name = child.text(reader)?;
                }
            }
            _ => {}
        }
    }
    Ok(Some(Mark { start_ms: start / NANOSECONDS, end_ms: end.map(|end| end / NANOSECONDS), name }))
}

fn flag<R: Read + Seek>(
    reader: &mut Reader<R>,
    inside: &[Element],
    id: u32,
    otherwise: bool,
) -> Result<bool, ReadError> {
    match inside.iter().find(|child| child.id == id) {
        Some(found) => Ok(found.unsigned(reader)? != 0),
        None => Ok(otherwise),
    }
}
