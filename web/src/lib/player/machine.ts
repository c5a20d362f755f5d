// The phases of the player as a state machine.
import type { ApiError, Playback } from '$lib/api';
import type { Start } from './start';

export type Phase =
  | { name: 'loading' }
  | { name: 'prompting'; playback: Playback; resume: number }
  | { name: 'showing'; playback: Playback; from: number }
  | { name: 'recovering'; playback: Playback; from: number }
  | { name: 'ended'; playback: Playback }
  | { name: 'failed'; error: ApiError };

export type PlayerEvent =
  | { type: 'opening' }
  | { type: 'opened'; playback: Playback; start: Start }
  | { type: 'chosen'; position: number }
  | { type: 'switched'; playback: Playback; position: number }
  | { type: 'interrupted'; position: number }
  | { type: 'recovered' }
  | { type: 'ended' }
  | { type: 'failed'; error: ApiError };

/** Returns the next phase. Events that do not apply are ignored, because the media element sends some of them late. */
export function transition(phase: Phase, event: PlayerEvent): Phase {
  switch (event.type) {
    case 'opening':
      return { name: 'loading' };
    case 'opened':
      if (phase.name !== 'loading') return phase;
      return event.start.kind === 'ask'
        ? { name: 'prompting', playback: event.playback, resume: event.start.resume }
        : { name: 'showing', playback: event.playback, from: event.start.position };
    case 'chosen':
      return phase.name === 'prompting'
        ? { name: 'showing', playback: phase.playback, from: event.position }
        : phase;
    case 'switched':
      return phase.name === 'showing'
        ? { name: 'showing', playback: event.playback, from: event.position }
        : phase;
    case 'interrupted':
      return phase.name === 'showing'
        ? { name: 'recovering', playback: phase.playback, from: event.position }
        : phase;
    case 'recovered':
      return phase.name === 'recovering'
        ? { name: 'showing', playback: phase.playback, from: phase.from }
        : phase;
    case 'ended':
      return phase.name === 'showing' ? { name: 'ended', playback: phase.playback } : phase;
    case 'failed':
      return { name: 'failed', error: event.error };
  }
}

export function playbackOf(phase: Phase): Playback | null {
  return phase.name === 'loading' || phase.name === 'failed' ? null : phase.playback;
}
