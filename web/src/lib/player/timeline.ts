// What the seek bar knows of a film: its chapters, and where the picture of a place is.
import type { PlaybackChapter, PreviewSheets } from '$lib/api';

/** What people skip. */
export type Skippable = 'intro' | 'recap' | 'credits';

/** Names that release groups and discs give to such chapters, in lower case. */
const NAMES: Record<Skippable, RegExp> = {
  recap: /^(recap|previously( on.*)?|rückblick|zuvor.*|résumé|resumen|riassunto|anteriormente)$/,
  intro:
    /^(intro|opening|op|opening (credits|titles|theme)|titles?|title (sequence|card)|main titles?|theme( song)?|vorspann|titelsequenz|générique( de début)?|introducción|cabecera|sigla|introduzione|abertura|オープニング|заставка)$/,
  credits:
    /^(credits?|end(ing)?|ed|outro|end(ing)? (credits|titles|theme)|closing( credits)?|abspann|générique de fin|créditos( finales)?|titoli di coda|créditos finais|napisy końcowe|aftiteling|エンディング|титры)$/
};

/** What a chapter with this name holds, if people skip it. */
export function skippable(name: string | undefined): Skippable | null {
  // "Intro 1", "Chapter 02: Opening Credits", "[Abspann]".
  const bare = (name ?? '')
    .trim()
    .toLowerCase()
    .replace(/^(chapter|kapitel|chapitre|capítulo|capitolo)?\s*\d+\s*[.:–-]\s*/, '')
    .replace(/^[[(]|[\])]$/g, '')
    .replace(/\s*\d+$/, '');
  const kinds = Object.keys(NAMES) as Skippable[];
  return kinds.find((kind) => NAMES[kind].test(bare)) ?? null;
}

/** The chapter at a place; of nested ones the last to begin. All times in milliseconds. */
export function chapterAt(chapters: PlaybackChapter[], position: number): PlaybackChapter | null {
  return chapters.findLast((chapter) => chapter.start_ms <= position && position < chapter.end_ms) ?? null;
}

/** What can be skipped at a place, and where it ends. Its last second is not worth a button. */
export function skipAt(
  chapters: PlaybackChapter[],
  position: number
): { kind: Skippable; to: number } | null {
  const chapter = chapterAt(chapters, position);
  const kind = skippable(chapter?.title);
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
