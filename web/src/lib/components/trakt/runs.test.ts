import { expect, it } from 'vitest';
import type { TraktLogItem } from '$lib/api';
import { movie } from '$lib/testing/data';
import { runHeads } from './runs';

const change = (id: number, run_at?: string, more: Partial<TraktLogItem> = {}) =>
  ({ id, run_at, can_undo: true, title: movie, ...more }) as TraktLogItem;

const heads = (...items: TraktLogItem[]) => [...runHeads(items)];

it('heads each run of several changes with its first', () => {
  expect(heads(change(9, 'b'), change(8), change(7, 'b'), change(6, 'a'), change(5, 'a'))).toEqual([9, 6]);
});

it('heads no run of which one change is left to undo', () => {
  expect(heads(change(9, 'b'), change(7, 'b', { can_undo: false }))).toEqual([]);
});

it('leaves out what an import only counted, and what was sent from here', () => {
  expect(heads(change(9, 'b'), change(8, 'b', { title: undefined }), change(3), change(2))).toEqual([]);
});
