// Where playback starts.

export interface StartOptions {
  /** What the address asks for. */
  at: 'start' | 'resume' | null;
  /** The position of this tab before the page was reloaded, in milliseconds. */
  reloadedAt: number | null;
  /** This person's resume point, in milliseconds. */
  resume: number | null;
  /** Where the title begins in the file: not at 0 for the second of two episodes in one. In milliseconds. */
  beginning?: number;
}

export type Start = { kind: 'ask'; resume: number } | { kind: 'go'; position: number };

/** A resume point closer to the beginning than this is not worth a question. */
const MIN_RESUME_MS = 3_000;

/** A reload continues at its position; the address decides next; otherwise the person is asked. */
export function decideStart(options: StartOptions): Start {
  if (options.reloadedAt !== null) return { kind: 'go', position: options.reloadedAt };
  const beginning = options.beginning ?? 0;
  if (options.at === 'start') return { kind: 'go', position: beginning };
  const resume = options.resume ?? beginning;
  if (options.at === 'resume') return { kind: 'go', position: resume };
  return resume - beginning >= MIN_RESUME_MS ? { kind: 'ask', resume } : { kind: 'go', position: beginning };
}

/** Whether this page was reloaded, rather than navigated to. */
export function wasReloaded(): boolean {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return load?.type === 'reload';
}

interface StoredPosition {
  title: number;
  /** Milliseconds. */
  position: number;
}

const KEY = 'kinometa.player';

/** The position in this tab. It survives a reload and nothing else. */
export class TabPosition {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  save(stored: StoredPosition): void {
    this.storage.setItem(KEY, JSON.stringify(stored));
  }

  clear(): void {
    this.storage.removeItem(KEY);
  }

  /** The position of this title, if the page was reloaded while it was open. */
  of(title: number): number | null {
    try {
      const stored = JSON.parse(this.storage.getItem(KEY) ?? 'null') as StoredPosition | null;
      return stored?.title === title && Number.isFinite(stored.position) ? stored.position : null;
    } catch {
      return null;
    }
  }
}
