import { expect, it } from 'vitest';
import { backoff } from './backoff';

it('waits longer after every failure, up to a maximum', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backoff)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});
