import { expect, it } from 'vitest';
import { CuePlacer, cueSize } from './subtitle-place';

const FULL_HD = { width: 1920, height: 1080 };

it.each([
  ['as high as the stage', { width: 1920, height: 1080 }, 'medium', 67.1],
  ['as wide as a phone in portrait orientation', { width: 390, height: 844 }, 'medium', 13.6],
  ['with small text', { width: 1920, height: 1080 }, 'small', 64.8],
  ['with very large text', { width: 1920, height: 1080 }, 'huge', 123.9]
] as const)('calculates the line height for a picture %s', (_, stage, size, expected) => {
  expect(cueSize(stage, FULL_HD, size).line).toBeCloseTo(expected, 1);
});

it('calculates the text height', () => {
  expect(cueSize(FULL_HD, FULL_HD, 'medium').text).toBeCloseTo(49.7, 1);
  expect(cueSize(FULL_HD, FULL_HD, 'large').text).toBeCloseTo(70.2, 1);
});

it('keeps cues for the top at the top although all subtitles are moved up', () => {
  const placer = new CuePlacer();
  const top = { line: 0, snapToLines: true, text: 'Up' };
  const percent = { line: 0, snapToLines: false, text: 'There' };
  const bottom = { line: 'auto' as const, snapToLines: true, text: 'Down' };
  expect(placer.placeTop([top, percent, bottom], 240, 67)).toBe(true);
  expect([top.line, percent.line, bottom.line]).toEqual([4, 0, 'auto']);
  expect(placer.placeTop([top, percent, bottom], 240, 67)).toBe(false);
  expect(placer.placeTop([top, percent, bottom], 60, 67)).toBe(true);
  expect([top.line, percent.line, bottom.line]).toEqual([1, 0, 'auto']);
});

it('places cues for the bottom above the controls if they cannot be moved with CSS', () => {
  const placer = new CuePlacer();
  const cue = (line: VTTCue['line'], text: string) => ({ line, text, snapToLines: true });
  const [one, two, top] = [cue('auto', 'One line'), cue('auto', 'Two\nlines'), cue(0, 'Up')];
  expect(placer.placeBottom([one, two, top], 150, 67)).toBe(true);
  expect([one.line, two.line, top.line]).toEqual([-4, -5, 0]);
  expect(placer.placeBottom([one, two, top], 150, 67)).toBe(false);
  expect(placer.placeBottom([one, two, top], 0, 67)).toBe(true);
  expect([one.line, two.line, top.line]).toEqual(['auto', 'auto', 0]);
});
