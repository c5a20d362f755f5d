// Numbers and plurals in the language of the interface.
import { LOCALE, language } from './language';

export { LOCALE };

const pluralRules = new Intl.PluralRules(LOCALE);
// A browser's first number format takes a slow device a tenth of a second: made when it is needed, not before the first paint.
let numberFormat: Intl.NumberFormat | undefined;
let percentFormat: Intl.NumberFormat | undefined;

/** Makes the number format while nobody waits, so that the next page need not. */
export function prepareNumbers(): void {
  numberFormat ??= new Intl.NumberFormat(LOCALE);
}

/** The forms of a noun by CLDR plural category. English and German have `one` and `other`. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `10,000`. */
export function number(value: number): string {
  // Looks the same in both languages.
  if (Number.isInteger(value) && value >= 0 && value < 1_000) return String(value);
  return (numberFormat ??= new Intl.NumberFormat(LOCALE)).format(value);
}

/** `7.5`, `8.0`. Home's first paint has one: see above. */
export function decimal(value: number): string {
  return value.toFixed(1).replace('.', language === 'de' ? ',' : '.');
}

/** `14%` for 14. */
export function percent(value: number): string {
  return (percentFormat ??= new Intl.NumberFormat(LOCALE, { style: 'percent' })).format(value / 100);
}

/** `1 episode`, `2 episodes`. */
export function plural(count: number, forms: PluralForms): string {
  return `${number(count)} ${forms[pluralRules.select(count)] ?? forms.other}`;
}
