// Taps on a touchscreen: one shows or hides the controls, two on a side seek, further taps keep seeking.

export type Side = 'left' | 'middle' | 'right';

export type TapResult = { kind: 'single' } | { kind: 'seek'; side: 'left' | 'right' } | { kind: 'toggle' };

interface Tap {
  at: number;
  side: Side;
}

/** Maximum time between two taps of one gesture. */
export const DOUBLE_TAP_MS = 300;

export function sideOf(x: number, width: number): Side {
  if (x < width * 0.35) return 'left';
  return x > width * 0.65 ? 'right' : 'middle';
}

/** The gesture that a tap completes, given the tap before it. */
export function tap(previous: Tap | null, current: Tap): TapResult {
  const second =
    previous !== null && current.at - previous.at <= DOUBLE_TAP_MS && previous.side === current.side;
  if (!second) return { kind: 'single' };
  return current.side === 'middle' ? { kind: 'toggle' } : { kind: 'seek', side: current.side };
}
