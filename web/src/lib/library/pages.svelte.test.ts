import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError, type TitleCard } from '$lib/api';
import { TitlePages } from './pages.svelte';

beforeEach(() => {
  const memory = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value)
  });
});

/** A library of 250 titles, and the requested offsets. */
function library() {
  const requested: number[] = [];
  const list = async (offset: number, limit: number) => {
    requested.push(offset);
    const length = Math.max(0, Math.min(limit, 250 - offset));
    const items = Array.from({ length }, (_, index) => ({ id: offset + index }) as TitleCard);
    return { items, total: 250, offset };
  };
  return { requested, list };
}

it('fetches each visible page once', async () => {
  const { requested, list } = library();
  const pages = new TitlePages('movie', list);
  pages.ensure(0, 0);
  pages.ensure(0, 30);
  await vi.waitFor(() => expect(pages.total).toBe(250));
  pages.ensure(0, 30);
  pages.ensure(90, 110);
  await vi.waitFor(() => expect(pages.item(105)?.id).toBe(105));
  expect(requested).toEqual([0, 100]);
  expect(pages.item(220)).toBeUndefined();
});

it('reloads its pages, and shows the old cards until then', async () => {
  const { requested, list } = library();
  const pages = new TitlePages('movie', list);
  pages.ensure(0, 120);
  await vi.waitFor(() => expect(pages.item(105)).toBeDefined());
  pages.refresh();
  expect(pages.item(5)?.id).toBe(5);
  expect(requested).toEqual([0, 100, 0, 100]);
});

it('remembers the total across page loads', async () => {
  const { list } = library();
  const before = new TitlePages('show', list);
  before.ensure(0, 1);
  await vi.waitFor(() => expect(before.total).toBe(250));
  expect(new TitlePages('show', list).total).toBe(250);
  expect(new TitlePages('movie', list).total).toBeNull();
});

it('keeps an error for the page to show', async () => {
  const error = new ApiError(500, 'x', 'Broken.');
  const pages = new TitlePages('movie', () => Promise.reject(error));
  pages.ensure(0, 1);
  await vi.waitFor(() => expect(pages.error).toBe(error));
});
