// The sync log shows which changes came of one run, so that they can be undone together.
import type { TraktLogItem } from '$lib/api';

/** The first of every two or more changes that one run made and that can still be undone. What an import only counted is not
 * undone with it. */
export function runHeads(items: readonly TraktLogItem[]): Set<number> {
  const runs = new Map<string, number[]>();
  for (const item of items) {
    if (!item.run_at || !item.can_undo || !item.title) continue;
    runs.set(item.run_at, [...(runs.get(item.run_at) ?? []), item.id]);
  }
  const heads = [...runs.values()].filter((ids) => ids.length > 1).map((ids) => ids[0]);
  return new Set(heads.filter((id) => id !== undefined));
}
