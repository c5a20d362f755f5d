//! Reads ffmpeg's output: a stream of fragmented MP4 boxes.

use std::io;

use media::mp4_boxes::in_slice as boxes;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// Maximum size of a header in bytes. Larger ones are rejected.
const MAX_HEADER: u64 = 16 * 1024 * 1024;
/// Milliseconds that ffmpeg adds to every timestamp so that none is negative, because audio often starts
/// before video.
pub(super) const OFFSET_MS: u64 = 10_000;

/// A part of ffmpeg's output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OutputPart {
    /// The initialisation segment: `ftyp` and `moov`.
    Init(Vec<u8>),
    /// The headers of a fragment. Its data follows in the pipe.
    Fragment {
        /// The `moof` box.
        header: Vec<u8>,
        /// Presentation time of its first frame, in milliseconds of the file.
        time: u64,
        /// End of its last frame, in milliseconds of the file.
        end: u64,
        /// The header of the `mdat` box, and the number of bytes that follow it.
        data: (Vec<u8>, u64),
    },
}

/// Reads fragments from a pipe.
#[derive(Debug)]
pub(super) struct FragmentReader<R> {
    input: R,
    /// Id and timescale of the video track, from `moov`.
    track: Option<(u32, u32)>,
    /// Milliseconds that ffmpeg adds to every timestamp.
    added: u64,
}

impl<R: AsyncRead + Unpin> FragmentReader<R> {
    pub(super) fn new(input: R, added: u64) -> Self {
        Self { input, track: None, added }
    }

    /// The next part; `None` at the end. Before the next call, the caller has to read a fragment's data from
    /// [`FragmentReader::input`].
    pub(super) async fn next(&mut self) -> io::Result<Option<OutputPart>> {
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
                        return Ok(Some(OutputPart::Init(init)));
                    }
                    init.extend_from_slice(&body);
                }
                b"moof" => {
                    let body = self.body(size).await?;
                    let span = self.track.and_then(|track| span(&body, track)).unwrap_or_default();
                    let data = self.data_header().await?;
                    let header = [header, body].concat();
                    let [time, end] = span.map(|time| time.saturating_sub(self.added));
                    return Ok(Some(OutputPart::Fragment { header, time, end, data }));
                }
                // `mfra` and `sidx` are not needed in segments.
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
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, "fragment without data")),
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
        let body =
            body.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "box with an invalid size"))?;
        Ok(Some((header, kind, body)))
    }

    async fn body(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > MAX_HEADER {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "header is too large"));
        }
        let mut body = vec![0; size as usize];
        self.input.read_exact(&mut body).await?;
        Ok(body)
    }
}

fn find<'a>(bytes: &'a [u8], wanted: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(kind, _)| kind == wanted).map(|(_, body)| body)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Id and timescale of the video track, or of the first track if there is no video.
fn first_track(moov: &[u8]) -> Option<(u32, u32)> {
    let tracks = boxes(moov).filter(|(kind, _)| kind == b"trak").filter_map(|(_, trak)| {
        let tkhd = find(trak, b"tkhd")?;
        let mdia = find(trak, b"mdia")?;
        let mdhd = find(mdia, b"mdhd")?;
        let wide = usize::from(*mdhd.first()? == 1);
        let is_video = find(mdia, b"hdlr")?.get(8..12)? == b"vide";
        let id = number(tkhd, if *tkhd.first()? == 1 { 20 } else { 12 })?;
        Some((is_video, (id, number(mdhd, 12 + wide * 8)?)))
    });
    let tracks: Vec<(bool, (u32, u32))> = tracks.collect();
    tracks.iter().find(|(is_video, _)| *is_video).or(tracks.first()).map(|(_, track)| *track)
}

