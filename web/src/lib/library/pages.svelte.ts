// A long list of titles, fetched page by page as it is scrolled, and kept for the way back.
import { asApiError, titles, type ApiError, type TitleCard } from '$lib/api';
import { SvelteMap } from 'svelte/reactivity';
import { type Filters, writeFilters } from './filters';
import { pagesFor } from './window';

const PAGE = 100;
const KEPT = 8;

export class TitlePages {
  /** How many there are; after a reload the last known number, so that the page has its height at once. */
  total = $state<number | null>(null);
  error = $state.raw<ApiError | null>(null);
  #pages = new SvelteMap<number, TitleCard[]>();
  #running = new Set<number>();
  #generation = 0;

  constructor(
    readonly kind: 'movie' | 'show',
    readonly filters: Filters,
    private readonly list: typeof titles.list = titles.list
  ) {
    const known = sessionStorage.getItem(this.#totalKey);
    this.total = known ? Number(known) : null;
  }

  get #totalKey(): string {
    return `kinometa.total.${this.kind}${writeFilters(this.filters)}`;
  }

  item(index: number): TitleCard | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Fetches what is missing of these cards. */
  ensure(start: number, end: number): void {
    for (const page of pagesFor(start, Math.max(end, start + 1), PAGE)) {
      if (!this.#pages.has(page) && !this.#running.has(page)) void this.#fetch(page);
    }
  }

  /** Fetches again what is held; the old cards stay until then. */
  refresh(): void {
    this.#generation += 1;
    this.#running.clear();
    const held = [...this.#pages.keys()];
    for (const page of held.length > 0 ? held : [0]) void this.#fetch(page);
  }

  async #fetch(page: number): Promise<void> {
    const generation = this.#generation;
    this.#running.add(page);
    try {
      const answer = await this.list(this.kind, this.filters, page * PAGE, PAGE);
      if (generation !== this.#generation) return;
      this.total = answer.total;
      sessionStorage.setItem(this.#totalKey, String(answer.total));
      this.error = null;
      this.#pages.set(page, answer.items);
    } catch (thrown) {
      if (generation === this.#generation) this.error = asApiError(thrown);
    }
    this.#running.delete(page);
  }
}

const kept = new Map<string, TitlePages>();

/** The list for these filters: the same object as before when it is still kept. */
export function titlePages(kind: 'movie' | 'show', filters: Filters): TitlePages {
  const key = kind + writeFilters(filters);
  const pages = kept.get(key) ?? new TitlePages(kind, filters);
  kept.delete(key);
  kept.set(key, pages);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  return pages;
}

/** The library changed: other lists are fetched anew when they are opened. */
export function forgetOtherPages(current: TitlePages): void {
  for (const [key, pages] of kept) if (pages !== current) kept.delete(key);
}
