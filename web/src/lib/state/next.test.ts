import { expect, it } from 'vitest';
import { safeNext } from './next';

it.each([
  ['/movies?sort=year', '/movies?sort=year'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['https://elsewhere.example', '/'],
  ['/sign-in?next=/sign-in', '/'],
  [null, '/']
])('after signing in, %s leads to %s', (next, expected) => expect(safeNext(next)).toBe(expected));
