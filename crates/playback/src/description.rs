//! A player's session as its browser gets to know it.

use db::ids::{TitleId, UserId};
use db::progress;
use db::rows::{PlaybackSession, Title};
use sync::scrobble::Segments;

use super::decision::Decision;
use super::playable::Playable;
use super::subtitles::{self, Showing};
use super::{Playback, PlaybackError, dot};
use api_types::playback::{self as shape, PlaybackMode, PlaybackSubtitle};
use api_types::title::TitleCard;
use catalogue::home::neighbours;
use catalogue::tracks;

/// A resume point this close to the end is none: the next go begins at the beginning.
const NEARLY_OVER: f64 = 98.0;

impl Playback {
    /// Everything that the browser needs to play.
    pub(super) async fn describe(
        &self,
        session: &PlaybackSession,
        playable: Playable,
        title_id: Option<i64>,
        decision: Decision,
        audio: Option<usize>,
    ) -> Result<shape::Playback, PlaybackError> {
        let segments = playable.segments()?;
        let title_id = title_id.unwrap_or_else(|| segments.title(segments.at(session.position_ms)));
        let view = self.inner.parts.catalogue.view(session.user_id).await?;
        let card = |title: &Title| view.card_of(title.id);
        let titles: Vec<TitleCard> = playable.titles.iter().filter_map(card).collect();
        let title = view.card_of(title_id).ok_or(PlaybackError::NotFound("title"))?;
        let last = playable.titles.last().and_then(|title| view.snapshot.get(title.id));
        let next = last.and_then(|entry| neighbours(&view, entry).1).map(|entry| view.card(entry));
        let status = self.inner.parts.engine.dot(session.user_id, &session.id).await.map_err(known)?;
        let drawn = self.choices().get(&session.id).and_then(|choice| choice.wish.subtitle);
        let (mode, reason, url) = address(&session.id, decision);
        Ok(shape::Playback {
            id: session.id.clone(),
            title,
            titles,
            mode,
            reason,
            url,
            duration_ms: session.duration_ms,
            position_ms: session.position_ms,
            resume_ms: self.resume_ms(session.user_id, &segments, title_id).await?,
            audio_index: audio.and_then(|index| i32::try_from(index).ok()),
            subtitle_index: drawn.and_then(|index| i32::try_from(index).ok()),
            subtitles: self.subtitles(&session.id, &playable).await,
            next,
            scrobble: dot::show(status),
            file: tracks::show(playable.row),
        })
    }

    /// Where this person had stopped, as a position in the file.
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
        let start = beginning_of(segments, title_id);
        let length = segments.end(index) - start;
        // Another cut of the film: its times mean something else here.
        let same_cut = (length - point.duration_ms).abs() * 10 <= length.max(1);
        let useful = same_cut && point.percent < NEARLY_OVER && point.position_ms < length;
        Ok(useful.then_some(start + point.position_ms))
    }

    async fn subtitles(&self, id: &str, playable: &Playable) -> Vec<PlaybackSubtitle> {
        let all = &playable.tracks.subtitles;
        // Looking for ffmpeg takes a moment: only when there is something for it to do.
        let inside = all.iter().any(|subtitle| matches!(subtitle, tracks::Subtitle::Inside(_)));
        let tools = if inside { self.tools().await } else { None };
        let browser = self.choices().get(id).map(|choice| choice.browser.clone()).unwrap_or_default();
        let shown = all.iter().enumerate().filter_map(|(index, subtitle)| {
            subtitles::showing(subtitle, tools, &browser).map(|showing| (index, subtitle, showing))
        });
        let shown = shown.map(|(index, subtitle, showing)| {
            let (language, default, forced) = match subtitle {
                tracks::Subtitle::Inside(track) => (&track.language, track.default, track.forced),
                tracks::Subtitle::Beside(file) => (&file.language, file.default, file.forced),
            };
            PlaybackSubtitle {
                index: i32::try_from(index).unwrap_or_default(),
                label: subtitles::label(subtitle),
                language: language.clone(),
                url: (showing == Showing::Text).then(|| format!("/api/playback/{id}/subtitles/{index}.vtt")),
                default,
                forced,
            }
        });
        shown.collect()
    }
}

/// Where a title begins in its file, in milliseconds.
pub(super) fn beginning_of(segments: &Segments, title_id: TitleId) -> i64 {
    let index = segments.titles().position(|id| id == title_id).unwrap_or_default();
    index.checked_sub(1).map_or(0, |before| segments.end(before))
}

fn address(id: &str, decision: Decision) -> (PlaybackMode, Option<String>, String) {
    let stream = |plan| format!("/api/playback/{id}/hls/index.m3u8?plan={plan}");
    match decision {
        Decision::Direct => (PlaybackMode::Direct, None, format!("/api/playback/{id}/stream")),
        Decision::Remux { plan, reason } => (PlaybackMode::Remux, Some(reason), stream(plan)),
        Decision::Transcode { plan, reason } => (PlaybackMode::Transcode, Some(reason), stream(plan)),
    }
}

/// A player that the engine does not know is one that does not exist.
pub(super) fn known(error: sync::Error) -> PlaybackError {
    match error {
        sync::Error::NotFound(_) => PlaybackError::NotFound("playback"),
        other => other.into(),
    }
}
