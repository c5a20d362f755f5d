// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { CueMover, saveOffset, loadOffset, stepOffset } from './subtitle-offset';

it('changes by tenths of a second up to a limit', () => {
  expect(stepOffset(0, 1)).toBe(0.1);
  expect(stepOffset(0.2, 1)).toBe(0.3);
  expect(stepOffset(0.1, -1)).toBe(0);
  expect(stepOffset(60, 1)).toBe(60);
  expect(stepOffset(-60, -1)).toBe(-60);
});

it('shifts cues relative to the times in their file', () => {
  const cue = { startTime: 10, endTime: 12 };
  const mover = new CueMover();
  mover.move([cue], 0.5);
  mover.move([cue], 0.3);
  expect(cue).toEqual({ startTime: 10.3, endTime: 12.3 });
  mover.move([cue], -11);
  expect(cue).toEqual({ startTime: 0, endTime: 1 });
  mover.move([cue], 0);
  expect(cue).toEqual({ startTime: 10, endTime: 12 });
});

it('is stored per title for the session', () => {
  saveOffset(sessionStorage, 7, -0.4);
  expect(loadOffset(sessionStorage, 7)).toBe(-0.4);
  expect(loadOffset(sessionStorage, 8)).toBe(0);
  saveOffset(sessionStorage, 7, 0);
  expect(sessionStorage.getItem('subtitle-offset:7')).toBeNull();
  sessionStorage.setItem('subtitle-offset:7', 'much');
  expect(loadOffset(sessionStorage, 7)).toBe(0);
});
