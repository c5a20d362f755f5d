// What the seek bar knows of a film: its chapters, and where the picture of a place is.
import type { PlaybackChapter, PreviewSheets } from '$lib/api';
import { skippable, type Skippable } from './chapter-names';

/** The chapter at a place; of nested ones the last to begin. All times in milliseconds. */
export function chapterAt(chapters: PlaybackChapter[], position: number): PlaybackChapter | null {
  return chapters.findLast((chapter) => chapter.start_ms <= position && position < chapter.end_ms) ?? null;
}

/** A chapter that people skip, and where it ends in milliseconds. */
export interface Skip {
  kind: Skippable;
  to: number;
}

/** What can be skipped at a place, and where it ends. Its last second is not worth a button. */
export function skipAt(chapters: PlaybackChapter[], position: number): Skip | null {
  const chapter = chapterAt(chapters, position);
  const end = chapters.at(-1)?.end_ms ?? 0;
  const kind = chapter && skippable(chapter.title, chapter.start_ms / Math.max(1, end));
  return chapter && kind && position < chapter.end_ms - 1_000 ? { kind, to: chapter.end_ms } : null;
}

/** The picture of a place: its sheet, and where it is on it in pixels. */
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
