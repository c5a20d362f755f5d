//! Plays and the timeline.

use api_types::play as wire;
use catalogue::plays::{Play, PlayTrakt, PlayTraktState};
use chrono::DateTime;
use db::ids::PlayId;
use db::timeline::TimelineCursor;
use sync::RowFailure;

use super::card;
use super::failure::code_of;
use crate::messages;
use crate::timeline::days::{Timeline, TimelineDay};

/// A play.
pub(crate) fn play(play: Play) -> wire::Play {
    wire::Play {
        id: play.id,
        title: card(play.title),
        watched_at: play.watched_at,
        source: play.source,
        private: play.is_private,
        trakt: play_trakt(play.trakt),
    }
}

fn play_trakt(found: PlayTrakt) -> wire::PlayTrakt {
    let state = match found.state {
        PlayTraktState::None => wire::PlayTraktState::None,
        PlayTraktState::Queued => wire::PlayTraktState::Queued,
        PlayTraktState::Sent => wire::PlayTraktState::Sent,
        PlayTraktState::Failed => wire::PlayTraktState::Failed,
        PlayTraktState::Private => wire::PlayTraktState::Private,
    };
    let failure = found.message.as_ref().and_then(|message| {
        let failure = RowFailure::of_play(message)?;
        let code = code_of(&failure, message.error_code.as_deref()?);
        Some((messages::of_row(&failure), code))
    });
    let (message, code) = failure.unzip();
    wire::PlayTrakt { state, message, code }
}

/// A page of a timeline.
pub(crate) fn timeline(timeline: Timeline) -> wire::Timeline {
    let day = |day: TimelineDay| wire::TimelineDay {
        date: day.date,
        plays: day.plays.into_iter().map(play).collect(),
    };
    wire::Timeline {
        days: timeline.days.into_iter().map(day).collect(),
        next_before: timeline.next_before.map(write_cursor),
    }
}

/// Formats the cursor of the next page for use in a URL.
fn write_cursor(cursor: TimelineCursor) -> String {
    match cursor.watched_at {
        Some(at) => format!("{}.{}", at.0.timestamp_millis(), cursor.id),
        None => format!("x.{}", cursor.id),
    }
}

/// Parses `next_before` of a [`Timeline`](wire::Timeline).
pub(crate) fn read_cursor(text: &str) -> Option<TimelineCursor> {
    let (time, id) = text.split_once('.')?;
    let watched_at = match time {
        "x" => None,
        time => Some(DateTime::from_timestamp_millis(time.parse().ok()?)?.into()),
    };
    Some(TimelineCursor { watched_at, id: PlayId(id.parse().ok()?) })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(TimelineCursor { watched_at: Some("2026-01-01T22:30:00Z".parse::<DateTime<chrono::Utc>>().unwrap().into()), id: PlayId(7) })]
    #[case(TimelineCursor { watched_at: None, id: PlayId(9) })]
    fn a_cursor_is_unchanged_after_formatting_and_parsing(#[case] cursor: TimelineCursor) {
        assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
    }

    #[rstest]
    #[case("")]
    #[case("1")]
    #[case("a.b")]
    #[case("99999999999999999999.1")]
    fn an_invalid_cursor_is_rejected(#[case] text: &str) {
        assert_eq!(read_cursor(text), None);
    }
}
