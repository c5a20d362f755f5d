// Selects the initial audio and subtitle tracks from the user's last choices.
import type { AudioTrack, PlaybackSubtitle } from '$lib/api';

/** The chosen track if the server has to burn it into the video (image subtitles), otherwise null. */
export function burnedIn(tracks: PlaybackSubtitle[], chosen: number | null): number | null {
  return tracks.find((track) => track.index === chosen && !track.url)?.index ?? null;
}

/** Compares languages regardless of region, and two-letter codes with three-letter ones: `en-GB`, `en`, `eng`. */
function sameLanguage(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other) return false;
  const base = (code: string) => code.toLowerCase().split('-')[0] ?? '';
  const [a, b] = [base(one), base(other)];
  return a === b || (a.length !== b.length && (a.startsWith(b) || b.startsWith(a)));
}

/** The audio track to switch to; undefined to keep the current one. */
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
 * The subtitles to start with; null for none. `language` is the last choice: undefined or null if none was
 * made, empty for "no subtitles", which still shows forced subtitles.
 */
export function preferredSubtitle(
  all: PlaybackSubtitle[],
  language: string | null | undefined
): number | null {
  // Text first: burning image subtitles into the video is expensive.
  const tracks = [...all.filter((track) => track.url), ...all.filter((track) => !track.url)];
  const forced = tracks.find((track) => track.forced && track.default)?.index ?? null;
  if (language == null) return tracks.find((track) => track.default)?.index ?? null;
  if (language === '') return forced;
  return tracks.find((track) => !track.forced && sameLanguage(track.language, language))?.index ?? forced;
}

/** The subtitles to turn on: the first available of these languages, otherwise the default ones or the first. */
export function subtitleToTurnOn(
  all: PlaybackSubtitle[],
  languages: readonly (string | null | undefined)[]
): PlaybackSubtitle | undefined {
  // Text first, as above. Forced subtitles come last, because they only translate foreign parts.
  const rank = (track: PlaybackSubtitle) => Number(track.forced) * 2 + Number(!track.url);
  const tracks = [...all].sort((one, other) => rank(one) - rank(other));
  for (const language of languages) {
    const found = tracks.find((track) => sameLanguage(track.language, language ?? undefined));
    if (found) return found;
  }
  return tracks.find((track) => track.default) ?? tracks[0];
}
