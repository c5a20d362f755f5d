import { expect, it, vi } from 'vitest';
import { loadRows } from './paging';

const rows = (count: number) => Array.from({ length: count }, (_, index) => index);
const server = (all: number[]) =>
  vi.fn(async (offset: number, limit: number) => ({
    items: all.slice(offset, offset + limit),
    total: all.length
  }));

it('loads the rows with as few requests as possible', async () => {
  const load = server(rows(2_000));
  const { items, total } = await loadRows(700, load, (row) => row);
  expect(items).toEqual(rows(700));
  expect(total).toBe(2_000);
  expect(load.mock.calls).toEqual([
    [0, 500],
    [500, 200]
  ]);
});

it('requests nothing beyond the end of the list', async () => {
  const load = server(rows(3));
  expect((await loadRows(900, load, (row) => row)).items).toEqual(rows(3));
  expect(load).toHaveBeenCalledOnce();
});

it('returns a row only once if it moves between requests', async () => {
  const load = vi.fn(async (offset: number, limit: number) => ({
    items: rows(limit).map((row) => row + Math.max(0, offset - 1)),
    total: 600
  }));
  const { items } = await loadRows(600, load, (row) => row);
  expect(new Set(items).size).toBe(items.length);
});
