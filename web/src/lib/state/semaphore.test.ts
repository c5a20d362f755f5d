import { expect, it } from 'vitest';
import { Semaphore } from './semaphore';

it('starts at most the limit, in order', () => {
  const semaphore = new Semaphore(2);
  const started: string[] = [];
  const acquire = (name: string) => semaphore.acquire(() => started.push(name));
  const a = acquire('a');
  acquire('b');
  acquire('c');
  acquire('d');
  expect(started).toEqual(['a', 'b']);
  a.release();
  a.release();
  expect(started).toEqual(['a', 'b', 'c']);
});

it('skips a ticket that was released while waiting', () => {
  const semaphore = new Semaphore(1);
  const started: string[] = [];
  const a = semaphore.acquire(() => started.push('a'));
  const b = semaphore.acquire(() => started.push('b'));
  semaphore.acquire(() => started.push('c'));
  b.release();
  a.release();
  expect(started).toEqual(['a', 'c']);
});
