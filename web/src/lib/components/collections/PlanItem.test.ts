// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { movie } from '$lib/testing/data';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { CollectionPlan } from '$lib/api';
import PlanItem from './PlanItem.svelte';

const plan: CollectionPlan = {
  id: 3,
  config_id: 1,
  library: 'Movies',
  name: 'Mine',
  state: 'waiting',
  deletes: false,
  adopts: false,
  kept: 2,
  added: 0,
  removed: 13,
  reasons: ['13 of 15 titles would be removed'],
  made_at: '2026-11-29T03:00:00Z',
  titles: [movie],
  entries: [],
  applying: false
};

const changed = vi.fn(async () => undefined);

afterEach(() => {
  changed.mockClear();
  cleanup();
});

it('lists the titles to be removed with the reason, and counts the rest', () => {
  render(PlanItem, { plan, changed });
  expect(screen.getByRole('heading', { name: 'Remove titles from “Mine”?' })).toBeDefined();
  expect(screen.getByText('13 of 15 titles would be removed')).toBeDefined();
  expect(screen.getByText('and 12 more')).toBeDefined();
});

it('sends the decision to remove or keep the titles', async () => {
  server.on('POST /api/collections/plans/3/confirm', { status: 202, body: {} });
  server.on('POST /api/collections/plans/3/dismiss', {});
  render(PlanItem, { plan, changed });
  await userEvent.click(screen.getByRole('button', { name: 'Remove the titles from Mine' }));
  await userEvent.click(screen.getByRole('button', { name: 'Keep the titles in Mine' }));
  expect(server.requests).toEqual([
    'POST /api/collections/plans/3/confirm',
    'POST /api/collections/plans/3/dismiss'
  ]);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('has no buttons while the plan is being applied', () => {
  render(PlanItem, { plan: { ...plan, applying: true }, changed });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByRole('status').textContent).toBe('Applying…');
});

it('lists the titles to be removed from a list on Trakt', async () => {
  server.on('POST /api/collections/plans/3/confirm', { status: 202, body: {} });
  const entries = [
    { title: 'Heat', year: 1995 },
    { title: 'Lost', season_number: 2, episode_number: 3 }
  ];
  const list = { ...plan, trakt_list: 'films', titles: [], removed: 2, entries };
  render(PlanItem, { plan: list, changed });
  expect(
    screen.getByRole('heading', {
      name: 'Remove titles from your Trakt list “films”, which is synced with “Mine”?'
    })
  ).toBeDefined();
  expect(screen.getByText('Heat (1995)')).toBeDefined();
  expect(screen.getByText('Lost, Season 2, episode 3')).toBeDefined();
  expect(screen.queryByText(/more/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Remove the titles from the Trakt list films' }));
  expect(server.requests).toContain('POST /api/collections/plans/3/confirm');
});

it('offers to take over a manually created collection or to leave it alone', async () => {
  server.on('POST /api/collections/plans/3/confirm', { status: 202, body: {} });
  server.on('POST /api/collections/plans/3/dismiss', {});
  const reason = 'a collection of this name was created manually, with 3 titles';
  render(PlanItem, { plan: { ...plan, adopts: true, removed: 0, titles: [], reasons: [reason] }, changed });
  expect(
    screen.getByRole('heading', { name: 'Take over “Mine”, which was created manually?' })
  ).toBeDefined();
  expect(screen.getByText(reason)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Take over Mine' }));
  await userEvent.click(screen.getByRole('button', { name: 'Leave Mine alone' }));
  expect(server.requests.slice(-2)).toEqual([
    'POST /api/collections/plans/3/confirm',
    'POST /api/collections/plans/3/dismiss'
  ]);
});

it('asks about the deletion even if the collection was created manually', () => {
  render(PlanItem, { plan: { ...plan, adopts: true, deletes: true }, changed });
  expect(screen.getByRole('heading', { name: 'Delete “Mine”?' })).toBeDefined();
});

it('lists titles of another server, and counts the rest', () => {
  const entries = Array.from({ length: 40 }, (_, number) => ({ title: `Film ${number}`, year: 1990 }));
  render(PlanItem, { plan: { ...plan, removed: 40, titles: [], entries }, changed });
  expect(screen.getAllByRole('listitem').filter((item) => item.textContent?.startsWith('Film'))).toHaveLength(
    30
  );
  expect(screen.getByText('and 10 more')).toBeDefined();
});
