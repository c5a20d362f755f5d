import { expect, it } from 'vitest';
import { LANGUAGES, languageFor } from './language';
import { catalogue } from './de';

it.each([
  [null, ['de-AT', 'en'], 'de'],
  [null, ['fr-FR', 'de'], 'de'],
  [null, ['fr-FR'], 'en'],
  [null, [], 'en'],
  ['en', ['de-DE'], 'en'],
  ['de', ['en-US'], 'de'],
  ['tlh', ['de'], 'de']
])('with %s chosen and browser languages %j, uses %s', (chosen, browser, expected) =>
  expect(languageFor(chosen, browser)).toBe(expected)
);

it('has a German catalogue for every area', async () => {
  const areas = import.meta.glob('./*.ts');
  const names = Object.keys(areas)
    .map((path) => path.slice(2, -3))
    .filter((name) => !name.includes('.') && !['language', 'locale'].includes(name));
  expect(Object.keys(catalogue).sort()).toEqual(names.sort());
  expect(LANGUAGES).toContain('de');
});

it('abbreviates German units to fit on a card', () => {
  const { shortHours, shortMinutes } = catalogue.common;
  expect(`${shortHours(1)} ${shortMinutes(17)}`).toBe('1 h 17 min');
});

/** The path and type of each text in a catalogue. */
function texts(part: unknown, path = ''): string[] {
  if (typeof part !== 'object' || part === null) return [`${path}: ${typeof part}`];
  return Object.entries(part).flatMap(([key, value]) => texts(value, path ? `${path}.${key}` : key));
}

const english = import.meta.glob<{ en: object }>(
  ['./*.ts', '!./*.test.ts', '!./language.ts', '!./locale.ts'],
  {
    eager: true
  }
);
/** Entries that only a translation fills. In English, these names come from the server. */
const TRANSLATION_ONLY = /^(genres|statuses|jobs)\./;

it.each(Object.keys(english))('translates every text of %s', (path) => {
  const area = path.slice(2, -3) as keyof typeof catalogue;
  const german = texts(catalogue[area]).filter((text) => !TRANSLATION_ONLY.test(text));
  expect(german.sort()).toEqual(texts(english[path]?.en).sort());
  expect(JSON.stringify(catalogue[area])).not.toContain('""');
});
