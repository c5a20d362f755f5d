import { describe, expect, it } from 'vitest';
import { gridShape, moveFocus, oneMoreRow, overlap, pagesFor, visibleRange } from './window';

const options = { minCardWidth: 150, gap: 20, aspect: 1.5, captionHeight: 50 };
const shape = { columns: 5, cardWidth: 100, rowHeight: 200 };

describe('the shape', () => {
  it('fills the width exactly', () => {
    const { columns, cardWidth } = gridShape(1000, options);
    expect(columns).toBe(6);
    expect(columns * cardWidth + (columns - 1) * options.gap).toBeCloseTo(1000);
  });
  it('has the minimum number of columns on a small phone', () => {
    expect(gridShape(280, { ...options, minColumns: 2 }).columns).toBe(2);
    expect(gridShape(0, options).cardWidth).toBe(0);
  });
});

describe('the visible cards', () => {
  it('are few regardless of the length of the list', () => {
    const range = visibleRange(10_000, shape, 100_000, 800);
    expect(range).toEqual({ start: 498 * 5, end: 506 * 5, top: 498 * 200, height: 400_000 });
  });
  it('start at the top and end with the list', () => {
    expect(visibleRange(12, shape, -300, 800)).toEqual({ start: 0, end: 12, top: 0, height: 600 });
    expect(visibleRange(12, shape, 9_000, 800).end).toBe(12);
    expect(visibleRange(0, shape, 0, 800).height).toBe(0);
  });
});

describe('building row by row', () => {
  const wanted = { start: 100, end: 135 };

  it('keeps cards that are still visible', () => {
    expect(overlap({ start: 90, end: 110 }, wanted)).toEqual({ start: 100, end: 110 });
    expect(overlap({ start: 0, end: 20 }, wanted)).toEqual({ start: 100, end: 100 });
    expect(overlap({ start: 200, end: 235 }, wanted)).toEqual({ start: 200, end: 200 });
  });

  it('builds from the top of the viewport down, then the rows above it', () => {
    const steps = [];
    for (let built = { start: 0, end: 0 }; built.end - built.start < 35; steps.push(built))
      built = oneMoreRow(built, wanted, 5);
    expect(steps.map(({ start, end }) => `${start}-${end}`)).toEqual([
      '110-115',
      '110-120',
      '110-125',
      '110-130',
      '110-135',
      '105-135',
      '100-135'
    ]);
  });

  it('starts and ends with the list', () => {
    expect(oneMoreRow({ start: 0, end: 0 }, { start: 0, end: 12 }, 5)).toEqual({ start: 0, end: 5 });
    expect(oneMoreRow({ start: 0, end: 10 }, { start: 0, end: 12 }, 5)).toEqual({ start: 0, end: 12 });
    expect(oneMoreRow({ start: 0, end: 0 }, { start: 0, end: 3 }, 5)).toEqual({ start: 0, end: 3 });
  });
});

it('returns the pages that contain the cards', () => {
  expect(pagesFor(95, 105, 100)).toEqual([0, 1]);
  expect(pagesFor(200, 300, 100)).toEqual([2]);
  expect(pagesFor(5, 5, 100)).toEqual([]);
});

describe('the keyboard', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowDown', 3, 8],
    ['ArrowUp', 3, 3],
    ['ArrowUp', 8, 3],
    ['ArrowDown', 11, 11],
    ['PageDown', 0, 11],
    ['Home', 7, 0],
    ['End', 0, 11],
    ['ArrowLeft', 0, 0]
  ])('%s moves the focus from %d to %d', (key, from, to) => expect(moveFocus(key, from, 12, 5)).toBe(to));

  it('ignores other keys', () => {
    expect(moveFocus('Enter', 3, 12, 5)).toBeNull();
    expect(moveFocus('End', 0, 0, 5)).toBeNull();
  });
});
