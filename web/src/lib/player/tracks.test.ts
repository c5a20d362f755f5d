import { expect, it } from 'vitest';
import type { AudioTrack, PlaybackSubtitle } from '$lib/api';
import { burnedIn, preferredAudio, preferredSubtitle, subtitleToTurnOn } from './tracks';

const audio: AudioTrack[] = [
  { index: 0, codec: 'aac', codec_name: 'AAC', channels: 2, language: 'eng', default: true },
  { index: 1, codec: 'ac3', codec_name: 'Dolby Digital', channels: 6, language: 'de', default: false }
];
const subtitle = (
  index: number,
  language: string,
  more: Partial<PlaybackSubtitle> = {}
): PlaybackSubtitle => ({
  index,
  language,
  label: language,
  url: `/s/${index}`,
  default: false,
  forced: false,
  ...more
});

it('switches audio only if another language is preferred', () => {
  expect(preferredAudio(audio, 0, undefined)).toBeUndefined();
  expect(preferredAudio(audio, 0, 'en')).toBeUndefined();
  expect(preferredAudio(audio, 0, 'de-AT')).toBe(1);
  expect(preferredAudio(audio, 0, 'fr')).toBeUndefined();
});

it('shows subtitles in the language chosen last', () => {
  const tracks = [subtitle(0, 'en', { default: true }), subtitle(1, 'de')];
  expect(preferredSubtitle(tracks, undefined)).toBe(0);
  expect(preferredSubtitle(tracks, 'de')).toBe(1);
  expect(preferredSubtitle(tracks, '')).toBeNull();
  expect(preferredSubtitle(tracks, 'fr')).toBeNull();
});

it('keeps forced subtitles', () => {
  const tracks = [subtitle(0, 'en'), subtitle(1, 'en', { forced: true, default: true })];
  expect(preferredSubtitle(tracks, '')).toBe(1);
  expect(preferredSubtitle(tracks, 'en')).toBe(0);
});

it('prefers text to image subtitles, which the server has to burn in', () => {
  const tracks = [
    subtitle(0, 'en', { url: undefined }),
    subtitle(1, 'en'),
    subtitle(2, 'de', { url: undefined })
  ];
  expect(preferredSubtitle(tracks, 'en')).toBe(1);
  expect(preferredSubtitle(tracks, 'de')).toBe(2);
  expect([burnedIn(tracks, 2), burnedIn(tracks, 1), burnedIn(tracks, null)]).toEqual([2, null, null]);
});

it.each([
  ['the language that was shown before', ['fr', 'en'], 2],
  ['the next language if there are none in the first', [undefined, '', 'sv', 'eng'], 1],
  ['the default ones if there are none in any language', ['sv'], 3],
  ['full subtitles instead of forced ones', ['de'], 3]
])('turns on subtitles: %s', (_, languages, index) => {
  const tracks = [
    subtitle(0, 'de', { forced: true }),
    subtitle(1, 'en'),
    subtitle(2, 'fr'),
    subtitle(3, 'de', { default: true })
  ];
  expect(subtitleToTurnOn(tracks, languages)?.index).toBe(index);
  expect(subtitleToTurnOn([], languages)).toBeUndefined();
});
