import { expect, it } from 'vitest';
import type { QueueItem } from '$lib/api';
import { movie } from '$lib/testing/data';
import { foldQueue } from './fold';

function item(
  id: number,
  kind: QueueItem['kind'],
  title: number | null,
  state: QueueItem['state'] = 'pending'
) {
  const card = title === null ? undefined : { ...movie, id: title };
  return { id, kind, state, attempts: 0, occurred_at: '2026-11-28T20:00:00Z', title: card } as QueueItem;
}

const ids = (items: QueueItem[]) => foldQueue(items).map((group) => group.items.map((each) => each.id));

it('groups the items of one viewing', () => {
  const viewing = [item(1, 'scrobble_start', 7), item(2, 'scrobble_pause', 7), item(3, 'scrobble_stop', 7)];
  expect(ids(viewing)).toEqual([[1, 2, 3]]);
  expect(foldQueue(viewing)[0]?.shown.id).toBe(3);
});

it('separates viewings of the same title after a stop, and of other titles in between', () => {
  expect(
    ids([
      item(1, 'scrobble_start', 7),
      item(2, 'scrobble_start', 8),
      item(3, 'scrobble_stop', 7),
      item(4, 'scrobble_stop', 8),
      item(5, 'scrobble_start', 7)
    ])
  ).toEqual([[1, 3], [2, 4], [5]]);
});

it('does not group manually marked or deleted plays', () => {
  expect(
    ids([
      item(1, 'history_add', 7),
      item(2, 'history_add', 7),
      item(3, 'history_remove', 7),
      item(4, 'scrobble_stop', null)
    ])
  ).toEqual([[1], [2], [3], [4]]);
});

it('shows the rejected item of a group', () => {
  const group = foldQueue([item(1, 'scrobble_start', 7, 'failed'), item(2, 'scrobble_stop', 7)])[0];
  expect(group?.shown.id).toBe(1);
});
