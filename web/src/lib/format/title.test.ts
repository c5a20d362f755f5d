import { describe, expect, it } from 'vitest';
import type { MediaFile, TitleCard } from '$lib/api';
import {
  audioLabel,
  episodeCode,
  fileSize,
  fullName,
  playHref,
  resolutionName,
  subline,
  titleHref,
  versionLabel
} from './title';

const base: TitleCard = {
  id: 7,
  kind: 'movie',
  name: 'Nosferatu',
  year: 1922,
  runtime_minutes: 94,
  versions: 1,
  watched: false,
  plays: 0,
  added_at: '2026-01-01T00:00:00Z',
  missing: false,
  matched: true
};
const episode: TitleCard = {
  ...base,
  kind: 'episode',
  name: 'Pilot',
  show_name: 'One Step Beyond',
  show_id: 3,
  season_number: 1,
  episode_number: 2
};

it('names titles by their kind', () => {
  expect(fullName(base)).toBe('Nosferatu (1922)');
  expect(subline(base)).toBe('1922 · 1 h 34 min');
  expect(subline(episode)).toBe('S01E02 · Pilot');
  expect(fullName(episode)).toBe('One Step Beyond, S01E02 · Pilot');
  expect(episodeCode({ season_number: 0, episode_number: 11 })).toBe('S00E11');
  expect(subline({ ...episode, kind: 'season', season_number: 0 })).toBe('Specials');
});

it('knows where pages are', () => {
  expect(titleHref(base)).toBe('/title/7');
  expect(titleHref({ ...episode, kind: 'season' })).toBe('/title/3/season/1');
  expect(playHref(7)).toBe('/play/7');
  expect(playHref(7, 'resume', 2)).toBe('/play/7?at=resume&file=2');
});

describe('files', () => {
  it.each([
    [0, '0 B'],
    [512_000, '512 KB'],
    [1_500_000_000, '1.5 GB']
  ])('shows %d bytes as %s', (bytes, expected) => expect(fileSize(bytes)).toBe(expected));

  it.each([
    [1920, 800, '1080p'],
    [3840, 1600, '4K'],
    [720, 576, '576p'],
    [320, 240, '240p']
  ])('calls %d × %d %s', (width, height, expected) => expect(resolutionName(width, height)).toBe(expected));

  it('labels sound tracks', () => {
    expect(audioLabel({ index: 0, codec: 'ac3', channels: 6, language: 'en', default: true })).toBe(
      'English · Dolby Digital · 5.1'
    );
    expect(audioLabel({ index: 1, codec: 'aac', channels: 2, default: false })).toBe(
      'Track 2 · AAC · Stereo'
    );
  });

  it('tells versions apart, and says nothing twice', () => {
    const video = { codec: 'h264', width: 1920, height: 1080 };
    const file = { edition: '1080p', container: 'matroska', video } as MediaFile;
    expect(versionLabel(file)).toBe('1080p · H.264 · MKV');
    expect(versionLabel({ ...file, edition: 'Restored' })).toBe('Restored · 1080p · H.264 · MKV');
  });
});
