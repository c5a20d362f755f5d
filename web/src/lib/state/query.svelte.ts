// Data of a page: loaded, kept for the way back, loaded again when something changed.
import { untrack } from 'svelte';
import { asApiError, type ApiError } from '$lib/api/error';

const cache = new Map<string, unknown>();
const mounted = new Set<Query<unknown>>();

/** How many pages' worth of data is kept for the way back. */
const KEPT = 60;

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

  /** Shows what is known of this key and loads it afresh. */
  open(key: string): void {
    if (key !== this.key) {
      this.key = key;
      this.data = cache.get(key) as T | undefined;
      this.error = null;
    }
    void this.reload();
  }

  /** Loads again. What is shown stays until the answer is there. */
  reload = async (): Promise<void> => {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    try {
      const data = await this.#load(running.signal);
      if (running.signal.aborted) return;
      this.set(data);
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.error = asApiError(thrown);
    }
    this.loading = false;
  };

  /** Takes data that came another way: an answer to a change, a live update. */
  set(data: T): void {
    this.data = data;
    this.error = null;
    cache.delete(this.key);
    cache.set(this.key, data);
    if (cache.size > KEPT) cache.delete(cache.keys().next().value as string);
  }

  close(): void {
    this.#running?.abort();
  }
}

/**
 * Data that follows a key: `query(() => `title:${id}`, (signal) => titles.get(id, signal))`.
 * To be called while a component is made.
 */
export function query<T>(key: () => string, load: (signal: AbortSignal) => Promise<T>): Query<T> {
  const made = new Query(load);
  const entry = made as Query<unknown>;
  // Before the first paint, so that the way back shows the page as it was.
  $effect.pre(() => {
    const wanted = key();
    mounted.add(entry);
    untrack(() => made.open(wanted));
    return () => {
      mounted.delete(entry);
      made.close();
    };
  });
  return made;
}

/** Forgets everything whose key begins so, and loads again what is on screen. */
export function invalidate(...prefixes: string[]): void {
  const hit = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  for (const key of [...cache.keys()]) if (hit(key)) cache.delete(key);
  for (const each of mounted) if (hit(each.key)) void each.reload();
}
