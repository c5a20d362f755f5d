import { expect, it } from 'vitest';
import type { ScrobbleStatus } from '$lib/api';
import { timeOfDay } from '$lib/format/time';
import { actionLabel, scrobbleText } from './scrobbleText';

const status = (more: Partial<ScrobbleStatus>): ScrobbleStatus => ({
  state: 'queued',
  code: 'waiting',
  message: 'The server’s message.',
  counted: false,
  ...more
});

it('shows the time of the next attempt in the user’s time zone', () => {
  const retry_at = '2026-11-21T20:50:00Z';
  expect(scrobbleText(status({ code: 'rate_limited', retry_at }))).toBe(
    `Trakt asked Kinometa to slow down until ${timeOfDay(retry_at)}. What you watch will sync later.`
  );
  expect(scrobbleText(status({ code: 'rate_limited' }))).toBe(
    'Trakt asked Kinometa to slow down. What you watch will sync later.'
  );
});

it('shows the server’s message for unknown codes', () => {
  expect(scrobbleText(status({ code: 'of_a_later_version' }))).toBe('The server’s message.');
  expect(actionLabel({ code: 'later', label: 'Do it', href: '/' })).toBe('Do it');
  expect(actionLabel({ code: 'connect', label: 'Do it', href: '/' })).toBe('Connect Trakt');
});
