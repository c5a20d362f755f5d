//! Shifts the times of WebVTT and joins WebVTT files.

use super::Time;

/// The text with every cue shifted by `by` milliseconds. Cues that would end at or before 0 are left out.
pub fn shifted(text: &str, by: i64) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, block) in text.replace("\r\n", "\n").split("\n\n").enumerate() {
        let Some(block) = shifted_block(block, by) else { continue };
        if index > 0 {
            out.push_str("\n\n");
        }
        out.push_str(&block);
    }
    out
}

/// Joins two WebVTT files: the cues of the second follow those of the first.
pub fn joined(first: &str, second: &str) -> String {
    let cues = second.split_once("\n\n").map_or("", |(_, cues)| cues);
    format!("{}\n\n{}", first.trim_end(), cues.trim_start_matches('\n'))
}

/// A header or cue with its times shifted; `None` if the cue would end at or before 0.
fn shifted_block(block: &str, by: i64) -> Option<String> {
    let Some(line) = block.lines().find(|line| line.contains("-->")) else { return Some(block.to_owned()) };
    let (start, rest) = line.split_once("-->")?;
    let (end, settings) = rest.trim_start().split_once(' ').unwrap_or((rest.trim(), ""));
    let (Some(start), Some(end)) = (milliseconds(start), milliseconds(end)) else {
        return Some(block.to_owned());
    };
    let end = u64::try_from(end.checked_add(by)?).ok().filter(|end| *end > 0)?;
    let start = u64::try_from(start.checked_add(by)?).unwrap_or_default();
    let space = if settings.is_empty() { "" } else { " " };
    Some(block.replacen(line, &format!("{} --> {}{space}{settings}", Time(start), Time(end)), 1))
}

/// Parses `01:02:03.004` or `02:03.004`.
fn milliseconds(text: &str) -> Option<i64> {
    let (clock, fraction) = text.trim().split_once('.')?;
    let fields = clock.split(':').map(|field| field.parse::<i64>().ok());
    let seconds = fields.reduce(|sum, field| sum?.checked_mul(60)?.checked_add(field?))??;
    seconds.checked_mul(1000)?.checked_add(fraction.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "WEBVTT\n\n00:01.000 --> 00:03.000\nOne\n\n7\n01:00:05.500 --> 01:00:06.000 line:0\nTwo\n";

    #[test]
    fn cues_are_shifted_and_left_out_if_they_would_end_before_the_start() {
        assert_eq!(
            shifted(TEXT, 60_000),
            "WEBVTT\n\n00:01:01.000 --> 00:01:03.000\nOne\n\n7\n01:01:05.500 --> 01:01:06.000 line:0\nTwo\n"
        );
        assert_eq!(
            shifted(TEXT, -2000),
            "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nOne\n\n7\n01:00:03.500 --> 01:00:04.000 line:0\nTwo\n"
        );
        assert_eq!(shifted(TEXT, -10_000), "WEBVTT\n\n7\n00:59:55.500 --> 00:59:56.000 line:0\nTwo\n");
    }

    #[test]
    fn the_second_files_cues_follow_the_first_files() {
        let whole =
            joined("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n", "WEBVTT\n\n00:05.000 --> 00:06.000\nTwo\n");
        assert_eq!(whole, "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:05.000 --> 00:06.000\nTwo\n");
        assert_eq!(joined("WEBVTT\n", "WEBVTT\n"), "WEBVTT\n\n");
    }
}
