// Data that the server may still be collecting: it is requested repeatedly until it is complete.
import { query, type Query } from './query.svelte';

const INTERVAL_MS = 2_500;
/** Maximum number of repetitions; afterwards, the data appears on the next visit. */
const MAX_REQUESTS = 8;

/** Like `query`, but reloads while the response has `is_loading` set. */
export function pollingQuery<T extends { is_loading: boolean }>(
  key: () => string,
  load: (signal: AbortSignal) => Promise<T>
): Query<T> {
  const found = query(key, load);
  let count = 0;
  $effect(() => {
    void key();
    count = 0;
  });
  $effect(() => {
    if (!found.data?.is_loading || count >= MAX_REQUESTS) return;
    count += 1;
    const timer = setTimeout(() => void found.reload(), INTERVAL_MS);
    return () => clearTimeout(timer);
  });
  return found;
}
