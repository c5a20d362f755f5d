import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ScanStatus } from '$lib/api';
import { FakeEventSource } from '$lib/testing/event-source';
import { live } from './live.svelte';
import * as queries from './query.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.opened = [];
  vi.stubGlobal('EventSource', FakeEventSource);
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('delivers events to subscribers until they unsubscribe', () => {
  live.open();
  const received: number[] = [];
  const stop = live.on('scan', (scan: ScanStatus) => received.push(scan.files_seen));
  FakeEventSource.latest.send('scan', { files_seen: 3 });
  stop();
  FakeEventSource.latest.send('scan', { files_seen: 4 });
  expect(received).toEqual([3]);
});

it('reconnects after increasing delays, and reports the loss from the second failure on', () => {
  let reconnections = 0;
  const stop = live.onReconnect(() => (reconnections += 1));
  live.open();
  FakeEventSource.latest.onerror?.();
  expect(live.status).toBe('connecting');
  vi.advanceTimersByTime(1_000);
  expect(FakeEventSource.opened).toHaveLength(2);
  FakeEventSource.latest.onerror?.();
  expect(live.status).toBe('lost');
  vi.advanceTimersByTime(1_999);
  expect(FakeEventSource.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(reconnections).toBe(0);
  FakeEventSource.latest.onopen?.();
  expect(live.status).toBe('open');
  expect(reconnections).toBe(1);
  stop();
});

it('opens only one connection, and does not reconnect after closing it', () => {
  live.open();
  live.open();
  expect(FakeEventSource.opened).toHaveLength(1);
  FakeEventSource.latest.onerror?.();
  live.close();
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.opened).toHaveLength(1);
  expect(live.status).toBe('closed');
});

it('starts at the session’s cursor, and continues after the last event', () => {
  const invalidate = vi.spyOn(queries, 'invalidate');
  live.open('a-7');
  expect(FakeEventSource.latest.url).toBe('/api/events?after=a-7');
  FakeEventSource.latest.onopen?.();
  FakeEventSource.latest.send('library', { revision: 3 }, 'a-9');
  FakeEventSource.latest.onerror?.();
  vi.advanceTimersByTime(1_000);
  expect(FakeEventSource.latest.url).toBe('/api/events?after=a-9');
  FakeEventSource.latest.onopen?.();
  expect(invalidate).not.toHaveBeenCalled();
});

it('reloads everything if the server no longer knows the missed events', () => {
  const invalidate = vi.spyOn(queries, 'invalidate');
  live.open('a-7');
  FakeEventSource.latest.onopen?.();
  FakeEventSource.latest.send('missed', {}, 'b-2');
  expect(invalidate).toHaveBeenCalledExactlyOnceWith('');
});
