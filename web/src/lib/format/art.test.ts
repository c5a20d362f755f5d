import { expect, it } from 'vitest';
import { artColors, fit, initial } from './art';

it('returns the same colours for the same name, and others for another name', () => {
  expect(artColors('Nosferatu')).toEqual(artColors('Nosferatu'));
  expect(artColors('Nosferatu').hue).not.toBe(artColors('Metropolis').hue);
  expect(artColors('').hue).toBeLessThan(360);
});

it.each([
  ['The General', 'G'],
  ['Aunt Edna', 'A'],
  ['A Trip', 'T'],
  ['Das Boot', 'B'],
  ['¡Átame!', 'Á'],
  ['8½', '8'],
  ['???', '?'],
  ['東京物語', '東']
])('the initial of “%s” is %s', (name, letter) => expect(initial(name)).toBe(letter));

it.each([
  ['Nosferatu', 1],
  ['', 1],
  ['The Man Who Knew Too Much', 1],
  ['東京物語東京物語東京物語東京物語', 1],
  ['Feuerzangenbowlen-Abend', 11 / 17],
  ['Donaudampfschifffahrtsgesellschaft', 0.5]
])('scales “%s” so that no word breaks: %d', (name, expected) => expect(fit(name)).toBeCloseTo(expected));
