//! Describes a playback session to its browser.

use catalogue::card::Card;
use catalogue::home::adjacent_episodes;
use catalogue::tracks;
use db::ids::{TitleId, UserId};
use db::progress;
use db::rows::{MediaFile, PlaybackSession, Title};
use sync::ScrobbleStatus;
use sync::scrobble::Segments;

use super::decision::Decision;
use super::playable::Playable;
use super::subtitles::{self, Display};
use super::{Playback, PlaybackError};

/// A resume point at or after this percentage is ignored, so that the next viewing starts at the beginning.
const NEARLY_FINISHED: f64 = 98.0;

/// Everything a browser needs for playback.
#[derive(Debug)]
pub struct Description {
    /// The session's id, a UUID.
    pub id: String,
    /// The title being played. For a file with several episodes, the current one.
    pub title: Card,
    /// All titles in the file, in order.
    pub titles: Vec<Card>,
    /// The file.
    pub file: MediaFile,
    /// How it is sent to the browser.
    pub decision: Decision,
    /// Duration in milliseconds.
    pub duration_ms: i64,
    /// Start position in milliseconds.
    pub position_ms: i64,
    /// The resume point to offer, in milliseconds.
    pub resume_ms: Option<i64>,
    /// Index of the selected audio track.
    pub audio_index: Option<usize>,
    /// Index of the burned-in subtitles.
    pub subtitle_index: Option<usize>,
    /// The subtitles that can be selected.
    pub subtitles: Vec<SubtitleChoice>,
    /// The next episode.
    pub next: Option<Card>,
    /// State of scrobbling.
    pub scrobble: ScrobbleStatus,
}

/// Subtitles that can be selected.
#[derive(Debug)]
pub struct SubtitleChoice {
    /// Index among the file's subtitles.
    pub index: usize,
    /// The track.
    pub subtitle: tracks::Subtitle,
    /// Whether they are sent as WebVTT. Image subtitles are burned into the video if selected.
    pub is_text: bool,
}

impl Playback {
    /// Describes a session.
    pub(super) async fn describe(
        &self,
        session: &PlaybackSession,
        playable: Playable,
        title_id: Option<TitleId>,
        decision: Decision,
        audio: Option<usize>,
    ) -> Result<Description, PlaybackError> {
        let segments = playable.segments()?;
        let title_id = title_id.unwrap_or_else(|| segments.title(segments.at(session.position_ms)));
        let view = self.inner.parts.catalogue.view(session.user_id).await?;
        let card = |title: &Title| view.card_of(title.id);
        let titles: Vec<Card> = playable.titles.iter().filter_map(card).collect();
        let title = view.card_of(title_id).ok_or(PlaybackError::NotFound("title"))?;
        let last = playable.titles.last().and_then(|title| view.snapshot.get(title.id));
        let next = last.and_then(|entry| adjacent_episodes(&view, entry).1).map(|entry| view.card(entry));
        let subtitle_index = self.choices().get(&session.id).and_then(|choice| choice.selection.subtitle);
        Ok(Description {
            id: session.id.clone(),
            title,
            titles,
            decision,
            duration_ms: session.duration_ms,
            position_ms: session.position_ms,
            resume_ms: self.resume_ms(session.user_id, &segments, title_id).await?,
            audio_index: audio,
            subtitle_index,
            subtitles: self.subtitles(&session.id, &playable).await,
            next,
            scrobble: self
                .inner
                .parts
                .engine
                .dot(session.user_id, &session.id)
                .await
                .map_err(playback_error)?,
            file: playable.row,
        })
    }

    /// The resume point, as a position in the file.
    pub(super) async fn resume_ms(
        &self,
        user_id: UserId,
        segments: &Segments,
        title_id: TitleId,
    ) -> Result<Option<i64>, PlaybackError> {
        let Some(point) = progress::find(&self.inner.parts.db, user_id, title_id).await? else {
            return Ok(None);
        };
        let Some(index) = segments.titles().position(|id| id == title_id) else { return Ok(None) };
        let start = start_of(segments, title_id);
        let length = segments.end(index) - start;
        // A resume point from another cut of the film does not fit this file.
        let same_cut = (length - point.duration_ms).abs() * 10 <= length.max(1);
        let useful = same_cut && point.percent < NEARLY_FINISHED && point.position_ms < length;
        Ok(useful.then_some(start + point.position_ms))
    }

    async fn subtitles(&self, id: &str, playable: &Playable) -> Vec<SubtitleChoice> {
        let all = &playable.tracks.subtitles;
        // Looking for ffmpeg takes a moment, so it is done only if it is needed.
        let inside = all.iter().any(|subtitle| matches!(subtitle, tracks::Subtitle::Inside(_)));
        let tools = if inside { self.tools().await } else { None };
        let browser = self.choices().get(id).map(|choice| choice.browser.clone()).unwrap_or_default();
        let choices = all.iter().enumerate().filter_map(|(index, subtitle)| {
            let display = subtitles::display_of(subtitle, tools, &browser)?;
            let subtitle = subtitle.clone();
            Some(SubtitleChoice { index, subtitle, is_text: display == Display::Text })
        });
        choices.collect()
    }
}

/// The start of a title in its file, in milliseconds.
pub(super) fn start_of(segments: &Segments, title_id: TitleId) -> i64 {
    let index = segments.titles().position(|id| id == title_id).unwrap_or_default();
    index.checked_sub(1).map_or(0, |before| segments.end(before))
}

/// Maps the engine's error for an unknown session to that for an unknown playback.
pub(super) fn playback_error(error: sync::Error) -> PlaybackError {
    match error {
        sync::Error::NotFound(_) => PlaybackError::NotFound("playback"),
        other => other.into(),
    }
}
