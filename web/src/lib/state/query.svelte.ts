// Data for a page: loaded, cached for going back, and reloaded when something changes.
import { untrack } from 'svelte';
import { asApiError, type ApiError } from '$lib/api/error';

const cache = new Map<string, unknown>();
const mounted = new Set<Query<unknown>>();
/** What `prime` loads or has loaded, by key. The page that opens it next takes it instead of loading it again. */
const primed = new Map<string, Promise<unknown>>();

/** How many queries are cached. */
const CACHE_SIZE = 60;

export class Query<T> {
  data = $state.raw<T | undefined>();
  error = $state.raw<ApiError | null>(null);
  loading = $state(false);
  key = '';
  #load: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | null = null;

  constructor(load: (signal: AbortSignal) => Promise<T>) {
    this.#load = load;
  }

  /** Shows what is cached for this key, and reloads it. */
  open(key: string): void {
    if (key !== this.key) {
      this.key = key;
      this.data = cache.get(key) as T | undefined;
      this.error = null;
    }
    const early = primed.get(key) as Promise<T> | undefined;
    primed.delete(key);
    if (!early || this.data === undefined) void this.#run(early);
  }

  /** Loads again. The current data stays until the response arrives. */
  reload = (): Promise<void> => this.#run();

  async #run(early?: Promise<T>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    try {
      const data = await (early ?? this.#load(running.signal));
      if (running.signal.aborted) return;
      this.set(data);
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.error = asApiError(thrown);
    }
    this.loading = false;
  }

  /**
   * Replaces the data with what arrived otherwise: the response to a change, or a live update. All parts of a page that
   * show it change together.
   */
  set(data: T): void {
    const same = [...mounted].filter((other) => other.key === this.key);
    for (const shown of [this as Query<unknown>, ...same]) {
      shown.data = data;
      shown.error = null;
    }
    cache.delete(this.key);
    cache.set(this.key, data);
    if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value as string);
  }

  close(): void {
    this.#running?.abort();
  }
}

/**
 * Data that follows a key: `query(() => `title:${id}`, (signal) => titles.get(id, signal))`.
 * To be called during component initialisation.
 */
export function query<T>(key: () => string, load: (signal: AbortSignal) => Promise<T>): Query<T> {
  const created = new Query(load);
  const entry = created as Query<unknown>;
  // Before the first paint, so that going back shows the page as it was.
  $effect.pre(() => {
    const wanted = key();
    mounted.add(entry);
    untrack(() => created.open(wanted));
    return () => {
      mounted.delete(entry);
      created.close();
    };
  });
  return created;
}

/**
 * Loads what a page will show while its components are still on their way. With something in the cache there is nothing to
 * do: the page shows that, and loads again. A failure is left to the page, which says so.
 */
export async function prime<T>(key: string, load: () => Promise<T>): Promise<T | undefined> {
  const known = cache.get(key) as T | undefined;
  if (known !== undefined) return known;
  const loading = load();
  primed.set(key, loading);
  try {
    const data = await loading;
    // What changed meanwhile is loaded again by the page.
    if (primed.get(key) === loading) cache.set(key, data);
    return data;
  } catch {
    primed.delete(key);
    return undefined;
  }
}

/** Drops cached data whose key has one of these prefixes, and reloads what is on screen. */
export function invalidate(...prefixes: string[]): void {
  const matches = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  for (const known of [cache, primed])
    for (const key of [...known.keys()]) if (matches(key)) known.delete(key);
  for (const each of mounted) if (matches(each.key)) void each.reload();
}
