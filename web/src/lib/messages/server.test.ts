import { expect, it } from 'vitest';
import type { ConfigFinding, TraktLogItem, TraktSyncCategory } from '$lib/api';
import type { CredentialReason, ErrorDetail, ErrorReason } from '$lib/api/schema';
import document from '../../../openapi.json';
import { ERROR_TEXTS, errors } from './de/errors';
import { CREDENTIALS, FINDINGS } from './de/findings';
import { REASONS, reasonText } from './de/reasons';
import { STATUSES } from './de/statuses';
import { FAILURES, NOT_CURRENT, PROBLEMS, server as de } from './de/server';
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

it('keeps the server’s messages in English', () => {
  expect(en.category(history)).toBe(history.message);
  expect(en.queueError({ code: 'server', message: 'Trouble.', action: 'Wait.' })).toBe('Trouble. Wait.');
  expect(errorsInEnglish.localized({ code: 'busy', message: 'Busy.' }).message).toBe('Busy.');
});

it('translates the server’s messages to German with their numbers', () => {
  expect(de.category(history)).toBe('Übernahme von Trakt: 3 von 12 Wiedergaben.');
  expect(de.category({ ...history, state: 'waiting', held: 1 })).toMatch(/^1 Wiedergabe fehlt/);
  expect(de.category({ ...history, category: 'collection', state: 'off' })).toContain('Sammlung');
  expect(de.change(change)).toBe('1 Bewertung von Trakt übernommen.');
  expect(de.queueError({ code: 'vip_needed', message: 'English.' })).toContain('VIP-Mitgliedern');
  expect(de.fileProblem({ code: 'empty', message: 'x' })).toContain('leer');
});

it.each([
  ['library', 'Diese Mediathek gibt es nicht oder nicht mehr.'],
  ['title', 'Diesen Titel gibt es nicht oder nicht mehr.'],
  ['unknown thing', 'Das gibt es nicht oder nicht mehr.']
])('says in German that the %s does not exist', (what, expected) => {
  const gone = { code: 'not_found', message: 'Gone.', because: { reason: 'gone', what } } as const;
  expect(errors.localized(gone).message).toBe(expected);
});

it('shows the server’s message for unknown codes', () => {
  const unknownCode = 'unknown_code' as never;
  expect(de.queueError({ code: unknownCode, message: 'What happened.', action: 'What to do.' })).toBe(
    'What happened. What to do.'
  );
  expect(errors.localized({ code: unknownCode, message: 'What happened.' })).toEqual({
    message: 'What happened.'
  });
  const unknown = { code: 'invalid', message: 'What happened.', because: { reason: unknownCode } } as const;
  expect(errors.localized(unknown)).toEqual({ message: 'What happened.' });
});

it('explains why a title is a candidate for a file', () => {
  const found = {
    trakt_id: 1,
    kind: 'movie',
    name: 'Dune',
    year: 2021,
    score: 0.5,
    why: 'English.'
  } as const;
  expect(en.candidate(found)).toBe('English.');
  expect(de.candidate(found)).toBe('English.');
  const names = { compared: 'names', name: 'same', year: 'different', queried: 1984 } as const;
  expect(de.candidate({ ...found, evidence: names })).toBe('gleicher Name; von 2021, nicht 1984');
  const id = { compared: 'id', provider: 'IMDb', id: 'tt1160419' } as const;
  expect(de.candidate({ ...found, evidence: id })).toMatch(/^die IMDb-ID tt1160419/);
});

it('distinguishes a failed sign-in from a wrong current password', () => {
  const wrong: ErrorDetail = { code: 'wrong_password', message: 'Wrong.' };
  expect(errors.localized(wrong).message).toBe('Benutzername oder Passwort ist falsch.');
  expect(errors.localized({ ...wrong, fields: { current: 'Wrong.' } }).message).toBe(
    'Das Passwort ist falsch.'
  );
});

