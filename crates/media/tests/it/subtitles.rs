//! Subtitle files to WebVTT.

use media::sidecars::SubtitleFormat;
use media::subtitles::to_vtt;

#[test]
fn subrip_keeps_italics_and_loses_the_rest() {
    let srt = "\u{feff}1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Hello</i> <font color=\"#fff\">there</font>\r\nA < B & C\r\n\r\n\
               2\r\n01:02:03,4 --> 01:02:05,000 X1:1\r\n{\\an8}On top\r\n\r\n";
    let expected = "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\n<i>Hello</i> there\nA &lt; B &amp; C\n\n\
                    01:02:03.400 --> 01:02:05.000 line:0\nOn top\n";
    assert_eq!(to_vtt(srt.as_bytes(), SubtitleFormat::Srt, None), expected);
}

#[test]
fn subrip_without_numbers_or_blank_lines_is_read() {
    let srt = "00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo";
    let expected = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne\n\n00:00:02.000 --> 00:00:03.000\nTwo\n";
    assert_eq!(to_vtt(srt.as_bytes(), SubtitleFormat::Srt, None), expected);
}

#[test]
fn substation_alpha_keeps_the_dialogue_in_order() {
    let ass = "[Script Info]\nTitle: x\n[V4+ Styles]\nFormat: Name\n[Events]\n\
        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
        Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown\n\
        Dialogue: 0,0:00:05.25,0:00:06.00,Default,,0,0,0,,{\\i1}Later{\\i0}, she said\\Nand left\n\
        Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\an8\\fad(1,2)}First, with a comma\n\
        Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}\n";
    let expected = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500 line:0\nFirst, with a comma\n\n\
                    00:00:05.250 --> 00:00:06.000\n<i>Later</i>, she said\nand left\n";
    assert_eq!(to_vtt(ass.as_bytes(), SubtitleFormat::Ass, None), expected);
}

#[test]
fn webvtt_passes_through_without_its_byte_order_mark() {
    let vtt = "\u{feff}WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHi\r\n";
    assert_eq!(to_vtt(vtt.as_bytes(), SubtitleFormat::Vtt, None), "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n");
}

#[test]
fn old_code_pages_are_read_by_language() {
    let srt = |text: &[u8]| [b"1\n00:00:01,000 --> 00:00:02,000\n", text].concat();
    assert!(to_vtt(&srt(b"\xcf\xf0\xe8\xe2\xe5\xf2"), SubtitleFormat::Srt, Some("ru")).contains("Привет"));
    assert!(to_vtt(&srt(b"na\xefve \x93quoted\x94"), SubtitleFormat::Srt, None).contains("naïve “quoted”"));
    let utf16: Vec<u8> =
        "\u{feff}1\n00:00:01,000 --> 00:00:02,000\nčau\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(to_vtt(&utf16, SubtitleFormat::Srt, None).contains("čau"));
}
