//! Players: opened, reporting, changing their sound track.

use db::rows::PlaybackSession;
use sync::scrobble::Input;
use sync::{NewPlayback, PlayerEvent};

use super::decision::{Browser, Decision, Wish, choose_audio, decide};
use super::description::{beginning_of, known};
use super::film::Film;
use super::{Choice, Playback, PlaybackError, dot};
use crate::library::format_names::{audio_name, container_name, video_name};
use crate::model::playback::{self as model, PlaybackReport};

/// What to play.
#[derive(Debug, Clone)]
pub struct Start {
    /// A movie or episode.
    pub title_id: i64,
    /// Which of its files; the best for the browser when left out.
    pub file_id: Option<i64>,
    /// Keep it from Trakt.
    pub is_private: bool,
    /// What the browser plays.
    pub browser: Browser,
    /// Place among the sound tracks.
    pub audio: Option<usize>,
    /// Where to begin, in milliseconds; at the title's beginning when left out.
    pub start_ms: Option<i64>,
}

/// What a player reports.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    /// What happened.
    pub input: Input,
    /// Where it is, in milliseconds.
    pub position_ms: i64,
    /// Number of the report, growing.
    pub seq: i64,
}

impl Playback {
    /// Opens a player.
    pub async fn start(&self, user_id: i64, start: Start) -> Result<model::Playback, PlaybackError> {
        let db = &self.inner.parts.db;
        let mut film = Film::choose(db, start.title_id, start.file_id, &start.browser).await?;
        if !film.is_there().await {
            return Err(film.missing());
        }
        film.probe_if_unknown(self.tools_if_needed(&film).await).await;
        let choice = Choice {
            browser: start.browser,
            wish: Wish { audio: start.audio, subtitle: None },
            made_at: self.inner.parts.clock.now(),
        };
        let (decision, audio) = self.decide(&film, &choice).await?;
        let segments = film.segments()?;
        let beginning = beginning_of(&segments, start.title_id);
        let position_ms = start.start_ms.unwrap_or(beginning).clamp(0, segments.duration());
        let id = new_id();
        let resume_ms = self.resume_ms(user_id, &segments, start.title_id).await?;
        // Who had stopped in the middle mostly goes on there.
        let likely = start.start_ms.and(Some(position_ms)).or(resume_ms).unwrap_or(position_ms);
        self.begin(&id, &film, &decision, likely).await?;
        let new = NewPlayback {
            id,
            user_id,
            file_id: film.row.id,
            parts: film.parts(),
            duration_ms: film.duration_ms()?,
            position_ms,
            is_private: start.is_private,
        };
        let session = self.inner.parts.engine.open_player(new).await?;
        self.choices().insert(session.id.clone(), choice);
        self.describe(&session, film, Some(start.title_id), decision, audio).await
    }

    /// A player under way, to go on after a reload.
    pub async fn get(&self, user_id: i64, id: &str) -> Result<model::Playback, PlaybackError> {
        let (session, film) = self.film_of(user_id, id).await?;
        // After a restart of the server nobody knows what the browser can play: it has to open a new player.
        let choice = self.choices().get(id).cloned().ok_or(PlaybackError::NotFound("playback"))?;
        let (decision, audio) = self.decide(&film, &choice).await?;
        self.describe(&session, film, None, decision, audio).await
    }

    /// Takes a report. A late or repeated one changes nothing.
    pub async fn report(
        &self,
        user_id: i64,
        id: &str,
        report: Report,
    ) -> Result<PlaybackReport, PlaybackError> {
        let event = PlayerEvent { input: report.input, position_ms: report.position_ms, seq: report.seq };
        let status = self.inner.parts.engine.report(user_id, id, event).await.map_err(known)?;
        let session = self.session(user_id, id).await?;
        if session.state == db::kinds::PlaybackState::Stopped {
            self.inner.streams.rest(id);
        }
        // Progress comes every ten seconds: too often to make everybody's lists anew, and too little to show in them.
        if report.input != Input::Progress {
            self.inner.parts.catalogue.person_changed(user_id);
        }
        Ok(PlaybackReport { scrobble: dot::show(status), position_ms: session.position_ms })
    }

    /// Changes the sound track of a player that is at `position_ms`.
    pub async fn switch_audio(
        &self,
        user_id: i64,
        id: &str,
        audio: usize,
        position_ms: i64,
    ) -> Result<model::Playback, PlaybackError> {
        let (session, film) = self.film_of(user_id, id).await?;
        if audio >= film.tracks.audio.len() {
            return Err(PlaybackError::Invalid("This file has no such sound track."));
        }
        self.switch(session, film, position_ms, |wish| wish.audio = Some(audio)).await
    }

