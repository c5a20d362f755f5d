// Which language the interface is in. Chosen once, before anything is shown: another choice loads the page again.
import type { Catalogue } from './de';

export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** Dates and numbers, for the languages without a better match in the browser. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const STORED = 'kinometa.language';

/** The language that a person chose, or the first of the browser's that there is. */
export function languageFor(chosen: string | null | undefined, browser: readonly string[]): Language {
  const wanted = [chosen ?? '', ...browser].map((tag) => tag.split('-')[0]?.toLowerCase());
  return wanted.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    // Storage can be forbidden: the browser's languages decide then.
    return null;
  }
}

function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages;
}

export const language = languageFor(
  typeof localStorage === 'undefined' ? null : stored(),
  browserLanguages()
);

/** For `Intl`: an Austrian's German has Austrian dates. */
export const LOCALE =
  (language !== 'en' && browserLanguages().find((tag) => tag.startsWith(`${language}-`))) ||
  LOCALES[language];

let translation: Catalogue | null = null;

/** Loads the translation, if this language needs one. It has to be there before any message is read. */
export async function loadLanguage(): Promise<void> {
  if (language === 'de') translation = (await import('./de')).catalogue;
  // The page is in English: saying so again would have every style computed again.
  if (language !== 'en') document.documentElement.lang = language;
}

/** An area's messages in the language of the interface. */
export function pick<Area extends keyof Catalogue>(area: Area, english: Catalogue[Area]): Catalogue[Area] {
  return translation?.[area] ?? english;
}

/** Remembers a person's choice in this browser. True when the page has to be loaded again to show it. */
export function remember(chosen: string | undefined): boolean {
  if (languageFor(chosen, browserLanguages()) === language) return false;
  try {
    if (chosen) localStorage.setItem(STORED, chosen);
    else localStorage.removeItem(STORED);
  } catch {
    return false;
  }
  return true;
}
