import { describe, expect, it } from 'vitest';
import { keyAction, RATES, SHORTCUTS, stepRate } from './keys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys', () => {
  it.each([
    [' ', { do: 'toggle' }],
    ['K', { do: 'toggle' }],
    ['ArrowLeft', { do: 'seek_by', seconds: -10 }],
    ['?', { do: 'help' }],
    ['s', { do: 'skip' }],
    ['g', { do: 'subtitles_by', step: -1 }],
    ['H', { do: 'subtitles_by', step: 1 }],
    ['3', { do: 'seek_to', fraction: 0.3 }],
    ['Escape', { do: 'exit' }]
  ])('%s', (key, action) => expect(press(key)).toEqual(action));

  it('ignores shortcuts of the browser', () => {
    expect(press('f', { ctrlKey: true })).toBeNull();
    expect(press('l', { metaKey: true })).toBeNull();
    expect(press('q')).toBeNull();
  });

  it('assigns each key only once', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('speed', () => {
  it('changes step by step and stops at the ends', () => {
    expect(stepRate(1, 1)).toBe(1.25);
    expect(stepRate(1, -1)).toBe(0.75);
    expect(stepRate(2, 1)).toBe(2);
    expect(stepRate(0.5, -1)).toBe(0.5);
  });
  it('starts from the nearest step for any other speed', () => {
    expect(stepRate(1.1, 1)).toBe(1.25);
    expect(RATES).toContain(1);
  });
});
