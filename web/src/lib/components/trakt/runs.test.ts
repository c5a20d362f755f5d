import { expect, it } from 'vitest';
import type { TraktLogItem } from '$lib/api';
import { movie } from '$lib/testing/data';
import { runHeads } from './runs';

const change = (id: number, run_at?: string, more: Partial<TraktLogItem> = {}) =>
  ({ id, run_at, can_undo: true, title: movie, ...more }) as TraktLogItem;

const heads = (...items: TraktLogItem[]) => [...runHeads(items)];

it('returns the first change of each run with several changes', () => {
  expect(heads(change(9, 'b'), change(8), change(7, 'b'), change(6, 'a'), change(5, 'a'))).toEqual([9, 6]);
});

it('leaves out runs with only one change that can be undone', () => {
  expect(heads(change(9, 'b'), change(7, 'b', { can_undo: false }))).toEqual([]);
});

it('leaves out import summaries and changes sent to Trakt', () => {
  expect(heads(change(9, 'b'), change(8, 'b', { title: undefined }), change(3), change(2))).toEqual([]);
});
