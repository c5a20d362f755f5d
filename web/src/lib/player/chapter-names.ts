// Recognises chapters that viewers usually skip, by their names and never by their position alone.

/** The kinds of chapters that can be skipped. */
export type Skippable = 'intro' | 'recap' | 'credits';

/**
 * Names that discs and release groups give to such chapters. A name in both the intros and the credits (French
 * and Italian use the same word for opening and closing titles) means the intro in the first half of the film,
 * and the credits in the second.
 */
const NAMES: Record<Skippable, string> = {
  intro: `
    intro, introduction, opening, op, ncop, opening credits, opening titles, opening title,
    opening theme, opening song, opening sequence, opening theme song, title sequence, main title,
    main titles, main title sequence, main theme, titles, theme, theme song, title song, title card,
    start credits, beginning credits, intro song, intro credits, vorspann, titelsequenz, titelsong,
    titellied, titelmelodie, eröffnung, générique, générique de début, générique d'ouverture,
    générique d'introduction, générique début, introduction musicale, ouverture, cabecera, entradilla,
    introducción, créditos iniciales, títulos iniciales, secuencia de apertura, abertura, introdução,
    créditos de abertura, créditos iniciais, genérico inicial, sigla, sigla iniziale, sigla di apertura,
    titoli di testa, introduzione, begintitels, openingstitels, leader, intro leader, förtexter,
    vinjett, fortekster, vignet, åpning, alkutekstit, czołówka, napisy początkowe, вступление, заставка,
    опенинг, начальные титры, úvodní titulky, úvod, znělka, açılış, jenerik, オープニング, オープニングテーマ, 主題歌, 片头,
    片頭, 片头曲, 片頭曲, 오프닝`,
  recap: `
    recap, re-cap, previously, previously on, the story so far, story so far, last time, last episode,
    last week, previous episode, last episode recap, episode recap, summary of previous episode,
    catch up, rückblick, rückblende, was bisher geschah, bisher, zuletzt, zusammenfassung, résumé,
    résumé de l'épisode précédent, précédemment, dans l'épisode précédent, resumen, anteriormente,
    en capítulos anteriores, resumo, nos episódios anteriores, riassunto,
    riassunto delle puntate precedenti, nelle puntate precedenti, nell'episodio precedente,
    samenvatting, eerder, wat voorafging, tidigare, tidligere, sammendrag, streszczenie,
    w poprzednim odcinku, ранее, в предыдущих сериях, краткое содержание, v minulých dílech,
    önceki bölümde, あらすじ, 前回のあらすじ, これまでのあらすじ, 前情提要, 前回, 이전 이야기`,
  credits: `
    credits, credit, end credits, ending credits, closing credits, final credits, credit roll,
    credits roll, end credit, end credits roll, ending, ed, nced, outro, closing, end titles, end title,
    closing titles, closing theme, ending theme, ending song, ending sequence, end theme, end song,
    credits and closing, cast and crew, abspann, nachspann, schlusstitel, endtitel, générique,
    générique de fin, générique fin, crédits, crédits de fin, créditos, créditos finales,
    títulos de crédito, títulos finales, cierre, créditos finais, encerramento, genérico,
    genérico final, sigla, sigla finale, sigla di chiusura, titoli di coda, aftiteling, eindtitels,
    eftertexter, sluttekster, rulletekster, rulletekst, lopputekstit, napisy końcowe, tyłówka, титры,
    конечные титры, финальные титры, эндинг, závěrečné titulky, titulky, kapanış, jenerik, エンディング,
    エンディングテーマ, 片尾, 片尾曲, 엔딩`
};

/** Prefixes of recap names: `Previously on Lost`. */
const RECAP_PREFIXES = [
  'previously on',
  'last time on',
  'précédemment dans',
  'anteriormente en',
  'anteriormente em'
];

/** Prefixes with a number: `Chapter 01: `, `3. `, `02 - `. */
const PREFIX =
  /^(?:(?:chapter|kapitel|chapitre|capitulo|capitolo|hoofdstuk|part|teil)\s*)?\d{1,3}(?:\s*[:.)\-–—]+\s*|\s+)/;

/** Suffixes that do not change the meaning: a number, a song title in quotes or brackets, or "begins". */
const SUFFIX =
  /(?:\s*[#-]?\s*\d{1,3}(?:v\d)?|\s*[:–—-]?\s*(?:".*"|“.*”|„.*“|«.*»|「.*」|\(.*\)|\[.*\])|\s+(?:starts?|begins?|beginning))$/;

/** Normalises a name: lower case, no accents, single spaces and straight apostrophes. */
const normalized = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[\s_]+/g, ' ')
    .trim();

const table = (names: string) => new Set(names.split(',').map(normalized));
const INTROS = table(NAMES.intro);
const RECAPS = table(NAMES.recap);
const CREDITS = table(NAMES.credits);
const prefixes = RECAP_PREFIXES.map((prefix) => `${normalized(prefix)} `);

/** The kind of a skippable chapter, otherwise null. `place` is its start within the film, from 0 to 1. */
export function skippable(name: string | undefined, place = 0): Skippable | null {
  const bare = normalized(name ?? '').replace(PREFIX, '');
  if (prefixes.some((prefix) => bare.startsWith(prefix))) return 'recap';
  const trimmed = (text: string) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return kindOf(trimmed(bare), place) ?? kindOf(trimmed(bare.replace(SUFFIX, '')), place);
}

function kindOf(name: string, place: number): Skippable | null {
  if (INTROS.has(name)) return CREDITS.has(name) && place >= 0.5 ? 'credits' : 'intro';
  if (RECAPS.has(name)) return 'recap';
  return CREDITS.has(name) ? 'credits' : null;
}
