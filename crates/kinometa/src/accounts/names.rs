//! Validation of user names, display names and token names.
//!
//! A name must not be deceptive: it must not contain invisible characters, characters that change the direction of
//! the surrounding text, or letters of one script that look like letters of another.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection, skeleton};

use super::error::{AccountError, AccountResult, InvalidValue};

/// Maximum length of a name in characters.
pub(super) const MAX_CHARS: usize = 64;

/// Invisible characters, and characters that change the direction of text: Unicode's format characters and
/// separators, and letters that are rendered blank. The joiners of emoji and Indic scripts (U+200C, U+200D) are
/// not included.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{61c}'..='\u{61c}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200b}',
    '\u{200e}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff9}'..='\u{fffb}',
    '\u{e0000}'..='\u{e0fff}',
];

/// Validates a display name or a token's name. Returns it trimmed and in composed form (NFC). Any script and emoji
/// are allowed.
pub(super) fn validate(field: &'static str, text: &str) -> AccountResult<String> {
    let text: String = text.nfc().collect();
    let text = checked(field, &text)?;
    if text.split_whitespace().any(mixes_scripts) {
        return Err(mixed_scripts_error(field));
    }
    Ok(text.to_owned())
}

/// Validates a user name. Returns it trimmed and in compatibility form (NFKC). Allowed are letters and digits of
/// one script, spaces, and ASCII punctuation.
pub(super) fn validate_username(text: &str) -> AccountResult<String> {
    const FIELD: &str = "username";
    let text = normalized(text);
    let text = checked(FIELD, &text)?;
    let allowed = |c: char| c == ' ' || c.is_ascii_graphic() || GeneralSecurityProfile::identifier_allowed(c);
    if !text.chars().all(allowed) {
        return Err(invalid(FIELD, InvalidValue::UsernameCharacters));
    }
    if mixes_scripts(text) {
        return Err(mixed_scripts_error(FIELD));
    }
    Ok(text.to_owned())
}

/// A user name in the form in which it is stored.
pub(super) fn normalized(username: &str) -> String {
    username.nfkc().collect::<String>().trim().to_owned()
}

/// A key that is equal for user names that look alike, such as `admin` and `аdmin` with a Cyrillic а, or `anna1`
/// and `annal`.
pub(super) fn appearance(username: &str) -> String {
    let folded = normalized(username).to_lowercase();
    skeleton(&folded).collect::<String>().to_lowercase()
}

fn checked<'a>(field: &'static str, text: &'a str) -> AccountResult<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        Err(invalid(field, InvalidValue::Empty))
    } else if text.chars().count() > MAX_CHARS {
        Err(invalid(field, InvalidValue::TooLong(MAX_CHARS)))
    } else if text.chars().any(char::is_control) {
        Err(invalid(field, InvalidValue::ControlCharacters))
    } else if text.chars().any(|c| INVISIBLE.iter().any(|range| range.contains(&c))) {
        Err(invalid(field, InvalidValue::InvisibleCharacters))
    } else {
        Ok(text)
    }
}

/// Whether the text mixes scripts that are not normally written together. Latin with Chinese, Japanese or Korean is
/// allowed.
fn mixes_scripts(text: &str) -> bool {
    let letters: String = text.chars().filter(|&c| c.is_alphanumeric() || is_combining_mark(c)).collect();
    // Letters outside Unicode's identifier profile, which names do not need, have the level `Unrestricted`.
    letters.detect_restriction_level() > RestrictionLevel::HighlyRestrictive
}

fn mixed_scripts_error(field: &'static str) -> AccountError {
    invalid(field, InvalidValue::MixedScripts)
}

fn invalid(field: &'static str, why: InvalidValue) -> AccountError {
    AccountError::Invalid { field, why }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("anna", "anna")]
    #[case("  Anna Maria ", "Anna Maria")]
    #[case("o'brien-smith.2", "o'brien-smith.2")]
    #[case("anna@home.example", "anna@home.example")]
    #[case("Анна", "Анна")]
    #[case("アンナtarou", "アンナtarou")]
    #[case("小明", "小明")]
    #[case("Müller", "Müller")]
    #[case("ａｄｍｉｎ", "admin")]
    #[case("ﬁnn", "finn")]
    fn user_names_are_stored_in_compatibility_form(#[case] typed: &str, #[case] stored: &str) {
        assert_eq!(validate_username(typed).unwrap(), stored);
    }

    #[rstest]
    #[case::cyrillic_a("аdmin")]
    #[case::greek_o("bοb")]
    #[case::right_to_left_override("admin\u{202e}nimda")]
    #[case::isolate("\u{2066}admin\u{2069}")]
    #[case::zero_width_space("ad\u{200b}min")]
    #[case::zero_width_joiner("ad\u{200d}min")]
    #[case::soft_hyphen("ad\u{ad}min")]
    #[case::hangul_filler("\u{3164}")]
    #[case::tag("admin\u{e0041}")]
    #[case::control("ad\u{7}min")]
    #[case::emoji("anna🎬")]
    #[case::line_separator("a\u{2028}b")]
    #[case::empty("   ")]
    fn deceptive_user_names_are_refused(#[case] name: &str) {
        assert!(validate_username(name).is_err(), "{name:?}");
    }

    #[rstest]
    #[case("Anna 🎬")]
    #[case("Анна (Anna)")]
    #[case("👨\u{200d}👩\u{200d}👧 Family")]
    #[case("O'Brien & Söhne")]
    fn display_names_may_contain_emoji_and_words_of_several_scripts(#[case] name: &str) {
        assert_eq!(validate("display_name", name).unwrap(), name);
    }

    #[rstest]
    #[case("Аdmin")]
    #[case("Anna\u{202e}")]
    #[case("\u{200f}Anna")]
    fn deceptive_display_names_are_refused(#[case] name: &str) {
        assert!(validate("display_name", name).is_err(), "{name:?}");
    }

    #[rstest]
    #[case("admin", "ADMIN", true)]
    #[case("scope", "ѕсоре", true)]
    #[case("anna1", "annal", true)]
    #[case("modern", "modem", true)]
    #[case("anna", "anne", false)]
    fn names_that_look_the_same_have_the_same_appearance(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(appearance(one) == appearance(other), same);
    }
}
