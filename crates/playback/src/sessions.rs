//! Playback sessions: opening, reporting, switching tracks.

use db::ids::{FileId, TitleId, UserId};
use db::rows::PlaybackSession;
use sync::scrobble::Input;
use sync::{NewPlayback, PlayerEvent, ScrobbleStatus};
use uuid::Uuid;

use super::decision::{Browser, Decision, Facts, TrackSelection, choose_audio, decide};
use super::description::Description;
use super::description::{playback_error, start_of};
use super::error::{Contents, Invalid, NeededFor};
use super::plan::AudioPlan;
use super::playable::Playable;
use super::{Choice, Playback, PlaybackError};

/// A request to play something.
#[derive(Debug, Clone)]
pub struct Start {
    /// A movie or episode.
    pub title_id: TitleId,
    /// The file; by default, the best one for the browser.
    pub file_id: Option<FileId>,
    /// Whether the session is private, so that it is not sent to Trakt.
    pub is_private: bool,
    /// What the browser can play.
    pub browser: Browser,
    /// Index of the audio track.
    pub audio: Option<usize>,
    /// The start position in milliseconds; by default, the title's beginning.
    pub start_ms: Option<i64>,
}

/// A player's report.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    /// What happened.
    pub input: Input,
    /// Position of the player in milliseconds.
    pub position_ms: i64,
    /// Sequence number, which increases with every report.
    pub seq: i64,
    /// How long ago it happened, in milliseconds.
    pub age_ms: i64,
}

/// The response to a report.
#[derive(Debug)]
pub struct Progress {
    /// State of scrobbling.
    pub scrobble: ScrobbleStatus,
    /// The position stored on the server, in milliseconds.
    pub position_ms: i64,
}

impl Playback {
    /// Opens a session.
    pub async fn start(&self, user_id: UserId, start: Start) -> Result<Description, PlaybackError> {
        let db = &self.inner.parts.db;
        let mut playable = Playable::choose(db, start.title_id, start.file_id, &start.browser).await?;
        if !playable.exists().await {
            return Err(playable.missing());
        }
        playable.probe_if_unknown(self.tools_if_needed(&playable).await).await?;
        let choice = Choice {
            browser: start.browser,
            selection: TrackSelection { audio: start.audio, subtitle: None },
            made_at: self.inner.parts.clock.now(),
        };
        let (decision, audio) = self.decide(&playable, &choice).await?;
        let segments = playable.segments()?;
        let beginning = start_of(&segments, start.title_id);
        let position_ms = start.start_ms.unwrap_or(beginning).clamp(0, segments.duration());
        // Random, because it is part of URLs and must not be guessable.
        let id = Uuid::new_v4().to_string();
        let resume_ms = self.resume_ms(user_id, &segments, start.title_id).await?;
        // Most users resume, so the stream is started at the resume point.
        let likely = start.start_ms.and(Some(position_ms)).or(resume_ms).unwrap_or(position_ms);
        self.start_stream(&id, &playable, &decision, likely).await?;
        let new = NewPlayback {
            id,
            user_id,
            file_id: playable.row.id,
            parts: playable.parts(),
            duration_ms: playable.duration_ms()?,
            position_ms,
            is_private: start.is_private,
        };
        let session = self.inner.parts.engine.open_player(new).await?;
        self.choices().insert(session.id.clone(), choice);
        self.describe(&session, playable, Some(start.title_id), decision, audio).await
    }

    /// An open session, to continue after a reload.
    pub async fn get(&self, user_id: UserId, id: &str) -> Result<Description, PlaybackError> {
        let (session, playable) = self.playable_of(user_id, id).await?;
        // After a restart, the server does not know what the browser can play, so the player has to open a
        // new session.
        let choice = self.choices().get(id).cloned().ok_or(PlaybackError::NotFound("playback"))?;
        let (decision, audio) = self.decide(&playable, &choice).await?;
        self.describe(&session, playable, None, decision, audio).await
    }

    /// Records a report. Late and repeated reports change nothing.
    pub async fn report(&self, user_id: UserId, id: &str, report: Report) -> Result<Progress, PlaybackError> {
        let Report { input, position_ms, seq, age_ms } = report;
        let event = PlayerEvent { input, position_ms, seq, age_ms };
        let status = self.inner.parts.engine.report(user_id, id, event).await.map_err(playback_error)?;
        let session = self.session(user_id, id).await?;
        if session.state == db::kinds::PlaybackState::Stopped {
            self.inner.streams.stop(id);
        }
        // Progress is reported every ten seconds: too often to rebuild the user's view, and not visible in
        // lists anyway.
        if input != Input::Progress {
            let titles = db::files::links(&self.inner.parts.db, &[session.file_id]).await?;
            let titles = titles.into_iter().map(|link| link.title_id);
            self.inner.parts.catalogue.user_titles_changed(user_id, titles);
        }
        Ok(Progress { scrobble: status, position_ms: session.position_ms })
    }

