import { expect, it } from 'vitest';
import { sideOf, tap } from './gestures';

it('divides the screen into left, middle and right', () => {
  expect([10, 200, 390].map((x) => sideOf(x, 400))).toEqual(['left', 'middle', 'right']);
});

it('distinguishes single and double taps', () => {
  const first = { at: 1000, side: 'right' as const };
  expect(tap(null, first)).toEqual({ kind: 'single' });
  expect(tap(first, { at: 1200, side: 'right' })).toEqual({ kind: 'seek', side: 'right' });
  expect(tap(first, { at: 1200, side: 'left' })).toEqual({ kind: 'single' });
  expect(tap(first, { at: 1500, side: 'right' })).toEqual({ kind: 'single' });
  expect(tap({ at: 0, side: 'middle' }, { at: 100, side: 'middle' })).toEqual({ kind: 'toggle' });
});
