import { expect, it } from 'vitest';
import type { ReportPlayback } from '$lib/api';
import { Undelivered, type Delivery } from './undelivered';

const stop = (position_ms: number): ReportPlayback => ({ event: 'stop', position_ms, seq: 9 });

function setUp(first?: string) {
  const items = new Map<string, string>();
  if (first !== undefined) items.set('kinometa.undelivered-stops', first);
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key)
  };
  const sent: [string, number][] = [];
  const ages: (number | null | undefined)[] = [];
  const clock = { now: 1_000 };
  const send = (outcome: Delivery) => (id: string, body: ReportPlayback) => {
    sent.push([id, body.position_ms]);
    ages.push(body.age_ms);
    return Promise.resolve(outcome);
  };
  const undelivered = new Undelivered(
    () => storage,
    () => clock.now
  );
  return { items, undelivered, sent, ages, clock, send };
}

it('resends a stop until the server has received it', async () => {
  const { undelivered, sent, send, items } = setUp();
  undelivered.remember('a', stop(5));
  undelivered.remember('b', stop(7));
  await undelivered.deliver(send('unreachable'));
  expect(sent).toEqual([['a', 5]]);
  await undelivered.deliver(send('settled'));
  expect(sent).toEqual([
    ['a', 5],
    ['a', 5],
    ['b', 7]
  ]);
  expect(items.size).toBe(0);
});

it('sends the age of a stop', async () => {
  const { undelivered, send, ages, clock } = setUp();
  undelivered.remember('a', stop(5));
  undelivered.remember('b', { ...stop(7), age_ms: 60_000 });
  clock.now += 7_200_000;
  await undelivered.deliver(send('settled'));
  expect(ages).toEqual([7_200_000, 7_260_000]);
});

it('keeps one stop per playback until it is acknowledged', async () => {
  const { undelivered, sent, send } = setUp();
  undelivered.remember('a', stop(5));
  undelivered.remember('a', stop(6));
  undelivered.remember('b', stop(7));
  undelivered.forget('b');
  await undelivered.deliver(send('settled'));
  expect(sent).toEqual([['a', 6]]);
});

it('handles invalid or forbidden storage', async () => {
  const { undelivered, sent, send } = setUp('{"no": ');
  await undelivered.deliver(send('settled'));
  expect(sent).toEqual([]);
  const refused = new Undelivered(() => {
    throw new Error('forbidden');
  });
  refused.remember('a', stop(5));
  await refused.deliver(send('settled'));
  expect(sent).toEqual([]);
});
