// What is queued, one row for each viewing: its start, pauses and stop are one thing to a person.
import type { QueueItem } from '$lib/api';

export interface QueueGroup {
  /** In the order of sending; never empty. */
  items: QueueItem[];
  /** The one that says most: what was rejected, else the latest. */
  shown: QueueItem;
}

const isScrobble = (item: QueueItem) => item.kind.startsWith('scrobble_');

/** Reports of one title belong together until a stop ends the viewing. Everything else stands alone. */
export function foldQueue(items: readonly QueueItem[]): QueueGroup[] {
  const groups: QueueItem[][] = [];
  const open = new Map<number, QueueItem[]>();
  for (const item of items) {
    const title = item.title?.id;
    if (title === undefined || !isScrobble(item)) {
      groups.push([item]);
      continue;
    }
    const group = open.get(title) ?? [];
    if (group.length === 0) {
      groups.push(group);
      open.set(title, group);
    }
    group.push(item);
    if (item.kind === 'scrobble_stop') open.delete(title);
  }
  return groups.map((group) => ({
    items: group,
    shown: group.find((item) => item.state === 'failed') ?? (group.at(-1) as QueueItem)
  }));
}
