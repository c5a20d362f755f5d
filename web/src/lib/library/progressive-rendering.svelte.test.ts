import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProgressiveRendering } from './progressive-rendering.svelte';

let frame: (() => void) | undefined;
let visible = { start: 0, end: 30 };
let rendering: ProgressiveRendering;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frame = callback;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => (frame = undefined));
  frame = undefined;
  visible = { start: 0, end: 30 };
  rendering = new ProgressiveRendering(
    () => visible,
    () => 5
  );
});

afterEach(() => vi.unstubAllGlobals());

function scrollTo(start: number) {
  const before = visible;
  visible = { start, end: start + 30 };
  rendering.scrolled(before);
}

/** Runs one frame; returns whether another one was requested. */
function nextFrame(): boolean {
  const run = frame;
  frame = undefined;
  run?.();
  return frame !== undefined;
}

it('builds everything immediately while scrolling row by row', () => {
  scrollTo(5);
  expect(rendering.built).toBeNull();
  expect(rendering.has(34)).toBe(true);
  expect(frame).toBeUndefined();
});

it('builds nothing new while scrolling fast, then one row in each frame', () => {
  scrollTo(20);
  expect(rendering.built).toEqual({ start: 20, end: 30 });
  nextFrame();
  for (let start = 40; start <= 400; start += 20) {
    scrollTo(start);
    expect(nextFrame()).toBe(true);
  }
  expect(rendering.built).toEqual({ start: 400, end: 400 });
  expect(rendering.has(410)).toBe(false);
  let rows = 0;
  do rows += 1;
  while (nextFrame());
  expect(rows).toBe(6);
  expect(rendering.built).toBeNull();
});

it('builds nothing new when several rows appear at the top of a grid, where the first card stays visible', () => {
  const before = visible;
  visible = { start: 0, end: 45 };
  rendering.scrolled(before);
  expect(rendering.built).toEqual({ start: 0, end: 30 });
});

it('builds everything immediately for a card that gets the focus', () => {
  scrollTo(500);
  rendering.finish();
  expect(rendering.has(529)).toBe(true);
  expect(frame).toBeUndefined();
});

it('opens with the visible rows, and builds those around them from the second frame on', () => {
  rendering.opened({ start: 0, end: 20 });
  expect([rendering.has(19), rendering.has(20), rendering.isFastScrolling]).toEqual([true, false, false]);
  expect(nextFrame()).toBe(true);
  expect(rendering.has(20)).toBe(false);
  expect(nextFrame()).toBe(true);
  expect([rendering.has(24), rendering.has(25)]).toEqual([true, false]);
  expect(nextFrame()).toBe(false);
  expect(rendering.built).toBeNull();
});

it('reports fast scrolling until all visible cards are built', () => {
  scrollTo(20);
  expect(rendering.isFastScrolling).toBe(true);
  while (nextFrame());
  expect(rendering.isFastScrolling).toBe(false);
});
