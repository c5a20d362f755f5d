// Which sound and subtitles to begin with, from what the person chose last time.
import type { AudioTrack, PlaybackSubtitle } from '$lib/api';

/** The picture subtitles among those chosen: the server draws them. Null when it has nothing to draw. */
export function drawn(tracks: PlaybackSubtitle[], chosen: number | null): number | null {
  return tracks.find((track) => track.index === chosen && !track.url)?.index ?? null;
}

/** The first part of a language code: `en` for `en-GB`, and for the older `eng` its first two letters. */
function sameLanguage(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other) return false;
  const base = (code: string) => code.toLowerCase().split('-')[0] ?? '';
  const [a, b] = [base(one), base(other)];
  return a === b || (a.length !== b.length && (a.startsWith(b) || b.startsWith(a)));
}

/** Another sound track to switch to; undefined when the current one is right. */
export function preferredAudio(
  tracks: AudioTrack[],
  current: number | undefined,
  language: string | undefined
): number | undefined {
  if (!language) return undefined;
  if (sameLanguage(tracks.find((track) => track.index === current)?.language, language)) return undefined;
  return tracks.find((track) => sameLanguage(track.language, language))?.index;
}

/**
 * The subtitles to begin with; null for none. `language` is the last choice: undefined when none was ever
 * made, empty for "no subtitles". Subtitles for the foreign parts are shown all the same then.
 */
export function preferredSubtitle(all: PlaybackSubtitle[], language: string | undefined): number | null {
  // Text first: pictures have to be drawn into the film, which costs the server much.
  const tracks = [...all.filter((track) => track.url), ...all.filter((track) => !track.url)];
  const forced = tracks.find((track) => track.forced && track.default)?.index ?? null;
  if (language === undefined) return tracks.find((track) => track.default)?.index ?? null;
  if (language === '') return forced;
  return tracks.find((track) => !track.forced && sameLanguage(track.language, language))?.index ?? forced;
}
