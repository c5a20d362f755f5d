import { expect, it } from 'vitest';
import type { TitleCard } from '$lib/api';
import { episodeCode, fileNote, fullName, playHref, subline, titleHref } from './title';

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
  matched: true,
  in_watchlist: false,
  dropped: false
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
  expect(subline({ ...base, kind: 'show', episode_count: 12 })).toBe('1922 · 12 episodes');
  expect(subline({ ...base, kind: 'show', episode_count: 0 })).toBe('1922');
});

it('returns the addresses of pages', () => {
  expect(titleHref(base)).toBe('/title/7');
  expect(titleHref({ ...episode, kind: 'season' })).toBe('/title/3/season/1');
  expect(playHref(7)).toBe('/play/7');
  expect(playHref(7, 'resume', 2)).toBe('/play/7?at=resume&file=2');
});

it('notes on an image that there is no file', () => {
  expect(fileNote(base)).toBeNull();
  expect(fileNote({ ...base, versions: 0 })).toBe('Not in the library');
  expect(fileNote({ ...base, missing: true })).toBe('File unavailable');
  expect(fileNote({ ...base, kind: 'show', episode_count: 0 })).toBe('Not in the library');
  expect(fileNote({ ...base, kind: 'show', episode_count: 3 })).toBeNull();
  expect(fileNote({ ...episode, versions: 0 })).toBeNull();
});
