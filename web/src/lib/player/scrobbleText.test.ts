import { expect, it } from 'vitest';
import type { ScrobbleStatus } from '$lib/api';
import { timeOfDay } from '$lib/format/time';
import { actionLabel, scrobbleText } from './scrobbleText';

const status = (more: Partial<ScrobbleStatus>): ScrobbleStatus => ({
  state: 'queued',
  code: 'waiting',
  message: 'In the server’s words.',
  counted: false,
  ...more
});

it('says the time of the next attempt in the viewer’s time zone', () => {
  const retry_at = '2026-11-21T20:50:00Z';
  expect(scrobbleText(status({ code: 'rate_limited', retry_at }))).toBe(
    `Trakt asked Kinometa to slow down until ${timeOfDay(retry_at)}. What you watch will sync later.`
  );
  expect(scrobbleText(status({ code: 'rate_limited' }))).toBe(
    'Trakt asked Kinometa to slow down. What you watch will sync later.'
  );
});

it('says what the server says when it does not know the code', () => {
  expect(scrobbleText(status({ code: 'of_a_later_version' }))).toBe('In the server’s words.');
  expect(actionLabel({ code: 'later', label: 'Do it', href: '/' })).toBe('Do it');
  expect(actionLabel({ code: 'connect', label: 'Do it', href: '/' })).toBe('Connect Trakt');
});
