// The player's keyboard: one table for what keys do and for the overlay that shows them.

export type PlayerAction =
  | { do: 'toggle' | 'mute' | 'fullscreen' | 'picture' | 'subtitles' | 'next' | 'help' | 'leave' }
  | { do: 'seek_by'; seconds: number }
  | { do: 'seek_to'; fraction: number }
  | { do: 'volume_by'; step: number }
  | { do: 'rate_by'; step: 1 | -1 };

interface Shortcut {
  /** As in KeyboardEvent.key, in lower case. */
  keys: string[];
  shown: string[];
  text: string;
  action: PlayerAction;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' ', 'k'], shown: ['Space', 'K'], text: 'Play or pause', action: { do: 'toggle' } },
  {
    keys: ['arrowleft', 'j'],
    shown: ['←', 'J'],
    text: 'Back 10 seconds',
    action: { do: 'seek_by', seconds: -10 }
  },
  {
    keys: ['arrowright', 'l'],
    shown: ['→', 'L'],
    text: 'On 10 seconds',
    action: { do: 'seek_by', seconds: 10 }
  },
  { keys: ['arrowup'], shown: ['↑'], text: 'Louder', action: { do: 'volume_by', step: 0.05 } },
  { keys: ['arrowdown'], shown: ['↓'], text: 'Quieter', action: { do: 'volume_by', step: -0.05 } },
  { keys: ['m'], shown: ['M'], text: 'Sound off or on', action: { do: 'mute' } },
  { keys: ['c'], shown: ['C'], text: 'Subtitles on or off', action: { do: 'subtitles' } },
  { keys: ['>', '.'], shown: ['>'], text: 'Faster', action: { do: 'rate_by', step: 1 } },
  { keys: ['<', ','], shown: ['<'], text: 'Slower', action: { do: 'rate_by', step: -1 } },
  { keys: ['home'], shown: ['Home'], text: 'To the start', action: { do: 'seek_to', fraction: 0 } },
  { keys: ['f'], shown: ['F'], text: 'Full screen', action: { do: 'fullscreen' } },
  { keys: ['i'], shown: ['I'], text: 'Picture in picture', action: { do: 'picture' } },
  { keys: ['n'], shown: ['N'], text: 'Next episode', action: { do: 'next' } },
  { keys: ['?'], shown: ['?'], text: 'This overview', action: { do: 'help' } },
  { keys: ['escape'], shown: ['Esc'], text: 'Leave the player', action: { do: 'leave' } }
];

/** Shown in the overview; the digits are not in the table because there are ten of them. */
export const DIGITS = { shown: ['0', '…', '9'], text: 'To 0 % … 90 %' };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key does in the player; null when it does nothing. */
export function keyAction(event: Key): PlayerAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (/^[0-9]$/.test(event.key)) return { do: 'seek_to', fraction: Number(event.key) / 10 };
  const key = event.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => shortcut.keys.includes(key))?.action ?? null;
}

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next speed up or down; stays at either end. */
export function stepRate(rate: number, step: 1 | -1): number {
  const nearest = RATES.reduce(
    (best, each) => (Math.abs(each - rate) < Math.abs(best - rate) ? each : best),
    1
  );
  return RATES[RATES.indexOf(nearest as (typeof RATES)[number]) + step] ?? nearest;
}
