// Where subtitles are on the picture. A transform moves all of them up: off its edge, and above the controls. Those that
// belong at its top are written so many lines lower instead. Firefox has no such transform: there, those at the bottom are
// written so many lines higher while the controls are shown.
import type { Preferences } from '$lib/state/preferences';

type Cue = Pick<VTTCue, 'line' | 'snapToLines' | 'text'>;
type Size = NonNullable<Preferences['subtitle_size']>;

/** Of the browser's own size, as in `Stage.svelte`. */
const SIZES: Record<Size, number> = { small: 0.75, medium: 0.92, large: 1.3, huge: 1.7 };
const LINE_HEIGHT = 1.35;
/** No line is lower than one in the browser's own size. */
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

/** Browsers make text of their own size a twentieth as high as the picture's shorter side. */
export function cueSize(stage: Box, video: Box, size: Size): CueSize {
  const scale = Math.min(stage.width / video.width, stage.height / video.height);
  const own = 0.05 * scale * Math.min(video.width, video.height);
  return { text: own * SIZES[size], line: own * Math.max(OWN_LINE_HEIGHT, LINE_HEIGHT * SIZES[size]) };
}

export class CuePlacer {
  #atTop = new WeakSet<Cue>();
  #atBottom = new WeakSet<Cue>();

  /**
   * `distance`: how far below the top of the stage they would have to be, if nothing moved them up. True when that changes
   * any.
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

  /** `distance`: how far above the bottom of the stage they have to be. True when that changes any. */
  placeBottom(cues: Iterable<Cue>, distance: number, lineHeight: number): boolean {
    const free = Math.ceil(distance / lineHeight);
    let changed = false;
    for (const cue of cues) {
      if (cue.snapToLines && cue.line === 'auto') this.#atBottom.add(cue);
      // Counted from the bottom to the first line of the text.
      const line = free === 0 ? 'auto' : -free - cue.text.split('\n').length;
      if (!this.#atBottom.has(cue) || cue.line === line) continue;
      cue.line = line;
      changed = true;
    }
    return changed;
  }
}