/// Start of the first frame and end of the last frame of a fragment, in milliseconds of the stream.
fn span(moof: &[u8], (track, scale): (u32, u32)) -> Option<[u64; 2]> {
    let trafs = boxes(moof).filter(|(kind, _)| kind == b"traf").map(|(_, traf)| traf);
    let traf =
        trafs.into_iter().find(|traf| find(traf, b"tfhd").and_then(|tfhd| number(tfhd, 4)) == Some(track))?;
    let tfdt = find(traf, b"tfdt")?;
    let decode = match tfdt.first()? {
        1 => u64::from_be_bytes(tfdt.get(4..12)?.try_into().ok()?),
        _ => u64::from(number(tfdt, 4)?),
    };
    let default = find(traf, b"tfhd").and_then(default_duration).unwrap_or_default();
    let runs: Vec<SampleRun> = boxes(traf)
        .filter(|(kind, _)| kind == b"trun")
        .filter_map(|(_, trun)| SampleRun::read(trun, default))
        .collect();
    let shift = runs.first().and_then(|run| run.first_offset).unwrap_or_default();
    let first = decode.checked_add_signed(i64::from(shift))?;
    let last = first.checked_add(runs.iter().map(|run| run.length).sum())?;
    let ms = |ticks: u64| u64::try_from(u128::from(ticks) * 1000 / u128::from(scale)).unwrap_or_default();
    (scale > 0).then(|| [ms(first), ms(last)])
}

/// The default duration of a sample in ticks.
fn default_duration(tfhd: &[u8]) -> Option<u32> {
    let flags = number(tfhd, 0)?;
    // The optional fields before it are the base data offset and the sample description index.
    let before = [(0x1, 8), (0x2, 4)]
        .iter()
        .filter(|(flag, _)| flags & flag != 0)
        .map(|(_, size)| size)
        .sum::<usize>();
    if flags & 0x8 == 0 { None } else { number(tfhd, 8 + before) }
}

/// The samples of a `trun` box.
#[derive(Debug, PartialEq, Eq)]
struct SampleRun {
    /// Composition offset of the first sample, in ticks.
    first_offset: Option<i32>,
    /// Total duration of the samples in ticks.
    length: u64,
}

impl SampleRun {
    fn read(trun: &[u8], default_duration: u32) -> Option<Self> {
        let flags = number(trun, 0)? & 0x00ff_ffff;
        let count = number(trun, 4)? as usize;
        let has = |flag: u32| usize::from(flags & flag != 0);
        let samples = trun.get(8 + 4 * (has(0x1) + has(0x4))..)?;
        // A sample has these fields in this order, each only if its flag is set: duration, size, flags, offset.
        let size = 4 * [0x100, 0x200, 0x400, 0x800].into_iter().map(has).sum::<usize>();
        let first_offset = (has(0x800) == 1).then(|| number(samples, size - 4)).flatten();
        let length = if has(0x100) == 1 {
            samples.chunks_exact(size).take(count).filter_map(|sample| number(sample, 0)).map(u64::from).sum()
        } else {
            u64::from(default_duration) * count as u64
        };
        Some(Self { first_offset: first_offset.map(u32::cast_signed), length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trun(flags: u32, words: &[u32]) -> Vec<u8> {
        [flags].iter().chain(words).flat_map(|word| word.to_be_bytes()).collect()
    }

    #[test]
    fn samples_have_their_own_duration_and_offset() {
        let trun = trun(0x901, &[2, 99, 40, 80, 41, 0]);
        assert_eq!(SampleRun::read(&trun, 7), Some(SampleRun { first_offset: Some(80), length: 81 }));
    }

    #[test]
    fn samples_without_a_duration_have_the_default_one() {
        let trun = trun(0x205, &[3, 99, 0, 1000, 1000, 1000]);
        assert_eq!(SampleRun::read(&trun, 7), Some(SampleRun { first_offset: None, length: 21 }));
    }

    #[test]
    fn incomplete_boxes_are_ignored() {
        assert_eq!(SampleRun::read(&trun(0x901, &[]), 7), None);
        assert_eq!(default_duration(&[0; 6]), None);
    }
}
