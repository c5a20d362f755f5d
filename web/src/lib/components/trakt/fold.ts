// Groups the queue into one row per viewing: users see start, pauses and stop as one item.
import type { QueueItem } from '$lib/api';

export interface QueueGroup {
  /** In the order of sending; never empty. */
  items: QueueItem[];
  /** The item shown for the group: the rejected one if there is one, otherwise the latest. */
  shown: QueueItem;
}

const isScrobble = (item: QueueItem) => item.kind.startsWith('scrobble_');

/** Scrobbles of a title belong together until a stop ends the viewing. All other items are not grouped. */
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