it('fills in the values in errors about invalid requests', () => {
  const text = (reason: ErrorReason) =>
    errors.localized({ code: 'invalid', message: 'English.', because: reason });
  expect(text({ reason: 'no_folder', path: '/srv/films' }).message).toContain('/srv/films');
  expect(text({ reason: 'password_too_short', least: 8 }).message).toContain('8 Zeichen');
  expect(text({ reason: 'plex_token_refused' })).toEqual({
    message: 'Plex nimmt das Token nicht an.',
    action: 'Trage das X-Plex-Token des Serverbesitzers ein.'
  });
});

it('fills in the values in playback errors', () => {
  const text = (because: ErrorReason) =>
    errors.localized({ code: 'ffmpeg_missing', message: 'English.', because });
  expect(text({ reason: 'file_unavailable', path: '/srv/a.mkv' }).message).toContain('/srv/a.mkv');
  const damaged = text({ reason: 'length_unknown', path: '/srv/a.mkv', needs_ffprobe: false });
  expect(damaged.action).toContain('MKVToolNix');
  const unread = text({ reason: 'length_unknown', path: '/srv/a.mkv', needs_ffprobe: true });
  expect(unread.action).toContain('Installiere ffmpeg');
  const file = { container: 'MKV', video: 'HEVC' };
  expect(text({ reason: 'no_encoder', ...file })).toEqual({
    message:
      'Dies ist eine Datei im Format MKV (Video: HEVC, Ton: keiner). Dem installierten ffmpeg fehlt der H.264-Encoder (libx264).',
    action: 'Installiere auf dem Server ein ffmpeg mit libx264 und versuche es erneut.'
  });
  expect(text({ reason: 'stream_limit', most: 4 }).message).toContain('4 Videos');
});

it('shows a long wait in minutes', () => {
  expect([119, 120, 301].map(errorsInEnglish.retryAfter)).toEqual([
    'Try again in 119 seconds.',
    'Try again in 2 minutes.',
    'Try again in 6 minutes.'
  ]);
  expect(errors.retryAfter(600)).toBe('Versuche es in 10 Minuten erneut.');
});

it('translates problems with plays, lists and scans', () => {
  expect(de.play({ state: 'failed', code: 'vip_needed', message: 'English.' })).toContain('VIP-Mitgliedern');
  expect(de.list({ reason: 'rate_limited', message: 'English.' })).toContain('weniger Anfragen');
  expect(de.list({})).toBeUndefined();
  const scan = { incomplete: { reason: 'empty', path: '/srv/films' }, message: 'English.' };
  expect(de.scan(scan as never)).toMatch(/^Der Ordner \/srv\/films ist leer/);
});

/** The codes of the API, their texts, and the codes without a text. */
const texts: [name: string, codes: string[], texts: object, without: string[]][] = [
  [
    'ErrorCode',
    document.components.schemas.ErrorCode.enum,
    ERROR_TEXTS,
    // Errors with these codes have a reason with its own text.
    [
      'cannot_undo',
      'conflict',
      'conversion_failed',
      'ffmpeg_missing',
      'file_missing',
      'invalid',
      'not_found',
      'not_probed',
      'not_video',
      'plex_unavailable',
      'too_many_streams',
      'wrong_password'
    ]
  ],
  ['FailureCode', document.components.schemas.FailureCode.enum, FAILURES, ['other']],
  ['NotCurrent', document.components.schemas.NotCurrent.enum, NOT_CURRENT, []],
  ['ProblemCode', document.components.schemas.ProblemCode.enum, PROBLEMS, []]
];

it.each(texts)('has a German text for every %s', (_, codes, all, without) => {
  expect(codes.length).toBeGreaterThan(without.length);
  expect(codes.filter((code) => !(code in all) && !without.includes(code))).toEqual([]);
});

