//! Loads HLS streams as a player does.

use std::process::Command;

use media::probe::{MediaInfo, probe};
use reqwest::StatusCode;
use serde_json::Value;

use super::fixture::{Fixture, at};
use crate::support::Response;

/// Returns the segments of a playlist (duration in seconds and URL), and the URL of each one's initialisation segment.
fn segments(playlist: &str) -> (Vec<(f64, String)>, Vec<String>) {
    let lines: Vec<&str> = playlist.lines().collect();
    let (mut found, mut maps, mut map) = (Vec::new(), Vec::new(), "");
    for pair in lines.windows(2) {
        if let Some(uri) = pair[0].strip_prefix("#EXT-X-MAP:URI=\"") {
            map = uri.trim_end_matches('"');
        }
        if let Some(length) = pair[0].strip_prefix("#EXTINF:") {
            found.push((length.trim_end_matches(',').parse().unwrap(), pair[1].to_owned()));
            maps.push(map.to_owned());
        }
    }
    (found, maps)
}

/// An HLS stream whose playlist has been loaded.
pub struct Stream<'a> {
    fixture: &'a Fixture,
    playback: Value,
    maps: Vec<String>,
    pub playlist: String,
    pub segments: Vec<(f64, String)>,
}

impl<'a> Stream<'a> {
    /// Loads the playlist and the first initialisation segment.
    pub async fn of(fixture: &'a Fixture, playback: Value) -> Self {
        let playlist = fixture.admin.get(playback["url"].as_str().unwrap()).await;
        assert_eq!(playlist.header("content-type"), Some("application/vnd.apple.mpegurl"));
        let playlist = String::from_utf8(playlist.bytes.to_vec()).unwrap();
        assert!(playlist.contains("#EXT-X-ENDLIST"), "{playlist}");
        let (segments, maps) = segments(&playlist);
        let stream = Self { fixture, playback, maps, playlist, segments };
        stream.init(0).await;
        stream
    }

    async fn init(&self, index: usize) -> Vec<u8> {
        let init = self.fixture.admin.get(&at(&self.playback, &format!("hls/{}", self.maps[index]))).await;
        assert_eq!(init.status, StatusCode::OK, "{:?}", init.bytes);
        init.bytes.to_vec()
    }

    /// Requests a segment.
    pub async fn get(&self, index: usize) -> Response {
        self.fixture.admin.get(&at(&self.playback, &format!("hls/{}", self.segments[index].1))).await
    }

    /// Returns a segment, preceded by its initialisation segment.
    pub async fn bytes(&self, index: usize) -> Vec<u8> {
        let segment = self.get(index).await;
        assert_eq!(segment.status, StatusCode::OK, "{:?}", segment.bytes);
        [&self.init(index).await[..], &segment.bytes].concat()
    }

    /// Probes a segment together with its initialisation segment.
    pub async fn info(&self, index: usize) -> MediaInfo {
        probe(std::io::Cursor::new(self.bytes(index).await)).unwrap()
    }

    /// Returns the times of the first and last frame of a segment in seconds, from ffprobe.
    pub async fn span(&self, index: usize) -> (f64, f64) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), self.bytes(index).await).unwrap();
        let output = Command::new("ffprobe")
            .args([
                "-v",
                "error",
                "-select_streams",
                "v",
                "-show_entries",
                "packet=dts_time",
                "-of",
                "csv=p=0",
            ])
            .arg(file.path())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let times: Vec<f64> =
            text.lines().filter_map(|line| line.trim_end_matches(',').parse().ok()).collect();
        let first = times.iter().copied().fold(f64::MAX, f64::min);
        let last = times.iter().copied().fold(f64::MIN, f64::max);
        // Streams are offset by ten seconds, so that no timestamp is negative.
        (first - 10.0, last - 10.0)
    }

    /// Returns the start of a segment in seconds.
    pub fn start(&self, index: usize) -> f64 {
        self.segments[..index].iter().map(|(length, _)| length).sum()
    }
}
