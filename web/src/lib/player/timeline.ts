// Chapters and preview images of the seek bar.
import type { PlaybackChapter, PreviewSheets } from '$lib/api';
import { skippable, type Skippable } from './chapter-names';

/** The chapter at a position; of nested chapters, the one that starts last. All times are in milliseconds. */
export function chapterAt(chapters: PlaybackChapter[], position: number): PlaybackChapter | null {
  return chapters.findLast((chapter) => chapter.start_ms <= position && position < chapter.end_ms) ?? null;
}

/** A chapter that can be skipped, and its end in milliseconds. */
export interface Skip {
  kind: Skippable;
  to: number;
}

/** The chapter that can be skipped at a position, except in its last second. */
export function skipAt(chapters: PlaybackChapter[], position: number): Skip | null {
  const chapter = chapterAt(chapters, position);
  const end = chapters.at(-1)?.end_ms ?? 0;
  const kind = chapter && skippable(chapter.title, chapter.start_ms / Math.max(1, end));
  return chapter && kind && position < chapter.end_ms - 1_000 ? { kind, to: chapter.end_ms } : null;
}

/** The preview image of a position: the URL of its sheet, and its offset on the sheet in pixels. */
export function pictureAt(
  sheets: PreviewSheets,
  position: number
): { url: string; left: number; top: number } {
  const number = Math.max(0, Math.floor(position / sheets.interval_ms));
  const each = sheets.columns * sheets.rows;
  const place = number % each;
  return {
    url: sheets.url.replace('{sheet}', String(Math.floor(number / each))),
    left: (place % sheets.columns) * sheets.width,
    top: Math.floor(place / sheets.columns) * sheets.height
  };
}
