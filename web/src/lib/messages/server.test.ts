import { expect, it } from 'vitest';
import type { TraktLogItem, TraktSyncCategory } from '$lib/api';
import { errors } from './de/errors';
import { server as de } from './de/server';
import { en as errorsInEnglish } from './errors';
import { en } from './server';

const history: TraktSyncCategory = {
  category: 'history',
  state: 'importing',
  done: 3,
  held: 0,
  requests: 1,
  total: 12,
  message: 'Importing your Trakt history: 3 of 12 plays.'
};
const change: TraktLogItem = {
  id: 1,
  category: 'ratings',
  direction: 'from_trakt',
  what: 'removed',
  reason: 'import',
  count: 1,
  can_undo: true,
  changed_at: '2026-01-01T00:00:00Z',
  message: 'Imported 1 rating from Trakt.'
};

it('leaves the server’s words as they are in English', () => {
  expect(en.category(history)).toBe(history.message);
  expect(en.queueError({ code: 'server', message: 'Trouble.', action: 'Wait.' })).toBe('Trouble. Wait.');
  expect(errorsInEnglish.said({ code: 'busy', message: 'Busy.' }).message).toBe('Busy.');
});

it('says them again in German, with their numbers', () => {
  expect(de.category(history)).toBe('Übernahme von Trakt: 3 von 12 Wiedergaben.');
  expect(de.category({ ...history, state: 'waiting', held: 1 })).toMatch(/^1 Wiedergabe fehlt/);
  expect(de.category({ ...history, category: 'collection', state: 'off' })).toContain('Sammlung');
  expect(de.change(change)).toBe('1 Bewertung von Trakt übernommen.');
  expect(de.queueError({ code: 'vip_needed', message: 'English.' })).toContain('VIP-Mitgliedern');
  expect(
    de.fileProblem({ code: 'empty', left_out: false, library_id: 1, message: 'x', path: 'a' })
  ).toContain('leer');
});

it('shows what a newer server says in its own words', () => {
  expect(de.queueError({ code: 'of_tomorrow', message: 'What happened.', action: 'What to do.' })).toBe(
    'What happened. What to do.'
  );
  expect(errors.said({ code: 'of_tomorrow', message: 'What happened.' })).toEqual({
    message: 'What happened.'
  });
});

it('tells a wrong sign-in from a wrong current password', () => {
  const wrong = { code: 'wrong_password', message: 'Wrong.' };
  expect(errors.said(wrong).message).toBe('Benutzername oder Passwort ist falsch.');
  expect(errors.said({ ...wrong, fields: { current: 'Wrong.' } }).message).toBe('Das Passwort ist falsch.');
});
