// A long list of titles, fetched page by page while scrolling, and cached for going back.
import { asApiError, lists, titles, type ApiError, type TitleCard, type Titles } from '$lib/api';
import { SvelteMap } from 'svelte/reactivity';
import { type Filters, writeFilters } from './filters';
import { pagesFor } from './window';

const PAGE = 100;
/** Maximum page size of the server. */
const LARGEST_PAGE = 500;
const CACHED_LISTS = 8;

export class TitlePages {
  /** Number of titles; after a page load the last known number, so that the page has its height immediately. */
  total = $state<number | null>(null);
  error = $state.raw<ApiError | null>(null);
  #pages = new SvelteMap<number, TitleCard[]>();
  #running = new Set<number>();
  #generation = 0;

  /** `name` identifies the list. */
  constructor(
    private readonly name: string,
    private readonly load: (offset: number, limit: number) => Promise<Titles>,
    private readonly loadIds?: () => Promise<number[]>
  ) {
    const known = sessionStorage.getItem(this.#totalKey);
    this.total = known ? Number(known) : null;
  }

  get #totalKey(): string {
    return `kinometa.total.${this.name}`;
  }

  item(index: number): TitleCard | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** The IDs of all titles in the list's order, including titles that are not loaded. */
  async ids(): Promise<number[]> {
    if (this.loadIds) return this.loadIds();
    const ids: number[] = [];
    for (;;) {
      const { items, total } = await this.load(ids.length, LARGEST_PAGE);
      ids.push(...items.map((title) => title.id));
      if (items.length === 0 || ids.length >= total) return ids;
    }
  }

  /** Fetches the missing pages for these cards. */
  ensure(start: number, end: number): void {
    for (const page of pagesFor(start, Math.max(end, start + 1), PAGE)) {
      if (!this.#pages.has(page) && !this.#running.has(page)) void this.#fetch(page);
    }
  }

  /** Reloads all pages fetched so far. The current cards stay until the response arrives. */
  refresh(): void {
    this.#generation += 1;
    this.#running.clear();
    const loaded = [...this.#pages.keys()];
    for (const page of loaded.length > 0 ? loaded : [0]) void this.#fetch(page);
  }

  async #fetch(page: number): Promise<void> {
    const generation = this.#generation;
    this.#running.add(page);
    try {
      const response = await this.load(page * PAGE, PAGE);
      if (generation !== this.#generation) return;
      this.total = response.total;
      sessionStorage.setItem(this.#totalKey, String(response.total));
      this.error = null;
      this.#pages.set(page, response.items);
    } catch (thrown) {
      if (generation === this.#generation) this.error = asApiError(thrown);
    }
    this.#running.delete(page);
  }
}

const cache = new Map<string, TitlePages>();

/** The list for these filters: the cached one if there is one. */
export function titlePages(kind: 'movie' | 'show', filters: Filters): TitlePages {
  const key = kind + writeFilters(filters);
  const load = (offset: number, limit: number) => titles.list(kind, filters, offset, limit);
  const loadIds = async () => (await titles.ids(kind, filters)).ids;
  return cached(key, () => new TitlePages(key, load, loadIds));
}

function cached(key: string, make: () => TitlePages): TitlePages {
  const pages = cache.get(key) ?? make();
  cache.delete(key);
  cache.set(key, pages);
  if (cache.size > CACHED_LISTS) cache.delete(cache.keys().next().value as string);
  return pages;
}

/** The titles on a list: the cached pages if there are some. */
export function listPages(id: number, view: lists.ListView): TitlePages {
  const key = `list:${id}:${view.inLibrary}:${view.sort}`;
  const load = async (offset: number, limit: number) => {
    const response = await lists.get(id, view, offset, limit);
    return { ...response, items: response.items.map((item) => item.title) };
  };
  return cached(key, () => new TitlePages(key, load));
}

/** The library changed: drops all other lists, so that they are fetched again when they are opened. */
export function dropOtherLists(current: TitlePages): void {
  for (const [key, pages] of cache) if (pages !== current) cache.delete(key);
}
