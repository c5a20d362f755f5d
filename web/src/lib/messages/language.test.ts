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
])('chosen %s in a browser with %j is %s', (chosen, browser, expected) =>
  expect(languageFor(chosen, browser)).toBe(expected)
);

it('has a catalogue for every area', async () => {
  const areas = import.meta.glob('./*.ts');
  const names = Object.keys(areas)
    .map((path) => path.slice(2, -3))
    .filter((name) => !name.includes('.') && !['language', 'locale'].includes(name));
  expect(Object.keys(catalogue).sort()).toEqual(names.sort());
  expect(LANGUAGES).toContain('de');
});
