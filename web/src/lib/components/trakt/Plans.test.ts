// @vitest-environment jsdom
import { server } from '$lib/testing/server';
import { FakeEventSource } from '$lib/testing/event-source';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import type { TraktPlan } from '$lib/api';
import { live } from '$lib/state/live.svelte';
import { invalidate } from '$lib/state/query.svelte';
import Plans from './Plans.svelte';

const PLANS = 'GET /api/trakt/plans';
const plan: TraktPlan = {
  id: 1,
  category: 'history',
  direction: 'from_trakt',
  made_at: '2026-11-29T15:40:13Z',
  message: '200 of 240 plays are gone from Trakt.',
  confirmed: false,
  items: 200,
  total: 240
};

afterEach(() => {
  live.close();
  cleanup();
  invalidate('trakt-plans');
});

it.each(['trakt', 'sync'])('shows a plan that is made while the page is open (%s)', async (event) => {
  let plans: TraktPlan[] = [];
  server.on(PLANS, () => ({ body: plans }));
  live.open();
  render(Plans);
  await waitFor(() => expect(server.requests).toContain(PLANS));
  expect(screen.queryByRole('heading')).toBeNull();
  plans = [plan];
  FakeEventSource.latest.send(event, {});
  expect(await screen.findByRole('heading', { name: '200 items would be removed' })).toBeDefined();
});
