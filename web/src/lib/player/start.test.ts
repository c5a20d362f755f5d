import { describe, expect, it } from 'vitest';
import { decideStart, TabPosition } from './start';

describe('the start position', () => {
  it.each([
    [
      'asks if there is a resume point',
      { at: null, reloadedAt: null, resume: 60_000 },
      { kind: 'ask', resume: 60_000 }
    ],
    [
      'does not ask if the resume point is only a few seconds in',
      { at: null, reloadedAt: null, resume: 900 },
      { kind: 'go', position: 0 }
    ],
    [
      'resumes if the address requests it',
      { at: 'resume', reloadedAt: null, resume: 60_000 },
      { kind: 'go', position: 60_000 }
    ],
    [
      'starts from the beginning if the address requests it',
      { at: 'start', reloadedAt: null, resume: 60_000 },
      { kind: 'go', position: 0 }
    ],
    [
      'continues after a reload',
      { at: 'start', reloadedAt: 42_000, resume: 60_000 },
      { kind: 'go', position: 42_000 }
    ],
    [
      'starts at the beginning without a resume point',
      { at: 'resume', reloadedAt: null, resume: null },
      { kind: 'go', position: 0 }
    ]
  ] as const)('%s', (_, options, start) => expect(decideStart(options)).toEqual(start));
});

describe('the position in this tab', () => {
  const memory = new Map<string, string>();
  const store = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key)
  };
  const stored = new TabPosition(store);

  it('belongs to one title and can be cleared', () => {
    stored.save({ title: 7, position: 1234 });
    expect(stored.of(7)).toBe(1234);
    expect(stored.of(8)).toBeNull();
    stored.clear();
    expect(stored.of(7)).toBeNull();
  });

  it('ignores invalid values in the store', () => {
    store.setItem('kinometa.player', '{oops');
    expect(stored.of(7)).toBeNull();
  });
});
