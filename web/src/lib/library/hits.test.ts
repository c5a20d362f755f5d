import { expect, it } from 'vitest';
import { movie } from '$lib/testing/data';
import { hitsOf } from './hits';

it('a title and a person with the same ID have different keys', () => {
  const hits = hitsOf([movie, { id: 7, name: 'Greta', titles: 2 }]);
  expect(hits.map((hit) => [hit.key, hit.href])).toEqual([
    ['title-7', '/title/7'],
    ['person-7', '/people/7']
  ]);
});
