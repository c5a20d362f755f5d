import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { invalidate, prime, query, type Query } from './query.svelte';

/** Runs a query like a component; `unmount` simulates that the component is destroyed. */
function mount<T>(key: () => string, load: (signal: AbortSignal) => Promise<T>) {
  let made: Query<T> | undefined;
  const unmount = $effect.root(() => {
    made = query(key, load);
  });
  flushSync();
  return { query: made as Query<T>, unmount };
}

it('loads, and shows cached data immediately when going back', async () => {
  let count = 0;
  const load = async () => (count += 1);
  const first = mount(() => 'a:1', load);
  await vi.waitFor(() => expect(first.query.data).toBe(1));
  first.unmount();
  const back = mount(() => 'a:1', load);
  expect(back.query.data).toBe(1);
  await vi.waitFor(() => expect(back.query.data).toBe(2));
  back.unmount();
});

it('follows its key, and ignores late responses', async () => {
  const responses = new Map<string, (value: string) => void>();
  let key = $state('b:1');
  const { query: made, unmount } = mount(
    () => key,
    () => new Promise<string>((resolve) => responses.set(key, resolve))
  );
  key = 'b:2';
  flushSync();
  responses.get('b:2')?.('second');
  await vi.waitFor(() => expect(made.data).toBe('second'));
  responses.get('b:1')?.('first');
  await Promise.resolve();
  expect(made.data).toBe('second');
  unmount();
});

it('reloads only invalidated data', async () => {
  const loads = { c: 0, d: 0 };
  const one = mount(
    () => 'c:1',
    async () => (loads.c += 1)
  );
  const other = mount(
    () => 'd:1',
    async () => (loads.d += 1)
  );
  await vi.waitFor(() => expect(other.query.data).toBe(1));
  invalidate('c:');
  await vi.waitFor(() => expect(one.query.data).toBe(2));
  expect(loads.d).toBe(1);
  one.unmount();
  invalidate('c:');
  expect(loads.c).toBe(2);
  other.unmount();
});

it('keeps its data when reloading fails', async () => {
  let fails = false;
  const { query: made, unmount } = mount(
    () => 'e:1',
    async () => {
      if (fails) throw new Error('away');
      return 'there';
    }
  );
  await vi.waitFor(() => expect(made.data).toBe('there'));
  fails = true;
  await made.reload();
  expect(made.data).toBe('there');
  expect(made.error).not.toBeNull();
  unmount();
});

it('updates all parts of a page that show the same data', async () => {
  const one = mount(
    () => 'e:1',
    () => Promise.resolve('before')
  );
  const other = mount(
    () => 'e:1',
    () => Promise.resolve('before')
  );
  await vi.waitFor(() => expect([one.query.data, other.query.data]).toEqual(['before', 'before']));
  one.query.set('after');
  expect(other.query.data).toBe('after');
  one.unmount();
  other.unmount();
});

it('shows primed data immediately, and loads it only the next time', async () => {
  let count = 0;
  const load = async () => (count += 1);
  await prime('f:1', load);
  const first = mount(() => 'f:1', load);
  expect(first.query.data).toBe(1);
  expect(count).toBe(1);
  first.unmount();
  const back = mount(() => 'f:1', load);
  await vi.waitFor(() => expect(back.query.data).toBe(2));
  back.unmount();
});

it('uses a pending primed request instead of loading twice', async () => {
  let arrive: (answer: string) => void = () => undefined;
  const load = vi.fn(() => new Promise<string>((resolve) => (arrive = resolve)));
  const primed = prime('i:1', load);
  const made = mount(() => 'i:1', load);
  arrive('there');
  await primed;
  await vi.waitFor(() => expect(made.query.data).toBe('there'));
  expect(load).toHaveBeenCalledOnce();
  made.unmount();
});

it('does not prime cached data, and reloads data that changed after it was primed', async () => {
  let count = 0;
  const load = async () => (count += 1);
  await prime('g:1', load);
  await prime('g:1', load);
  expect(count).toBe(1);
  invalidate('g:');
  const late = mount(() => 'g:1', load);
  await vi.waitFor(() => expect(late.query.data).toBe(2));
  late.unmount();
});

it('leaves failures of priming to the page', async () => {
  expect(await prime('h:1', () => Promise.reject(new Error('away')))).toBeUndefined();
  const made = mount(
    () => 'h:1',
    () => Promise.reject(new Error('away'))
  );
  await vi.waitFor(() => expect(made.query.error).not.toBeNull());
  made.unmount();
});
