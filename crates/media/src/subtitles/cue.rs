//! Cues, which all formats are converted to.

/// Dialogue and the time at which it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// Start time in milliseconds.
    pub(super) start: u64,
    /// End time in milliseconds.
    pub(super) end: u64,
    /// Whether it is shown at the top of the screen.
    pub(super) at_top: bool,
    /// Text with WebVTT markup.
    pub(super) text: String,
}

/// Parses times such as `1:02:03,456` and `02:03.4` into milliseconds.
pub(super) fn time(text: &str) -> Option<u64> {
    let (whole, fraction) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), "0"));
    let mut seconds = 0_u64;
    let mut parts = 0;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.trim().parse().ok()?)?;
        parts += 1;
    }
    let digits: String = fraction.chars().take_while(char::is_ascii_digit).take(3).collect();
    let fraction: u64 = format!("{digits:0<3}").parse().ok()?;
    (2..=3).contains(&parts).then(|| seconds.checked_mul(1000)?.checked_add(fraction)).flatten()
}
