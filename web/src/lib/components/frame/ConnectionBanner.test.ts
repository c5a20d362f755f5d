// @vitest-environment jsdom
import '$lib/testing/server';
import { FakeEventSource } from '$lib/testing/event-source';
import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { live } from '$lib/state/live.svelte';
import ConnectionBanner from './ConnectionBanner.svelte';

const TEXT = 'No connection to Kinometa. Reconnecting…';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

/** The server drops the connection, and the next attempt is made. */
async function drop() {
  FakeEventSource.latest.onerror?.();
  await tick();
}

it('appears when reconnecting has failed, and goes once the server is back', async () => {
  render(ConnectionBanner);
  live.open();
  FakeEventSource.latest.onopen?.();
  await drop();
  expect(screen.queryByRole('status'), 'one hiccup').toBeNull();
  vi.advanceTimersByTime(1_000);
  await drop();
  expect(screen.getByRole('status').textContent.trim()).toBe(TEXT);
  vi.advanceTimersByTime(2_000);
  FakeEventSource.latest.onopen?.();
  await tick();
  expect(screen.queryByRole('status')).toBeNull();
});
