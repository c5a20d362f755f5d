//! Reads what ffmpeg writes: the boxes of a fragmented MP4, as they come.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// Headers are small; what claims to be larger is no stream of ours.
const LARGEST_HEADER: u64 = 16 * 1024 * 1024;
/// ffmpeg adds this to every time, so that none is negative: sound often begins before the picture.
pub(super) const OFFSET_MS: u64 = 10_000;

/// A piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// What decoders need first: `ftyp` and `moov`.
    Init(Vec<u8>),
    /// Headers of a fragment; its bytes follow.
    Fragment {
        /// The `moof` box.
        header: Vec<u8>,
        /// Presentation time of its first picture, in milliseconds of the film.
        time: u64,
        /// The header of the `mdat` box and how many bytes follow it.
        data: (Vec<u8>, u64),
    },
}

/// Reads boxes from a pipe.
#[derive(Debug)]
pub(super) struct Pieces<R> {
    input: R,
    /// The picture's track and its ticks a second, known from `moov`.
    track: Option<(u32, u32)>,
}

impl<R: AsyncRead + Unpin> Pieces<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, track: None }
    }

    /// The next piece; `None` at the end. The caller reads a fragment's data from [`Pieces::input`] before it asks again.
    pub(super) async fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut init = Vec::new();
        loop {
            let Some((header, kind, size)) = self.box_header().await? else { return Ok(None) };
            match &kind {
                b"ftyp" | b"moov" => {
                    init.extend_from_slice(&header);
                    let body = self.body(size).await?;
                    if &kind == b"moov" {
                        self.track = first_track(&body);
                        init.extend_from_slice(&body);
                        return Ok(Some(Piece::Init(init)));
                    }
                    init.extend_from_slice(&body);
                }
                b"moof" => {
                    let body = self.body(size).await?;
                    let time = self.track.and_then(|track| start_time(&body, track)).unwrap_or_default();
                    let data = self.data_header().await?;
                    let header = [header, body].concat();
                    return Ok(Some(Piece::Fragment { header, time: time.saturating_sub(OFFSET_MS), data }));
                }
                // `mfra` at the end and `sidx`: nothing that a player of segments needs.
                _ => {
                    self.body(size).await?;
                }
            }
        }
    }

    /// The pipe, for a fragment's data.
    pub(super) fn input(&mut self) -> &mut R {
        &mut self.input
    }

    async fn data_header(&mut self) -> io::Result<(Vec<u8>, u64)> {
        match self.box_header().await? {
            Some((header, kind, size)) if &kind == b"mdat" => Ok((header, size)),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, "a fragment without data")),
        }
    }

    /// Header bytes, kind, and size of the body.
    async fn box_header(&mut self) -> io::Result<Option<(Vec<u8>, [u8; 4], u64)>> {
        let mut header = vec![0; 8];
        if let Err(error) = self.input.read_exact(&mut header).await {
            return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
        }
        let kind = [header[4], header[5], header[6], header[7]];
        let mut size = u64::from(u32::from_be_bytes([header[0], header[1], header[2], header[3]]));
        if size == 1 {
            let mut large = [0; 8];
            self.input.read_exact(&mut large).await?;
            header.extend_from_slice(&large);
            size = u64::from_be_bytes(large);
        }
        let body = size.checked_sub(header.len() as u64);
        let body = body.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a box without an end"))?;
        Ok(Some((header, kind, body)))
    }

    async fn body(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > LARGEST_HEADER {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a header of this size is none"));
        }
        let mut body = vec![0; size as usize];
        self.input.read_exact(&mut body).await?;
        Ok(body)
    }
}

/// The boxes inside a slice.
fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let size = number(bytes, 0)? as usize;
        let (kind, body) = (bytes.get(4..8)?, bytes.get(8..size)?);
        bytes = &bytes[size..];
        Some((kind, body))
    })
}

fn find<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(kind, _)| *kind == wanted).map(|(_, body)| body)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Id and ticks a second of the picture, or of the first track when there is no picture.
fn first_track(moov: &[u8]) -> Option<(u32, u32)> {
    let tracks = boxes(moov).filter(|(kind, _)| *kind == b"trak").filter_map(|(_, trak)| {
        let tkhd = find(trak, b"tkhd")?;
        let mdia = find(trak, b"mdia")?;
        let mdhd = find(mdia, b"mdhd")?;
        let wide = usize::from(*mdhd.first()? == 1);
        let picture = find(mdia, b"hdlr")?.get(8..12)? == b"vide";
        let id = number(tkhd, if *tkhd.first()? == 1 { 20 } else { 12 })?;
        Some((picture, (id, number(mdhd, 12 + wide * 8)?)))
    });
    let tracks: Vec<(bool, (u32, u32))> = tracks.collect();
    tracks.iter().find(|(picture, _)| *picture).or(tracks.first()).map(|(_, track)| *track)
}

/// When the first picture of a fragment is shown, in milliseconds of the stream.
fn start_time(moof: &[u8], (track, scale): (u32, u32)) -> Option<u64> {
    let traf = boxes(moof).filter(|(kind, _)| *kind == b"traf").map(|(_, traf)| traf);
    let traf =
        traf.into_iter().find(|traf| find(traf, b"tfhd").and_then(|tfhd| number(tfhd, 4)) == Some(track))?;
    let tfdt = find(traf, b"tfdt")?;
    let decode = match tfdt.first()? {
        1 => u64::from_be_bytes(tfdt.get(4..12)?.try_into().ok()?),
        _ => u64::from(number(tfdt, 4)?),
    };
    let shift = find(traf, b"trun").and_then(first_offset).unwrap_or_default();
    let ticks = decode.checked_add_signed(i64::from(shift))?;
    (scale > 0).then(|| u64::try_from(u128::from(ticks) * 1000 / u128::from(scale)).unwrap_or_default())
}

/// Composition offset of the first sample.
fn first_offset(trun: &[u8]) -> Option<i32> {
    let flags = number(trun, 0)? & 0x00ff_ffff;
    if flags & 0x800 == 0 {
        return None;
    }
    let optional = [0x1_u32, 0x4, 0x100, 0x200, 0x400];
    let before = optional.iter().filter(|flag| flags & **flag != 0).count();
    Some(number(trun, 8 + before * 4)?.cast_signed())
}
