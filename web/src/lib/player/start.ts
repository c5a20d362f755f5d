// Decides where playback starts.

export interface StartOptions {
  /** The start requested by the address. */
  at: 'start' | 'resume' | null;
  /** The position of this tab before the page was reloaded, in milliseconds. */
  reloadedAt: number | null;
  /** The user's resume point, in milliseconds. */
  resume: number | null;
  /** Where the title starts in the file, in milliseconds: not 0 for the second of two episodes in one file. */
  beginning?: number;
}

export type Start = { kind: 'ask'; resume: number } | { kind: 'go'; position: number };

/** Resume points closer to the beginning than this are ignored. */
const MIN_RESUME_MS = 3_000;

/** A reload continues at its position; otherwise the address decides, or the user is asked. */
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
  /** In milliseconds. */
  position: number;
}

const KEY = 'kinometa.player';

/** The position in this tab, used only after a reload. */
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
