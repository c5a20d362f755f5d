// Finds the changes of the sync log that belong to one run, so that they can be undone together.
import type { TraktLogItem } from '$lib/api';

/** Returns the first change of each run with at least two changes that can still be undone. Summaries of imports do not
 *  count. */
export function runHeads(items: readonly TraktLogItem[]): Set<number> {
  const runs = new Map<string, number[]>();
  for (const item of items) {
    if (!item.run_at || !item.can_undo || !item.title) continue;
    runs.set(item.run_at, [...(runs.get(item.run_at) ?? []), item.id]);
  }
  const heads = [...runs.values()].filter((ids) => ids.length > 1).map((ids) => ids[0]);
  return new Set(heads.filter((id) => id !== undefined));
}
