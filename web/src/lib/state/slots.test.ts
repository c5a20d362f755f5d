import { expect, it } from 'vitest';
import { Slots } from './slots';

it('runs no more than it may, first come, first served', () => {
  const slots = new Slots(2);
  const started: string[] = [];
  const take = (name: string) => slots.take(() => started.push(name));
  const a = take('a');
  take('b');
  take('c');
  take('d');
  expect(started).toEqual(['a', 'b']);
  a.release();
  a.release();
  expect(started).toEqual(['a', 'b', 'c']);
});

it('forgets who gives up waiting', () => {
  const slots = new Slots(1);
  const started: string[] = [];
  const a = slots.take(() => started.push('a'));
  const b = slots.take(() => started.push('b'));
  slots.take(() => started.push('c'));
  b.release();
  a.release();
  expect(started).toEqual(['a', 'c']);
});
