//! Validation of user names, display names and token names.

use super::error::{AccountError, AccountResult};

/// Maximum length of a name in characters.
pub(super) const MAX_CHARS: usize = 64;

/// Trims a name and checks its length. Any script is allowed, but no control characters.
pub(super) fn validate(field: &'static str, text: &str) -> AccountResult<String> {
    let text = text.trim();
    let problem = if text.is_empty() {
        "This cannot be empty.".to_owned()
    } else if text.chars().count() > MAX_CHARS {
        format!("Use at most {MAX_CHARS} characters.")
    } else if text.chars().any(char::is_control) {
        "Control characters are not allowed here.".to_owned()
    } else {
        return Ok(text.to_owned());
    };
    Err(AccountError::Invalid { field, message: problem })
}
