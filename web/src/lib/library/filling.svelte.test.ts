import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Filling } from './filling.svelte';

let frame: (() => void) | undefined;
let visible = { start: 0, end: 30 };
let filling: Filling;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frame = callback;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => (frame = undefined));
  frame = undefined;
  visible = { start: 0, end: 30 };
  filling = new Filling(
    () => visible,
    () => 5
  );
});

afterEach(() => vi.unstubAllGlobals());

function scrollTo(start: number) {
  const before = visible;
  visible = { start, end: start + 30 };
  filling.scrolled(before);
}

/** Lets one frame pass; says whether another was asked for. */
function nextFrame(): boolean {
  const run = frame;
  frame = undefined;
  run?.();
  return frame !== undefined;
}

it('builds everything at once while it goes on by a row', () => {
  scrollTo(5);
  expect(filling.built).toBeNull();
  expect(filling.has(34)).toBe(true);
  expect(frame).toBeUndefined();
});

it('builds nothing new while rows fly past, and a row in each frame once they do not', () => {
  scrollTo(20);
  expect(filling.built).toEqual({ start: 20, end: 30 });
  nextFrame();
  for (let start = 40; start <= 400; start += 20) {
    scrollTo(start);
    expect(nextFrame()).toBe(true);
  }
  expect(filling.built).toEqual({ start: 400, end: 400 });
  expect(filling.has(410)).toBe(false);
  let rows = 0;
  do rows += 1;
  while (nextFrame());
  expect(rows).toBe(6);
  expect(filling.built).toBeNull();
});

it('builds nothing new when several rows come in at the top of a grid, where the first card stays', () => {
  const before = visible;
  visible = { start: 0, end: 45 };
  filling.scrolled(before);
  expect(filling.built).toEqual({ start: 0, end: 30 });
});

it('builds everything at once for a card that gets the focus', () => {
  scrollTo(500);
  filling.finish();
  expect(filling.has(529)).toBe(true);
  expect(frame).toBeUndefined();
});

it('opens with the rows in view, and builds those around it from the second frame on', () => {
  filling.opened({ start: 0, end: 20 });
  expect([filling.has(19), filling.has(20), filling.passing]).toEqual([true, false, false]);
  expect(nextFrame()).toBe(true);
  expect(filling.has(20)).toBe(false);
  expect(nextFrame()).toBe(true);
  expect([filling.has(24), filling.has(25)]).toEqual([true, false]);
  expect(nextFrame()).toBe(false);
  expect(filling.built).toBeNull();
});

it('knows that cards fly past until all in view are built', () => {
  scrollTo(20);
  expect(filling.passing).toBe(true);
  while (nextFrame());
  expect(filling.passing).toBe(false);
});
