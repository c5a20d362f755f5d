// Asks the server for a playback, with the sound and the subtitles that this person chose last.
import { playback as api, type Playback } from '$lib/api';
import { incognito } from '$lib/state/incognito.svelte';
import { session } from '$lib/state/session.svelte';
import { browserCapabilities, cautiousCapabilities } from './browser';
import { drawn, preferredAudio, preferredSubtitle } from './tracks';

export interface PlayerWish {
  title: number;
  file?: number;
  at: 'start' | 'resume' | null;
}

/** Where it will most likely begin: the server gets the stream ready there. */
const begin = (playback: Playback) => playback.position_ms || (playback.resume_ms ?? 0);

/** `position` in milliseconds; `cautious`: playing as it is has failed, so the server is to convert. */
export async function openPlayback(
  wish: PlayerWish,
  position: number | undefined,
  cautious: boolean
): Promise<Playback> {
  const playback = await api.start({
    title_id: wish.title,
    file_id: wish.file,
    private: incognito.on,
    // Where nothing is said, the server gets the stream ready where this person had stopped.
    start_ms: position,
    capabilities: cautious ? cautiousCapabilities() : browserCapabilities()
  });
  const { audio_language, subtitle_language } = session.preferences;
  const audio = preferredAudio(playback.file.audio, playback.audio_index, audio_language);
  const heard = audio === undefined ? playback : await api.switchAudio(playback.id, audio, begin(playback));
  const drawing = drawn(playback.subtitles, preferredSubtitle(playback.subtitles, subtitle_language));
  const ready = drawing === null ? heard : await api.switchSubtitle(playback.id, drawing, begin(playback));
  // A changed track answers with the place that was asked for: where the title begins is in the first answer.
  return { ...ready, position_ms: playback.position_ms };
}
