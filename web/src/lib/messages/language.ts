// The language of the interface, chosen once at start. Changing it reloads the page.
import type { Catalogue } from './de';

export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language's own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** Default locales for dates and numbers, used when the browser has no regional variant of the language. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

const STORED = 'kinometa.language';

/** The language that the user chose, or else the browser's first supported language. */
export function languageFor(chosen: string | null | undefined, browser: readonly string[]): Language {
  const wanted = [chosen ?? '', ...browser].map((tag) => tag.split('-')[0]?.toLowerCase());
  return wanted.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    // Storage may be blocked; the browser's languages apply then.
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

/** For `Intl`: prefers the browser's regional variant, such as Austrian dates for `de-AT`. */
export const LOCALE =
  (language !== 'en' && browserLanguages().find((tag) => tag.startsWith(`${language}-`))) ||
  LOCALES[language];

let translation: Catalogue | null = null;

/** Loads the translation, if this language needs one. Has to complete before any message is read. */
export async function loadLanguage(): Promise<void> {
  if (language === 'de') translation = (await import('./de')).catalogue;
  // The page's `lang` is already `en`; setting it again would recompute all styles.
  if (language !== 'en') document.documentElement.lang = language;
}

/** An area's messages in the language of the interface. */
export function pick<Area extends keyof Catalogue>(area: Area, english: Catalogue[Area]): Catalogue[Area] {
  return translation?.[area] ?? english;
}

/** Stores the user's choice in this browser. Returns whether the page has to be reloaded. */
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
