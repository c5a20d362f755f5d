//! Bytes to text, and text to WebVTT markup.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use encoding_rs::{WINDOWS_874, WINDOWS_1257, WINDOWS_1258};
use encoding_rs::{
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
};

/// Decodes a text file: by its byte order mark, as UTF-8, or else in the code page that the language used before.
pub fn decode(bytes: &[u8], language: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => code_page(language).decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn code_page(language: Option<&str>) -> &'static Encoding {
    match language.unwrap_or_default().split('-').next().unwrap_or_default() {
        "cs" | "hr" | "hu" | "pl" | "ro" | "sk" | "sl" | "sq" => WINDOWS_1250,
        "bg" | "mk" | "ru" | "sr" | "uk" => WINDOWS_1251,
        "el" => WINDOWS_1253,
        "tr" => WINDOWS_1254,
        "he" => WINDOWS_1255,
        "ar" | "fa" | "ur" => WINDOWS_1256,
        "et" | "lt" | "lv" => WINDOWS_1257,
        "vi" => WINDOWS_1258,
        "th" => WINDOWS_874,
        "ja" => SHIFT_JIS,
        "ko" => EUC_KR,
        "zh" if language == Some("zh-TW") => BIG5,
        "zh" => GB18030,
        _ => WINDOWS_1252,
    }
}

/// Text with SubRip's tags to WebVTT markup: italics, bold and underline stay, other tags go, the rest is escaped.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match tag(rest) {
            Some((kept, length)) => {
                out.push_str(kept);
                length
            }
            None => {
                out.push_str(match rest.as_bytes()[0] {
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    _ => "&amp;",
                });
                1
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// The tag or entity at the start: what to keep of it and how long it is.
fn tag(text: &str) -> Option<(&str, usize)> {
    const KEPT: [&str; 6] = ["<i>", "</i>", "<b>", "</b>", "<u>", "</u>"];
    for kept in KEPT {
        if text.get(..kept.len()).is_some_and(|start| start.eq_ignore_ascii_case(kept)) {
            return Some((kept, kept.len()));
        }
    }
    for entity in ["&amp;", "&lt;", "&gt;", "&nbsp;"] {
        if text.starts_with(entity) {
            return Some((entity, entity.len()));
        }
    }
    let name = text.strip_prefix('<')?.trim_start_matches('/');
    let known = ["font", "c", "s", "span"].iter().any(|tag| {
        name.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && name[tag.len()..].starts_with([' ', '>', '.'])
    });
    text.find('>').filter(|_| known).map(|end| ("", end + 1))
}
