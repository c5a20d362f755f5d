//! Converting subtitle files to WebVTT.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1255, WINDOWS_1256,
};
use media::subtitles::{SubtitleFormat, to_vtt};
use rstest::rstest;

#[test]
fn subrip_keeps_italics_and_loses_other_markup() {
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

const LINE: &str = "1\n00:00:01,000 --> 00:00:04,000\n";

/// Encodes a line of dialogue of the usual length, which has to be decoded to the same text.
#[rstest]
#[case::cyrillic_windows(WINDOWS_1251, "Привет, как дела? Мы давно не виделись, пойдём в порт.")]
#[case::cyrillic_koi8(KOI8_R, "Привет, как дела? Мы давно не виделись, пойдём в порт.")]
#[case::chinese_simplified(GBK, "你好，我们很久没有见面了。一起去港口吧。")]
#[case::chinese_traditional(BIG5, "你好，我們很久沒有見面了。一起去港口吧。")]
#[case::japanese(SHIFT_JIS, "こんにちは、お久しぶりです。港へ行きましょう。")]
#[case::korean(EUC_KR, "안녕하세요, 오랜만입니다. 항구로 갑시다.")]
#[case::greek(WINDOWS_1253, "Γεια σου, έχουμε καιρό να βρεθούμε. Πάμε στο λιμάνι.")]
#[case::hebrew(WINDOWS_1255, "שלום, לא התראינו הרבה זמן. בוא נלך לנמל.")]
#[case::arabic(WINDOWS_1256, "مرحبا، لم نلتق منذ وقت طويل. لنذهب إلى الميناء.")]
#[case::polish(WINDOWS_1250, "Cześć, dawno się nie widzieliśmy. Chodźmy do portu, już późno.")]
#[case::french(WINDOWS_1252, "Voilà une journée d’été, l’école est fermée, allons à la forêt.")]
fn code_pages_are_detected(#[case] encoding: &'static Encoding, #[case] text: &str) {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "the text cannot be encoded in {}", encoding.name());
    let file = [LINE.as_bytes(), &bytes].concat();
    let vtt = to_vtt(&file, SubtitleFormat::Srt, None);
    assert!(vtt.contains(text), "{vtt}");
}

#[test]
fn the_language_helps_to_detect_the_encoding_of_short_texts() {
    let file = [LINE.as_bytes(), b"\xcf\xf0\xe8\xe2\xe5\xf2"].concat();
    assert!(to_vtt(&file, SubtitleFormat::Srt, Some("ru")).contains("Привет"));
}

#[rstest]
#[case::latin("Hello there, old friend")]
#[case::czech("čau, jak se máš")]
#[case::chinese("你好，我们很久没有见面了")]
fn utf16_is_read_with_and_without_byte_order_mark(#[case] text: &str) {
    let text = format!("{LINE}{text}\n");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [[&[0xff, 0xfe][..], &little].concat(), little, [&[0xfe, 0xff][..], &big].concat(), big] {
        assert_eq!(media::subtitles::decode(&bytes, None), text);
    }
}

#[test]
fn one_invalid_byte_in_nearly_ascii_utf8_becomes_one_replacement_character() {
    let mut file = format!("{LINE}We met at the café, I think.\n").into_bytes();
    file.push(0xe9);
    let text = media::subtitles::decode(&file, Some("en"));
    assert_eq!(text.matches('\u{fffd}').count(), 1, "{text}");
    assert!(text.contains("at the café, I"), "{text}");
}

#[test]
fn one_invalid_byte_in_utf8_becomes_one_replacement_character() {
    let mut file = format!("{LINE}Grüße aus München, schöne Straße\n").into_bytes();
    let position = LINE.len() + "Grüße aus München".len();
    file.insert(position, 0xfc);
    let text = media::subtitles::decode(&file, Some("de"));
    assert_eq!(text.matches('\u{fffd}').count(), 1, "{text}");
    assert!(text.contains("Grüße aus München"), "{text}");
}
