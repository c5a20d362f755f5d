// The position of subtitles on the picture. A CSS transform moves all cues up, away from the edge and above the
// controls. Cues for the top are placed some lines lower to compensate. Firefox does not support the transform:
// there, cues for the bottom are placed some lines higher while the controls are visible.
import type { Preferences } from '$lib/state/preferences';

type Cue = Pick<VTTCue, 'line' | 'snapToLines' | 'text'>;
type Size = NonNullable<Preferences['subtitle_size']>;

/** Sizes relative to the browser's default, as in `Stage.svelte`. */
const SIZES: Record<Size, number> = { small: 0.75, medium: 0.92, large: 1.3, huge: 1.7 };
const LINE_HEIGHT = 1.35;
/** Minimum line height relative to the browser's default text size. */
const OWN_LINE_HEIGHT = 1.2;

interface Box {
  width: number;
  height: number;
}

/** The height of a subtitle's text and of its line, in CSS pixels. */
export interface CueSize {
  text: number;
  line: number;
}

/** The browser's default text size is a twentieth of the picture's shorter side. */
export function cueSize(stage: Box, video: Box, size: Size): CueSize {
  const scale = Math.min(stage.width / video.width, stage.height / video.height);
  const own = 0.05 * scale * Math.min(video.width, video.height);
  return { text: own * SIZES[size], line: own * Math.max(OWN_LINE_HEIGHT, LINE_HEIGHT * SIZES[size]) };
}

export class CuePlacer {
  #atTop = new WeakSet<Cue>();
  #atBottom = new WeakSet<Cue>();

  /**
   * Places cues for the top. `distance` is their distance from the top of the stage before the transform.
   * Returns whether any cue changed.
   */
  placeTop(cues: Iterable<Cue>, distance: number, lineHeight: number): boolean {
    const line = Math.ceil(distance / lineHeight);
    let changed = false;
    for (const cue of cues) {
      if (cue.snapToLines && cue.line === 0) this.#atTop.add(cue);
      if (!this.#atTop.has(cue) || cue.line === line) continue;
      cue.line = line;
      changed = true;
    }
    return changed;
  }

  /** Places cues for the bottom, at this distance from the bottom of the stage. Returns whether any cue changed. */
  placeBottom(cues: Iterable<Cue>, distance: number, lineHeight: number): boolean {
    const free = Math.ceil(distance / lineHeight);
    let changed = false;
    for (const cue of cues) {
      if (cue.snapToLines && cue.line === 'auto') this.#atBottom.add(cue);
      // Negative lines are counted from the bottom, up to the first line of the text.
      const line = free === 0 ? 'auto' : -free - cue.text.split('\n').length;
      if (!this.#atBottom.has(cue) || cue.line === line) continue;
      cue.line = line;
      changed = true;
    }
    return changed;
  }
}
