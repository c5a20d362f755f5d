//! What names of people and of their tokens may be.

use super::error::{AccountError, AccountResult};

/// Longest name, in characters.
pub(super) const LONGEST: usize = 64;

/// A name of any script without line breaks or control characters, and without blanks around it.
pub(super) fn checked(field: &'static str, text: &str) -> AccountResult<String> {
    let text = text.trim();
    let problem = if text.is_empty() {
        "This must not be empty.".to_owned()
    } else if text.chars().count() > LONGEST {
        format!("Keep this to {LONGEST} characters.")
    } else if text.chars().any(char::is_control) {
        "Control characters are not allowed here.".to_owned()
    } else {
        return Ok(text.to_owned());
    };
    Err(AccountError::Invalid { field, message: problem })
}
