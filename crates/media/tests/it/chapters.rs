//! Reads the chapters of real files, made by ffmpeg.

use std::path::Path;

use media::probe::chapters;
use rstest::rstest;

use crate::clips::{clip, mkv, mp4};
use crate::probe::info;

#[test]
fn a_chapter_track_is_not_a_subtitle_track() {
    let folder = tempfile::tempdir().unwrap();
    let chapters = folder.path().join("chapters.txt");
    let text = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n\
                [CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\ntitle=Two\n";
    std::fs::write(&chapters, text).unwrap();
    let input = ["-i", chapters.to_str().unwrap(), "-map", "0", "-map", "1", "-map_metadata", "2"];
    let codec = ["-map_chapters", "2", "-c:v", "libx264", "-c:a", "aac"];
    for name in ["a.mp4", "a.mov"] {
        let Some(clip) = clip(name, &[&input[..], &codec].concat()) else { return };
        let bytes = std::fs::read(&clip.path).unwrap();
        assert!(bytes.windows(4).any(|four| four == b"chap"), "{name} contains no chapter track");
        assert_eq!(info(&clip).subtitles, [], "{name}");
    }
}

#[rstest]
#[case::mp4("a.mp4", &["-c:v", "libx264", "-c:a", "aac"])]
#[case::mp4_without_a_list("a.mov", &["-c:v", "libx264", "-c:a", "aac", "-movflags", "disable_chpl"])]
#[case::matroska("a.mkv", &["-c:v", "libx264", "-c:a", "aac"])]
#[case::webm("a.webm", &["-c:v", "libvpx", "-cpu-used", "8", "-c:a", "libvorbis"])]
#[case::by_ffprobe("a.nut", &["-c:v", "mpeg4", "-c:a", "libmp3lame"])]
fn chapters_are_read_with_names_and_times(#[case] name: &str, #[case] codec: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("chapters.txt");
    let text = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=750\ntitle=Intro\n\
                [CHAPTER]\nTIMEBASE=1/1000\nSTART=750\nEND=2000\ntitle=Générique – 終わり\n";
    std::fs::write(&written, text).unwrap();
    let input = ["-i", written.to_str().unwrap(), "-map", "0", "-map", "1", "-map_chapters", "2"];
    let Some(clip) = clip(name, &[&input[..], codec].concat()) else { return };
    let ffprobe = (name == "a.nut").then_some(Path::new("ffprobe"));
    let found = chapters(ffprobe, &clip.path).unwrap();
    let names: Vec<_> = found.iter().map(|chapter| chapter.title.as_deref().unwrap()).collect();
    assert_eq!(names, ["Intro", "Générique – 終わり"]);
    let [first, second] = found.as_slice() else { panic!("{found:?}") };
    // Audio frames do not end exactly at a chapter's start, so some containers shift times by up to one audio
    // frame.
    let near = |ms: u64, expected: u64| ms.abs_diff(expected) <= 30;
    assert!(first.start_ms <= 30 && near(first.end_ms, 750), "{found:?}");
    assert!(near(second.start_ms, 750) && near(second.end_ms, 2000), "{found:?}");
}

#[test]
fn a_file_without_chapters_has_none() {
    for clip in [mp4(), mkv()] {
        let Some(clip) = clip else { return };
        assert_eq!(chapters(None, &clip.path).unwrap(), []);
    }
}
