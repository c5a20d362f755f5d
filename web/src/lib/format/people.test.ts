import { expect, it } from 'vitest';
import type { PersonDetail } from '$lib/api';
import { lifeFacts, partName } from './people';

const person: PersonDetail = { id: 1, name: 'A', is_loading: false, titles: [], trakt_url: '' };

it.each([
  [{ kind: 'cast', part: 'Director' }, 'Director'],
  [{ kind: 'crew', part: 'Editor, Editor' }, 'Editor'],
  [{ kind: 'crew' }, '']
] as const)('names the part %o as “%s”', (credit, name) => expect(partName(credit)).toBe(name));

it.each([
  [{ birthday: '1951-05-01', birthplace: 'Trieste' }, ['Born 1 May 1951 in Trieste']],
  [{ birthday: '1951-05-01', death: '2001-12-31' }, ['Born 1 May 1951', 'Died 31 December 2001']],
  [{ birthplace: 'Trieste' }, ['Born in Trieste']],
  [{}, []]
])('describes the life of %o', (known, facts) => expect(lifeFacts({ ...person, ...known })).toEqual(facts));
