//! Damaged files result in errors or less information, never in a panic, a hang or a large allocation.

use std::io::Cursor;
use std::sync::LazyLock;

use media::names::{LibraryKind, parse};
use media::probe::{ProbeError, ReadError, probe};
use media::sidecars::{SubtitleFormat, nfo};
use media::subtitles::to_vtt;
use media::{keyframes, language};
use proptest::prelude::*;

use crate::clips::{mkv, mp4};

static MP4: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| Some(std::fs::read(mp4()?.path).unwrap()));
static MKV: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| Some(std::fs::read(mkv()?.path).unwrap()));

fn read(bytes: &[u8]) {
    let _ = probe(Cursor::new(bytes));
    let _ = keyframes::read(Cursor::new(bytes));
}

#[test]
fn an_unfinished_copy_is_distinguished_from_damage() {
    for original in [&*MP4, &*MKV].into_iter().flatten() {
        let half = &original[..original.len() / 2];
        match probe(Cursor::new(half)) {
            Ok(info) => assert!(info.truncated),
            Err(error) => assert!(matches!(error, ProbeError::Read(ReadError::Truncated)), "{error}"),
        }
    }
}

#[test]
fn an_empty_file_is_damaged() {
    assert!(matches!(probe(Cursor::new(&[])), Err(ProbeError::Read(ReadError::Malformed(_)))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_mp4_does_not_panic(cut in 0_usize..100_000, damage in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 0..24)) {
        if let Some(original) = &*MP4 {
            read(&damaged(original, cut, &damage));
        }
    }

    #[test]
    fn a_damaged_matroska_file_does_not_panic(cut in 0_usize..100_000, damage in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 0..24)) {
        if let Some(original) = &*MKV {
            read(&damaged(original, cut, &damage));
        }
    }

    #[test]
    fn random_bytes_after_a_valid_start_do_not_panic(kind in 0_u8..2, bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let start: &[u8] = if kind == 0 { b"\0\0\0\x10ftypisom\0\0\0\0" } else { &[0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0xff] };
        read(&[start, &bytes].concat());
    }

    #[test]
    fn any_name_can_be_parsed(path in "\\PC{0,80}", shows in any::<bool>()) {
        parse(&path, if shows { LibraryKind::Shows } else { LibraryKind::Movies });
    }

    #[test]
    fn any_combination_of_name_parts_can_be_parsed(
        parts in prop::collection::vec(prop::sample::select(vec![
            "S01E02", "-E03", "1x02", " - ", "(", ")", "[", "]", "{tmdb-1}", "1999", "2049", ".", "_", "/", "Season 1/", "Specials/",
            "1080p", "x264", "cd1", "pt1", "The", "É", "第01話", "{edition-", "www.a.com", "-trailer", "#12", "2015-13-45", "E9999", "²",
        ]), 0..12),
        shows in any::<bool>(),
    ) {
        parse(&parts.concat(), if shows { LibraryKind::Shows } else { LibraryKind::Movies });
    }

    #[test]
    fn any_bytes_can_be_read_as_subtitles_and_nfo(bytes in prop::collection::vec(any::<u8>(), 0..600), format in 0_u8..3) {
        let format = [SubtitleFormat::Srt, SubtitleFormat::Vtt, SubtitleFormat::Ass][usize::from(format)];
        to_vtt(&bytes, format, None);
        nfo::parse(&bytes);
        language::normalise(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_combination_of_subtitle_parts_can_be_converted(
        parts in prop::collection::vec(prop::sample::select(vec![
            "00:00:01,000 --> 00:00:02,000", "\n", "\n\n", "1", "{\\an8}", "<i>", "</i>", "<font color=red>", "&", "<", "[Events]\n",
            "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,", "Format: Start, End, Text\n", "{\\p1}", "{\\i1}", "\\N", "é", "99999999999999:00:00,0 --> ",
        ]), 0..20),
        ass in any::<bool>(),
    ) {
        let text = to_vtt(parts.concat().as_bytes(), if ass { SubtitleFormat::Ass } else { SubtitleFormat::Srt }, None);
        prop_assert!(text.starts_with("WEBVTT"));
    }
}

fn damaged(original: &[u8], cut: usize, damage: &[(f64, u8)]) -> Vec<u8> {
    let keep = if cut.is_multiple_of(3) { original.len() } else { cut.min(original.len()) };
    let mut bytes = original[..keep].to_vec();
    for (position, value) in damage {
        // Damage matters most in the headers, so half of it is put into the first two kilobytes.
        let range = if *value % 2 == 0 { bytes.len().min(2048) } else { bytes.len() };
        if range > 0 {
            let at = (range as f64 * position) as usize;
            bytes[at] = *value;
        }
    }
    bytes
}
