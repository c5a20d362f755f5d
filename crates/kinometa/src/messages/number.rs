//! Formatting of numbers.

use std::fmt::Display;

/// An integer with thousands separators: `12,345`.
pub(super) fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        let left = digits.len() - at;
        if left.is_multiple_of(3) && grouped.ends_with(|before: char| before.is_ascii_digit()) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0")]
    #[case(999, "999")]
    #[case(1000, "1,000")]
    #[case(-1000, "-1,000")]
    #[case(-999_999, "-999,999")]
    #[case(1_234_567, "1,234,567")]
    fn thousands_are_separated(#[case] number: i64, #[case] read: &str) {
        assert_eq!(grouped(number), read);
    }
}
