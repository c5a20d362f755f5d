// Where playing begins.

export interface StartWish {
  /** What the address asks for. */
  at: 'start' | 'resume' | null;
  /** Where this tab was when the page was reloaded, in milliseconds. */
  reloadedAt: number | null;
  /** Where this person had stopped, in milliseconds. */
  resume: number | null;
  /** Where the title begins: in the middle of the file for the second of two episodes in one. In milliseconds. */
  beginning?: number;
}

export type Start = { kind: 'ask'; resume: number } | { kind: 'go'; position: number };

/** A resume point this near the start is not worth a question. */
const WORTH_ASKING_MS = 3_000;

/** A reload goes on where it was; the address decides next; else the person is asked. */
export function decideStart(wish: StartWish): Start {
  if (wish.reloadedAt !== null) return { kind: 'go', position: wish.reloadedAt };
  const beginning = wish.beginning ?? 0;
  if (wish.at === 'start') return { kind: 'go', position: beginning };
  const resume = wish.resume ?? beginning;
  if (wish.at === 'resume') return { kind: 'go', position: resume };
  return resume - beginning >= WORTH_ASKING_MS
    ? { kind: 'ask', resume }
    : { kind: 'go', position: beginning };
}

/** Whether this page was loaded again, rather than come to. */
export function wasReloaded(): boolean {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return load?.type === 'reload';
}

interface Place {
  title: number;
  position: number;
}

const KEY = 'kinometa.player';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The place in this tab, which survives a reload and nothing else. */
export class TabPlace {
  constructor(private readonly store: Store) {}

  keep(place: Place): void {
    this.store.setItem(KEY, JSON.stringify(place));
  }

  forget(): void {
    this.store.removeItem(KEY);
  }

  /** The position of this title, when the page was reloaded while it played. */
  of(title: number): number | null {
    try {
      const place = JSON.parse(this.store.getItem(KEY) ?? 'null') as Place | null;
      return place?.title === title && Number.isFinite(place.position) ? place.position : null;
    } catch {
      return null;
    }
  }
}
