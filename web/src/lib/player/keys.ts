// The player's keyboard shortcuts: one table for the actions and for the overlay that lists them.
import { m } from '$lib/messages/player';

/** Seconds of one step back or forward. */
export const SEEK_SECONDS = 10;

export type PlayerAction =
  | { do: 'toggle' | 'mute' | 'fullscreen' | 'picture' | 'subtitles' | 'next' | 'skip' | 'help' | 'exit' }
  | { do: 'seek_by'; seconds: number }
  | { do: 'seek_to'; fraction: number }
  | { do: 'volume_by'; step: number }
  | { do: 'rate_by'; step: 1 | -1 }
  | { do: 'subtitles_by'; step: 1 | -1 };

interface Shortcut {
  /** As in KeyboardEvent.key, in lower case. */
  keys: string[];
  shown: string[];
  text: string;
  action: PlayerAction;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' ', 'k'], shown: [m.keys.space, 'K'], text: m.keys.toggle, action: { do: 'toggle' } },
  {
    keys: ['arrowleft', 'j'],
    shown: ['←', 'J'],
    text: m.keys.back,
    action: { do: 'seek_by', seconds: -SEEK_SECONDS }
  },
  {
    keys: ['arrowright', 'l'],
    shown: ['→', 'L'],
    text: m.keys.forward,
    action: { do: 'seek_by', seconds: SEEK_SECONDS }
  },
  { keys: ['arrowup'], shown: ['↑'], text: m.keys.louder, action: { do: 'volume_by', step: 0.05 } },
  { keys: ['arrowdown'], shown: ['↓'], text: m.keys.quieter, action: { do: 'volume_by', step: -0.05 } },
  { keys: ['m'], shown: ['M'], text: m.keys.mute, action: { do: 'mute' } },
  { keys: ['c'], shown: ['C'], text: m.keys.subtitles, action: { do: 'subtitles' } },
  { keys: ['g'], shown: ['G'], text: m.keys.subtitlesEarlier, action: { do: 'subtitles_by', step: -1 } },
  { keys: ['h'], shown: ['H'], text: m.keys.subtitlesLater, action: { do: 'subtitles_by', step: 1 } },
  { keys: ['>', '.'], shown: ['>'], text: m.keys.faster, action: { do: 'rate_by', step: 1 } },
  { keys: ['<', ','], shown: ['<'], text: m.keys.slower, action: { do: 'rate_by', step: -1 } },
  { keys: ['home'], shown: [m.keys.home], text: m.keys.start, action: { do: 'seek_to', fraction: 0 } },
  { keys: ['f'], shown: ['F'], text: m.keys.fullScreen, action: { do: 'fullscreen' } },
  { keys: ['i'], shown: ['I'], text: m.keys.pictureInPicture, action: { do: 'picture' } },
  { keys: ['s'], shown: ['S'], text: m.keys.skip, action: { do: 'skip' } },
  { keys: ['n'], shown: ['N'], text: m.keys.next, action: { do: 'next' } },
  { keys: ['?'], shown: ['?'], text: m.keys.help, action: { do: 'help' } },
  { keys: ['escape'], shown: [m.keys.escape], text: m.keys.exit, action: { do: 'exit' } }
];

/** The ten digits as one line of the overlay. */
export const DIGITS = { shown: ['0', '…', '9'], text: m.keys.digits };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The action of a key in the player; null if it has none. */
export function keyAction(event: Key): PlayerAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (/^[0-9]$/.test(event.key)) return { do: 'seek_to', fraction: Number(event.key) / 10 };
  const key = event.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => shortcut.keys.includes(key))?.action ?? null;
}

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next speed up or down, limited to the available speeds. */
export function stepRate(rate: number, step: 1 | -1): number {
  const nearest = RATES.reduce(
    (best, each) => (Math.abs(each - rate) < Math.abs(best - rate) ? each : best),
    1
  );
  return RATES[RATES.indexOf(nearest as (typeof RATES)[number]) + step] ?? nearest;
}
