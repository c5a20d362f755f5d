import { expect, it } from 'vitest';
import { backoff } from './backoff';

it('waits longer with every failure, but not for ever', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backoff)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});
