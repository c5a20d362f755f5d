// Shifts subtitles in time, for subtitles that were made for another cut.

/** Seconds of one step. */
export const OFFSET_STEP = 0.1;
/** Maximum offset in seconds. */
const MAX_OFFSET = 60;

type Times = { start: number; end: number };
type Cue = Pick<TextTrackCue, 'startTime' | 'endTime'>;

/** The offset after a step, in seconds, rounded to tenths. */
export function stepOffset(offset: number, step: 1 | -1): number {
  const next = Math.round((offset + step * OFFSET_STEP) * 10) / 10;
  return Math.min(MAX_OFFSET, Math.max(-MAX_OFFSET, next));
}

/** Shifts cues, always relative to the times in their file, so that errors do not accumulate. */
export class CueMover {
  #original = new WeakMap<Cue, Times>();

  move(cues: Iterable<Cue>, offset: number): void {
    // Copy the list, because changing a cue's time can reorder a live list.
    for (const cue of [...cues]) {
      const times = this.#original.get(cue) ?? { start: cue.startTime, end: cue.endTime };
      this.#original.set(cue, times);
      cue.startTime = Math.max(0, times.start + offset);
      cue.endTime = Math.max(0, times.end + offset);
    }
  }
}

const key = (title: number) => `subtitle-offset:${title}`;

/** The offset for a title, which is stored until the tab is closed. */
export function loadOffset(storage: Storage, title: number): number {
  const kept = Number(storage.getItem(key(title)));
  return Number.isFinite(kept) && Math.abs(kept) <= MAX_OFFSET ? kept : 0;
}

export function saveOffset(storage: Storage, title: number, offset: number): void {
  if (offset === 0) storage.removeItem(key(title));
  else storage.setItem(key(title), String(offset));
}