    /// Switches the audio track of a player that is at `position_ms`.
    pub async fn switch_audio(
        &self,
        user_id: UserId,
        id: &str,
        audio: usize,
        position_ms: i64,
    ) -> Result<Description, PlaybackError> {
        let (session, playable) = self.playable_of(user_id, id).await?;
        if audio >= playable.tracks.audio.len() {
            return Err(Invalid::AudioTrack.into());
        }
        self.switch(session, playable, position_ms, |selection| selection.audio = Some(audio)).await
    }

    /// Switches the burned-in subtitles of a player that is at `position_ms`; `None` turns them off.
    pub async fn switch_subtitle(
        &self,
        user_id: UserId,
        id: &str,
        subtitle: Option<usize>,
        position_ms: i64,
    ) -> Result<Description, PlaybackError> {
        let (session, playable) = self.playable_of(user_id, id).await?;
        if subtitle.is_some_and(|index| playable.picture_subtitle(index).is_none()) {
            return Err(Invalid::PictureSubtitle.into());
        }
        self.switch(session, playable, position_ms, |selection| selection.subtitle = subtitle).await
    }

    async fn switch(
        &self,
        session: PlaybackSession,
        playable: Playable,
        position_ms: i64,
        change: impl FnOnce(&mut TrackSelection),
    ) -> Result<Description, PlaybackError> {
        let mut choice =
            self.choices().get(&session.id).cloned().ok_or(PlaybackError::NotFound("playback"))?;
        change(&mut choice.selection);
        let (decision, audio) = self.decide(&playable, &choice).await?;
        let position_ms = position_ms.clamp(0, session.duration_ms);
        self.start_stream(&session.id, &playable, &decision, position_ms).await?;
        self.choices().insert(session.id.clone(), choice);
        self.describe(&PlaybackSession { position_ms, ..session }, playable, None, decision, audio).await
    }

    /// Starts a stream, unless the file is played directly.
    async fn start_stream(
        &self,
        id: &str,
        playable: &Playable,
        decision: &Decision,
        begin_ms: i64,
    ) -> Result<(), PlaybackError> {
        match decision {
            Decision::Direct => {
                self.inner.streams.close(id);
                Ok(())
            }
            Decision::Remux { plan, .. } | Decision::Transcode { plan, .. } => {
                self.begin_stream(id, playable, *plan, begin_ms).await
            }
        }
    }

    /// How the file is sent to the browser, and the index of the selected audio track.
    async fn decide(
        &self,
        playable: &Playable,
        choice: &Choice,
    ) -> Result<(Decision, Option<usize>), PlaybackError> {
        let audio = choose_audio(&playable.tracks.audio, choice.selection.audio);
        let selection = TrackSelection { audio, ..choice.selection };
        let by_facts = |mut facts: Facts| {
            facts.is_part = playable.has_parts();
            decide(&facts, &choice.browser, selection)
        };
        let mut decision = combined(playable.files().map(Playable::facts).map(by_facts));
        let (Decision::Remux { reason, .. } | Decision::Transcode { reason, .. }) = &decision else {
            return Ok((decision, audio));
        };
        let Some(tools) = self.tools().await else {
            let (file, reason) = (contents(playable, audio), reason.clone());
            return Err(PlaybackError::FfmpegMissing { needed_for: NeededFor::Decision { file, reason } });
        };
        if matches!(decision, Decision::Remux { .. }) {
            let mut all = Vec::new();
            for file in playable.files() {
                let has_keyframe_index = !file.keyframes().await.is_empty();
                all.push(Facts { has_keyframe_index, ..file.facts() });
            }
            decision = combined(all.into_iter().map(by_facts));
        }
        if matches!(decision, Decision::Transcode { .. }) && !tools.encodes_h264 {
            let needed_for = NeededFor::Encoder { file: contents(playable, audio) };
            return Err(PlaybackError::FfmpegMissing { needed_for });
        }
        Ok((decision, audio))
    }

    /// Looks for ffprobe only when the file has to be probed.
    async fn tools_if_needed(&self, playable: &Playable) -> Option<&super::tools::Tools> {
        if playable.is_probed() { None } else { self.tools().await }
    }
}

/// Combines the decisions for all files of a movie into one: video or audio is copied only if it can be
/// copied in all files.
fn combined(decisions: impl Iterator<Item = Decision>) -> Decision {
    let mut decisions: Vec<Decision> = decisions.collect();
    let copies_audio = decisions.iter().all(|decision| match decision {
        Decision::Direct => true,
        Decision::Remux { plan, .. } | Decision::Transcode { plan, .. } => {
            plan.audio.is_none_or(|audio| audio.copy)
        }
    });
    let converted = decisions.iter().position(|decision| matches!(decision, Decision::Transcode { .. }));
    let mut chosen = decisions.swap_remove(converted.unwrap_or_default());
    if let Decision::Remux { plan, .. } | Decision::Transcode { plan, .. } = &mut chosen {
        plan.audio = plan.audio.map(|audio| AudioPlan { copy: copies_audio, ..audio });
    }
    chosen
}

fn contents(playable: &Playable, audio: Option<usize>) -> Contents {
    let audio_track = audio.and_then(|index| playable.tracks.audio.get(index));
    Contents {
        container: playable.row.container.clone(),
        video: playable.tracks.video.as_ref().map(|video| video.codec.clone()),
        audio: audio_track.map(|track| track.codec.clone()),
    }
}