it('has a German text for every error reason', () => {
  const reasons = document.components.schemas.ErrorReason.oneOf;
  expect(reasons.length).toBeGreaterThan(50);
  for (const { properties } of reasons) {
    const code = properties.reason.enum[0];
    const facts = Object.fromEntries(Object.keys(properties).map((name) => [name, 7]));
    const text = reasonText({ ...facts, reason: code } as unknown as ErrorReason);
    expect(text?.message, code).toMatch(/^\p{Lu}.*(\.|7|name-der-liste)$/u);
    expect(text?.message, code).not.toContain('undefined');
  }
  expect(Object.keys(REASONS)).toHaveLength(reasons.length);
});

/** Sample values for the properties of a reason in the API. */
function sample(properties: object): Record<string, unknown> {
  const isList = (schema: object) => 'items' in schema;
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isList(schema as object) ? ['a', 'b'] : 7])
  );
}

it('has a German text for every problem in a config file', () => {
  const reasons = document.components.schemas.FindingReason.oneOf;
  expect(reasons.length).toBeGreaterThan(20);
  for (const { properties } of reasons) {
    const code = properties.reason.enum[0];
    const because = { ...sample(properties), reason: code } as unknown as ConfigFinding['because'];
    const text = de.finding({ level: 'error', path: 'a', message: 'English.', because, also_at: [] });
    expect(text, code).toMatch(/^[„\p{Lu}].*[.?]$/u);
    expect(text, code).not.toMatch(/undefined|English/);
  }
  expect(Object.keys(FINDINGS)).toHaveLength(reasons.length);
});

it('translates collection statuses and value types', () => {
  const statuses = ['Updated Metadata', 'Minimum 3 Not Met', 'Waiting for Confirmation', 'On Fire'];
  expect(statuses.map(de.status)).toEqual([
    'Angaben aktualisiert',
    'Weniger als 3 Titel',
    'Wartet auf Bestätigung',
    'On Fire'
  ]);
  expect(statuses.map(en.status)).toEqual(statuses);
  expect(Object.keys(STATUSES)).toHaveLength(14);
  const because = { reason: 'wrong_type', expected: 'a mapping of libraries', found: 'nothing' } as const;
  expect(de.finding({ level: 'error', path: 'a', message: 'English.', because, also_at: [] })).toBe(
    'Hier gehört eine Zuordnung von Mediatheken hin, doch da steht nichts.'
  );
});

it('lists the section and the other places of a problem in a config file', () => {
  const finding: ConfigFinding = {
    level: 'warning',
    path: 'collections.Top',
    message: 'English.',
    because: { reason: 'unknown_key', key: 'lmit', nearest: 'limit' },
    within: 'trakt_chart',
    also_at: ['a.yml:1:1', 'a.yml:2:1', 'a.yml:3:1', 'a.yml:4:1']
  };
  expect(de.finding(finding)).toBe(
    'trakt_chart: Den Schlüssel „lmit“ gibt es nicht. Meintest du „limit“? (Auch in a.yml:1:1, a.yml:2:1, a.yml:3:1 und an 1 weiteren Stelle.)'
  );
  expect(en.finding(finding)).toBe('English.');
  expect(de.finding({ ...finding, because: { reason: 'unknown_code' } as never })).toBe('English.');
  expect(de.finding({ ...finding, because: undefined })).toBe('English.');
});

it('translates problems with credentials and Plex', () => {
  const reasons = document.components.schemas.CredentialReason.oneOf;
  for (const { properties } of reasons) {
    const because = {
      ...sample(properties),
      reason: properties.reason.enum[0]
    } as unknown as CredentialReason;
    expect(de.credentials({ because, message: 'English.' }), because.reason).not.toMatch(/undefined|English/);
  }
  expect(Object.keys(CREDENTIALS)).toHaveLength(reasons.length);
  expect(de.credentials({ message: 'English.' })).toBe('English.');
  expect(de.plexFailure({ address: 'a', failure: 'English.', because: { reason: 'plex_maintenance' } })).toBe(
    'Plex startet gerade oder wartet seine Datenbank. Versuche es in ein paar Minuten erneut.'
  );
  expect(de.plexFailure({ address: 'a', failure: 'English.' })).toBe('English.');
});
