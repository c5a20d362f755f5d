import { expect, it } from 'vitest';
import { capabilities } from './capabilities';

it('lists the formats that the browser claims to play', () => {
  const plays = new Set([
    'video/mp4; codecs="avc1.42E01E"',
    'video/mp4; codecs="avc1.640028"',
    'video/mp4; codecs="av01.0.08M.10"',
    'audio/mp4; codecs="mp4a.40.2"'
  ]);
  expect(capabilities((type) => (plays.has(type) ? 'probably' : ''), true)).toEqual({
    containers: ['mp4'],
    video: ['h264', 'av1-10'],
    audio: ['aac'],
    hls: true
  });
});
