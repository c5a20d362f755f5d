// @vitest-environment jsdom
import '$lib/testing/server';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { TitleCard, Titles } from '$lib/api';
import { TitlePages } from '$lib/library/pages.svelte';
import TitleGrid from './TitleGrid.svelte';

const TOTAL = 1_000;
const card = (id: number) => ({ id, kind: 'movie', name: `Film ${id}`, missing: false }) as TitleCard;

/** Resolves the pending requests: all but the first page have to wait. */
let waiting: (() => void)[] = [];

async function load(offset: number, limit: number): Promise<Titles> {
  if (offset > 0) await new Promise<void>((resolve) => waiting.push(resolve));
  const length = Math.min(limit, TOTAL - offset);
  return { total: TOTAL, items: Array.from({ length }, (_, at) => card(offset + at)) } as Titles;
}

beforeEach(() => {
  waiting = [];
  sessionStorage.clear();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    }
  );
  document.documentElement.style.fontSize = '16px';
  vi.stubGlobal('scrollTo', vi.fn());
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_000);
  Element.prototype.scrollIntoView = vi.fn();
});

/** Jumps to the end of the list, whose cards are not loaded yet. */
async function jumpToTheEnd() {
  const pages = new TitlePages('grid test', load);
  pages.refresh();
  await vi.waitFor(() => expect(pages.total).toBe(TOTAL));
  render(TitleGrid, { pages, label: 'Movies' });
  const grid = screen.getByRole('list', { name: 'Movies' });
  grid.querySelector<HTMLElement>('[data-index="0"] a')?.focus();
  vi.spyOn(grid, 'getBoundingClientRect').mockReturnValue({ top: -1_000_000 } as DOMRect);
  await userEvent.keyboard('{End}');
  expect(document.activeElement).toBe(document.body);
}

const answer = () => waiting.forEach((answer) => answer());
const last = () => document.querySelector(`[data-index="${TOTAL - 1}"] a`);

it('focuses a distant card as soon as it is loaded', async () => {
  await jumpToTheEnd();
  answer();
  await vi.waitFor(() => expect(last()).not.toBeNull());
  await vi.waitFor(() => expect(document.activeElement).toBe(last()));
});

it('does not move the focus if the user has moved it meanwhile', async () => {
  await jumpToTheEnd();
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  answer();
  await vi.waitFor(() => expect(last()).not.toBeNull());
  await tick();
  expect(document.activeElement).toBe(field);
  field.remove();
});
