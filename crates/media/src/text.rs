//! Decodes text files of unknown encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes a text file. The encoding is that of its byte order mark, else UTF-16 or UTF-8 if the bytes look
/// like it, else the code page that a detector guesses. `language` helps the detector distinguish similar
/// code pages. One invalid byte becomes one replacement character.
pub fn decode(bytes: &[u8], language: Option<&str>) -> String {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (detect(bytes, language), 0));
    encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
}

/// Like [`decode`], for a file that declares its encoding. Valid UTF-8 is read as UTF-8 whatever the file
/// declares.
pub(crate) fn decode_declared(bytes: &[u8], declared: Option<&str>) -> String {
    let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let plausible = label.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible());
    match plausible {
        Some(encoding) if std::str::from_utf8(bytes).is_err() => {
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
        _ => decode(bytes, None),
    }
}

fn detect(bytes: &[u8], language: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(language.and_then(domain).map(str::as_bytes), Utf8Detection::Deny)
}

/// Detects UTF-16 without a byte order mark. In UTF-16, one of the two bytes of digits, spaces and line ends
/// is zero; text in other encodings contains no zero bytes.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Bytes that are examined, enough for files of any size.
    const ENOUGH: usize = 64 * 1024;
    let pairs = bytes[..bytes.len().min(ENOUGH)].chunks_exact(2);
    let all = pairs.len();
    let (first, second) = pairs.fold((0, 0), |(first, second), pair| {
        (first + usize::from(pair[0] == 0), second + usize::from(pair[1] == 0))
    });
    let one_sided = |side: usize, other: usize| side * 20 > all && side > other * 4;
    match (one_sided(second, first), one_sided(first, second)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the text is UTF-8, possibly with a few damaged bytes: multi-byte sequences do not occur by chance,
/// and in another encoding every non-ASCII letter would be an invalid byte.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sequences, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || sequences > bad * 2 || (bad == 1 && sequences > 0)
}

/// The top-level domain that the detector takes as a hint for a language.
fn domain(language: &str) -> Option<&'static str> {
    Some(match language.split('-').next()? {
        "zh" => match language {
            "zh-TW" | "zh-Hant" => "tw",
            "zh-HK" => "hk",
            _ => "cn",
        },
        "ar" => "eg",
        "bg" => "bg",
        "cs" => "cz",
        "el" => "gr",
        "et" => "ee",
        "fa" => "ir",
        "he" => "il",
        "hr" => "hr",
        "hu" => "hu",
        "ja" => "jp",
        "ko" => "kr",
        "lt" => "lt",
        "lv" => "lv",
        "mk" => "mk",
        "pl" => "pl",
        "ro" => "ro",
        "ru" => "ru",
        "sk" => "sk",
        "sl" => "si",
        "sr" => "rs",
        "th" => "th",
        "tr" => "tr",
        "uk" => "ua",
        "vi" => "vn",
        "de" => "de",
        "es" => "es",
        "fr" => "fr",
        "it" => "it",
        "nl" => "nl",
        "pt" => "pt",
        "en" => "com",
        _ => return None,
    })
}
