// Data that the server may still be gathering: it is asked for again until it is there.
import { query, type Query } from './query.svelte';

const AGAIN_MS = 2_500;
/** Then the next visit shows it. */
const MOST = 8;

/** Like `query`, and asks again while the answer says that there will be more soon. */
export function patientQuery<T extends { is_loading: boolean }>(
  key: () => string,
  load: (signal: AbortSignal) => Promise<T>
): Query<T> {
  const found = query(key, load);
  let asked = 0;
  $effect(() => {
    void key();
    asked = 0;
  });
  $effect(() => {
    if (!found.data?.is_loading || asked >= MOST) return;
    asked += 1;
    const timer = setTimeout(() => void found.reload(), AGAIN_MS);
    return () => clearTimeout(timer);
  });
  return found;
}
