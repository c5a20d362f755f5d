import { expect, it } from 'vitest';
import { ApiError, type Playback } from '$lib/api';
import { next, playbackOf, type Phase } from './machine';

const playback = { id: 'a' } as Playback;
const other = { id: 'b' } as Playback;
const loading: Phase = { name: 'loading' };

it('asks before it resumes, and goes where it is told', () => {
  const asking = next(loading, { type: 'opened', playback, start: { kind: 'ask', resume: 5 } });
  expect(asking).toEqual({ name: 'asking', playback, resume: 5 });
  expect(next(asking, { type: 'chosen', position: 5 })).toEqual({ name: 'showing', playback, from: 5 });
});

it('ends once, and can be opened again', () => {
  const showing = next(loading, { type: 'opened', playback, start: { kind: 'go', position: 0 } });
  const ended = next(showing, { type: 'ended' });
  expect(ended.name).toBe('ended');
  expect(next(ended, { type: 'ended' })).toBe(ended);
  expect(next(ended, { type: 'opening' })).toEqual(loading);
});

it('changes the source in place', () => {
  const showing: Phase = { name: 'showing', playback, from: 0 };
  expect(next(showing, { type: 'switched', playback: other, position: 9 })).toEqual({
    name: 'showing',
    playback: other,
    from: 9
  });
});

it('goes on at the place where it broke', () => {
  const broken = next({ name: 'showing', playback, from: 0 }, { type: 'broken', position: 7 });
  expect(broken).toEqual({ name: 'mending', playback, from: 7 });
  expect(playbackOf(broken)).toBe(playback);
  expect(next(broken, { type: 'broken', position: 0 })).toBe(broken);
  expect(next(broken, { type: 'mended' })).toEqual({ name: 'showing', playback, from: 7 });
});

it('ignores what does not fit', () => {
  expect(next(loading, { type: 'ended' })).toBe(loading);
  expect(next(loading, { type: 'chosen', position: 1 })).toBe(loading);
  expect(next(loading, { type: 'switched', playback, position: 1 })).toBe(loading);
  expect(next(loading, { type: 'mended' })).toBe(loading);
  const ended: Phase = { name: 'ended', playback };
  expect(next(ended, { type: 'opened', playback: other, start: { kind: 'go', position: 0 } })).toBe(ended);
});

it('can fail at any time', () => {
  const failed = next(
    { name: 'showing', playback, from: 0 },
    { type: 'failed', error: new ApiError(503, 'x', 'y') }
  );
  expect(failed.name).toBe('failed');
  expect(playbackOf(failed)).toBeNull();
});
