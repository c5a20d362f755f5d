// Opens a playback on the server, with the audio and subtitle languages that the user chose last.
import { playback as api, type Playback } from '$lib/api';
import { incognito } from '$lib/state/incognito.svelte';
import { session } from '$lib/state/session.svelte';
import { browserCapabilities, cautiousCapabilities } from './browser';
import { decideStart, type Start } from './start';
import { burnedIn, preferredAudio, preferredSubtitle } from './tracks';

export interface PlayRequest {
  title: number;
  file?: number;
  at: 'start' | 'resume' | null;
}

export interface OpenOptions {
  /** The start position in milliseconds; skips the resume prompt. */
  position?: number;
  /** Direct play has failed, so the server has to transcode. */
  transcode?: boolean;
  /** The server became unreachable during playback: wait until it is back. */
  waitForServer?: boolean;
  /** Show the first frame and wait until the user presses play. */
  paused?: boolean;
}

/** The most likely start position, where the server prepares the stream. */
const likelyStart = (playback: Playback) => playback.position_ms || (playback.resume_ms ?? 0);

/** `position` is in milliseconds; `transcode` means that direct play has failed, so the server has to convert. */
export async function openPlayback(
  request: PlayRequest,
  position: number | undefined,
  transcode: boolean
): Promise<Playback> {
  const playback = await api.start({
    title_id: request.title,
    file_id: request.file,
    private: incognito.on,
    // Without a position the server prepares the stream at the resume point.
    start_ms: position,
    capabilities: transcode ? cautiousCapabilities() : browserCapabilities()
  });
  const { audio_language, subtitle_language } = session.preferences;
  const audio = preferredAudio(playback.file.audio, playback.audio_index, audio_language ?? undefined);
  const withAudio =
    audio === undefined ? playback : await api.switchAudio(playback.id, audio, likelyStart(playback));
  const subtitle = burnedIn(playback.subtitles, preferredSubtitle(playback.subtitles, subtitle_language));
  const ready =
    subtitle === null ? withAudio : await api.switchSubtitle(playback.id, subtitle, likelyStart(playback));
  // The response to a track change repeats the requested position; only the first response has the title's start.
  return { ...ready, position_ms: playback.position_ms };
}

/** Decides where to start. `position` is where the player already was, in milliseconds. */
export function startOf(request: PlayRequest, playback: Playback, position: number | undefined): Start {
  return decideStart({
    at: request.at,
    reloadedAt: position ?? null,
    resume: playback.resume_ms ?? null,
    beginning: playback.position_ms
  });
}

/** Restores the user's volume and speed. */
export function applyPreferences(video: HTMLVideoElement): void {
  const { volume = 1, muted = false, rate = 1 } = session.preferences;
  Object.assign(video, { volume, muted, defaultPlaybackRate: rate, playbackRate: rate });
}
