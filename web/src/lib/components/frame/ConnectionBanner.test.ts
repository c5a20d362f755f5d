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

/** Simulates that the connection breaks; the next attempt follows. */
async function drop() {
  FakeEventSource.latest.onerror?.();
  await tick();
}

it('appears when reconnecting has failed, and disappears once the server is back', async () => {
  render(ConnectionBanner);
  live.open();
  FakeEventSource.latest.onopen?.();
  await drop();
  expect(screen.queryByRole('status'), 'after one interruption').toBeNull();
  vi.advanceTimersByTime(1_000);
  await drop();
  expect(screen.getByRole('status').textContent.trim()).toBe(TEXT);
  vi.advanceTimersByTime(2_000);
  FakeEventSource.latest.onopen?.();
  await tick();
  expect(screen.queryByRole('status')).toBeNull();
});
