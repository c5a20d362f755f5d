import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ScanStatus } from '$lib/api';
import { live } from './live.svelte';

/** Stands in for the browser's own. */
class FakeEventSource {
  static made: FakeEventSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  #listeners = new Map<string, (event: { data: string }) => void>();

  constructor() {
    FakeEventSource.made.push(this);
  }
  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.#listeners.set(name, listener);
  }
  close() {
    this.closed = true;
  }
  send(name: string, data: unknown) {
    this.#listeners.get(name)?.({ data: JSON.stringify(data) });
  }
}

const latest = () => FakeEventSource.made.at(-1) as FakeEventSource;

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.made = [];
  vi.stubGlobal('EventSource', FakeEventSource);
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

it('delivers events to who asked for them, until they have had enough', () => {
  live.open();
  const heard: number[] = [];
  const stop = live.on('scan', (scan: ScanStatus) => heard.push(scan.files_seen));
  latest().send('scan', { files_seen: 3 });
  stop();
  latest().send('scan', { files_seen: 4 });
  expect(heard).toEqual([3]);
});

it('connects again after a growing pause, and says so from the second failure on', () => {
  let timesBack = 0;
  const stop = live.onBack(() => (timesBack += 1));
  live.open();
  latest().onerror?.();
  expect(live.status).toBe('connecting');
  vi.advanceTimersByTime(1_000);
  expect(FakeEventSource.made).toHaveLength(2);
  latest().onerror?.();
  expect(live.status).toBe('lost');
  vi.advanceTimersByTime(1_999);
  expect(FakeEventSource.made).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(timesBack).toBe(0);
  latest().onopen?.();
  expect(live.status).toBe('open');
  expect(timesBack).toBe(1);
  stop();
});

it('opens one connection only, and closes it for good', () => {
  live.open();
  live.open();
  expect(FakeEventSource.made).toHaveLength(1);
  latest().onerror?.();
  live.close();
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.made).toHaveLength(1);
  expect(live.status).toBe('closed');
});
