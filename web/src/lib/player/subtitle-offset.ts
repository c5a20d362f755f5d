// Shows subtitles earlier or later than their file says, for subtitles made for another cut.

/** One step, in seconds. */
export const OFFSET_STEP = 0.1;
/** Beyond this they belong to another film. */
const FARTHEST = 60;

type Times = { start: number; end: number };
type Cue = Pick<TextTrackCue, 'startTime' | 'endTime'>;

/** The offset after a step, in seconds; tenths stay tenths. */
export function stepOffset(offset: number, step: 1 | -1): number {
  const next = Math.round((offset + step * OFFSET_STEP) * 10) / 10;
  return Math.min(FARTHEST, Math.max(-FARTHEST, next));
}

/** Moves cues, always from the times in their file, so that steps don't add up errors. */
export class CueMover {
  #original = new WeakMap<Cue, Times>();

  move(cues: Iterable<Cue>, offset: number): void {
    // Moving a cue may sort it anew in a live list.
    for (const cue of [...cues]) {
      const times = this.#original.get(cue) ?? { start: cue.startTime, end: cue.endTime };
      this.#original.set(cue, times);
      cue.startTime = Math.max(0, times.start + offset);
      cue.endTime = Math.max(0, times.end + offset);
    }
  }
}

const key = (title: number) => `subtitle-offset:${title}`;

/** The offset of this viewing: it survives a reload, and ends with the tab. */
export function keptOffset(storage: Storage, title: number): number {
  const kept = Number(storage.getItem(key(title)));
  return Number.isFinite(kept) && Math.abs(kept) <= FARTHEST ? kept : 0;
}

export function keepOffset(storage: Storage, title: number, offset: number): void {
  if (offset === 0) storage.removeItem(key(title));
  else storage.setItem(key(title), String(offset));
}
