import type { Capabilities } from '$lib/player/capabilities';
import { call, http } from './client';

export interface StartPlayback {
  title_id: number;
  file_id?: number;
  private: boolean;
  capabilities: Capabilities;
  audio_index?: number;
  start_ms?: number;
}

export interface PlaybackEvent {
  event: 'play' | 'pause' | 'seek' | 'progress' | 'stop';
  position_ms: number;
  seq: number;
}

export const start = (body: StartPlayback, signal?: AbortSignal) =>
  call(http.POST('/api/playback', { body, signal }));

export const report = (id: string, body: PlaybackEvent) =>
  call(http.POST('/api/playback/{id}/events', { params: { path: { id } }, body }));

export const switchAudio = (id: string, audio_index: number, position_ms: number) =>
  call(
    http.POST('/api/playback/{id}/audio', { params: { path: { id } }, body: { audio_index, position_ms } })
  );

/** Draws picture subtitles into the film; null stops that. */
export const switchSubtitle = (id: string, subtitle_index: number | null, position_ms: number) =>
  call(
    http.POST('/api/playback/{id}/subtitle', {
      params: { path: { id } },
      body: { subtitle_index: subtitle_index ?? undefined, position_ms }
    })
  );

/** Sends a report that outlives the page. True when the browser took it. */
export function reportOnLeaving(id: string, body: PlaybackEvent): boolean {
  const blob = new Blob([JSON.stringify(body)], { type: 'application/json' });
  return navigator.sendBeacon(`/api/playback/${encodeURIComponent(id)}/events`, blob);
}
