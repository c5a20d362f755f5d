import { expect, it } from 'vitest';
import { ApiError, type Playback } from '$lib/api';
import { playbackOf, transition, type Phase } from './machine';

const playback = { id: 'a' } as Playback;
const other = { id: 'b' } as Playback;
const loading: Phase = { name: 'loading' };

it('asks before it resumes, and starts at the chosen position', () => {
  const prompting = transition(loading, { type: 'opened', playback, start: { kind: 'ask', resume: 5 } });
  expect(prompting).toEqual({ name: 'prompting', playback, resume: 5 });
  expect(transition(prompting, { type: 'chosen', position: 5 })).toEqual({
    name: 'showing',
    playback,
    from: 5
  });
});

it('ends once, and can be opened again', () => {
  const showing = transition(loading, { type: 'opened', playback, start: { kind: 'go', position: 0 } });
  const ended = transition(showing, { type: 'ended' });
  expect(ended.name).toBe('ended');
  expect(transition(ended, { type: 'ended' })).toBe(ended);
  expect(transition(ended, { type: 'opening' })).toEqual(loading);
});

it('switches the source at the same position', () => {
  const showing: Phase = { name: 'showing', playback, from: 0 };
  expect(transition(showing, { type: 'switched', playback: other, position: 9 })).toEqual({
    name: 'showing',
    playback: other,
    from: 9
  });
});

it('continues at the position of the interruption', () => {
  const interrupted = transition(
    { name: 'showing', playback, from: 0 },
    { type: 'interrupted', position: 7 }
  );
  expect(interrupted).toEqual({ name: 'recovering', playback, from: 7 });
  expect(playbackOf(interrupted)).toBe(playback);
  expect(transition(interrupted, { type: 'interrupted', position: 0 })).toBe(interrupted);
  expect(transition(interrupted, { type: 'recovered' })).toEqual({ name: 'showing', playback, from: 7 });
});

it('ignores events that do not apply', () => {
  expect(transition(loading, { type: 'ended' })).toBe(loading);
  expect(transition(loading, { type: 'chosen', position: 1 })).toBe(loading);
  expect(transition(loading, { type: 'switched', playback, position: 1 })).toBe(loading);
  expect(transition(loading, { type: 'recovered' })).toBe(loading);
  const ended: Phase = { name: 'ended', playback };
  expect(transition(ended, { type: 'opened', playback: other, start: { kind: 'go', position: 0 } })).toBe(
    ended
  );
});

it('can fail at any time', () => {
  const failed = transition(
    { name: 'showing', playback, from: 0 },
    { type: 'failed', error: new ApiError(503, 'x', 'y') }
  );
  expect(failed.name).toBe('failed');
  expect(playbackOf(failed)).toBeNull();
});
