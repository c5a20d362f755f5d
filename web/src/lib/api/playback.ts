import { call, http } from './client';
import type { ReportPlayback, StartPlayback } from './types';

export const start = (body: StartPlayback, signal?: AbortSignal) =>
  call(http.POST('/api/playback', { body, signal }));

export const report = (id: string, body: ReportPlayback) =>
  call(http.POST('/api/playback/{id}/events', { params: { path: { id } }, body }));

export const switchAudio = (id: string, audio_index: number, position_ms: number) =>
  call(
    http.POST('/api/playback/{id}/audio', { params: { path: { id } }, body: { audio_index, position_ms } })
  );

/** Has the server burn image subtitles into the video; null turns that off. */
export const switchSubtitle = (id: string, subtitle_index: number | null, position_ms: number) =>
  call(
    http.POST('/api/playback/{id}/subtitle', {
      params: { path: { id } },
      body: { subtitle_index: subtitle_index ?? undefined, position_ms }
    })
  );

/** Users who can watch together with the user of this player, and whether they do. */
export const companions = (id: string) =>
  call(http.GET('/api/playback/{id}/companions', { params: { path: { id } } }));

export const setCompanions = (id: string, people: number[]) =>
  call(http.PUT('/api/playback/{id}/companions', { params: { path: { id } }, body: { people } }));

/** The chapters, and the layout of the preview images. */
export const timeline = (id: string) =>
  call(http.GET('/api/playback/{id}/timeline', { params: { path: { id } } }));

/** Sends a report that outlives the page. True when the browser accepted it for delivery. */
export function reportOnLeaving(id: string, body: ReportPlayback): boolean {
  const blob = new Blob([JSON.stringify(body)], { type: 'application/json' });
  return navigator.sendBeacon(`/api/playback/${encodeURIComponent(id)}/events`, blob);
}
