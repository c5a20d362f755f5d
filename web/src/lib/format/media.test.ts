import { expect, it } from 'vitest';
import type { MediaFile } from '$lib/api';
import { audioLabel, countryName, fileSize, languageName, subtitleLabel, versionLabel } from './media';

it.each([
  [0, '0 B'],
  [512_000, '512 KB'],
  [1_500_000_000, '1.5 GB']
])('shows %d bytes as %s', (bytes, expected) => expect(fileSize(bytes)).toBe(expected));

it('names languages and countries, and returns unknown codes unchanged', () => {
  expect([languageName('eng'), languageName('de'), languageName('und')]).toEqual(['English', 'German', '']);
  expect([countryName('de'), countryName('not a code')]).toEqual(['Germany', 'not a code']);
});

it('labels audio tracks with the codec name that the server sends', () => {
  const track = { index: 0, codec: 'ac3', codec_name: 'Dolby Digital', channels: 6, default: true };
  expect(audioLabel({ ...track, language: 'en' })).toBe('English · Dolby Digital · 5.1');
  expect(audioLabel({ ...track, index: 1, channels: 2 })).toBe('Track 2 · Dolby Digital · Stereo');
  expect(audioLabel({ ...track, language: 'en', title: 'Commentary', channels: 1 })).toBe(
    'English, Commentary · Dolby Digital · Mono'
  );
});

it('labels subtitle tracks', () => {
  const track = { index: 2, codec: 'subrip', forced: false, external: false };
  expect(subtitleLabel(track)).toBe('Track 3');
  expect(subtitleLabel({ ...track, language: 'de', forced: true, external: true })).toBe(
    'German · Forced · External file'
  );
});

it('labels versions with the server’s names, without repetitions', () => {
  const video = { codec: 'h264', codec_name: 'H.264', width: 1920, height: 800, resolution: '1080p' };
  const file = { edition: '1080p', container: 'matroska', container_name: 'Matroska', video } as MediaFile;
  expect(versionLabel(file)).toBe('1080p · H.264 · Matroska');
  expect(versionLabel({ ...file, edition: 'Restored' })).toBe('Restored · 1080p · H.264 · Matroska');
});
