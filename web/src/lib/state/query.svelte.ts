// Data of pages: loaded, cached for going back, and reloaded after changes.
import { untrack } from 'svelte';
import { asApiError, type ApiError } from '$lib/api/error';

const cache = new Map<string, unknown>();
const mounted = new Set<Query<unknown>>();
/** Requests of `prime` by key. The next query with that key uses the result instead of loading it again. */
const primed = new Map<string, Promise<unknown>>();

/** Maximum number of cached queries. */
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

  /** Shows cached data of this key, and reloads it. */
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
   * Replaces the data, for example with the response to a change or with a live update. All parts of a page
   * that show the same key are updated together.
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
 * Call during component initialisation.
 */
export function query<T>(key: () => string, load: (signal: AbortSignal) => Promise<T>): Query<T> {
  const created = new Query(load);
  const entry = created as Query<unknown>;
  // Runs before the first paint, so that going back immediately shows the previous page.
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
 * Loads the data of a page while its components are still being loaded. Does nothing if the data is cached, because the
 * page shows the cached data and reloads it. Failures are left to the page, which loads again and shows them.
 */
export async function prime<T>(key: string, load: () => Promise<T>): Promise<T | undefined> {
  const known = cache.get(key) as T | undefined;
  if (known !== undefined) return known;
  const loading = load();
  primed.set(key, loading);
  try {
    const data = await loading;
    // If the data was invalidated meanwhile, the page loads it again.
    if (primed.get(key) === loading) cache.set(key, data);
    return data;
  } catch {
    primed.delete(key);
    return undefined;
  }
}

/** Discards cached data whose key has one of these prefixes, and reloads the part of it that is on screen. */
export function invalidate(...prefixes: string[]): void {
  const matches = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  for (const known of [cache, primed])
    for (const key of [...known.keys()]) if (matches(key)) known.delete(key);
  for (const each of mounted) if (matches(each.key)) void each.reload();
}
