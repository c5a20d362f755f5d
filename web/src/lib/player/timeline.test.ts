import { describe, expect, it } from 'vitest';
import type { PlaybackChapter } from '$lib/api';
import { chapterAt, pictureAt, skipAt } from './timeline';

const chapters: PlaybackChapter[] = [
  { start_ms: 0, end_ms: 60_000, title: 'Intro' },
  { start_ms: 60_000, end_ms: 900_000, title: 'Part One' },
  { start_ms: 900_000, end_ms: 1_000_000, title: 'End Credits' }
];

describe('the position', () => {
  it('belongs to one chapter', () => {
    expect(chapterAt(chapters, 59_999)?.title).toBe('Intro');
    expect(chapterAt(chapters, 60_000)?.title).toBe('Part One');
    expect(chapterAt(chapters, 1_000_000)).toBeNull();
  });

  it('can skip to the end of chapters with known names', () => {
    expect(skipAt(chapters, 10_000)).toEqual({ kind: 'intro', to: 60_000 });
    expect(skipAt(chapters, 59_500)).toBeNull();
    expect(skipAt(chapters, 100_000)).toBeNull();
    expect(skipAt(chapters, 950_000)).toEqual({ kind: 'credits', to: 1_000_000 });
    expect(skipAt([], 0)).toBeNull();
  });

  it('distinguishes an ambiguous name by the half of the film it is in', () => {
    const both = [0, 900_000].map((start) => ({
      start_ms: start,
      end_ms: start + 60_000,
      title: 'Générique'
    }));
    expect(skipAt(both, 10_000)?.kind).toBe('intro');
    expect(skipAt(both, 910_000)?.kind).toBe('credits');
  });
});

it('finds the preview image of a position on its sheet', () => {
  const sheets = { url: '/p/{sheet}.jpg', interval_ms: 10_000, columns: 5, rows: 5, width: 240, height: 136 };
  expect(pictureAt(sheets, 0)).toEqual({ url: '/p/0.jpg', left: 0, top: 0 });
  expect(pictureAt(sheets, 69_999)).toEqual({ url: '/p/0.jpg', left: 240, top: 136 });
  expect(pictureAt(sheets, 249_999)).toEqual({ url: '/p/0.jpg', left: 960, top: 544 });
  expect(pictureAt(sheets, 250_000)).toEqual({ url: '/p/1.jpg', left: 0, top: 0 });
});