    /// Draws other subtitles into the picture of a player that is at `position_ms`; none when `subtitle` is `None`.
    pub async fn switch_subtitle(
        &self,
        user_id: i64,
        id: &str,
        subtitle: Option<usize>,
        position_ms: i64,
    ) -> Result<model::Playback, PlaybackError> {
        let (session, film) = self.film_of(user_id, id).await?;
        if subtitle.is_some_and(|index| film.picture_subtitle(index).is_none()) {
            return Err(PlaybackError::Invalid("This file has no such picture subtitles."));
        }
        self.switch(session, film, position_ms, |wish| wish.subtitle = subtitle).await
    }

    async fn switch(
        &self,
        session: PlaybackSession,
        film: Film,
        position_ms: i64,
        change: impl FnOnce(&mut Wish),
    ) -> Result<model::Playback, PlaybackError> {
        let mut choice =
            self.choices().get(&session.id).cloned().ok_or(PlaybackError::NotFound("playback"))?;
        change(&mut choice.wish);
        let (decision, audio) = self.decide(&film, &choice).await?;
        let position_ms = position_ms.clamp(0, session.duration_ms);
        self.begin(&session.id, &film, &decision, position_ms).await?;
        self.choices().insert(session.id.clone(), choice);
        self.describe(&PlaybackSession { position_ms, ..session }, film, None, decision, audio).await
    }

    /// Gets the stream going when there is to be one.
    async fn begin(
        &self,
        id: &str,
        film: &Film,
        decision: &Decision,
        begin_ms: i64,
    ) -> Result<(), PlaybackError> {
        match decision {
            Decision::Direct => {
                self.inner.streams.close(id);
                Ok(())
            }
            Decision::Remux { plan, .. } | Decision::Transcode { plan, .. } => {
                self.begin_stream(id, film, *plan, begin_ms).await
            }
        }
    }

    /// How the film reaches the browser, and the place of the sound track that is heard.
    async fn decide(&self, film: &Film, choice: &Choice) -> Result<(Decision, Option<usize>), PlaybackError> {
        let mut facts = film.facts();
        let audio = choose_audio(&facts.audio, choice.wish.audio);
        let wish = Wish { audio, ..choice.wish };
        let mut decision = decide(&facts, &choice.browser, wish);
        if decision == Decision::Direct {
            return Ok((decision, audio));
        }
        let Some(tools) = self.tools().await else {
            return Err(PlaybackError::FfmpegMissing { needed_for: needed_for(film, audio, &decision) });
        };
        if matches!(decision, Decision::Remux { .. }) && film.keyframes().await.is_empty() {
            facts.can_be_cut = false;
            decision = decide(&facts, &choice.browser, wish);
        }
        if matches!(decision, Decision::Transcode { .. }) && !tools.encodes_h264 {
            let needed_for = format!("{} This ffmpeg has no H.264 encoder (libx264).", what(film, audio));
            return Err(PlaybackError::FfmpegMissing { needed_for });
        }
        Ok((decision, audio))
    }

    /// ffprobe is looked for only when a file needs it.
    async fn tools_if_needed(&self, film: &Film) -> Option<&super::tools::Tools> {
        if film.row.container.is_some() && film.row.duration_ms.is_some() { None } else { self.tools().await }
    }
}

/// What cannot be played without ffmpeg, as a sentence.
fn needed_for(film: &Film, audio: Option<usize>, decision: &Decision) -> String {
    match decision {
        Decision::Remux { reason, .. } | Decision::Transcode { reason, .. } => {
            format!("{} {reason}", what(film, audio))
        }
        Decision::Direct => what(film, audio),
    }
}

fn what(film: &Film, audio: Option<usize>) -> String {
    let video =
        film.tracks.video.as_ref().map_or_else(|| "unknown".to_owned(), |video| video_name(&video.codec));
    let sound = audio.and_then(|index| film.tracks.audio.get(index));
    let sound = sound.map_or_else(|| "no".to_owned(), |track| audio_name(&track.codec));
    let container = film.row.container.as_deref().map_or_else(|| "unknown".to_owned(), container_name);
    format!("This is a {container} file with {video} video and {sound} sound.")
}

/// A random UUID (version 4): it stands in addresses, so it must not be guessed.
fn new_id() -> String {
    let mut bytes: [u8; 16] = rand::random();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
