//! Reads containers that are not read in process, through ffprobe's JSON output.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde::Deserialize;

use super::error::ProbeError;
use super::info::{AudioTrack, Hdr, MediaInfo, SubtitleTrack, VideoTrack};
use crate::language;

/// The containers that ffmpeg's tools may read, for `-format_whitelist`. Playlists are not among them,
/// because they make ffmpeg open other files.
const INPUT_FORMATS: &str =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,asf,flv,ogg,rm,mxf,wtv,nut,ivf";
/// The protocols that ffmpeg's tools may open, for `-protocol_whitelist`.
const INPUT_PROTOCOLS: &str = "file,pipe";

/// Headers are read within seconds, even from a sleeping disk. Without a limit, one file could block a scan
/// forever.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Limit in bytes on a program's output. ffprobe writes less about any file.
const MAX_OUTPUT: u64 = 16 * 1024 * 1024;

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
struct Format {
    #[serde(default)]
    format_name: String,
    duration: Option<String>,
    start_time: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stream {
    index: u32,
    codec_name: String,
    codec_type: String,
    width: u32,
    height: u32,
    channels: u32,
    sample_rate: Option<String>,
    avg_frame_rate: Option<String>,
    bits_per_raw_sample: Option<String>,
    pix_fmt: Option<String>,
    color_transfer: Option<String>,
    side_data_list: Vec<SideData>,
    tags: Tags,
    disposition: Disposition,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SideData {
    dv_profile: Option<u8>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tags {
    language: Option<String>,
    title: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Disposition {
    default: u8,
    forced: u8,
    hearing_impaired: u8,
    attached_pic: u8,
}

/// Runs ffprobe. Blocks until it has finished.
pub(super) fn probe(tool: &Path, file: &Path) -> Result<MediaInfo, ProbeError> {
    let mut command = Command::new(tool);
    command.args(["-v", "error", "-of", "json", "-show_format", "-show_streams"]).args(input(file));
    let output = run_with_timeout(&mut command, TIMEOUT)?;
    if output.success {
        return parse(&output.stdout);
    }
    Err(failure_reason(&output.stderr))
}

/// The last line of a program's error output, as the reason why it failed.
pub(crate) fn failure_reason(stderr: &[u8]) -> ProbeError {
    let stderr = String::from_utf8_lossy(stderr);
    ProbeError::Ffprobe(stderr.lines().next_back().unwrap_or("it gave no reason").to_owned())
}

/// The exit status and complete output of a program.
#[derive(Debug)]
pub(crate) struct ProgramOutput {
    pub(crate) success: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// Runs a program, and kills it if it has not closed its output after `timeout`.
pub(crate) fn run_with_timeout(
    command: &mut Command,
    timeout: Duration,
) -> Result<ProgramOutput, ProbeError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ProbeError::NeedsFfprobe,
        _ => ProbeError::Ffprobe(error.to_string()),
    };
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let (stdout, stderr) = (read_in_background(child.stdout.take()), read_in_background(child.stderr.take()));
    let stdout = stdout.recv_timeout(timeout).map_err(|_| timed_out(&mut child))?;
    let stderr = stderr.recv_timeout(timeout).map_err(|_| timed_out(&mut child))?;
    let status = child.wait().map_err(failed)?;
    Ok(ProgramOutput { success: status.success(), stdout, stderr })
}

fn timed_out(child: &mut Child) -> ProbeError {
    let _ = child.kill();
    let _ = child.wait();
    ProbeError::Ffprobe("it did not answer in time".to_owned())
}

/// Reads a pipe to its end on a separate thread, so that the caller can stop waiting earlier.
fn read_in_background(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MAX_OUTPUT).read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}

fn parse(json: &[u8]) -> Result<MediaInfo, ProbeError> {
    let output: Output =
        serde_json::from_slice(json).map_err(|error| ProbeError::Ffprobe(error.to_string()))?;
    let seconds = |text: Option<String>| text.and_then(|text| text.parse::<f64>().ok());
    let milliseconds = |seconds: f64| (seconds * 1000.0) as u64;
    let (duration, start) = (seconds(output.format.duration), seconds(output.format.start_time));
    let container = output.format.format_name.split(',').next().unwrap_or_default().to_owned();
    let mut info = MediaInfo {
        container,
        duration_ms: duration.filter(|seconds| *seconds > 0.0).map(milliseconds),
        start_ms: start
            .filter(|seconds| *seconds > 0.0)
            .map_or(0, |start| MediaInfo::begins_at(milliseconds(start))),
        ..MediaInfo::default()
    };
    for stream in output.streams {
        add(stream, &mut info);
    }
    if info.video.is_none() && info.audio.is_empty() {
        return Err(ProbeError::Ffprobe("it holds neither video nor audio".to_owned()));
    }
    Ok(info)
}

fn add(stream: Stream, info: &mut MediaInfo) {
    let language = stream.tags.language.as_deref().and_then(language::normalise);
    let (default, forced) = (stream.disposition.default != 0, stream.disposition.forced != 0);
    match stream.codec_type.as_str() {
        "video" if info.video.is_none() && stream.disposition.attached_pic == 0 => {
            info.video = Some(video(stream))
        }
        "audio" => info.audio.push(AudioTrack {
            index: stream.index,
            codec: audio_codec(stream.codec_name),
            codec_string: None,
            channels: stream.channels,
            sample_rate: stream.sample_rate.and_then(|rate| rate.parse().ok()),
            language,
            title: stream.tags.title,
            default,
        }),
        "subtitle" => info.subtitles.push(SubtitleTrack {
            index: stream.index,
            codec: stream.codec_name,
            language,
            title: stream.tags.title,
            default,
            forced,
            hearing_impaired: stream.disposition.hearing_impaired != 0,
        }),
        _ => {}
    }
}

fn video(stream: Stream) -> VideoTrack {
    let dolby_vision_profile = stream.side_data_list.iter().find_map(|data| data.dv_profile);
    let hdr = match stream.color_transfer.as_deref() {
        _ if dolby_vision_profile.is_some() => Some(Hdr::DolbyVision),
        Some("smpte2084") => Some(Hdr::Hdr10),
        Some("arib-std-b67") => Some(Hdr::Hlg),
        _ => None,
    };
    let depth = stream.pix_fmt.as_deref().map(pixel_depth);
    VideoTrack {
        index: stream.index,
        codec: stream.codec_name,
        codec_string: None,
        width: stream.width,
        height: stream.height,
        frame_rate: stream.avg_frame_rate.as_deref().and_then(fraction),
        bit_depth: stream
            .bits_per_raw_sample
            .and_then(|bits| bits.parse().ok())
            .filter(|bits| *bits > 0)
            .or(depth),
        hdr,
        dolby_vision_profile,
    }
}

/// Bits per sample of a pixel format: `yuv420p10le`, `p012`, `gray16be`. 8 if no number follows the layout.
fn pixel_depth(format: &str) -> u8 {
    let format = format.trim_end_matches("le").trim_end_matches("be");
    let digits = format.len() - format.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (layout, number) = format.split_at(digits);
    match number.parse().unwrap_or(0) {
        number @ 9..=16 if layout.ends_with('p') || layout == "gray" => number,
        _ => 8,
    }
}

/// ffprobe distinguishes the layouts of PCM; one name is enough here.
fn audio_codec(name: String) -> String {
    if name.starts_with("pcm_") { "pcm".to_owned() } else { name }
}

fn fraction(text: &str) -> Option<f64> {
    let (above, below) = text.split_once('/')?;
    let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
    (below > 0.0 && above > 0.0).then_some(above / below)
}

/// The arguments that make ffmpeg's tools open this file and no other: a playlist disguised as a video cannot
/// make them open further files, and a name such as `concat:a|b.avi` is read as a file name, not as a
/// protocol.
pub fn input(path: &Path) -> [OsString; 6] {
    let mut url = OsString::from("file:");
    url.push(path);
    let arguments = ["-protocol_whitelist", INPUT_PROTOCOLS, "-format_whitelist", INPUT_FORMATS, "-i"];
    let [protocol_flag, protocols, format_flag, formats, input_flag] = arguments.map(OsString::from);
    [protocol_flag, protocols, format_flag, formats, input_flag, url]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_program_that_exceeds_the_timeout_is_killed() {
        let mut command = Command::new("sleep");
        let error = run_with_timeout(command.arg("600"), Duration::from_millis(50)).unwrap_err();
        assert!(matches!(&error, ProbeError::Ffprobe(reason) if reason.contains("in time")), "{error}");
    }

    #[rstest]
    #[case("yuv420p", 8)]
    #[case("yuv410p", 8)]
    #[case("yuv420p10le", 10)]
    #[case("yuv422p12be", 12)]
    #[case("p010le", 10)]
    #[case("gray10le", 10)]
    #[case("nv12", 8)]
    fn bit_depths_are_read_from_pixel_formats(#[case] format: &str, #[case] bits: u8) {
        assert_eq!(pixel_depth(format), bits);
    }
}
