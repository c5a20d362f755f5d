import { describe, expect, it } from 'vitest';
import { skippable } from './chapter-names';

describe('names with a clear meaning, regardless of the position', () => {
  it.each([
    'Intro',
    ' INTRO ',
    '[Intro]',
    'Opening',
    'OP',
    'OP1',
    'OP 2',
    'NCOP1v2',
    'Opening Credits',
    'Chapter 02: Intro',
    '01 - Opening',
    '01-Opening',
    '3. Main Titles',
    'Kapitel 1: Vorspann',
    'Opening "Gurenge"',
    'OP: “Again”',
    'Intro (Part 1)',
    'Intro start',
    'Title_Sequence',
    'Générique de début',
    'GENERIQUE D’OUVERTURE',
    'Sigla iniziale',
    'オープニング',
    'Опенинг',
    '片头曲',
    '오프닝',
    'Czołówka'
  ])('%s: intro', (name) => {
    expect(skippable(name, 0.05)).toBe('intro');
    expect(skippable(name, 0.95)).toBe('intro');
  });

  it.each([
    'Recap',
    'Re-Cap',
    'Previously',
    'Previously on Lost',
    'Last time on Dragon Ball Z',
    'Rückblick',
    'Was bisher geschah...',
    'Résumé',
    'Précédemment dans Engrenages',
    'Anteriormente',
    'Riassunto',
    '前回のあらすじ',
    'Chapter 1: Recap'
  ])('%s: recap', (name) => {
    expect(skippable(name, 0.05)).toBe('recap');
    expect(skippable(name, 0.95)).toBe('recap');
  });

  it.each([
    'Credits',
    'End Credits',
    'Closing credits',
    'ED',
    'ED2',
    'NCED',
    'Ending',
    'Ending 3',
    'Outro',
    '[Abspann]',
    'Nachspann',
    'Générique de fin',
    'Titoli di coda',
    'Créditos finales',
    'Chapter 24: End Credits',
    '12. Credits',
    'Ending 「Papermoon」',
    'エンディング',
    'Титры',
    'Credits begin',
    'Aftiteling'
  ])('%s: credits', (name) => {
    expect(skippable(name, 0.05)).toBe('credits');
    expect(skippable(name, 0.95)).toBe('credits');
  });
});

it.each([
  ['Générique', 0.02, 'intro'],
  ['Generique', 0.96, 'credits'],
  ['Sigla', 0.1, 'intro'],
  ['Sigla', 0.9, 'credits']
] as const)('%s at %d can mean both kinds of titles, and is: %s', (name, place, kind) =>
  expect(skippable(name, place)).toBe(kind)
);

it.each([
  undefined,
  '',
  ' ',
  '12',
  'Chapter 1',
  'Kapitel 3',
  'Part A',
  'Prologue',
  'Epilogue',
  'Avant',
  'Introducing Bond',
  'The Introduction of Mr. Ende',
  'Opening Night',
  'Opening the door',
  'A Happy Ending',
  'The Ending',
  'Ending the War',
  'Mid-credits scene',
  'Post-Credits',
  'After the credits',
  'Intro End',
  'End of intro',
  'Ed Wood',
  'Edmund',
  'Operation',
  'Credit Card',
  'Theme Park',
  'Recapture',
  'Preview',
  '00:00:00.000'
])('%s cannot be skipped', (name) => {
  expect(skippable(name, 0)).toBeNull();
  expect(skippable(name, 0.99)).toBeNull();
});
