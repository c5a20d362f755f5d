//! Detects files whose content is not video, whatever their name says.

use std::fmt;
use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};

use super::info::MediaInfo;
use crate::reader::{ReadError, Reader};

/// The content of a file that is not a video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// An image.
    Picture,
    /// Audio without video.
    Sound,
    /// An archive: the download was not unpacked.
    Archive,
    /// A document.
    Document,
    /// A program.
    Program,
    /// A playlist, which would make a player open other files.
    Playlist,
    /// Text, such as a web page that was saved instead of the video.
    Text,
    /// An unknown format, or only zeros.
    Unknown,
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Picture => "a picture",
            Self::Sound => "sound without a picture",
            Self::Archive => "an archive that was not unpacked",
            Self::Document => "a document",
            Self::Program => "a program",
            Self::Playlist => "a playlist",
            Self::Text => "text",
            Self::Unknown => "no known kind of file",
        })
    }
}

/// Signatures: offset, bytes, and the kind of file.
const MAGIC: [(usize, &[u8], Content); 34] = [
    (0, &[0xff, 0xd8, 0xff], Content::Picture),
    (0, b"\x89PNG", Content::Picture),
    (0, b"GIF8", Content::Picture),
    (0, b"II*\0", Content::Picture),
    (0, b"MM\0*", Content::Picture),
    (0, b"8BPS", Content::Picture),
    (8, b"WEBP", Content::Picture),
    (4, b"ftypheic", Content::Picture),
    (4, b"ftypheix", Content::Picture),
    (4, b"ftypmif1", Content::Picture),
    (4, b"ftypavif", Content::Picture),
    (0, b"ID3", Content::Sound),
    (0, b"fLaC", Content::Sound),
    (8, b"WAVEfmt", Content::Sound),
    (0, &[0xff, 0xfb], Content::Sound),
    (0, &[0xff, 0xf3], Content::Sound),
    (0, b"PK\x03\x04", Content::Archive),
    (0, b"Rar!", Content::Archive),
    (0, &[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], Content::Archive),
    (0, &[0x1f, 0x8b], Content::Archive),
    (0, b"BZh", Content::Archive),
    (0, &[0xfd, 0x37, 0x7a, 0x58, 0x5a], Content::Archive),
    (0, &[0x28, 0xb5, 0x2f, 0xfd], Content::Archive),
    (0, b"%PDF", Content::Document),
    (0, b"{\\rtf", Content::Document),
    (0, &[0xd0, 0xcf, 0x11, 0xe0], Content::Document),
    (0, b"MZ", Content::Program),
    (0, b"\x7fELF", Content::Program),
    (0, b"#!", Content::Program),
    (0, b"#EXTM3U", Content::Playlist),
    (0, b"\xef\xbb\xbf#EXTM3U", Content::Playlist),
    (0, b"[playlist]", Content::Playlist),
    (0, b"ffconcat", Content::Playlist),
    (0, b"[InternetShortcut]", Content::Playlist),
];
/// Signatures of containers that ffprobe reads: offset and bytes.
const CONTAINERS: [(usize, &[u8]); 12] = [
    (8, b"AVI "),
    (0, &[0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]),
    (0, b"FLV"),
    (0, b"OggS"),
    (0, b".RMF"),
    (0, &[0x06, 0x0e, 0x2b, 0x34]),
    (0, &[0xb7, 0xd8, 0x00, 0x20, 0x37, 0x49, 0xda, 0x11]),
    (0, &[0x00, 0x00, 0x01, 0xba]),
    (0, &[0x00, 0x00, 0x01, 0xb3]),
    (0, &[0x00, 0x00, 0x01, 0xb0]),
    (0, b"NUT"),
    (0, b"DKIF"),
];
/// Packet sizes of transport streams: plain, with a leading timestamp, with error correction.
const PACKETS: [usize; 3] = [188, 192, 204];

/// The content of a file by its first bytes, if they show that it is not a video.
pub(super) fn by_magic<R: Read + Seek>(reader: &mut Reader<R>) -> Option<Content> {
    let head = start(reader).ok()?;
    let found =
        MAGIC.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|head| head.starts_with(magic)));
    let text = || (is_text(&head) && !begins_as_container(&head)).then_some(Content::Text);
    found.map(|(_, _, content)| *content).or_else(text)
}

/// Whether the file begins like one of the containers that only ffprobe reads.
pub(super) fn is_container<R: Read + Seek>(reader: &mut Reader<R>) -> bool {
    start(reader).is_ok_and(|head| begins_as_container(&head))
}

fn begins_as_container(head: &[u8]) -> bool {
    CONTAINERS.iter().any(|(at, magic)| head.get(*at..).is_some_and(|head| head.starts_with(magic)))
        || PACKETS.iter().any(|size| is_transport_stream(head, *size))
}

/// Rejects files without a video track.
pub(super) fn check(info: MediaInfo) -> Result<MediaInfo, Content> {
    match (&info.video, info.audio.is_empty()) {
        (None, false) => Err(Content::Sound),
        (None, true) if !info.truncated => Err(Content::Unknown),
        _ => Ok(info),
    }
}

fn start<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Vec<u8>, ReadError> {
    const ENOUGH: u64 = 4096;
    let length = usize::try_from(reader.len().min(ENOUGH)).unwrap_or_default();
    Ok(reader.get(0, length)?.to_vec())
}

/// Whether four consecutive packets begin with the sync byte. A recording may start in the middle of a packet.
fn is_transport_stream(head: &[u8], size: usize) -> bool {
    const SYNC_BYTE: u8 = 0x47;
    (0..size).any(|from| {
        let mut starts = head.iter().skip(from).step_by(size).take(4);
        starts.len() == 4 && starts.all(|byte| *byte == SYNC_BYTE)
    })
}

/// Whether the beginning is text, which no container begins with.
fn is_text(head: &[u8]) -> bool {
    let end = match std::str::from_utf8(head) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return false,
    };
    let text = std::str::from_utf8(&head[..end]).unwrap_or_default();
    !text.is_empty() && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
}
